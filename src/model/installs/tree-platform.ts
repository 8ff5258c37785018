/** Dependency trees that were installed on another platform than the one they are shipped on. */

import type { BaseImageFacts } from '../../knowledge/index.ts';
import { isNative, lockfilesOf, nativePackagesOf, needsNode, productionPackages } from '../../knowledge/index.ts';
import type { Build, Command, DependencyTree, Install, Span, Stage } from '../build.ts';
import { textAt } from '../files/context-text.ts';
import { directoryName, join } from '../files/path.ts';
import { chainOf, type ShippedTree, shippedTrees } from '../query.ts';
import { remembered } from '../remembered.ts';
import { standaloneApps } from '../shipped/next-standalone.ts';
import { launchOf } from '../start/launch.ts';

export interface ForeignTree {
  readonly shipped: ShippedTree;
  /** The stage that installed it. */
  readonly installer: Stage;
  /** The roots of both chains, whose FROM names the images. */
  readonly builtOn: Stage;
  readonly runsOn: Stage;
  /** Set when both are known and differ. */
  readonly nodeMajors?: readonly [number, number];
  readonly libcs?: readonly [Libc, Libc];
  /** Packages with a compiled part; undefined when no lockfile can be read and the manifest names none. */
  readonly native: readonly string[] | undefined;
  /** What installs the compiler that was there for them. */
  readonly compiler?: Command;
}

type Libc = 'glibc' | 'musl';

/** Commands after which the Node.js of an image is not the one that its name tells. */
const changesNode: ReadonlySet<string> = new Set(['n', 'nvm', 'fnm', 'volta', 'asdf', 'mise', 'nodenv', 'nodeenv']);
const helpsGlibc = /^(?:gcompat|libc6-compat|glibc)/;

/** Trees whose stage of installation is not in the chain of the target, where both bases are known; one for each COPY. */
export function* foreignTrees(build: Build): Iterable<ForeignTree> {
  const told = new Set<unknown>();
  for (const shipped of [...shippedTrees(build), ...standaloneTrees(build)]) {
    const { install } = shipped.tree;
    const installer = install.command.step.stage;
    const chain = chainOf(shipped.target);
    const [runsOn] = chain;
    const [builtOn] = chainOf(installer);
    if (runsOn === undefined || builtOn === undefined || chain.includes(installer) || !install.node) continue;
    if (chain.some(installsAgain) || [...chain, ...chainOf(installer)].some(switchesNode)) continue;
    const built = factsOf(builtOn);
    const runs = factsOf(runsOn);
    const whole = shipped.change.content?.kind === 'dependencies';
    const majors = whole ? pair(built?.nodeMajor, runs?.nodeMajor) : undefined;
    if (!runsNode(shipped.target, runs)) continue;
    const libcs =
      picksPlatform(shipped) || chain.some(hasCompatibility) ? undefined : pair(libcOf(built), libcOf(runs));
    if ((majors === undefined && libcs === undefined) || told.has(shipped.change.step)) continue;
    told.add(shipped.change.step);
    yield {
      shipped,
      installer,
      builtOn,
      runsOn,
      native: whole ? nativeIn(shipped, build) : nativeAskedFor(install, build),
      ...(majors === undefined ? {} : { nodeMajors: majors }),
      ...(libcs === undefined ? {} : { libcs }),
    };
  }
}

/** What `.next/standalone` takes along of the packages installed beside the application or above it. */
function* standaloneTrees(build: Build): Iterable<ShippedTree> {
  for (const { target, word, builder, folder } of standaloneApps(build)) {
    const change = chainOf(target)
      .flatMap(({ layers }) => layers.filter(({ step }) => holds(step.span, word.span)))
      .flatMap(({ changes }) => changes)
      .at(-1);
    const tree = treeFor(folder, builder);
    if (change === undefined || tree === undefined) continue;
    // Packages that come to the same place by a COPY of their own are judged by themselves.
    const replaced = target.result.rootfs.under(join(change.path, 'node_modules')).length > 0;
    if (!replaced) yield { target, path: change.path, change, tree, development: 'no' };
  }
}

