/** Ship targets that are meant for production and run in development mode, or through a development server. */
import {
  asksForDevelopment,
  asksForProduction,
  commandPurpose,
  dockerfilePurpose,
  plainlyProduction,
  scriptWords,
  setsVariable,
  stagePurpose,
} from '../../knowledge/index.ts';
import { nearest } from '../../syntax/index.ts';
import type { Build, Located, Stage, Value } from '../build.ts';
import { normalise } from '../files/path.ts';
import { chainOf, stageNamedBy } from '../query.ts';
import { buildCallOf } from '../run/command-calls.ts';
import { callsFor } from '../stages/ship-targets.ts';
import { type LaunchedCommand, launchOf } from './launch.ts';
import { scriptBehind } from './manifest-script.ts';
import { purposeOf } from './start.ts';

export interface DevelopmentVariable {
  readonly target: Stage;
  readonly name: string;
  readonly value: Value;
  /** The value stands in the ENV itself, not in the default of an argument. */
  readonly fixed: boolean;
  /** What it is nearly, and no program reads in its place: `productions` for `production`. */
  readonly nearly?: string;
  readonly start: Located;
}

/** Variables that ask for development, or for a mode that there is not, in the final environment of targets that run something. */
export function* developmentVariables(build: Build): Iterable<DevelopmentVariable> {
  for (const target of build.targets) {
    const { env, entrypoint, cmd } = target.result;
    const start = cmd ?? entrypoint ?? serverOf(target);
    if (start === undefined || !isForProduction(target, build)) continue;
    const commands = launchOf(target)?.commands ?? [];
    const overridden = (name: string): boolean =>
      commands.some(
        (command) => command.sets.has(name) || setsVariable(scriptBehind(command, target, build) ?? '', name),
      );
    for (const [name, value] of env) {
      if (value.via !== 'ENV' || overridden(name)) continue;
      const nearly = nearMode(name, value.text ?? '');
      if (nearly !== undefined) yield { target, name, value, fixed: isFixed(value, target), nearly, start };
      else if (asksForDevelopment(name, value.text ?? ''))
        yield { target, name, value, fixed: isFixed(value, target), start };
    }
  }
}

/** npm, Express and React compare the whole word, capitals and all. */
function nearMode(name: string, text: string): string | undefined {
  const lower = text.toLowerCase();
  if (name !== 'NODE_ENV' || text === 'production') return undefined;
  return lower === 'production' ? lower : nearest(lower, ['production']);
}

export interface DevelopmentStart {
  readonly target: Stage;
  readonly command: LaunchedCommand;
  /** The script of package.json that starts the server. */
  readonly script?: string;
  /** What says that this is for production, or builds what could be served. */
  readonly meant: Located;
  readonly built: boolean;
}

/**
 * Development servers in targets that are called, configured or built for production, that install for production only, or
 * for which something is built.
 */
export function* developmentStarts(build: Build): Iterable<DevelopmentStart> {
  for (const target of build.targets) {
    const launch = launchOf(target);
    const command = launch?.entrypoint === 'script' ? undefined : launch?.commands.at(-1);
    if (command === undefined) continue;
    const said = saysProduction(target);
    const script = developmentScript(command, target, build);
    if (script === undefined && commandPurpose(command.words) !== 'development-server') continue;
    const isForUse = said !== undefined || !isForDevelopers(target, build);
    const built = said === undefined && isForUse ? (lastBuildIn(target) ?? builtFor(target, build)) : undefined;
    const meant = said ?? built ?? (isForUse ? (leanInstall(target) ?? productionCall(target, build)) : undefined);
    if (meant !== undefined)
      yield { target, command, meant, built: built !== undefined, ...(script === undefined ? {} : { script }) };
  }
}

/** Whether a ship target starts a development server through a script of package.json that does not say so by its name. */
export function startsDevelopmentScript(target: Stage, build: Build): boolean {
  const launch = launchOf(target);
  const command = launch?.entrypoint === 'script' ? undefined : launch?.commands.at(-1);
  return command !== undefined && developmentScript(command, target, build) !== undefined;
}

/** The one command of such a script. */
function developmentScript(command: LaunchedCommand, target: Stage, build: Build): string | undefined {
  if (commandPurpose(command.words) === 'development-server') return undefined;
  const script = scriptBehind(command, target, build) ?? undefined;
  const words = script === undefined ? [] : scriptWords(script);
  return script !== undefined && !/[&|;]/.test(script) && commandPurpose(words) === 'development-server'
    ? script
    : undefined;
}

