/** Downloads that package managers keep, in the layers of what ships. */

import { cacheAt, cleansCache, filledCache, type PackageCache, placesCache } from '../../knowledge/index.ts';
import type { Build, Command, Stage, Step } from '../build.ts';
import { resolve } from '../files/path.ts';
import { chainOf, stageNamedBy, wordsOf } from '../query.ts';
import { remembered } from '../remembered.ts';
import { filledCacheOf } from '../run/command-calls.ts';
import { purposeOf } from '../start/start.ts';
import { settingOf } from '../state/environment.ts';

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

/** What may stay, stays beside what is told already, or in an image that nobody runs as a service. */
export interface PerhapsShippedCache extends ShippedCache {
  readonly but: 'again' | 'sometimes' | 'mild' | 'base may turn it off' | 'not for running';
}

export function* perhapsShippedCaches(build: Build): Iterable<PerhapsShippedCache> {
  for (const target of build.targets) {
    const runs = purposeOf(target, build.path) === 'runtime';
    const told = new Set<string>();
    for (const { doubt, ...found } of cachesFilledIn(target)) {
      const again = told.has(found.cache.manager) ? 'again' : undefined;
      const but = doubt ?? (runs ? again : 'not for running');
      if (but === undefined) told.add(found.cache.manager);
      else yield { ...found, but };
    }
  }
}

