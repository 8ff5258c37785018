/** Trees whose owner or mode a later layer of the image changes: it holds every file of them once more. */
import { changesPlainFile, modeCall, ownerCall } from '../../knowledge/index.ts';
import type { Build, Command, FileChange, Located, Stage, Step } from '../build.ts';
import { directoryName, isGlob, normalise, relativeTo, resolve } from '../files/path.ts';
import { chainOf } from '../query.ts';
import { remembered } from '../remembered.ts';
import { purposeOf } from '../start/start.ts';
import { textAt } from '../state/word-values.ts';
import { type Held, heldBefore, isBelowMount, largest } from './earlier-layers.ts';

export interface RewrittenTree extends Located {
  readonly target: Stage;
  readonly command: Command;
  /** As the command names it, absolute. */
  readonly path: string;
  /** The largest part of it that an earlier layer holds. */
  readonly held: Held;
  /** What it changes: the flag of COPY that would have done the same. */
  readonly by: 'chown' | 'chmod';
}

interface Rewrite {
  readonly command: Command;
  readonly by: 'chown' | 'chmod';
  /** Undefined where not known, empty where it stays. */
  readonly owner?: string | undefined;
  readonly group?: string | undefined;
  readonly paths: readonly { readonly path: string; readonly at: Located }[];
}

/** Recursive chown or chmod of more than trifles in the layers of an image that runs, the largest of each instruction. */
export function* rewrittenTrees(build: Build): Iterable<RewrittenTree> {
  const told = new Set<Step>();
  for (const target of build.targets) {
    if (purposeOf(target, build.path) !== 'runtime') continue;
    const done: LastRewrites = new Map();
    for (const [order, step] of chainOf(target)
      .flatMap(({ steps }) => steps)
      .entries()) {
      const rewrites = step.commands.flatMap((command) => rewriteOf(command) ?? []);
      const found = told.has(step) ? undefined : largestOf(rewrites, done, build);
      if (found !== undefined) yield { target, ...found };
      told.add(step);
      for (const rewrite of rewrites)
        for (const { path } of rewrite.paths) done.set(keyOf(rewrite, path), { step, order });
    }
  }
}

type Largest = Omit<RewrittenTree, 'target'>;

/** Of the steps that give the same owner, or a mode, to all at a path the last, and its number. */
type LastRewrites = Map<string, { readonly step: Step; readonly order: number }>;

const keyOf = ({ by, owner }: Rewrite, path: string): string => `${by} ${by === 'chmod' ? '' : owner} ${path}`;

/** The last step that does the same to all at a path. */
function alikeBefore(rewrite: Rewrite, path: string, done: LastRewrites): Step | undefined {
  let last = done.get(keyOf(rewrite, '/'));
  for (let at = path; at !== '/'; at = directoryName(at)) {
    const found = done.get(keyOf(rewrite, at));
    if (found !== undefined && (last === undefined || found.order > last.order)) last = found;
  }
  return last?.step;
}

function largestOf(rewrites: readonly Rewrite[], done: LastRewrites, build: Build): Largest | undefined {
  let best: Largest | undefined;
  for (const rewrite of rewrites)
    for (const { path, at } of rewrite.paths) {
      const { command, by } = rewrite;
      if (isBelowMount(command.step, path)) continue;
      const held = largest(
        heldBefore(command.step, path, build.context, alikeBefore(rewrite, path, done)).filter(
          (each) => changes(rewrite, each, build) && !mayBeNew(each, command, build),
        ),
      );
      if (held === undefined || (best !== undefined && largest([best.held, held]) === best.held)) continue;
      best = { command, path, held, by, span: at.span };
    }
  return best;
}

/** A folder of which only the name is known, below what is copied: a command before it in the instruction may have made it. */
function mayBeNew({ change }: Held, { step }: Command, { context }: Build): boolean {
  const { content, step: by } = change;
  if (content?.kind !== 'context' || context.stat(content.path) !== 'unknown') return false;
  const { instruction } = by;
  const isNamed =
    'sources' in instruction &&
    instruction.sources.some(({ text }) => normalise(`/${text ?? ''}`) === `/${content.path}`);
  return !isNamed && step.commands.some(makesFiles);
}

/** Whether a command may make files of the application: those for accounts, owners and modes make none. */
const makesFiles = ({ name }: Command): boolean =>
  !/^(?:cd|set|export|ch(?:own|mod|grp)|(?:add|del)?(?:user|group)(?:add|mod)?)$/.test(name ?? '');

/** A mode is worth a word for trees only: most scripts that come in get theirs so. */
const changes = (rewrite: Rewrite, { size, change }: Held, build: Build): boolean =>
  rewrite.by === 'chmod' ? size === 'bulk' : size !== 'trifle' && changesOwner(rewrite, change, build);