/** The last command of the image that builds its application: a development server serves none of it. */
function lastBuildIn(target: Stage): Located | undefined {
  const commands = chainOf(target).flatMap(({ steps }) => steps.flatMap((step) => step.commands));
  return commands.findLast(
    (command) =>
      command.runs === 'always' &&
      command.workdir === target.result.workdir &&
      buildCallOf(command)?.standsAlone === false,
  );
}

/** The build of another stage whose result is copied into the image. */
function builtFor(target: Stage, build: Build): Located | undefined {
  for (const stage of chainOf(target))
    for (const { instruction } of stage.steps) {
      const source = instruction.keyword === 'COPY' ? stageNamedBy(instruction.from, stage, build) : undefined;
      if (source === undefined || instruction.keyword !== 'COPY') continue;
      const taken = instruction.sources.map(({ text }) => (text === undefined ? undefined : normalise(`/${text}`)));
      const commands = chainOf(source).flatMap(({ steps }) => steps.flatMap((step) => step.commands));
      const found = commands.findLast(
        (command) =>
          command.runs === 'always' &&
          command.workdir !== undefined &&
          taken.some((path) => path === command.workdir || path?.startsWith(`${command.workdir}/`) === true) &&
          buildCallOf(command)?.standsAlone === false,
      );
      if (found !== undefined) return found;
    }
  return undefined;
}

/** The last install of the image, where it leaves the development packages out. */
function leanInstall(target: Stage): Located | undefined {
  const commands = chainOf(target).flatMap(({ steps }) => steps.flatMap((step) => step.commands));
  const last = commands.findLast(
    ({ invocation }) => invocation !== undefined && !invocation.global && invocation.operation === 'install',
  );
  return last?.runs === 'always' && last.invocation?.development === 'omit' ? last : undefined;
}

const productionCall = (target: Stage, build: Build): Located | undefined =>
  callsFor(build, target).find(({ purpose, startsForDevelopers }) => purpose === 'production' && !startsForDevelopers)
    ?.at;

/** Its name, its file or those who build it say so. */
function isForDevelopers(target: Stage, build: Build): boolean {
  const { name } = target;
  const calls = callsFor(build, target);
  return (
    (name !== undefined && /^(?:development|test|build|dependencies|base)$/.test(stagePurpose(target.id) ?? '')) ||
    dockerfilePurpose(build.path) !== undefined ||
    isInFolderForDevelopers(build.path) ||
    (calls.length > 0 && calls.every(({ purpose }) => purpose !== 'production' && purpose !== 'unknown'))
  );
}

const isInFolderForDevelopers = (path: string): boolean =>
  /(?:^|[/\\._-])(?:dev|development|develop|local|tests?|e2e|ci|examples?)[/\\._-]/i.test(path);

function saysProduction({ name, result }: Stage): Located | undefined {
  if (name !== undefined && plainlyProduction(name.text ?? '') && isProduction(name.text ?? '')) return name;
  for (const [variable, value] of result.env)
    if (value.via === 'ENV' && asksForProduction(variable, value.text ?? '')) return value;
  return undefined;
}

const isProduction = (name: string): boolean => stagePurpose(name) === 'production';

/** The FROM whose image starts a server by itself. */
function serverOf(target: Stage): Located | undefined {
  const [root] = chainOf(target);
  return root?.base.kind === 'image' && root.base.facts?.server !== undefined ? root.from : undefined;
}

/** Neither its name, its file, the files that build it nor its start say otherwise. */
function isForProduction(target: Stage, build: Build): boolean {
  if (purposeOf(target, build.path) !== 'runtime') return false;
  if (target.name !== undefined && /^(?:build|dependencies|base)$/.test(stagePurpose(target.id) ?? '')) return false;
  if (isInFolderForDevelopers(build.path)) return false;
  const calls = callsFor(build, target);
  return calls.length === 0 || calls.some(({ purpose }) => purpose === 'production' || purpose === 'unknown');
}

/** Whether the ENV writes the value out, with no variable in it. */
function isFixed(value: Value, target: Stage): boolean {
  for (const { steps } of chainOf(target))
    for (const { instruction } of steps)
      if (instruction.keyword === 'ENV')
        for (const { span, value: written } of instruction.pairs)
          if (span === value.span) return (written?.references.length ?? 0) === 0;
  return false;
}
