/** The script that a command hands to another shell. */
import type { MappedText } from '../source.ts';
import type { Expansion, ShellWord, ShellWordPart } from './command.ts';
import { assemble, copyUnescaped, fileOffset } from './mapping.ts';
import { shellOptions } from './shell-options.ts';
import { type HereDoc, nestedScripts, type WordNode, type WordPart } from './unbash.ts';
import { type Reading, unescapeHeredoc, wordFrom } from './word.ts';
import { baseName } from './wrapper.ts';

/** The text that a word stands for: its quotes taken off, its variables still by name. */
export interface Unquoted {
  readonly text: MappedText;
  readonly expansions: readonly Expansion[];
}

const shells: ReadonlySet<string> = new Set(['sh', 'bash', 'ash', 'dash', 'ksh', 'mksh', 'zsh', 'rbash']);

export const isPosixShell = (name: string): boolean => shells.has(name);

/** What a shell is started with. */
export interface StartOptions {
  readonly errexit: boolean;
  readonly pipefail: boolean;
}

/** What a call of a shell reads as its script: words of the call (joined by blanks) or its standard input. */
export type ScriptOperand = StartOptions &
  ({ readonly from: 'words'; readonly words: readonly ShellWord[] } | { readonly from: 'input' });

/** Where the script of `sh -c`, `su -c`, `eval` or `sh <<EOF` stands; undefined for all other commands. */
export function scriptOperand(effective: readonly ShellWord[]): ScriptOperand | undefined {
  const name = baseName(effective[0]);
  if (name === undefined) return undefined;
  if (name === 'eval') return { from: 'words', words: effective.slice(1), errexit: false, pipefail: false };
  if (name === 'su' || name === 'runuser') return switchedUser(effective);
  if (!shells.has(name)) return undefined;
  const options = shellOptions(effective.slice(1).map((word) => word.text));
  if (options === undefined) return undefined;
  const { errexit, pipefail } = options;
  const operand = effective[options.operands + 1];
  if (options.command)
    return operand === undefined ? undefined : { from: 'words', words: [operand], errexit, pipefail };
  const readsInput = options.input || operand === undefined || operand.text === '/dev/stdin';
  return readsInput ? { from: 'input', errexit, pipefail } : undefined;
}

const valuedSuOptions: ReadonlySet<string> = new Set([
  '-s',
  '--shell',
  '-g',
  '--group',
  '-G',
  '--supp-group',
  '-w',
  '-T',
]);

/** `su -c script user`, `su - user -c script`: options and operands come in any order. */
function switchedUser(effective: readonly ShellWord[]): ScriptOperand | undefined {
  for (let at = 1; at < effective.length; at += 1) {
    const text = effective[at]?.text;
    if (text === undefined) continue;
    if (text === '--command' || /^-[a-z]*c$/.test(text)) {
      const script = effective[at + 1];
      return script === undefined ? undefined : { from: 'words', words: [script], errexit: false, pipefail: false };
    }
    if (valuedSuOptions.has(text)) at += 1;
  }
  return { from: 'input', errexit: false, pipefail: false };
}

/**
 * The text of a word as the command gets it, variables by name. Undefined where a substitution makes part of
 * it unknown, and for a word that is one variable and nothing else.
 */
export function unquote(node: WordNode, reading: Reading): Unquoted | undefined {
  for (const _ of nestedScripts(node)) return undefined;
  const parts = wordFrom(node, reading).parts;
  if (parts.length === 1 && parts[0]?.kind === 'parameter') return undefined;
  const assembly = assemble(reading.text.source);
  const expansions: Expansion[] = [];
  const add = (part: WordPart): void => {
    const start = assembly.length();
    switch (part.type) {
      case 'Literal':
      case 'AnsiCQuoted':
        copyUnescaped(assembly, reading.text, part.type === 'Literal' ? part.pos : part.pos + 2, part.end, part.value);
        return;
      case 'SingleQuoted':
        assembly.copy(reading.text, part.pos + 1, part.pos + 1 + part.value.length);
        return;
      case 'DoubleQuoted':
      case 'LocaleString':
        for (const child of part.parts) add(child);
        return;
      case 'SimpleExpansion':
      case 'ParameterExpansion': {
        assembly.copy(reading.text, part.pos, part.end);
        const [expanded] = wordFromPart(part, reading);
        if (expanded !== undefined) expansions.push({ start, end: assembly.length(), part: expanded });
        return;
      }
      default:
        assembly.copy(reading.text, part.pos, part.end);
    }
  };
  if (node.parts === undefined) copyUnescaped(assembly, reading.text, node.pos, node.end, node.value);
  else for (const part of node.parts) add(part);
  return { text: assembly.finish(), expansions };
}

function wordFromPart(part: WordPart, reading: Reading): readonly ShellWordPart[] {
  return wordFrom(
    { type: 'Word', text: part.text, value: part.text, pos: part.pos, end: part.end, parts: [part] },
    reading,
  ).parts;
}

/**
 * The body of a here-document as the command reads it. A substitution in it gives a `${_}`, a variable of unknown value:
 * its commands belong to the script around.
 */
export function unquoteHeredoc(node: HereDoc, reading: Reading): Unquoted {
  const { body } = node;
  const assembly = assemble(reading.text.source);
  const expansions: Expansion[] = [];
  const chomp = node.operator === '<<-';
  const copyLiteral = (start: number, end: number, value: string): void => {
    if (value === reading.text.text.slice(start, end)) copyLines(start, end);
    else copyUnescaped(assembly, reading.text, start, end, value);
  };
  const copyLines = (start: number, end: number): void => {
    if (!chomp) assembly.copy(reading.text, start, end);
    else
      for (let at = start; at < end; ) {
        const { text } = reading.text;
        if (at === body.pos || text[at - 1] === '\n') while (text[at] === '\t' && at < end) at += 1;
        const lineEnd = text.indexOf('\n', at);
        const next = lineEnd === -1 || lineEnd >= end ? end : lineEnd + 1;
        assembly.copy(reading.text, at, next);
        at = next;
      }
  };
  if (node.delimiter?.quoted === true) copyLines(body.pos, body.end);
  else if (body.parts === undefined) copyLiteral(body.pos, body.end, unescapeHeredoc(body.text));
  else
    for (const part of body.parts) {
      const start = assembly.length();
      if (part.type === 'Literal') copyLiteral(part.pos, part.end, part.value);
      else if (part.type === 'SimpleExpansion' || part.type === 'ParameterExpansion') {
        assembly.copy(reading.text, part.pos, part.end);
        const [expanded] = wordFromPart(part, reading);
        if (expanded !== undefined) expansions.push({ start, end: assembly.length(), part: expanded });
      } else {
        assembly.put('${_}', fileOffset(reading.text, part.pos));
        expansions.push({ start, end: assembly.length(), part: { kind: 'parameter', name: '_', quoted: true } });
      }
    }
  return { text: assembly.finish(), expansions };
}
