/** JSON arrays for CMD and ENTRYPOINT that a shell starts. */
import {
  type CommandInstruction,
  commandScript,
  mappedSpan,
  type ShellCommand,
  type Span,
} from '../../syntax/index.ts';
import type { Build, Stage, Step } from '../build.ts';
import { textAt } from '../files/context-text.ts';
import { resolve } from '../files/path.ts';
import { chainOf, stepOf } from '../query.ts';
import type { ShellFormStart } from '../start/shell-form.ts';
import type { Fix } from './fix.ts';
import { lineAt } from './lines.ts';

/**
 * The fix that starts the program without a shell, or, where one has to read variables, with a shell that makes way.
 * Undefined where more than one plain call stands there.
 */
export function execForm(build: Build, start: ShellFormStart): Fix | undefined {
  const { instruction, costs } = start;
  const step = stepOf(build, instruction);
  if (step === undefined || instruction.onbuild !== undefined || instruction.heredocs.length > 0) return undefined;
  const { shell } = step.before;
  if (isWindows(step.stage) || (shell !== undefined && !isPlainShell(shell))) return undefined;
  const written = instruction.form === 'exec' ? writtenOut(instruction) : inShell(build, instruction, shell);
  if (written === undefined) return undefined;
  const isNeeded = written.text.startsWith('["sh",');
  if (isNeeded && (costs === 'no-shell' || costs === 'as-arguments' || costs === 'ends-arguments')) return undefined;
  // Words that others append, or that an entrypoint reads, come to the program now.
  const isSame = costs !== 'as-arguments' && costs !== 'ends-arguments' && !isReadByEntrypoint(instruction, step.stage);
  return {
    says: isNeeded
      ? `Let the shell of ${instruction.keyword} make way with exec`
      : `Write ${instruction.keyword} as a JSON array`,
    safety: isSame && isKnown(step.stage) && !mayLackInterpreter(build, step, written.text) ? 'safe' : 'unsafe',
    edits: [{ at: written.at, text: written.text }],
  };
}

interface Written {
  readonly at: Span;
  readonly text: string;
}

function inShell(build: Build, instruction: CommandInstruction, shell: readonly string[] | undefined) {
  const { line } = instruction;
  const at = mappedSpan(line, 0, line.text.length);
  const script = commandScript(instruction, shell);
  const text = line.text.trim();
  if (script.fault !== undefined || script.interpreter !== 'posix' || hasComments(build, at)) return undefined;
  const [command] = script.commands;
  const words = script.commands.length === 1 && command !== undefined ? plainWords(command, text) : undefined;
  if (words !== undefined) return { at, text: arrayOf(words, build.file.escape) };
  const last = script.commands.at(-1);
  if (at.line !== at.endLine || last === undefined || !canMakeWay(script.commands, text)) return undefined;
  const start = text.lastIndexOf(last.words.map(({ raw }) => raw).join(' '));
  if (start === -1) return undefined;
  return { at, text: `["sh", "-c", ${JSON.stringify(`${text.slice(0, start)}exec ${text.slice(start)}`)}]` };
}

/** `["sh", "-c", "node server.js"]` and nothing else. */
function writtenOut({ exec }: CommandInstruction): Written | undefined {
  const [shell, flag, script, more] = exec;
  if (shell === undefined || script?.text === undefined || more !== undefined || flag?.text !== '-c') return undefined;
  if (!/^[\w./@:=,+ -]+$/.test(script.text) || /(?:^|\s)[\w]+=/.test(script.text)) return undefined;
  const words = script.text.trim().split(/ +/);
  if (words[0] === 'exec') words.shift();
  if (words[0] === undefined || builtins.has(words[0]) || shell.span.line !== script.span.endLine) return undefined;
  const text = words.map((word) => JSON.stringify(word)).join(', ');
  return { at: { ...shell.span, endLine: script.span.endLine, endColumn: script.span.endColumn }, text };
}

interface PlainWord {
  readonly text: string;
  readonly span: Span;
}

