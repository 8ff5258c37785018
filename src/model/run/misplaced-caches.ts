/** Cache mounts at places where package managers do not keep what they download. */
import { pnpmStoreFolder, usesCacheAt } from '../../knowledge/index.ts';
import type { Build, Command, Install, Step } from '../build.ts';
import { join, relativeTo, resolve } from '../files/path.ts';
import { wordsOf } from '../query.ts';
import { textAt } from '../state/word-values.ts';

export interface MisplacedCache {
  /**
   * `moved`: pnpm, which takes a store only where it can link a file of the project into the folder around it, else one
   * at the root of the file system (measured: pnpm 10 with mounts at its home, above it and at its store).
   */
  readonly because: 'elsewhere' | 'moved';
  readonly command: Command;
  /** Where a mount would be of use. */
  readonly place: string;
}

/** What installs, or may leave something in a cache. */
const mayFill = ({ invocation }: Command): boolean =>
  invocation !== undefined && /^(?:install|add|focus|fetch|deploy|exec|other|pack)$/.test(invocation.operation);

/** Where the managers that would use it all keep their downloads at another place, which no other mount holds. */
export function misplaced(target: string, step: Step, build: Build): MisplacedCache | undefined {
  const users = step.commands.filter((command) => usesCacheAt(asHome(target), wordsOf(command)) && mayFill(command));
  const [command] = users;
  const caches = users.map(({ install }) => (install === undefined ? undefined : placeOf(install, target)));
  const [found] = caches;
  if (command === undefined || found === undefined || caches.some((cache) => cache?.place !== found.place))
    return undefined;
  const { place, because } = found;
  const others = 'mounts' in step.instruction ? step.instruction.mounts : [];
  const isHeld = others.some(({ target: other }) => {
    const written = other === undefined ? undefined : textAt(other, step, build);
    if (written === undefined) return true;
    const path = resolve(step.before.workdir ?? '/', written).replace(/(?<=.)\/$/, '');
    return path !== target && relativeTo(path, place) !== undefined;
  });
  if (isHeld || (because === 'elsewhere' && isPlaced(target, step))) return undefined;
  return { because, command, place };
}

/** Where an install keeps its downloads instead of in the mount; undefined where it keeps them there, or it is not known. */
function placeOf(
  { cache, manager, version, directory }: Install,
  target: string,
): { readonly place: string; readonly because: 'elsewhere' | 'moved' } | undefined {
  if (cache === undefined || directory === undefined) return undefined;
  if (manager === 'pnpm' && !cache.told && cache.path !== target && relativeTo(target, cache.path) !== undefined)
    return relativeTo(target, directory) === undefined ? { place: cache.path, because: 'moved' } : undefined;
  const folder = manager === 'pnpm' ? pnpmStoreFolder(version) : undefined;
  const place = folder === undefined ? cache.path : join(cache.path, folder);
  const inside = relativeTo(cache.path, target);
  if (inside === undefined)
    return relativeTo(target, cache.path) === undefined ? { place: cache.path, because: 'elsewhere' } : undefined;
  const isOfAnother = folder !== undefined && /^v\d+$/.test(inside) && inside !== folder;
  return isOfAnother ? { place, because: 'elsewhere' } : undefined;
}

/** A variable, a setting or a word of the RUN names this place, or a home around it. */
export function isPlaced(target: string, { before, commands }: Step): boolean {
  const leads = (text: string | undefined): boolean =>
    text === undefined || (text.length > 1 && text.startsWith('/') && relativeTo(text, target) !== undefined);
  return (
    [...before.env].some(([, { text, via }]) => via !== 'image' && leads(text)) ||
    [...before.settings].some(([, text]) => leads(text)) ||
    commands.some(
      ({ shell, arguments: words }) =>
        shell.environment.some(({ value }) => leads(value.text)) ||
        words.some((word) => word === undefined || leads(word.replace(/^-[^=]*=/, ''))),
    )
  );
}

/** `/root/.npm` as `~/.npm`. */
export const asHome = (path: string): string => path.replace(/^(?:\/root|\/home\/[^/]+)(?=\/)/, '~');
