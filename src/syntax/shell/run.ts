/** The scripts of instructions: what RUN, CMD, ENTRYPOINT and HEALTHCHECK run. */
import type { CommandLine, Heredoc, RunInstruction, Word } from '../instruction.ts';
import { type MappedText, mappedSpan, offsetAt } from '../source.ts';
import type { ShellCommand, ShellScript, ShellWord } from './command.ts';
import { interpreterOf, optionsInForce, type ShellInForce, shebangOf } from './dialect.ts';
import { joined } from './draft.ts';
import { scriptOperand, type Unquoted } from './inner.ts';
import { assemble } from './mapping.ts';
import { parseShell } from './parse.ts';
import { unwrap } from './wrapper.ts';

export interface RunOptions {
  /** The base image is a Windows one. */
  readonly windows?: boolean;
}

/**
 * What a RUN runs, as BuildKit decides it: the line; the body of its one heredoc when the line is nothing else, read by
 * the interpreter in its `#!` line or by SHELL; the line with all bodies; or the words of the exec form.
 */
export function runScript(
  run: RunInstruction,
  shell: readonly string[] | undefined,
  options: RunOptions = {},
): ShellScript {
  return known(run, ['RUN', shell, options.windows], () => readRun(run, shell, options));
}

function readRun(run: RunInstruction, shell: readonly string[] | undefined, options: RunOptions): ShellScript {
  const [heredoc] = run.heredocs;
  if (run.form === 'exec') return execScript(run);
  if (heredoc === undefined) return parseWith(run.line, { shell, ...options });
  if (run.heredocs.length > 1 || !isOnlyHeredoc(run.line.text))
    return parseWith(withBodies(run.line, run.heredocs), { shell, ...options });
  const shebang = shebangOf(heredoc.body.text);
  return parseWith(heredoc.body, { shell, ...options, ...(shebang === undefined ? {} : { shebang }) });
}

/** What CMD, ENTRYPOINT or the command of HEALTHCHECK runs. */
export function commandScript(
  line: CommandLine,
  shell: readonly string[] | undefined,
  options: RunOptions = {},
): ShellScript {
  const read = () => (line.form === 'exec' ? execScript(line) : parseWith(line.line, { shell, ...options }));
  return known(line, ['start', shell, options.windows], read);
}

/** What has been read of an instruction, by how it is read. */
const scripts = new WeakMap<CommandLine, Map<string, ShellScript>>();
/** A text whose SHELL is being typed is read by one after the other. */
const mostReadings = 4;

function known(line: CommandLine, how: readonly unknown[], read: () => ShellScript): ShellScript {
  const readings = scripts.get(line) ?? new Map<string, ShellScript>();
  const key = JSON.stringify(how);
  const script = readings.get(key) ?? read();
  if (readings.size === mostReadings) readings.clear();
  scripts.set(line, readings.set(key, script));
  return script;
}

function parseWith(text: MappedText, inForce: ShellInForce): ShellScript {
  return parseShell(text, interpreterOf(inForce), optionsInForce(inForce) ?? {});
}

/** `<<EOF` and nothing else, as BuildKit's own pattern has it. */
const isOnlyHeredoc = (line: string): boolean => /^\s*\d*<<-?(?:[^\s<'"\\]|'[^'<]*'|"[^"<]*")+\s*$/.test(line);

/** The line, then each body with its terminator on a line of its own: what BuildKit hands to the shell. */
function withBodies(line: MappedText, heredocs: readonly Heredoc[]): MappedText {
  const assembly = assemble(line.source);
  let last = line.offsets[line.text.length] ?? 0;
  assembly.copy(line, 0, line.text.length);
  assembly.put('\n', last);
  for (const { name, body } of heredocs) {
    assembly.copy(body, 0, body.text.length);
    last = body.offsets[body.text.length] ?? last;
    if (body.text !== '' && !body.text.endsWith('\n')) assembly.put('\n', last);
    assembly.put(`${name}\n`, last);
  }
  return assembly.finish();
}

/** The exec form: one command, whose words no shell touches. */
function execScript(line: CommandLine): ShellScript {
  const texts = line.exec.map((word) => jsonText(word, line.line));
  const words = line.exec.map((word, at): ShellWord => {
    const text = texts[at]?.text ?? '';
    return { raw: word.raw, text, parts: [{ kind: 'literal', text, quoted: true }], span: word.span };
  });
  const whole = joined(texts.map((text) => ({ text, expansions: [] })))?.text ?? line.line;
  const command = execCommand(words, texts, mappedSpan(whole, 0, whole.text.length));
  const commands = words.length === 0 ? [] : [command];
  return { interpreter: 'posix', text: whole, commands, errexit: false };
}

function execCommand(
  words: readonly ShellWord[],
  texts: readonly MappedText[],
  span: ShellCommand['span'],
): ShellCommand {
  const { effective, assignments } = unwrap(words);
  const inner = innerOf(effective, words, texts);
  return {
    index: 0,
    words,
    assignments: [],
    redirects: [],
    effective,
    environment: assignments,
    runs: 'always',
    failure: 'ends the script',
    guards: [],
    pipeline: 0,
    scope: [],
    ...(inner === undefined ? {} : { inner }),
    partial: false,
    span,
  };
}

function innerOf(
  effective: readonly ShellWord[],
  words: readonly ShellWord[],
  texts: readonly MappedText[],
): ShellScript | undefined {
  const operand = scriptOperand(effective);
  if (operand?.from !== 'words') return undefined;
  const scripts: Unquoted[] = [];
  for (const word of operand.words) {
    const text = texts[words.indexOf(word)];
    if (text !== undefined) scripts.push({ text, expansions: [] });
  }
  const script = joined(scripts);
  return script && parseShell(script.text, 'posix', { errexit: operand.errexit, pipefail: operand.pipefail, depth: 1 });
}

const jsonEscape = /^\\(?:u[0-9A-Fa-f]{4}|.)/s;

/** The value of a JSON string with the place of each character. */
function jsonText(word: Word, { source }: MappedText): MappedText {
  const { span } = word;
  const start = offsetAt(source, span.line, span.column);
  const written = source.text.slice(start, offsetAt(source, span.endLine, span.endColumn));
  const value = word.text ?? word.raw;
  if (!/^".*"$/s.test(written)) return placedAt(value, start, source);
  const assembly = assemble(source);
  for (let at = 1; at < written.length - 1; ) {
    const escape = written[at] === '\\' ? jsonEscape.exec(written.slice(at, at + 6))?.[0] : undefined;
    assembly.put(escape === undefined ? written.charAt(at) : unescapeJson(escape), start + at);
    at += escape?.length ?? 1;
  }
  const mapped = assembly.finish();
  return mapped.text === value ? mapped : placedAt(value, start, source);
}

function placedAt(value: string, start: number, source: MappedText['source']): MappedText {
  const assembly = assemble(source);
  assembly.put(value, start);
  return assembly.finish();
}

const controlEscapes: ReadonlyMap<string, string> = new Map([
  ['\\n', '\n'],
  ['\\t', '\t'],
  ['\\r', '\r'],
  ['\\b', '\b'],
  ['\\f', '\f'],
]);

const unescapeJson = (escape: string): string =>
  escape.startsWith('\\u')
    ? String.fromCharCode(Number.parseInt(escape.slice(2), 16))
    : (controlEscapes.get(escape) ?? escape.slice(1));