/** The words of one call that the shell hands on as they are. */
function plainWords(command: ShellCommand, text: string): readonly PlainWord[] | undefined {
  if (!isSimple(command) || /[;&|<>()]/.test(withoutQuoted(text))) return undefined;
  const words: PlainWord[] = [];
  for (const { text: value, parts, raw, span } of command.words) {
    if (value === undefined || raw.startsWith('~') || parts.some(({ kind }) => kind !== 'literal')) return undefined;
    words.push({ text: value, span });
  }
  if (words[0]?.text === 'exec') words.shift();
  const [program] = words;
  return program === undefined || program.text.startsWith('-') || builtins.has(program.text) ? undefined : words;
}

const isSimple = ({ assignments, redirects, scope, partial, guards }: ShellCommand): boolean =>
  assignments.length + redirects.length + scope.length === 0 &&
  !partial &&
  guards.every(({ kind }) => kind === 'status');

/** Calls that follow one another by `&&`, the last of them of a program. */
function canMakeWay(commands: readonly ShellCommand[], text: string): boolean {
  const last = commands.at(-1)?.words[0]?.text;
  if (last === undefined || last === 'exec' || builtins.has(last)) return false;
  return (
    commands.every(isSimple) &&
    !/[;&|<>()`!{}#\\]/.test(
      withoutQuoted(text)
        .replaceAll('&&', '')
        .replaceAll(/\$\{\w+\}/g, ''),
    )
  );
}

const withoutQuoted = (text: string): string => text.replaceAll(/'[^']*'|"[^"`$\\]*"/g, '');

/** One line for each line of words, as they stood. */
function arrayOf(words: readonly PlainWord[], escape: string): string {
  let text = '[';
  for (const [at, { text: word, span }] of words.entries()) {
    const previous = words[at - 1];
    if (previous !== undefined)
      text += previous.span.endLine < span.line ? `, ${escape}\n${' '.repeat(span.column - 1)}` : ', ';
    text += JSON.stringify(word);
  }
  return `${text}]`;
}

function hasComments(build: Build, { line, endLine }: Span): boolean {
  for (let at = line + 1; at <= endLine; at += 1)
    if (/^\s*(?:#|$)/.test(lineAt(build.file.source.text, build, at) ?? '')) return true;
  return false;
}

/** A shell runs scripts without a `#!` line; the kernel does not. */
function mayLackInterpreter(build: Build, step: Step, array: string): boolean {
  const program = /^\[?"([^"]*)"/.exec(array)?.[1] ?? '';
  if (!program.includes('/')) return false;
  const text = textAt(resolve(step.stage.result.workdir ?? '/', program), step.stage.result.rootfs, build);
  return text?.startsWith('#!') !== true;
}

/** What only a shell can do, or does otherwise than a program of the name. */
const builtins: ReadonlySet<string> = new Set(
  (
    '. : [ [[ alias bg bind break builtin case cd command continue declare dirs disown eval exit export fc fg for ' +
    'function getopts hash history if jobs let local popd pushd read readonly return set shift shopt source suspend ' +
    'test time times trap type typeset ulimit umask unalias unset until wait while { ('
  ).split(' '),
);

/** No login shell, whose profile may set PATH. */
const isPlainShell = (shell: readonly string[]): boolean =>
  /^(?:\/usr)?(?:\/bin\/)?(?:ba|a|da)?sh$/.test(shell[0] ?? '') &&
  shell.slice(1).every((word) => /^(?:-[euxo]*c?|pipefail|errexit|nounset)$/.test(word));

const rootOf = (stage: Stage) => chainOf(stage)[0]?.base;

function isWindows(stage: Stage): boolean {
  const base = rootOf(stage);
  return base?.kind === 'image' && base.facts?.os === 'windows';
}

function isKnown(stage: Stage): boolean {
  const base = rootOf(stage);
  return base?.kind === 'scratch' || (base?.kind === 'image' && base.facts !== undefined);
}

const isReadByEntrypoint = ({ keyword }: CommandInstruction, { result }: Stage): boolean =>
  keyword === 'CMD' && result.entrypoint !== undefined;
