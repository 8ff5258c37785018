/** The layer cache: which paths of the build context make a step run again when they change. */
import type { BuildContext } from '../../context/context.ts';
import { describeContextPath } from '../../knowledge/index.ts';
import type { RunInstruction } from '../../syntax/index.ts';
import type { CacheInput, FileChange, Step } from '../build.ts';
import { isLeftOut } from '../files/left-out.ts';
import { join, resolve } from '../files/path.ts';
import { evaluate, variablesOf } from './environment.ts';

/**
 * Context paths that the layer of a step is keyed on, those of the steps before it in its stage and in
 * the parent stages included: BuildKit reruns a step when anything before it has changed. A COPY --from is
 * keyed on the content it takes, so that only files that came unchanged from the context count there.
 */
export function cacheInputsOf(step: Step, made: readonly FileChange[], context: BuildContext): readonly CacheInput[] {
  const { stage } = step;
  const parent = stage.base.kind === 'stage' ? stage.base.stage.steps.at(-1) : undefined;
  const previous = (stage.steps.at(-1) ?? parent)?.cacheInputs ?? [];
  const { instruction } = step;
  const own =
    instruction.keyword === 'COPY' || instruction.keyword === 'ADD'
      ? inputsOfCopy(step, made, context)
      : instruction.keyword === 'RUN'
        ? inputsOfMounts(instruction, step, context)
        : [];
  return own.length === 0 || isToldEnough(previous, own) ? previous : [...previous, ...own];
}

/** So many inputs of a step are told one by one: each step has a list of its own, and thousands of them fill the memory. */
const mostInputs = 1000;

/** Whether there are that many, and others say nothing new. */
const isToldEnough = (known: readonly CacheInput[], own: readonly CacheInput[]): boolean =>
  known.length >= mostInputs && own.every(({ holds }) => known.some((each) => each.holds === holds));

/** One input a source word: the first of its changes that holds source, else the first. */
function inputsOfCopy(step: Step, made: readonly FileChange[], context: BuildContext): readonly CacheInput[] {
  const bySource = new Map<number, CacheInput>();
  for (const change of made) {
    const input = inputOf(step, change, context);
    if (input === undefined) continue;
    const key = change.span.line * 65_536 + change.span.column;
    const known = bySource.get(key);
    if (known === undefined || (known.holds !== 'source' && input.holds === 'source')) bySource.set(key, input);
  }
  return [...bySource.values()];
}

/** Directories and files of the context that bind mounts show to a RUN. */
function inputsOfMounts({ mounts }: RunInstruction, step: Step, context: BuildContext): readonly CacheInput[] {
  const lookup = variablesOf(step.before, false);
  return mounts.flatMap((mount) => {
    if (mount.type !== 'bind' || mount.from !== undefined) return [];
    const source = mount.source === undefined ? '' : evaluate(mount.source, lookup, '\\');
    const target = mount.target === undefined ? undefined : evaluate(mount.target, lookup, '\\');
    if (source === undefined || target === undefined) return [];
    const path = resolve('/', source).slice(1);
    const destination = resolve(step.before.workdir ?? '/', target);
    const holds = holdings(path, [], context);
    return [{ step, at: mount, path: path === '' ? '.' : path, holds, destination, mounted: true } as const];
  });
}

function inputOf(step: Step, change: FileChange, context: BuildContext): CacheInput | undefined {
  const { content } = change;
  const common = {
    step,
    at: change,
    destination: change.path,
    ...(change.source === undefined ? {} : { through: change.source.step.stage }),
  };
  switch (content?.kind) {
    case 'context':
      return {
        ...common,
        path: content.path === '' ? '.' : content.path,
        holds: holdings(content.path, content.without, context),
      };
    case 'context-glob':
      return { ...common, path: content.pattern, holds: named(content.pattern) };
    case 'pruned-workspace': {
      const source = content.part === 'full' && named(change.path.slice(1)) !== 'install-input';
      const from = change.source?.path ?? '';
      const full = from.indexOf('/full/');
      const part = full === -1 ? content.part : from.slice(full + 1);
      return { ...common, path: `turbo prune (${part})`, holds: source ? 'source' : 'install-input' };
    }
    default:
      return undefined;
  }
}

/** How many directory entries are looked at before a directory is judged by its name. */
const mostEntries = 400;

/** Whether a context path brings application source: by what it holds when that is known, else by its name. */
function holdings(path: string, without: readonly string[], context: BuildContext): CacheInput['holds'] {
  const leavesSource = !without.some((pattern) => named(pattern) === 'source');
  const byName = leavesSource ? named(path === '' ? '.' : path) : 'unknown';
  if (byName === 'install-input' || context.stat(path) !== 'directory') return byName;
  let budget = mostEntries;
  const pending = [path];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    const names = context.list(at);
    if (names === undefined) return byName;
    for (const name of names) {
      budget -= 1;
      if (budget < 0) return byName;
      const inside = join(at, name);
      if (isLeftOut(without, inside)) continue;
      if (context.stat(inside) === 'directory') pending.push(inside);
      else if (named(inside) === 'source') return 'source';
    }
  }
  return 'install-input';
}

const named = (path: string): CacheInput['holds'] => {
  const kind = describeContextPath(path);
  if (kind === 'source' || kind === 'whole') return 'source';
  return kind === 'unknown' || kind === 'artifact' ? 'unknown' : 'install-input';
};
