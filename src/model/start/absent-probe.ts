/** HEALTHCHECKs whose program is not in the image: such a container is never healthy. */
import {
  busyBoxLacks,
  type HttpClient,
  hasBusyBoxWget,
  isHttpClient,
  lacksClient,
  mayBringClient,
} from '../../knowledge/index.ts';
import { commandName, commandScript, type ShellScript, simpleCommands } from '../../syntax/index.ts';
import type { Build, Located, Stage, Step } from '../build.ts';
import { isUntouched } from '../files/base-files.ts';
import { systemPackages } from '../installs/system-packages.ts';
import { chainOf } from '../query.ts';
import { callsFor } from '../stages/ship-targets.ts';
import { mayHaveCopied, programPlaces } from './program-places.ts';
import { scriptOf } from './start-script.ts';

export interface AbsentProbe {
  readonly target: Stage;
  readonly healthcheck: Located;
  /** The compose service that asks it, in place of the image. */
  readonly service?: string;
  /** `shell`: the check is a line for /bin/sh. */
  readonly program: HttpClient | 'shell';
  /** The program is there, as BusyBox has it, and does not know this option. */
  readonly option?: string;
  /** The stage whose FROM names the image without it. */
  readonly root: Stage;
  /** Takes it out again. */
  readonly removedBy?: Located;
}

interface Check {
  readonly healthcheck: Located;
  readonly service?: string;
  readonly script: ShellScript;
  /** It is a line for /bin/sh. */
  readonly needsShell: boolean;
}

/** Only where the base is known and nothing in the file can have brought the program. */
export function* absentProbes(build: Build): Iterable<AbsentProbe> {
  for (const target of build.targets)
    for (const check of checksOf(target, build)) {
      const found = absentProbe(check, target);
      if (found === undefined) continue;
      const { healthcheck, service } = check;
      yield { target, healthcheck, ...(service === undefined ? {} : { service }), ...found };
    }
}

/** That of the image, and those that compose services outside development ask of it. */
function* checksOf(target: Stage, build: Build): Iterable<Check> {
  const { healthcheck, shell } = target.result;
  if (healthcheck !== undefined && healthcheck.command !== 'none') {
    const { command } = healthcheck;
    const needsShell = command.form === 'shell' && shell === undefined;
    yield { healthcheck, script: commandScript(command, shell), needsShell };
  }
  for (const { by, name, purpose, probe } of callsFor(build, target))
    if (by === 'compose' && probe !== undefined && purpose !== 'development' && purpose !== 'test')
      yield { healthcheck: probe.at, service: name, script: scriptOf(probe.line), needsShell: probe.form === 'shell' };
}

function absentProbe(
  { script, needsShell }: Check,
  target: Stage,
): Omit<AbsentProbe, 'target' | 'healthcheck'> | undefined {
  const chain = chainOf(target);
  const [root] = chain;
  if (root === undefined) return undefined;
  const steps = chain.flatMap((stage) => stage.steps);
  if (lacksShell(root) && needsShell) {
    const ran = steps.some(({ instruction }) => instruction.keyword === 'RUN');
    return !ran && nothingAt(['/bin/sh', '/usr/bin/sh'], target, steps) ? { root, program: 'shell' } : undefined;
  }
  const program = clientAsked(script);
  if (program === undefined) return undefined;
  const named = systemPackages(target).filter(({ name }) => name.includes(program));
  const option = hasBusyBox(root) && program === 'wget' ? foreignOption(script) : undefined;
  if (option !== undefined && named.length === 0 && !steps.some(bringsWget))
    return nothingAt(clientPlaces(program, target), target, steps) ? { root, program, option } : undefined;
  if (!isWithout(root, program)) return undefined;
  if (named.some(({ presence }) => presence !== 'absent') || steps.some((step) => brings(step, program, named)))
    return undefined;
  if (!nothingAt(clientPlaces(program, target), target, steps)) return undefined;
  const removedBy = named.find((each) => each.removedBy !== undefined)?.removedBy;
  return { root, program, ...(removedBy === undefined ? {} : { removedBy }) };
}

const lacksShell = ({ base }: Stage): boolean =>
  base.kind === 'scratch' || (base.kind === 'image' && base.openTag !== true && base.facts?.shell === false);

const isWithout = ({ base }: Stage, program: HttpClient): boolean =>
  base.kind === 'scratch' ||
  (base.kind === 'image' && base.openTag !== true && lacksClient(base.reference.familiar, base.reference.tag, program));

const hasBusyBox = ({ base }: Stage): boolean =>
  base.kind === 'image' && base.openTag !== true && hasBusyBoxWget(base.reference.familiar, base.reference.tag);

/** The first option of the one wget of a check that BusyBox does not know. */
function foreignOption(script: ShellScript): string | undefined {
  for (const command of simpleCommands(script))
    if (commandName(command) === 'wget')
      return command.effective.find(({ text }) => text !== undefined && busyBoxLacks(text))?.text;
  return undefined;
}

/** What only links files, or brings packages of a project, brings no other wget. */
const bringsWget = ({ instruction, script, commands }: Step): boolean =>
  (instruction.keyword === 'RUN' && script === undefined && commands.length === 0) ||
  commands.some(
    ({ name, arguments: rest }) =>
      rest.includes('wget') ||
      (!/^(?:ln|npm|npx|yarn|pnpm|corepack|wget)$/.test(name ?? '') && mayBringClient([name, ...rest])),
  );

/** No package of the project is a client of that name. */
const clientPlaces = (program: string, target: Stage): readonly string[] =>
  programPlaces(program, target).filter((path) => !path.includes('/node_modules/'));

const nothingAt = (places: readonly string[], { result }: Stage, steps: readonly Step[]): boolean =>
  places.every((path) => isUntouched(result.rootfs.stat(path)) && !steps.some((step) => mayHaveCopied(step, path)));

function brings({ instruction, script, commands }: Step, program: HttpClient, named: readonly unknown[]): boolean {
  if (instruction.keyword === 'RUN' && script === undefined && commands.length === 0) return true;
  return commands.some(({ name, arguments: rest }) =>
    // Who calls it has it; a package of that name that is gone again explains such a call.
    name === 'curl' || name === 'wget' ? name === program && named.length === 0 : mayBringClient([name, ...rest]),
  );
}

/** What may stand beside the question, without being another way to ask it. */
const others: ReadonlySet<string> = new Set(['exit', 'false', 'kill', 'grep', 'echo', 'test', '[']);

/** The client that a check cannot do without. */
function clientAsked(script: ShellScript): HttpClient | undefined {
  let asked: HttpClient | undefined;
  for (const command of simpleCommands(script)) {
    const name = commandName(command);
    if (name === undefined) return undefined;
    if (isHttpClient(name)) {
      if (asked !== undefined && asked !== name) return undefined;
      asked = name;
    } else if (!others.has(name) || (name === 'exit' && command.effective[1]?.text === '0')) return undefined;
  }
  return asked;
}
