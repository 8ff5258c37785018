/** Commands of RUN that need a file which does not come into the stage. */
import { projectDirectory } from '../../knowledge/index.ts';
import type { AbsentFile, Build, Command, Located, Step } from '../build.ts';
import { isOneEdit } from '../files/near-names.ts';
import { baseName, directoryName, join, relativeTo } from '../files/path.ts';
import { commandsBefore, preceded } from '../per-stage.ts';
import { remembered } from '../remembered.ts';
import { hasPlainBase, writesInSight } from '../stages/never-created.ts';

export interface MissingFile extends Located {
  readonly command: Command;
  readonly path: string;
  /**
   * `ignored`: it is in the context, and .dockerignore keeps it out; `context`: the folder comes from the context, which
   * does not have it; `stage`: nothing has come into the folder; `later`: a COPY behind the command brings it.
   */
  readonly why: 'ignored' | 'context' | 'stage' | 'later';
  /** What stands there under nearly that name. */
  readonly meant?: string;
  /** What brings the folder, or, later, the file. */
  readonly broughtBy?: Located;
}

/** So many files are looked for: for each, all that came before is looked through. */
const mostLookedFor = 200;

export function* missingFiles(build: Build): Iterable<MissingFile> {
  let lookedFor = 0;
  for (const { steps, reachable } of build.stages)
    for (const step of reachable ? steps : [])
      for (const command of step.commands)
        for (const absent of command.absent ?? []) {
          const { span, path } = absent;
          lookedFor += 1;
          if (lookedFor > mostLookedFor) return;
          const found = missingIn({ absent, command, build });
          if (found !== undefined) yield { span, command, path, ...found };
        }
}

const mayWriteUnseen = preceded((command) => !writesInSight(command));

interface Looked {
  readonly absent: AbsentFile;
  readonly command: Command;
  readonly build: Build;
}

/** It hangs on the command, and on what is in front of it. */
const missingIn: (of: Looked) => Pick<MissingFile, 'why' | 'meant' | 'broughtBy'> | undefined = remembered(
  ({ absent }) => absent,
  ({ absent: { path, runs }, command, build }) => {
    const placed = () =>
      inContext(path, command.step, build) ?? besideMeant(path, command) ?? inEmptyFolder(path, command);
    const found = comesLater(path, command.step, build) ?? (runs === true ? undefined : placed());
    return found === undefined || isNamedBefore(path, command) ? undefined : found;
  },
);

/** The stage copies the very file out of the context, after the command. */
function comesLater(path: string, step: Step, { context }: Build): Pick<MissingFile, 'why' | 'broughtBy'> | undefined {
  if (!hasPlainBase(step.stage)) return undefined;
  const bringing = step.stage.layers
    .filter((layer) => layer.step.span.line > step.span.line)
    .flatMap(({ changes }) => changes)
    .find(({ content, path: at, kind }) => {
      const inside = kind === 'addition' && content?.kind === 'context' ? relativeTo(at, path) : undefined;
      if (inside === undefined || content?.kind !== 'context') return false;
      return inside === '' ? content.entry !== 'directory' : context.stat(join(content.path, inside)) === 'file';
    });
  return bringing === undefined ? undefined : { why: 'later', broughtBy: bringing.step };
}

/** The folder came with a COPY of the context, and the file is not in there. */
function inContext(path: string, step: Step, { context }: Build): Pick<MissingFile, 'why' | 'broughtBy'> | undefined {
  for (let folder = directoryName(path); folder !== '/'; folder = directoryName(folder)) {
    const { presence, change } = step.before.rootfs.stat(folder);
    if (presence !== 'present' || change === undefined) continue;
    if (change.content?.kind !== 'context' || change.content.entry === 'file') return undefined;
    const entry = context.stat(join(change.content.path, relativeTo(folder, path) ?? ''));
    if (entry !== 'absent' && entry !== 'ignored') return undefined;
    return { why: entry === 'absent' ? 'context' : 'ignored', broughtBy: change.step };
  }
  return undefined;
}

/** Nearly the name of something that the stage has, in a stage of which all is known so far. */
function besideMeant(path: string, command: Command): Pick<MissingFile, 'why' | 'meant'> | undefined {
  const { step } = command;
  if (!hasPlainBase(step.stage)) return undefined;
  const meant = step.before.rootfs.under('/').find((change) => isNearPath(change.path, path))?.path;
  const known = meant !== undefined && !mayWriteUnseen(step.stage, command);
  return known ? { why: 'stage', meant } : undefined;
}

/** Whether two paths differ by a slip in one name; what they have in common is no folder of the system's. */
function isNearPath(one: string, other: string): boolean {
  const [left, right] = [one.split('/'), other.split('/')];
  if (left.length !== right.length) return false;
  const different = left.filter((name, at) => name !== right[at]);
  const [written = ''] = different;
  return different.length === 1 && written.length > 3 && isOneEdit(written, right[left.indexOf(written)] ?? '');
}

/** A folder of the project's own, in a stage of which all is known so far, that nothing was put into. */
function inEmptyFolder(path: string, command: Command): Pick<MissingFile, 'why'> | undefined {
  const { step } = command;
  const folder = projectDirectory(path);
  if (folder === undefined || folder === path || !hasPlainBase(step.stage)) return undefined;
  if (step.before.rootfs.under(folder).some(({ content }) => content?.kind !== 'directory')) return undefined;
  return mayWriteUnseen(step.stage, command) ? undefined : { why: 'stage' };
}

/** They make no file of the name that they are given. */
const makesNone: ReadonlySet<string | undefined> = new Set([
  'rm',
  'cat',
  'chmod',
  'chown',
  'cd',
  'mkdir',
  'ls',
  'test',
]);

/** Whether a command that ran before may have been told to make the file, or something in the folder. */
function isNamedBefore(path: string, command: Command): boolean {
  const name = baseName(path);
  const folder = `${directoryName(path)}/`;
  return commandsBefore(command).some(
    (other) =>
      !makesNone.has(other.name) && other.arguments.some((word) => word?.includes(name) || word?.includes(folder)),
  );
}
