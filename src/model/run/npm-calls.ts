/** Calls of npm in RUN, CMD and ENTRYPOINT of which npm understands something else than is meant. */
import { type Invocation, isNpmCommand, isNpmOption, nearNpmCommand, readInvocation } from '../../knowledge/index.ts';
import { type ShellWord, simpleCommands, type Word } from '../../syntax/index.ts';
import type { Build, Located, Span, StartCommand } from '../build.ts';
import { baseName } from '../files/path.ts';
import { isArrayWord } from '../query.ts';
import { remembered } from '../remembered.ts';
import { writtenCommands } from './written-commands.ts';

type Words = readonly (Word | ShellWord)[];

export interface NpmCall {
  /** From `npm` on. */
  readonly words: Words;
  /** `exec`: a JSON array, each word in quotes. */
  readonly form: 'exec' | 'shell';
  /** By the words as far as they have no variable. */
  readonly invocation?: Invocation;
}

export interface UnknownNpmCommand extends Located {
  readonly call: NpmCall;
  readonly word: string;
  /** The command that it misses by one letter; else a script of that name is meant. */
  readonly near: string | undefined;
  /** npm knows the command before it, and takes this one for a package: `npm install ci`. */
  readonly isPackage?: true;
}

export interface LostScriptOption extends Located {
  readonly call: NpmCall;
  readonly script: string;
  /** Those that npm keeps, in their order. */
  readonly options: readonly string[];
  /** No word from the first of them on is meant for npm. */
  readonly onlyLost: boolean;
}

/** What npm stops at, as it has no such command and takes no script for one; commands that it installs as packages. */
export function* unknownNpmCommands(build: Build): Iterable<UnknownNpmCommand> {
  for (const call of npmCalls(build)) {
    const { subcommand, uncertain } = call.invocation ?? {};
    const doubled = commandForPackage(call);
    if (doubled !== undefined) yield { span: doubled.span, call, word: 'ci', near: 'ci', isPackage: true };
    if (subcommand === undefined || uncertain || !/^[a-z][\w:.-]*$/.test(subcommand) || isNpmCommand(subcommand))
      continue;
    const at = call.words.find(({ text }) => text === subcommand);
    if (at !== undefined) yield { span: at.span, call, word: subcommand, near: nearNpmCommand(subcommand) };
  }
}

/** `npm install ci` and `npm i ci`, nothing else being named: the package of that name is a stub. */
function commandForPackage({ words, invocation }: NpmCall): Word | ShellWord | undefined {
  if (invocation?.operation !== 'add' || invocation.global || invocation.packages.join(' ') !== 'ci') return undefined;
  const [first, last] = [words[1], words.find(({ text }) => text === 'ci')];
  return first?.text === invocation.subcommand ? last : undefined;
}

/** Options behind the name of a script and not behind `--`; a script may read them as `npm_config_…`. */
export function* lostScriptOptions(build: Build): Iterable<LostScriptOption> {
  if (build.context.read('package.json')?.includes('npm_config_')) return;
  const told = new Set<Span>();
  for (const call of npmCalls(build)) {
    const { operation, script } = call.invocation ?? {};
    const at = operation === 'run' && script !== undefined ? call.words.findIndex(({ text }) => text === script) : -1;
    if (at === -1 || script === undefined) continue;
    const end = call.words.findIndex(({ text }) => text === '--');
    const behind = call.words.slice(at + 1, end === -1 ? undefined : end);
    const lost = behind.filter(({ text }) => text !== undefined && /^--?[a-zA-Z]/.test(text) && !isNpmOption(text));
    const [first] = lost;
    // A word that is not known may be `--`.
    if (
      first === undefined ||
      told.has(first.span) ||
      behind.slice(0, behind.indexOf(first)).some(({ text }) => text === undefined)
    )
      continue;
    const onlyLost = end === -1 && !behind.slice(behind.indexOf(first)).some(({ text }) => isNpmOption(text ?? ''));
    told.add(first.span);
    yield { span: first.span, call, script, options: lost.map(({ text }) => text ?? ''), onlyLost };
  }
}

/** Each once. */
const npmCalls: (build: Build) => readonly NpmCall[] = remembered(
  (build) => build.stages,
  (build) => [...findCalls(build)],
);

function* findCalls(build: Build): Iterable<NpmCall> {
  const seen = new Set<Span>();
  for (const command of writtenCommands(build)) {
    const [first] = command.shell.effective;
    if (command.name !== 'npm' || first === undefined || seen.has(first.span)) continue;
    seen.add(first.span);
    yield readCall(command.shell.effective, isArrayWord(command.step.instruction, first) ? 'exec' : 'shell');
  }
  for (const { result } of build.stages)
    for (const call of callsAtStart(result.entrypoint, result.cmd)) {
      const last = call.words.at(-1);
      if (last === undefined || seen.has(last.span)) continue;
      seen.add(last.span);
      yield call;
    }
}

/** A container runs the words of CMD behind those of ENTRYPOINT, where both are arrays. */
function callsAtStart(entrypoint: StartCommand | undefined, cmd: StartCommand | undefined): readonly NpmCall[] {
  const alone = [entrypoint, cmd].flatMap((start) => (start === undefined ? [] : callsOf(start)));
  const [first] = entrypoint === undefined || opensScript(entrypoint) ? [] : callsOf(entrypoint);
  if (first?.form !== 'exec' || cmd?.instruction.form !== 'exec') return alone;
  return [readCall([...first.words, ...cmd.instruction.exec], 'exec')];
}

/** `sh -c` and what it runs. */
const opensScript = ({ script }: StartCommand): boolean => script.commands[0]?.inner !== undefined;

function callsOf(start: StartCommand): readonly NpmCall[] {
  const isNpm = ({ text }: Word | ShellWord): boolean => baseName(text ?? '') === 'npm';
  const { instruction, script } = start;
  if (instruction.form !== 'exec' || opensScript(start))
    return simpleCommands(script).flatMap(({ effective }) =>
      effective[0] !== undefined && isNpm(effective[0]) ? [readCall(effective, 'shell')] : [],
    );
  // `["tini", "--", "npm", "start"]`; what another program gets as a word is no call of its own.
  const at = instruction.exec.findIndex(isNpm);
  const before = instruction.exec.slice(0, Math.max(at, 0)).at(-1)?.text ?? '--';
  return at === -1 || !/^(?:--|exec|dumb-init|tini|.*\/(?:dumb-init|tini|catatonit))$/.test(before)
    ? []
    : [readCall(instruction.exec.slice(at), 'exec')];
}

function readCall(words: Words, form: NpmCall['form']): NpmCall {
  const invocation = readInvocation(words.map(({ text }) => text));
  return { words, form, ...(invocation === undefined ? {} : { invocation }) };
}