/** The same as `shippedCaches` for one target, whatever it is for; those of other stages that a COPY brings along, too. */
export function* cachesIn(build: Build, target: Stage): Iterable<ShippedCache> {
  yield* certainlyFilledIn(target);
  for (const stage of chainOf(target))
    for (const { instruction } of stage.steps) {
      if (instruction.keyword !== 'COPY') continue;
      const from = stageNamedBy(instruction.from, stage, build);
      if (from === undefined) continue;
      for (const found of certainlyFilledIn(from))
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

interface FilledCache extends ShippedCache {
  readonly doubt?: 'sometimes' | 'mild' | 'base may turn it off';
}

function* certainlyFilledIn(target: Stage): Iterable<ShippedCache> {
  for (const { doubt, ...found } of cachesFilledIn(target)) if (doubt === undefined) yield found;
}

const cachesFilledIn: (target: Stage) => readonly FilledCache[] = remembered(
  (target) => target,
  (target) => [...findFilled(target)],
);

function* findFilled(target: Stage): Iterable<FilledCache> {
  const chain = chainOf(target);
  const root = chain[0]?.base;
  const known = root?.kind === 'image' && root.facts !== undefined;
  const steps = chain.flatMap((stage) => stage.steps);
  const emptied = new Map<string, readonly (readonly [number, Command])[]>();
  const kept = chain.flatMap((stage) => keptCaches({ stage, baseIsKnown: known }));
  for (const [at, caches] of kept.entries())
    for (const { cache, filledBy, doubt } of caches) {
      const emptying = emptied.get(cache.manager) ?? commandsEmptying(cache, steps);
      emptied.set(cache.manager, emptying);
      const emptiedBy = emptying.find(([index]) => index > at)?.[1];
      yield {
        target,
        cache,
        filledBy,
        ...(emptiedBy === undefined ? {} : { emptiedBy }),
        ...(doubt === undefined ? {} : { doubt }),
      };
    }
}

function doubtOf({ runs }: Command, { fixed, mild }: PackageCache, baseIsKnown: boolean): FilledCache['doubt'] {
  if (runs === 'sometimes') return 'sometimes';
  if (mild === true) return 'mild';
  return fixed || baseIsKnown ? undefined : 'base may turn it off';
}

/** With the position of their step. */
const commandsEmptying = (cache: PackageCache, steps: readonly Step[]): readonly (readonly [number, Command])[] =>
  steps.flatMap((step, at) =>
    performedIn(step)
      .filter(({ command }) => empties(command, cache))
      .map(({ by }) => [at, by] as const),
  );

interface Performed {
  readonly command: Command;
  /** The command of the RUN whose script does it, or itself. */
  readonly by: Command;
}

/** The commands of a step, those of scripts among them where these are called. */
const performedIn: (step: Step) => readonly Performed[] = remembered(
  (step) => step,
  ({ commands }) => commands.flatMap((by) => [...(by.within ?? []), by].map((command): Performed => ({ command, by }))),
);

interface KeptCache {
  readonly cache: PackageCache;
  readonly filledBy: Command;
  /** The position of the last command that fills it. */
  readonly last: number;
  readonly doubt: FilledCache['doubt'];
}

/** By step. */
const keptCaches: (of: { readonly stage: Stage; readonly baseIsKnown: boolean }) => readonly (readonly KeptCache[])[] =
  remembered(
    ({ stage }) => stage,
    ({ stage, baseIsKnown }) => stage.steps.map((step) => findKept(step, baseIsKnown)),
  );

/** What an instruction fills, and neither empties again nor leaves to a mount; what is in doubt where nothing is certain. */
function findKept(step: Step, baseIsKnown: boolean): readonly KeptCache[] {
  const kept = new Map<string, KeptCache>();
  const performed = performedIn(step);
  for (const [last, { command, by }] of performed.entries()) {
    const cache = cacheOf(command);
    if (cache === undefined) continue;
    const doubt = doubtOf(command, cache, baseIsKnown);
    const key = `${cache.manager} ${doubt ?? ''}`;
    kept.set(key, { ...(kept.get(key) ?? { cache, filledBy: by, doubt }), last });
  }
  if (kept.size === 0) return [];
  const left = [...kept.values()].filter(
    ({ cache, last }) =>
      !isMounted(step, cache) && !performed.slice(last + 1).some(({ command }) => empties(command, cache)),
  );
  return left.filter(
    (one) =>
      left.find(({ cache, doubt }) => cache.manager === one.cache.manager && isSurer(doubt, one.doubt)) === undefined,
  );
}

const isSurer = (one: FilledCache['doubt'], other: FilledCache['doubt']): boolean =>
  doubts.indexOf(one) < doubts.indexOf(other);

const doubts: readonly FilledCache['doubt'][] = [undefined, 'base may turn it off', 'mild', 'sometimes'];

function cacheOf(command: Command): PackageCache | undefined {
  const { invocation, install, shell, step } = command;
  const version = install?.version ?? invocation?.version;
  // `npm prune` where nothing was installed.
  const installing = install !== undefined && invocation?.operation === 'prune';
  const call = installing ? { ...invocation, operation: 'install' as const } : invocation;
  const cache =
    version === undefined && !installing ? filledCacheOf(command) : filledCache(wordsOf(command), call, version);
  if (cache?.when !== undefined && !isSet(cache.when, command)) return undefined;
  if (cache?.unpacked === true && (install?.cache === undefined || install.linker !== undefined)) return undefined;
  if (cache !== undefined && install?.cache?.told === true) return atPlace(install.cache.path, cache, command);
  if (cache?.isOfCommand === true) return fromFolder(cache, command);
  if (cache === undefined || cache.variables.length === 0) return cache;
  const inRun = assignedIn(step);
  if (cache.variables.some((name) => inRun.has(name) || shell.environment.some((one) => one.name === name)))
    return undefined;
  for (const name of cache.variables) {
    const value = settingOf(name, step.before);
    // An empty variable says nothing.
    if (value !== undefined && value.text !== '') return placesCache(name) ? cacheAt(value.text, cache) : undefined;
  }
  return cache;
}

/** A place that is written from the folder in which the command runs. */
function fromFolder(cache: PackageCache, { workdir, step }: Command): PackageCache | undefined {
  const [path = ''] = cache.paths;
  if (path.startsWith('/')) return cache;
  return workdir === undefined ? undefined : { ...cache, paths: [fromHome(resolve(workdir, path), step)] };
}

/** A setting that says what is so without it moves nothing. */
function atPlace(path: string, cache: PackageCache, command: Command): PackageCache | undefined {
  const { step, invocation, shell } = command;
  const place = fromHome(path, step);
  if (cache.paths.some((usual) => isWithin(usual, place))) return cache;
  const moved = cacheAt(path, cache);
  if (moved === undefined) return undefined;
  const isOfCommand =
    invocation?.cache !== undefined || shell.environment.some(({ name }) => cache.variables.includes(name));
  return { ...moved, paths: [place], ...(isOfCommand ? { isOfCommand } : {}) };
}

const isSet = ([name, value]: readonly [string, string], { shell, step: { before } }: Command): boolean => {
  const own = shell.environment.findLast((one) => one.name === name);
  const text = own === undefined ? settingOf(name, before)?.text : own.value?.text;
  return text === value;
};

const assignedIn: (step: Step) => ReadonlySet<string> = remembered(
  (step) => step,
  ({ commands }) => new Set(commands.flatMap(({ shell }) => shell.assignments.map(({ name }) => name))),
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
  const parts = own.replace(/^(?:\/root|\/home\/[^/]+)(?=\/|$)/, '~').split('/');
  while (parts.length > 1 && /^(?:\.?\*+)?$/.test(parts.at(-1) ?? '')) parts.pop();
  return parts.join('/');
}

function empties(command: Command, cache: PackageCache): boolean {
  const words = wordsOf(command);
  const { name, invocation, workdir, step } = command;
  if (cleansCache(words, invocation, cache)) return true;
  const whole = (word: string): string =>
    workdir !== undefined && /^(?:\.{1,2}\/)*\.?\w/.test(word) ? resolve(workdir, word) : word;
  const isOwn = invocation?.operation === 'cache-clean' && invocation.cache?.text !== undefined;
  if (isOwn) return cache.paths.includes(fromHome(whole(invocation.cache?.text ?? ''), step));
  if (name !== 'rm' && name !== 'find') return false;
  return words.slice(1).some((word) => word === undefined || takesAway(fromHome(whole(word), step), cache));
}

/** It takes the folder, one above it, or a part of it by name or glob: `/var/cache/*`, `~/.npm/_*`. */
const takesAway = (word: string, cache: PackageCache): boolean =>
  /^[/~]/.test(word) && cache.paths.some((path) => overlaps(word.replace(/\/[^/*]*\*.*/s, ''), path));