const holds = (outer: Span, inner: Span): boolean => outer.line <= inner.line && inner.line <= outer.endLine;

function treeFor(folder: string, { result }: Stage): DependencyTree | undefined {
  for (let at = folder; ; at = directoryName(at)) {
    const path = join(at, 'node_modules');
    const trees = result.rootfs.under(path).filter((change) => change.path === path);
    const content = trees.findLast((change) => change.content?.kind === 'dependencies')?.content;
    if (content?.kind === 'dependencies') return content.tree;
    if (at === '/') return undefined;
  }
}

const factsOf = ({ base }: Stage): BaseImageFacts | undefined => (base.kind === 'image' ? base.facts : undefined);

const libcOf = (facts: BaseImageFacts | undefined): Libc | undefined =>
  facts?.libc === 'glibc' || facts?.libc === 'musl' ? facts.libc : undefined;

/** Both, when both are known and differ. */
const pair = <T>(one: T | undefined, other: T | undefined): readonly [T, T] | undefined =>
  one === undefined || other === undefined || one === other ? undefined : [one, other];

/** Its image has Node.js, or it starts something that needs it: a web server only hands the files out. */
const runsNode = (target: Stage, facts: BaseImageFacts | undefined): boolean =>
  facts?.nodeMajor !== undefined ||
  facts?.tools.includes('node') === true ||
  (launchOf(target)?.commands.some(({ words: [word] }) => word !== undefined && needsNode(word)) ?? false);

const commandsOf = (stage: Stage) => stage.steps.flatMap((step) => step.commands);

/** Installs or rebuilds packages of its own, perhaps those. */
export const installsAgain = (stage: Stage): boolean =>
  commandsOf(stage).some(
    ({ invocation, install }) =>
      install !== undefined ||
      (invocation !== undefined && !invocation.global && /^(?:install|add|rebuild)$/.test(invocation.operation)),
  );

export const switchesNode: (stage: Stage) => boolean = remembered(
  (stage) => stage,
  (stage) => commandsOf(stage).some(({ name }) => changesNode.has(name ?? '')),
);

const hasCompatibility = (stage: Stage): boolean =>
  commandsOf(stage).some(({ arguments: words }) => words.some((word) => helpsGlibc.test(word ?? '')));

/** The install says for which platform it is. */
export function picksPlatform({ tree: { install } }: ShippedTree): boolean {
  const { command } = install;
  const { env, args, settings } = command.step.before;
  const names = [
    ...env.keys(),
    ...args.keys(),
    ...settings.keys(),
    ...command.shell.environment.map(({ name }) => name),
  ];
  return (
    names.some((name) => /^(?:npm_config_)?(?:libc|os|cpu|platform|arch|target_libc)$/i.test(name)) ||
    command.arguments.some((word) => word === undefined || /^--(?:libc|os|platform|target_libc)\b/.test(word))
  );
}

export function nativeIn({ tree: { install } }: ShippedTree, build: Build): readonly string[] | undefined {
  const { directory, command } = install;
  const manager = command.invocation?.manager;
  const { rootfs } = command.step.after;
  if (directory === undefined) return undefined;
  for (let at = directory; ; at = directoryName(at)) {
    for (const name of manager === undefined ? [] : lockfilesOf(manager)) {
      const text = textAt(join(at, name), rootfs, build);
      const found = text === undefined ? undefined : nativePackagesOf(name, text);
      if (found !== undefined) return found;
    }
    if (at === '/') break;
  }
  return nativeAskedFor(install, build);
}

/** Those that the manifest names; undefined when it names none: others may need one. */
function nativeAskedFor(install: Install, build: Build): readonly string[] | undefined {
  const { directory, command } = install;
  if (directory === undefined) return undefined;
  const manifest = textAt(join(directory, 'package.json'), command.step.after.rootfs, build);
  if (manifest === undefined) return undefined;
  const named = [...productionPackages(manifest)].filter(([name, range]) => isNative(name, range));
  return named.length === 0 ? undefined : named.map(([name]) => name);
}
