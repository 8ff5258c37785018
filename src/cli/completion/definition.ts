/** What can be completed, read off the definitions of the commands. */
import type { Argument, Command, Option } from 'commander';
import { allRules } from '../../api/examples.ts';
import { confidenceNames, presetNames, settingNames } from '../../config/choices.ts';
import { bareCode } from '../../docs/codes.ts';
import { formatNames } from '../../report/formats.ts';

export interface Word {
  readonly word: string;
  readonly says?: string;
}

/** What may be given as a value. */
export type Value =
  | { readonly kind: 'words'; readonly words: readonly Word[] }
  /** A word, then `=` and another one or, where there are none, a file. */
  | { readonly kind: 'pair'; readonly words: readonly Word[]; readonly values?: readonly string[] }
  /** The words are offered beside the files. */
  | { readonly kind: 'files'; readonly words: readonly Word[] }
  | { readonly kind: 'folders' }
  | { readonly kind: 'anything' };

export interface CompletedOption {
  /** `-f`, `--format`. */
  readonly flags: readonly string[];
  readonly says: string;
  /** Absent for a switch. */
  readonly value?: Value;
  /** The value may be left out: it is given as `--changed=main` then. */
  readonly isOptional: boolean;
}

export interface CompletedCommand {
  readonly name: string;
  readonly says: string;
  readonly options: readonly CompletedOption[];
  readonly argument: Value;
}

export function completedCommand(name: string, program: Command): CompletedCommand {
  return {
    name,
    says: firstSentence(program.description()),
    options: program
      .createHelp()
      .visibleOptions(program)
      .map((option) => completedOption(option)),
    argument:
      program.registeredArguments[0] === undefined
        ? { kind: 'anything' }
        : argumentValue(program.registeredArguments[0]),
  };
}

const completedOption = (option: Option): CompletedOption => ({
  flags: [option.short, option.long].filter((flag) => flag != null),
  says: firstSentence(option.description),
  isOptional: option.optional && !option.required,
  ...(option.required || option.optional ? { value: optionValue(option) } : {}),
});

/** What stands before the first stop, parenthesis or list. */
const firstSentence = (text: string): string => text.replace(/(?:[.;:(,]\s|[.]$| \(|: ).*/s, '').trim();

const categoryNames = [...new Set(allRules.map(({ category }) => category))].sort();

const plain = (names: readonly string[]): readonly Word[] => names.map((word) => ({ word }));

const ruleWords: readonly Word[] = allRules.map(({ id, says }) => ({ word: id, says }));
const codeWords: readonly Word[] = plain(
  [...new Set(allRules.flatMap(({ replaces = [] }) => replaces.map(bareCode)))].sort(),
);

/** By the name that a value has in the help: `--config <file>`. */
const values: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['file', { kind: 'files', words: [] }],
  ['path', { kind: 'files', words: [] }],
  ['changed', { kind: 'files', words: [] }],
  ['glob', { kind: 'files', words: [] }],
  ['folder', { kind: 'folders' }],
  ['category', { kind: 'words', words: plain(categoryNames) }],
  ['severity', { kind: 'words', words: plain(['error', 'warning', 'info']) }],
  ['preset', { kind: 'words', words: plain(presetNames) }],
  ['confidence', { kind: 'words', words: plain(confidenceNames) }],
  ['rule', { kind: 'words', words: [...ruleWords, ...codeWords] }],
  ['code', { kind: 'words', words: codeWords }],
  ['name=setting', { kind: 'pair', words: [...ruleWords, ...codeWords], values: settingNames }],
  ['name[=file]', { kind: 'pair', words: plain(formatNames) }],
  ['how', { kind: 'files', words: plain(['auto', 'off', 'required']) }],
]);

function optionValue(option: Option): Value {
  if (option.argChoices !== undefined) return { kind: 'words', words: plain(option.argChoices) };
  // The last word of the flags: `<name[=file]>`, `[ref]`, `<glob...>`.
  const placeholder = option.flags.slice(option.flags.lastIndexOf(' ') + 1);
  return values.get(placeholder.slice(1, -1).replace(/\.\.\.$/, '')) ?? { kind: 'anything' };
}

function argumentValue(argument: Argument): Value {
  if (argument.argChoices !== undefined) return { kind: 'words', words: plain(argument.argChoices) };
  return values.get(argument.name()) ?? { kind: 'anything' };
}
