/** The whole build context in what ships. */
import { clutterKind } from '../../knowledge/index.ts';
import type { Build, FileChange, Stage } from '../build.ts';
import { isLeftOut } from '../files/left-out.ts';
import { compiledSources } from './compiled-sources.ts';

export interface ShippedContext {
  readonly target: Stage;
  /** The change in the target's file system that holds the whole context. */
  readonly change: FileChange;
  /** Names in it that no program needs, folders with a slash. */
  readonly clutter: readonly string[];
}

/** Each place in the file system of a ship target to which the whole of a known context has come. */
export function* shippedContexts(build: Build): Iterable<ShippedContext> {
  const { context } = build;
  if (context.root === undefined) return;
  for (const target of build.targets)
    for (const change of target.result.rootfs.under('/')) {
      const { content } = change;
      if (content?.kind !== 'context' || content.path !== '' || content.entry !== 'directory') continue;
      const { rootfs } = target.result;
      const sources = compiledSources(build, target, change);
      const clutter = (context.list('') ?? []).flatMap((name) => {
        const folder = context.stat(name) === 'directory';
        const needless = clutterKind(name, folder) !== undefined || sources.includes(name);
        if (!needless || isLeftOut(content.without, name)) return [];
        const shipped = rootfs.stat(`${change.path === '/' ? '' : change.path}/${name}`).presence === 'present';
        return shipped ? [folder ? `${name}/` : name] : [];
      });
      yield { target, change, clutter };
    }
}
