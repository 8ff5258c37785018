/** HEALTHCHECKs whose program is not in the image: such a container is never healthy. */
import {
  busyBoxLacks,
  type HttpClient,
  hasBusyBoxWget,
  isHttpClient,
  lacksClient,
  mayBringClient,
} from '../../knowledge/index.ts';
import { commandName, commandScript, simpleCommands } from '../../syntax/index.ts';
import type { Build, Located, Stage, State, Step } from '../build.ts';
import { isUntouched } from '../files/base-files.ts';
import { systemPackages } from '../installs/system-packages.ts';
import { chainOf } from '../query.ts';
import { mayHaveCopied, programPlaces } from './program-places.ts';

export interface AbsentProbe {
  readonly target: Stage;
  readonly healthcheck: Located;
  /** `shell`: the check is a line for /bin/sh. */
  readonly program: HttpClient | 'shell';
  /** The program is there, as BusyBox has it, and does not know this option. */
  readonly option?: string;
  /** The stage whose FROM names the image without it. */
  readonly root: Stage;
  /** Takes it out again. */
  readonly removedBy?: Located;
}

type Check = Exclude<NonNullable<State['healthcheck']>['command'], 'none'>;

/** Only where the base is known and nothing in the file can have brought the program. */
export function* absentProbes(build: Build): Iterable<AbsentProbe> {
  for (const target of build.targets) {
    const { healthcheck } = target.result;
    const chain = chainOf(target);
    const [root] = chain;
    if (healthcheck === undefined || healthcheck.command === 'none' || root === undefined) continue;
    const common = { target, healthcheck, root };
    const steps = chain.flatMap((stage) => stage.steps);
    if (lacksShell(root) && needsShell(healthcheck.command, target)) {
      const ran = steps.some(({ instruction }) => instruction.keyword === 'RUN');
      if (!ran && nothingAt(['/bin/sh', '/usr/bin/sh'], target, steps)) yield { ...common, program: 'shell' };
      continue;
    }
    const program = clientAsked(healthcheck.command, target.result);
    if (program === undefined) continue;
    const named = systemPackages(target).filter(({ name }) => name.includes(program));
    const option =
      hasBusyBox(root) && program === 'wget' ? foreignOption(healthcheck.command, target.result) : undefined;
    if (option !== undefined && named.length === 0 && !steps.some(bringsWget)) {
      if (nothingAt(clientPlaces(program, target), target, steps)) yield { ...common, program, option };
      continue;
    }
    if (!isWithout(root, program)) continue;
    if (named.some(({ presence }) => presence !== 'absent') || steps.some((step) => brings(step, program, named)))
      continue;
    if (!nothingAt(clientPlaces(program, target), target, steps)) continue;
    const removedBy = named.find((each) => each.removedBy !== undefined)?.removedBy;
    yield { ...common, program, ...(removedBy === undefined ? {} : { removedBy }) };
  }
}

const lacksShell = ({ base }: Stage): boolean =>
  base.kind === 'scratch' || (base.kind === 'image' && base.openTag !== true && base.facts?.shell === false);

const needsShell = ({ form }: Check, { result }: Stage): boolean => form === 'shell' && result.shell === undefined;

const isWithout = ({ base }: Stage, program: HttpClient): boolean =>
  base.kind === 'scratch' ||
  (base.kind === 'image' && base.openTag !== true && lacksClient(base.reference.familiar, base.reference.tag, program));

const hasBusyBox = ({ base }: Stage): boolean =>
  base.kind === 'image' && base.openTag !== true && hasBusyBoxWget(base.reference.familiar, base.reference.tag);

/** The first option of the one wget of a check that BusyBox does not know. */
function foreignOption(check: Check, { shell }: State): string | undefined {
  for (const command of simpleCommands(commandScript(check, shell)))
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
function clientAsked(check: Check, { shell }: State): HttpClient | undefined {
  let asked: HttpClient | undefined;
  for (const command of simpleCommands(commandScript(check, shell))) {
    const name = commandName(command);
    if (name === undefined) return undefined;
    if (isHttpClient(name)) {
      if (asked !== undefined && asked !== name) return undefined;
      asked = name;
    } else if (!others.has(name) || (name === 'exit' && command.effective[1]?.text === '0')) return undefined;
  }
  return asked;
}