function rewriteOf(command: Command): Rewrite | undefined {
  if (command.runs !== 'always') return undefined;
  const { name, arguments: words } = command;
  const owns = ownerCall(name, words);
  if (owns !== undefined)
    return owns.recursive
      ? {
          command,
          by: 'chown',
          owner: userOf(owns.owner),
          group: groupOf(owns.owner),
          paths: pathsOf(owns.paths, command),
        }
      : undefined;
  const call = name === 'chmod' ? modeCall(name, words) : undefined;
  if (call?.recursive !== true || !changesPlainFile(call.mode)) return undefined;
  return { command, by: 'chmod', paths: pathsOf(call.paths, command) };
}

const userOf = (owner: string | undefined): string | undefined => owner?.split(/[:.]/, 1)[0];

const groupOf = (owner: string | undefined): string | undefined => owner?.split(/[:.]/)[1];

function pathsOf(
  words: readonly (string | undefined)[],
  { workdir, shell }: Command,
): readonly { path: string; at: Located }[] {
  return words.flatMap((word) => {
    const named = word?.replace(/\/\*$/, '');
    if (word === undefined || named === undefined || isGlob(named)) return [];
    if (workdir === undefined && !word.startsWith('/')) return [];
    const written = shell.effective.find(({ text }) => text === word);
    // In quotes a star is no pattern.
    if (written !== undefined && named !== word) return [];
    const at = written ?? shell;
    return [{ path: resolve(workdir ?? '/', named === '' ? '/' : named), at }];
  });
}

/** Whether a file certainly belongs to another user than `owner`. */
function changesOwner({ command, owner, group }: Rewrite, change: FileChange, build: Build): boolean {
  const now = ownerOf(change, command.step, build);
  if (now === undefined) return false;
  if (owner === '') return now === 'root' && group !== undefined && !isRootName(group);
  if (owner === undefined) return now === 'root';
  const isRoot = isRootName(owner);
  if (now === 'root' || isRoot) return isRoot !== (now === 'root');
  return now !== owner && /^\d/.test(now) === /^\d/.test(owner);
}

/**
 * The user that a file belongs to at a step, by the change that puts it there and what gives it to another since; copies
 * from a stage keep their owners. Without a step: at the end of its stage.
 */
function ownerOf(change: FileChange, at: Step | undefined, build: Build): string | undefined {
  const { step, source } = change;
  const { instruction, before } = step;
  const { order, changes } = ownersIn(at?.stage ?? step.stage);
  const end = (at && order.get(at)) ?? order.size;
  const given = changes.findLast(
    (each) => each.order < end && relativeTo(each.path, change.path) !== undefined && comesAfter(each, change, order),
  );
  if (given !== undefined) return named(given.owner);
  if (instruction.keyword === 'COPY' || instruction.keyword === 'ADD') {
    if (instruction.chown !== undefined) return named(userOf(textAt(instruction.chown, step, build)));
    if (instruction.from === undefined) return 'root';
    return source === undefined ? 'root' : ownerOf(source, undefined, build);
  }
  const { identity, name } = before.user;
  return identity === 'root' ? 'root' : identity === 'non-root' ? userOf(name) : undefined;
}

interface OwnerChange extends Located {
  readonly path: string;
  /** Undefined where not known. */
  readonly owner: string | undefined;
  readonly order: number;
}

/** The steps of a stage by their number, those of the stages below it first, and what commands give to whom of its trees. */
const ownersIn: (stage: Stage) => {
  readonly order: ReadonlyMap<Step, number>;
  readonly changes: readonly OwnerChange[];
} = remembered(
  (stage) => stage,
  (stage) => {
    const steps = chainOf(stage).flatMap((each) => each.steps);
    const changes = steps.flatMap(({ commands }, order) =>
      commands.flatMap((command) => {
        const call = ownerCall(command.name, command.arguments);
        const user = userOf(call?.owner);
        if (call === undefined || user === '') return [];
        const owner = command.runs === 'always' && call.recursive ? user : undefined;
        return pathsOf(call.paths, command).map(({ path }) => ({ span: command.span, path, owner, order }));
      }),
    );
    return { order: new Map(steps.map((step, at) => [step, at])), changes };
  },
);

/** In the same RUN it is the place that counts. */
function comesAfter({ order, span }: OwnerChange, change: FileChange, orders: ReadonlyMap<Step, number>): boolean {
  const made = orders.get(change.step) ?? -1;
  if (order !== made) return order > made;
  const { line, column } = change.span;
  return span.line > line || (span.line === line && span.column > column);
}

const named = (user: string | undefined): string | undefined => (user === '0' ? 'root' : user);

const isRootName = (name: string): boolean => name === 'root' || name === '0';
