/** Starts of a script in a folder whose contents a COPY has put beside it: `COPY dist ./` and `node dist/server.js`. */
import { scriptOperandOf } from '../../knowledge/index.ts';
import type { Build, FileChange, Located, Stage } from '../build.ts';
import { baseName, join, relativeTo, resolve } from '../files/path.ts';
import { chainOf } from '../query.ts';
import { isOpenBase } from '../state/image-state.ts';
import { type LaunchedCommand, launchOf } from './launch.ts';

export interface PouredScript {
  readonly target: Stage;
  readonly command: LaunchedCommand;
  /** As written. */
  readonly script: string;
  /** Absolute, as the start has it. */
  readonly path: string;
  /** Absolute, where it comes to lie. */
  readonly lands: string;
  /** The COPY source. */
  readonly copy: Located;
}

/** Where that folder is all that the place and those above it have got; a folder may hold one of its own name. */
export function* pouredScripts(build: Build): Iterable<PouredScript> {
  for (const target of build.targets) {
    const [command] = launchOf(target)?.commands ?? [];
    const script = command === undefined ? undefined : scriptOperandOf(command.words)?.script;
    if (command?.workdir === undefined || script === undefined || isOpenBase(target.base)) continue;
    const path = resolve(command.workdir, script);
    const above = foldersAbove(path, target);
    const [copy] = above;
    const lands = copy === undefined ? undefined : landingPlace(copy, path);
    if (copy === undefined || lands === undefined || above.some((each) => landingPlace(each, path) === undefined))
      continue;
    const { content } = copy;
    if (content?.kind === 'context' && build.context.stat(join(content.path, baseName(content.path))) === 'directory')
      continue;
    yield { target, command, script, path, lands, copy };
  }
}

/** What instructions put at the folders above a path, or at the path itself. */
const foldersAbove = (path: string, target: Stage): readonly FileChange[] =>
  chainOf(target).flatMap(({ layers }) =>
    layers.flatMap(({ changes }) =>
      changes.filter(
        (change) =>
          change.kind === 'addition' &&
          change.content?.kind !== 'directory' &&
          (change.path === path ||
            relativeTo(change.path, path) !== undefined ||
            relativeTo(path, change.path) !== undefined),
      ),
    ),
  );

/** The place of the file once the folder of its own is left out: the name of the COPY source is the first part of what is below. */
function landingPlace({ path: folder, source, content, step }: FileChange, path: string): string | undefined {
  const { keyword } = step.instruction;
  const [name, ...rest] = relativeTo(folder, path)?.split('/') ?? [];
  if ((keyword !== 'COPY' && keyword !== 'ADD') || name === undefined || rest.length === 0) return undefined;
  const from = source?.path ?? (content?.kind === 'context' ? content.path : undefined);
  return from !== undefined && baseName(from) === name && baseName(folder) !== name
    ? join(folder, rest.join('/'))
    : undefined;
}
