/** Work that a container does anew each time it starts, before it serves: builds, installs, migrations. */
import {
  buildCall,
  commandPurpose,
  dependencyInstall,
  installsDevelopmentFirst,
  type Migration,
  manifestNamesDevelopment,
  migration,
  readInvocation,
} from '../../knowledge/index.ts';
import type { Build, Located, Stage } from '../build.ts';
import { textAt } from '../files/context-text.ts';
import { relativeTo, resolve } from '../files/path.ts';
import { chainOf, installsOf } from '../query.ts';
import { isMadeForDevelopers } from '../shipped/made-for-developers.ts';
import { purposeOf } from './start.ts';
import { type StartedCommand, startedCommands } from './started-commands.ts';

export interface BuildAtStart {
  readonly target: Stage;
  readonly at: Located;
  /** The call as it runs, and the call of the image that leads to it where that is another one. */
  readonly call: string;
  readonly by?: string;
  /** `completes`: it downloads the packages for development that the image was made without. */
  readonly does: 'builds' | 'installs' | 'completes';
}

/** The first build or install of each start that goes on with something else; a start of nothing but builds is what the image is for. */
export function* buildsAtStarts(build: Build): Iterable<BuildAtStart> {
  for (const target of build.targets) {
    const commands = servingCommands(target, build);
    const work = commands.slice(0, -1).find((command) => command.runs === 'always' && workOf(command) !== undefined);
    const does = work === undefined ? undefined : workOf(work);
    const last = commands.at(-1);
    if (work !== undefined && does !== undefined) yield { target, does, ...calledBy(work) };
    else if (last?.runs === 'always' && compilesAndServes(last)) yield { target, does: 'builds', ...calledBy(last) };
    else if (last?.runs === 'always' && completes(last, target, build))
      yield { target, does: 'completes', ...calledBy(last) };
  }
}

export interface MigrationAtStart extends Pick<BuildAtStart, 'target' | 'at' | 'call' | 'by'> {
  readonly migration: Migration;
}

/** Migrations before the program that serves. */
export function* migrationsAtStart(build: Build): Iterable<MigrationAtStart> {
  for (const target of build.targets)
    for (const command of servingCommands(target, build).slice(0, -1)) {
      const found = migration(command.words);
      if (found !== undefined) {
        yield { target, migration: found, ...calledBy(command) };
        break;
      }
    }
}

/** What a start runs in the end is no build, no test and no development server. */
function servingCommands(target: Stage, build: Build): readonly StartedCommand[] {
  if (target.result.entrypoint === undefined && target.result.cmd === undefined) return [];
  if (purposeOf(target, build.path) !== 'runtime' || isMadeForDevelopers(build, target)) return [];
  const commands = startedCommands(target, build);
  const last = commands.at(-1);
  const serves = commandPurpose(last?.words ?? []);
  return last === undefined || workOf(last) !== undefined || (serves !== 'runtime' && serves !== 'unknown')
    ? []
    : commands;
}

/** Small steps that only put settings into what is built. */
const settings = /(?:^|[:-])(?:env|config|configuration|runtime|settings)(?:$|[:-])/;

function workOf({ words }: StartedCommand): BuildAtStart['does'] | undefined {
  const call = readInvocation(words);
  if (call !== undefined && call.operation === 'install' && !call.global && !call.offline && !call.noTree)
    return 'installs';
  if (call?.script !== undefined && settings.test(call.script)) return undefined;
  const made = buildCall(words, call);
  const install = call === undefined ? dependencyInstall(words) : undefined;
  if (install?.kind === 'install' && !install.offline && made === undefined) return 'installs';
  return made === undefined || made.ecosystem === 'C' || (call === undefined && isRun(words)) ? undefined : 'builds';
}

/** `nest start` compiles the project and starts what comes of it, https://docs.nestjs.com/cli/usages#nest-start. */
const compilesAndServes = ({ words: [program, task] }: StartedCommand): boolean =>
  program === 'nest' && task === 'start';

/** `uv run` where `uv sync --no-dev` has filled the environment, and neither the image nor the project says otherwise. */
function completes({ words, workdir }: StartedCommand, target: Stage, build: Build): boolean {
  if (!installsDevelopmentFirst(words) || workdir === undefined) return false;
  const { env, rootfs } = target.result;
  if (['UV_NO_SYNC', 'UV_NO_DEV', 'UV_NO_GROUP', 'UV_NO_DEFAULT_GROUPS'].some((name) => env.has(name))) return false;
  const syncs = chainOf(target).flatMap((stage) => [...installsOf(stage)].filter(({ manager }) => manager === 'uv'));
  const last = syncs.filter(({ adds }) => adds.length === 0).at(-1);
  if (last?.development !== 'no' || last.directory === undefined) return false;
  if (relativeTo(last.directory, workdir) === undefined) return false;
  const path = resolve(last.directory, 'pyproject.toml');
  const text = textAt(path, rootfs, build);
  return text === undefined || manifestNamesDevelopment(path, text) === 'yes';
}

/** `cargo run`, `dotnet run`, `mvn spring-boot:run`: the program itself. */
const isRun = (words: StartedCommand['words']): boolean =>
  words.some((word) => word !== undefined && /^(?:.*:)?(?:run|bootRun|java)$/.test(word)) && !words.includes('build');

function calledBy({ words, launched }: StartedCommand): Pick<BuildAtStart, 'at' | 'call' | 'by'> {
  const text = (all: StartedCommand['words']): string => all.map((word) => word ?? '…').join(' ');
  const call = text(words.slice(0, 5));
  const by = text(launched.words.slice(0, 5));
  return { at: launched, call, ...(by === call ? {} : { by }) };
}
