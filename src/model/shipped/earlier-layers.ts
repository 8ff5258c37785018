/**
 * What the earlier layers of an image hold at and below a path: an instruction that deletes it leaves it there all the
 * same, one that changes its owner or its mode writes it once more.
 */

import type { BuildContext } from '../../context/context.ts';
import { isBulky, isOutputName, isTrifle } from '../../knowledge/index.ts';
import type { FileChange, Located, Step } from '../build.ts';
import { relativeTo } from '../files/path.ts';
import { originOf } from '../query.ts';

/** `trifle`: a few small files; `some`: a size that is not known; `bulk`: a tree or an archive, megabytes as a rule. */
export type Size = 'trifle' | 'some' | 'bulk';

export interface Held extends Located {
  /** The change of an earlier instruction that brings it in. */
  readonly change: FileChange;
  readonly size: Size;
}

/**
 * What other instructions of this file put at and below `path` before a step, for certain; directories aside. `since`:
 * this earlier step and those behind it only.
 */
export function heldBefore(step: Step, path: string, context: BuildContext, since?: Step): readonly Held[] {
  return step.before.rootfs.trees(path, since?.before.rootfs).flatMap((change) => {
    // What a command makes somewhere below its directory need not be here.
    if (change.partOf !== undefined && !reachesDown(change)) return [];
    const size = change.runs === 'always' && change.step !== step ? sizeOf(change, context) : undefined;
    return size === undefined ? [] : [{ span: change.step.span, change, size }];
  });
}

const reachesDown = ({ content, path }: FileChange): boolean =>
  content?.kind === 'context' ||
  (content?.kind === 'output' && content.makes === 'build-output' && path.split('/').some(isOutputName));

const order: readonly Size[] = ['trifle', 'some', 'bulk'];

/** The largest, the first of its like. */
export const largest = (held: readonly Held[]): Held | undefined =>
  held.reduce<Held | undefined>(
    (best, each) => (best === undefined || order.indexOf(each.size) > order.indexOf(best.size) ? each : best),
    undefined,
  );

/** Undefined for what is no file. */
export function sizeOf(change: FileChange, context: BuildContext): Size | undefined {
  const { path, content } = change;
  switch (content?.kind) {
    case undefined:
    case 'directory':
    case 'link':
    case 'secret':
      return undefined;
    case 'text':
      return isBulky(path) ? 'bulk' : 'trifle';
    case 'remote':
      return isTrifle(path) ? 'trifle' : isBulky(path) ? 'bulk' : 'some';
    case 'dependencies':
      return 'bulk';
    case 'pruned-workspace':
      return content.part === 'full' && !isTrifle(path) ? 'bulk' : 'trifle';
    case 'output':
      if (isTrifle(path)) return 'trifle';
      // One package of a tree.
      if (path.includes('/node_modules/')) return 'some';
      return isWhole(change) ? 'bulk' : 'some';
    case 'context':
      return content.entry === 'file' ? sizeOfFile(content.path) : sizeOfDirectory(content.path, context);
    case 'context-glob':
      return isTrifle(content.pattern) ? 'trifle' : 'some';
    case 'image':
    case 'unknown':
      return isTrifle(path) ? 'trifle' : 'some';
  }
}

/** An archive or a clone, all that a build writes, or a folder that is there for it; others may hold next to nothing. */
function isWhole(change: FileChange): boolean {
  const { step, span, path, content } = originOf(change);
  if (step.instruction.keyword !== 'RUN' || unpacks(step, span)) return true;
  const inside = relativeTo(step.before.workdir ?? '/', path);
  if (inside?.split('/').some(isOutputName) === true) return true;
  return content?.kind === 'output' && content.makes === 'build-output' && (inside === undefined || inside === '');
}

const unpacks = ({ commands }: Step, span: FileChange['span']): boolean =>
  commands.some(({ name, shell }) => shell.span === span && /^(?:git|tar|bsdtar|unzip|svn)$/.test(name ?? ''));

const sizeOfFile = (path: string): Size => (isBulky(path) ? 'bulk' : 'trifle');

/** So many files are no trifle any more, and so many a tree. */
const someFiles = 10;
const manyFiles = 60;

function sizeOfDirectory(path: string, context: BuildContext): Size {
  const entry = context.stat(path);
  if (entry !== 'directory' && path !== '') return entry === 'file' || isTrifle(path) ? sizeOfFile(path) : 'some';
  if (entry !== 'directory') return 'bulk';
  let files = 0;
  const pending = [path];
  for (let at = pending.pop(); at !== undefined && files < manyFiles; at = pending.pop()) {
    const names = context.list(at);
    if (names === undefined) return path === '' ? 'bulk' : 'some';
    files += names.length;
    for (const name of names) {
      const inside = at === '' ? name : `${at}/${name}`;
      if (isBulky(name)) return 'bulk';
      if (context.stat(inside) === 'directory') pending.push(inside);
    }
  }
  return files >= manyFiles ? 'bulk' : files >= someFiles ? 'some' : 'trifle';
}

/** Whether a mount stands at, above or below a path: what a command does there is in no layer. */
export const isBelowMount = ({ instruction }: Step, path: string): boolean =>
  instruction.keyword === 'RUN' &&
  instruction.mounts.some(({ target }) => target?.text !== undefined && relativeTo(target.text, path) !== undefined);
