/** Secrets that a RUN prints into the log of the build. */
import { secretName } from '../../knowledge/index.ts';
import type { Located, ShellCommand, ShellWord } from '../../syntax/index.ts';
import type { Build, Secret } from '../build.ts';
import { resolve } from '../files/path.ts';
import { type WrittenCommand, type WrittenRun, writtenRuns } from './written-runs.ts';

export interface EchoedSecret extends Located {
  /** The variable, or the file. */
  readonly name: string;
  /** `told`: the command prints it; `listed`: it prints all variables; `traced`: `set -x` prints the command. */
  readonly kind: 'told' | 'listed' | 'traced';
  /** Where the secret comes in. */
  readonly origin?: Located;
  /** The command that switches tracing on. */
  readonly tracer?: Located;
}

/** Each variable and file once a RUN. */
export function* echoedSecrets(build: Build): Iterable<EchoedSecret> {
  for (const run of writtenRuns(build)) {
    if (!maySpeak(run)) continue;
    const held = heldBy(run);
    if (held.variables.size === 0 && held.files.size === 0) continue;
    const seen = new Set<string>();
    for (const found of [...printedIn(run, held), ...tracedIn(run, held)]) {
      if (seen.has(found.name)) continue;
      seen.add(found.name);
      yield found;
    }
  }
}

/** What a RUN has to keep to itself. */
interface Held {
  /** With where it comes in. */
  readonly variables: ReadonlyMap<string, Located>;
  /** Absolute paths. */
  readonly files: ReadonlyMap<string, Located>;
}

const isReal = ({ value }: Secret): boolean => value !== 'placeholder';

function heldBy({ step, instruction, commands }: WrittenRun): Held {
  const variables = new Map<string, Located>();
  for (const values of [step.before.args, step.before.env])
    for (const [name, { secrets }] of values) {
      const secret = secrets.find(isReal);
      if (secret !== undefined) variables.set(name, secret);
    }
  const files = new Map<string, Located>();
  for (const mount of instruction.mounts) {
    if (mount.type !== 'secret') continue;
    if (mount.env?.text !== undefined) variables.set(mount.env.text, mount);
    const target = mount.target?.text ?? (mount.env === undefined ? `/run/secrets/${mount.id?.text ?? ''}` : undefined);
    if (target !== undefined && !target.endsWith('/')) files.set(resolve(step.before.workdir ?? '/', target), mount);
  }
  // TOKEN=$(cat /run/secrets/token)
  for (const { shell } of commands)
    for (const { name, value } of shell.assignments) {
      const file = [...files].find(([path]) => value.raw.includes(path));
      if (secretName(name) && file !== undefined && /^"?\$\(\s*(?:cat\b|<)/.test(value.raw))
        variables.set(name, file[1]);
    }
  return { variables, files };
}

const tellers: ReadonlySet<string | undefined> = new Set(['echo', 'printf']);
const readers: ReadonlySet<string | undefined> = new Set(['cat', 'head', 'tail', 'base64', 'xxd', 'nl', 'tac']);

/** Whether it has a command that prints, or traces: what it holds is looked through only then. */
const maySpeak = ({ commands, step }: WrittenRun): boolean =>
  step.before.shell?.some(isTracing) === true || commands.some(({ name }) => name === 'set' || prints(name));

const prints = (name: string | undefined): boolean =>
  tellers.has(name) || readers.has(name) || name === 'env' || name === 'printenv';

function* printedIn(run: WrittenRun, held: Held): Iterable<EchoedSecret> {
  for (const command of run.commands) {
    const { name, shell, arguments: values } = command;
    const words = shell.effective.slice(1);
    if (!prints(name) || !reachesLog(command)) continue;
    if (tellers.has(name)) yield* variablesIn(words, held);
    else if (readers.has(name)) yield* filesIn(words, values, run, held);
    else if (words.length === 0)
      for (const [variable, origin] of held.variables)
        yield { kind: 'listed', name: variable, span: shell.span, origin };
    else if (name === 'printenv')
      for (const word of words) {
        const origin = held.variables.get(word.text ?? '');
        if (origin !== undefined) yield { kind: 'told', name: word.text ?? '', span: word.span, origin };
      }
  }
}

/** The parameters of words that come to the value itself: not `${TOKEN:+set}`, not `${#TOKEN}`. */
function* variablesIn(words: readonly ShellWord[], { variables }: Held): Iterable<EchoedSecret> {
  for (const { parts, span } of words)
    for (const part of parts) {
      if (part.kind !== 'parameter' || !(part.operator === undefined || /^:?[-?=]$/.test(part.operator))) continue;
      const origin = variables.get(part.name);
      if (origin !== undefined) yield { kind: 'told', name: part.name, span, origin };
    }
}

function* filesIn(
  words: readonly ShellWord[],
  values: readonly (string | undefined)[],
  { step }: WrittenRun,
  { files }: Held,
): Iterable<EchoedSecret> {
  for (const [at, word] of words.entries()) {
    const value = values[at];
    if (value === undefined || step.before.workdir === undefined) continue;
    const path = resolve(step.before.workdir, value);
    const origin = files.get(path) ?? credentialAt(path, step);
    if (origin !== undefined) yield { kind: 'told', name: value, span: word.span, origin };
  }
}

function credentialAt(path: string, { before, after }: WrittenRun['step']): Located | undefined {
  const changes = [before, after].map(({ rootfs }) => rootfs.stat(path).change);
  return changes.find((change) => change?.credential?.carries === 'yes');
}

function* tracedIn({ commands, step }: WrittenRun, { variables }: Held): Iterable<EchoedSecret> {
  let tracer: Located | undefined = step.before.shell?.some((word) => isTracing(word)) === true ? step : undefined;
  for (const { name, shell } of commands) {
    if (name === 'set') {
      const said = shell.effective.slice(1).map(({ text }) => text ?? '');
      if (said.some(isTracing) || said.includes('xtrace')) tracer = shell;
      if (said.some((word) => /^\+[a-z]*x/.test(word))) tracer = undefined;
    } else if (tracer !== undefined)
      for (const found of variablesIn([...shell.words, ...shell.assignments.map(({ value }) => value)], {
        variables,
        files: variables,
      }))
        yield { ...found, kind: 'traced', tracer };
  }
}

const isTracing = (word: string): boolean => /^-(?=[a-zA-Z]*x)[a-zA-Z]+$/.test(word);

/** What a command prints comes out of the RUN: it is not redirected to a file, captured, or read by another command. */
function reachesLog({ shell, holder, run }: WrittenCommand): boolean {
  if (shell.within !== undefined || shell.redirects.some(isToFile)) return false;
  if (holder !== undefined && !reachesLog(holder)) return false;
  const { piped } = shell;
  if (piped === undefined || piped.member === piped.by.members - 1) return true;
  const right = run.commands.filter(
    (other) => other.shell.piped?.by === piped.by && other.shell.piped.member > piped.member,
  );
  return right.length > 0 && right.every((other) => other.name === 'tee' && !other.shell.redirects.some(isToFile));
}

const isToFile = ({ operator, fd = 1, target }: ShellCommand['redirects'][number]): boolean =>
  fd === 1 && /^(?:>>?|>\||&>>?)$/.test(operator) && !/^\/dev\/(?:stdout|stderr|tty|fd\/[12])$/.test(target.text ?? '');
