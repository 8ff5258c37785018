/** Tests that come out the same each time, because the shell reads them otherwise than they look. */
import type { Located, ShellCommand, ShellWord } from '../../syntax/index.ts';
import type { Build } from '../build.ts';
import { type ShellTest, shellTests } from './shell-tests.ts';
import { writtenCommands } from './written-runs.ts';

export interface FaultyTest extends Located {
  readonly kind: /** Nothing closes the test, which fails. */
    | 'open'
    /** `&&` or `||` stands between the brackets. */
    | 'split'
    /** `[-f`: a command of this name. */
    | 'joined'
    /** `"$A"="b"`: one word, which is never empty. */
    | 'one-word'
    /** `>` between the brackets writes to a file. */
    | 'redirect'
    /** dash knows no `==` in `[`. */
    | 'equals'
    /** dash knows no `[[`. */
    | 'double-bracket';
  readonly text: string;
}

export function* faultyTests(build: Build): Iterable<FaultyTest> {
  for (const test of shellTests(build)) {
    const found = faultOf(test);
    if (found !== undefined) yield found;
  }
  for (const { shell, run } of writtenCommands(build)) {
    const [name] = shell.words;
    if (run.script.interpreter === 'posix' && name !== undefined && isJoined(name, shell))
      yield { kind: 'joined', text: name.raw, span: name.span };
  }
}

const isJoined = ({ raw }: ShellWord, { words }: ShellCommand): boolean =>
  /^\[\[?[^[\s\]]/.test(raw) && /\]$/.test(words.at(-1)?.raw ?? '');

function faultOf({ kind, shell, operands, closed, dialect, run, span }: ShellTest): FaultyTest | undefined {
  if (kind === '[[')
    return dialect === 'dash' ? { kind: 'double-bracket', text: '[[', span: start(span, 2) } : undefined;
  if (!closed) {
    const next = run.commands.find(
      (command) => command.shell.index === shell.index + 1 && sharesScript(command.shell, shell),
    );
    const ends = next?.shell.words.at(-1)?.text === ']' && next.shell.words[0]?.text !== '[';
    return { kind: ends ? 'split' : 'open', text: operands.at(-1)?.raw ?? '[', span: start(span, 1) };
  }
  const redirect = shell.redirects.find((each) => isBefore(each, shell.words.at(-1)) && /^[<>]$/.test(each.operator));
  if (kind === '[' && redirect !== undefined)
    return { kind: 'redirect', text: redirect.target.raw, span: redirect.target.span };
  const [first, second] = operands;
  if (operands.length === 1 && first !== undefined && isOneWord(first))
    return { kind: 'one-word', text: first.raw, span: first.span };
  const equals = dialect === 'dash' ? operands.find((word, at) => at > 0 && word.raw === '==') : undefined;
  if (equals !== undefined && second !== undefined) return { kind: 'equals', text: '==', span: equals.span };
  return undefined;
}

const sharesScript = (next: ShellCommand, test: ShellCommand): boolean => next.scope.length === test.scope.length;

const start = (span: Located['span'], length: number): Located['span'] => ({
  ...span,
  endLine: span.line,
  endColumn: span.column + length,
});

/** A redirect that stands left of the closing bracket. */
const isBefore = ({ span }: Located, last: ShellWord | undefined): boolean =>
  last !== undefined &&
  (span.line < last.span.line || (span.line === last.span.line && span.column <= last.span.column));

/** `"$A"="b"`, `$A==b`, `-z"$A"`: text is in it that no value takes away. */
function isOneWord({ parts }: ShellWord): boolean {
  if (!parts.some(({ kind }) => kind === 'parameter' || kind === 'substitution')) return false;
  const [first] = parts;
  if (first?.kind === 'literal' && /^-[a-zA-Z]$/.test(first.text)) return true;
  return parts.some((part, at) => part.kind === 'literal' && !part.quoted && at > 0 && /^!?==?/.test(part.text));
}
