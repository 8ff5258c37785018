/** Downloads that package managers keep, in the layers of what ships. */
import { cleansCache, filledCache, type PackageCache } from '../../knowledge/index.ts';
import type { Build, Command, Stage, Step } from '../build.ts';
import { chainOf, stageNamedBy } from '../query.ts';
import { purposeOf } from '../start/start.ts';

export interface ShippedCache {
  readonly target: Stage;
  readonly cache: PackageCache;
  /** The first command of its instruction that fills it. */
  readonly filledBy: Command;
  /** A command of a later instruction that empties it: the layer keeps it. */
  readonly emptiedBy?: Command;
}

/** Caches of package managers that stay in a layer of an image that runs, one for each instruction and manager. */
export function* shippedCaches(build: Build): Iterable<ShippedCache> {
  for (const target of build.targets) if (purposeOf(target, build.path) === 'runtime') yield* cachesIn(build, target);
}

/** The same for one target, whatever it is for; those of other stages that a COPY brings along, too. */
export function* cachesIn(build: Build, target: Stage): Iterable<ShippedCache> {
  yield* cachesFilledIn(target);
  for (const stage of chainOf(target))
    for (const { instruction } of stage.steps) {
      if (instruction.keyword !== 'COPY') continue;
      const from = stageNamedBy(instruction.from, stage, build);
      if (from === undefined) continue;
      for (const found of cachesFilledIn(from))
        if (found.emptiedBy === undefined && instruction.sources.some(({ text }) => holds(text, found)))
          yield { ...found, target };
    }
}

/** Whether a copied path, written out, is a directory that a cache lies in. */
function holds(path: string | undefined, { cache, filledBy }: ShippedCache): boolean {
  if (path === undefined || !path.startsWith('/')) return false;
  const at = fromHome(path, filledBy.step);
  return cache.paths.some((each) => isWithin(each, at));
}

function* cachesFilledIn(target: Stage): Iterable<ShippedCache> {
  const chain = chainOf(target);
  const root = chain[0]?.base;
  const known = root?.kind === 'image' && root.facts !== undefined;
  const steps = chain.flatMap((stage) => stage.steps);
  const emptied = new Map<string, readonly (readonly [number, Command])[]>();
  for (const [at, step] of steps.entries())
    for (const { cache, filledBy } of keptCaches(step)) {
      if (!cache.fixed && !known) continue;
      const emptying = emptied.get(cache.manager) ?? commandsEmptying(cache, steps);
      emptied.set(cache.manager, emptying);
      const emptiedBy = emptying.find(([index]) => index > at)?.[1];
      yield { target, cache, filledBy, ...(emptiedBy === undefined ? {} : { emptiedBy }) };
    }
}

/** With the position of their step. */
const commandsEmptying = (cache: PackageCache, steps: readonly Step[]): readonly (readonly [number, Command])[] =>
  steps.flatMap(({ commands }, at) =>
    commands.filter((command) => empties(command, cache)).map((command) => [at, command] as const),
  );

/** What an instruction fills, and neither empties again nor leaves to a mount. */
function keptCaches(step: Step): readonly { cache: PackageCache; filledBy: Command }[] {
  const kept = new Map<string, { cache: PackageCache; filledBy: Command; last: number }>();
  for (const [at, command] of step.commands.entries()) {
    const cache = cacheOf(command);
    if (cache === undefined || command.runs !== 'always' || moved(command, cache)) continue;
    const filledBy = kept.get(cache.manager)?.filledBy ?? command;
    kept.set(cache.manager, { cache, filledBy, last: at });
  }
  return [...kept.values()].filter(
    ({ cache, last }) =>
      !isMounted(step, cache) && !step.commands.slice(last + 1).some((command) => empties(command, cache)),
  );
}

function cacheOf(command: Command): PackageCache | undefined {
  const { invocation, install } = command;
  return filledCache(wordsOf(command), invocation, install?.version ?? invocation?.version);
}

const wordsOf = ({ name, arguments: words }: Command): readonly (string | undefined)[] => [name, ...words];

/** A variable turns the cache off or puts it elsewhere; where it goes is not followed. */
const moved = ({ step, shell }: Command, cache: PackageCache): boolean =>
  cache.variables.some(
    (name) =>
      step.before.env.has(name) ||
      step.before.args.has(name) ||
      shell.environment.some((assignment) => assignment.name === name) ||
      step.commands.some((other) => other.shell.assignments.some((assignment) => assignment.name === name)),
  );

const isMounted = (step: Step, cache: PackageCache): boolean =>
  'mounts' in step.instruction &&
  step.instruction.mounts.some(
    ({ type, target }) =>
      (type === 'cache' || type === 'tmpfs') &&
      (target?.text === undefined || cache.paths.some((path) => overlaps(fromHome(target.text ?? '', step), path))),
  );

const overlaps = (one: string, other: string): boolean => isWithin(one, other) || isWithin(other, one);

const isWithin = (path: string, folder: string): boolean =>
  folder === '' || path === folder || path.startsWith(`${folder}/`);

/** `/root/.npm` and `/home/node/.npm` as `~/.npm`; without what a trailing glob takes. */
function fromHome(path: string, { before }: Step): string {
  const home = before.env.get('HOME')?.text;
  const own = home !== undefined && home.length > 1 && isWithin(path, home) ? `~${path.slice(home.length)}` : path;
  return own.replace(/^(?:\/root|\/home\/[^/]+)(?=\/|$)/, '~').replace(/(?:\/\.?\*+|\/)+$/, '');
}

function empties(command: Command, cache: PackageCache): boolean {
  const words = wordsOf(command);
  if (cleansCache(words, command.invocation, cache)) return true;
  if (command.name !== 'rm' && command.name !== 'find') return false;
  return words.slice(1).some((word) => word === undefined || takesAway(fromHome(word, command.step), cache));
}

/** It takes the folder, one above it, or a part of it by name or glob: `/var/cache/*`, `~/.npm/_*`. */
const takesAway = (word: string, cache: PackageCache): boolean =>
  /^[/~]/.test(word) && cache.paths.some((path) => overlaps(word.replace(/\/[^/]*\*.*$/, ''), path));
