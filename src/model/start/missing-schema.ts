/** Calls of Prisma that read its schema, where nothing has brought one. */
import { prismaSubcommand, prismaTellsSchema } from '../../knowledge/index.ts';
import type { Build, Command, FileChange, Layer, Located, Rootfs, Stage, Step } from '../build.ts';
import { textAt } from '../files/context-text.ts';
import { join, relativeTo } from '../files/path.ts';
import { mayMakeSource } from '../installs/early-builds.ts';
import { firstOfStage } from '../per-stage.ts';
import { bindsFiles, chainOf, surelyEndsTheBuild } from '../query.ts';
import { calledScript, callsOfScript } from '../run/called-project.ts';
import { isOpenBase } from '../state/image-state.ts';
import type { LaunchedCommand } from './launch.ts';
import { startedCommands } from './started-commands.ts';

type Words = readonly (string | undefined)[];

export interface SchemalessCall {
  /** `generate`, `migrate deploy`. */
  readonly subcommand: string;
  /** Where Prisma looks for it, absolute. */
  readonly folder: string;
}

export interface SchemalessRun extends SchemalessCall, Located {
  /** What brings the schema, too late. */
  readonly source?: Located;
}

/** The first RUN of each stage that stops, on a base whose files are known. */
export const schemalessRuns = firstOfStage<SchemalessRun>((command, build) => {
  const { step, span } = command;
  if (isOpenBase(step.stage.base) || bindsFiles(step) || !surelyEndsTheBuild(command)) return undefined;
  const { words, folder } = calledBy(command, build) ?? {};
  const subcommand = words === undefined ? undefined : prismaSubcommand(words);
  if (words === undefined || subcommand === undefined || folder === undefined) return undefined;
  const layers = layersOf(step.stage).filter((layer) => layer.step.stage !== step.stage || isAbove(layer.step, step));
  if (mayMakeSource(step.stage, command)) return undefined;
  if (!lacksSchema({ words, folder, rootfs: step.before.rootfs, layers, build })) return undefined;
  const schema = join(folder, 'prisma/schema.prisma');
  const source = step.stage.steps.find(
    ({ span: other, after }) => other.line > span.line && after.rootfs.stat(schema).presence === 'present',
  );
  return { span, subcommand, folder, ...(source === undefined ? {} : { source }) };
});

export interface SchemalessStart extends SchemalessCall {
  readonly target: Stage;
  readonly command: LaunchedCommand;
}

/** The first call of each start that certainly runs. */
export function* schemalessStarts(build: Build): Iterable<SchemalessStart> {
  for (const target of build.targets) {
    if (isOpenBase(target.base) || mayMakeSource(target)) continue;
    const { rootfs, volumes } = target.result;
    const layers = layersOf(target);
    for (const { words, workdir: folder, runs, launched } of startedCommands(target, build)) {
      const subcommand = prismaSubcommand(words);
      if (subcommand === undefined || folder === undefined || runs !== 'always') continue;
      const isMounted = [...volumes.keys()].some((volume) => relativeTo(volume, folder) !== undefined);
      if (!isMounted && lacksSchema({ words, folder, rootfs, layers, build }))
        yield { target, command: launched, subcommand, folder };
      break;
    }
  }
}

const layersOf = (stage: Stage): readonly Layer[] => chainOf(stage).flatMap(({ layers }) => layers);

const isAbove = (one: Step, other: Step): boolean => one.span.line < other.span.line;

/** The words of a command, or those of the script of package.json that it runs where this is one call. */
function calledBy(command: Command, build: Build): { readonly words: Words; readonly folder?: string } | undefined {
  const { name, arguments: rest, workdir, invocation } = command;
  if (invocation?.operation !== 'run')
    return workdir === undefined ? undefined : { words: [name, ...rest], folder: workdir };
  const { folder } = calledScript(command, build) ?? {};
  const [only, ...others] = callsOfScript(command, build) ?? [];
  return folder === undefined || only === undefined || others.length > 0 ? undefined : { words: only.words, folder };
}

interface Place {
  readonly words: Words;
  readonly folder: string;
  readonly rootfs: Rootfs;
  readonly layers: readonly Layer[];
  readonly build: Build;
}

const places = [
  ...['prisma/schema.prisma', 'schema.prisma', 'prisma/schema'],
  ...['ts', 'mts', 'cts', 'js', 'mjs', 'cjs'].flatMap((ending) => [
    `prisma.config.${ending}`,
    `.config/prisma.${ending}`,
  ]),
];

/** The manifest is known and tells no other place, and neither does the call. */
function lacksSchema({ words, folder, rootfs, layers, build }: Place): boolean {
  const manifest = textAt(join(folder, 'package.json'), rootfs, build);
  if (manifest === undefined || prismaTellsSchema(words, manifest)) return false;
  const paths = places.map((name) => join(folder, name));
  if (paths.some((path) => rootfs.stat(path).presence !== 'absent')) return false;
  const changes = layers.flatMap((layer) => layer.changes);
  return paths.every((path) => !changes.some((change) => mayHold(change, path, build)));
}

/** What is put at a folder above the path, and may have it. */
function mayHold({ path: at, kind, content }: FileChange, path: string, build: Build): boolean {
  const rest = relativeTo(at, path);
  if (rest === undefined || kind === 'removal') return false;
  if (content?.kind === 'directory' || content?.kind === 'dependencies') return false;
  if (content?.kind !== 'context' || content.entry !== 'directory') return true;
  return build.context.stat(join(content.path, rest)) !== 'absent';
}
