/** Images whose packages lack the client that `prisma generate` writes among them. */
import {
  hasOwnPrismaClient,
  isPlainTool,
  majorsOf,
  manifestScript,
  prismaCall,
  productionPackages,
  readInvocation,
} from '../../knowledge/index.ts';
import type { Build, Command, FileChange, Install, Stage } from '../build.ts';
import { textAt } from '../files/context-text.ts';
import { baseName, directoryName, join } from '../files/path.ts';
import { commandsBefore } from '../per-stage.ts';
import { bindsFiles, chainOf, commandsIn, originOf, type ShippedTree, shippedTrees } from '../query.ts';
import { callsOfScript } from '../run/called-project.ts';
import { launchOf } from '../start/launch.ts';
import { purposeOf } from '../start/start.ts';
import { startedCommands } from '../start/started-commands.ts';
import { isOpenBase } from '../state/image-state.ts';

export interface MissingPrismaClient {
  readonly install: Install;
  readonly target: Stage;
  /** Makes a client among packages that do not ship, or that the install takes away. */
  readonly generatedBy?: Command;
}

/** Only where the schema can be read, and nothing else may make the client. */
export function* missingPrismaClients(build: Build): Iterable<MissingPrismaClient> {
  for (const shipped of shippedTrees(build)) {
    const { target, tree } = shipped;
    const { install } = tree;
    if (purposeOf(target, build.path) !== 'runtime' || isOpenBase(target.base) || !needsClient(install, build))
      continue;
    if (generatesItself(install, build) || comesWithTree(shipped)) continue;
    if (commandsAfter(install, shipped).some((command) => mayGenerate(command, build))) continue;
    if (mayGenerateAtStart(target, build)) continue;
    const generatedBy = commandsIn(build).find(
      ({ name, arguments: words }) => prismaCall([name, ...words]) === 'generate',
    );
    yield { install, target, ...(generatedBy === undefined ? {} : { generatedBy }) };
  }
}

/** The manifest names the package, and its schema has the client written among the packages. */
function needsClient({ command, directory, node }: Install, build: Build): boolean {
  const path = directory === undefined ? undefined : join(directory, 'package.json');
  if (path === undefined || !node || isOpenBase(command.step.stage.base) || bindsFiles(command.step)) return false;
  const { rootfs } = command.step.before;
  const manifest = textAt(path, rootfs, build);
  const range = manifest === undefined ? undefined : productionPackages(manifest).get('@prisma/client');
  const { change } = rootfs.stat(path);
  const origin = change === undefined ? undefined : originOf(change).content;
  // Since Prisma 7 the client is written beside the source.
  if ((majorsOf(range)?.most ?? 7) >= 7 || origin?.kind !== 'context' || baseName(origin.path) !== 'package.json')
    return false;
  const folder = origin.path.includes('/') ? directoryName(origin.path) : '';
  if (['prisma.config.ts', 'prisma.config.js'].some((name) => build.context.stat(join(folder, name)) !== 'absent'))
    return false;
  const schema = build.context.read(join(folder, 'prisma/schema.prisma'));
  return schema !== undefined && hasOwnPrismaClient(schema);
}

/** `@prisma/client` generates the client when it is installed where the schema is (measured: npm 11 with Prisma 5). */
function generatesItself({ command, directory = '/', scripts }: Install, build: Build): boolean {
  if (scripts === undefined || scripts.length === 0) return scripts === undefined;
  const { rootfs } = command.step.before;
  const isThere = ['prisma/schema.prisma', 'schema.prisma'].some(
    (name) => rootfs.stat(join(directory, name)).presence !== 'absent',
  );
  const manifest = textAt(join(directory, 'package.json'), rootfs, build) ?? '';
  return isThere || scripts.some((name) => typeof manifestScript(manifest, name) === 'string');
}

/** A part of a tree that has the client comes over this one; what commands make on the way is judged by the commands. */
function comesWithTree({ target, path }: ShippedTree): boolean {
  const changes = target.result.rootfs
    .under(path)
    .filter(({ kind, content }) => kind === 'addition' && content?.kind !== 'output');
  return changes.length !== 1 || changes.some((change) => change.path !== path);
}

/** In the stages through which the packages go to what ships, behind the install. */
function commandsAfter(install: Install, { target, change }: ShippedTree): readonly Command[] {
  const { command } = install;
  const stages = new Set<Stage>([...chainOf(target), ...chainOf(command.step.stage)]);
  for (let at: FileChange | undefined = change; at !== undefined; at = at.source) stages.add(at.step.stage);
  const all = [...stages].flatMap(({ steps }) => steps.flatMap(({ commands }) => commands));
  // Only `npm ci` does away with what is there.
  const wipes = install.manager === 'npm' && command.invocation?.frozen === true;
  const before = new Set(wipes || install.follows === undefined ? commandsBefore(command) : []);
  return all.filter((other) => other !== command && !before.has(other));
}

/** Whether a command makes the client, or is not known well enough. */
function mayGenerate(command: Command, build: Build): boolean {
  const { name, arguments: words, invocation } = command;
  if (/^(?:cache-clean|config-set|config-delete|set-version|prune|remove)$/.test(invocation?.operation ?? ''))
    return false;
  if (invocation?.global === true) return false;
  return (
    callsOfScript(command, build)?.every((call) => isPlainTool(call.words)) !== true && !isPlainTool([name, ...words])
  );
}

/** What a container starts makes the client, or is a script that cannot be read. */
function mayGenerateAtStart(target: Stage, build: Build): boolean {
  if (launchOf(target) === undefined) return true;
  return startedCommands(target, build).some(
    ({ words }) =>
      prismaCall(words) === 'generate' ||
      words.some((word) => word === undefined || /\.(?:sh|bash)$|entrypoint/.test(word)) ||
      readInvocation(words)?.operation === 'run',
  );
}
