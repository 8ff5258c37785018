/** What package managers are told in files of the image. */
import type { Build, Command } from '../build.ts';
import { textAt } from '../files/context-text.ts';

/**
 * The texts of the settings at and below these paths, before the instruction and after it; undefined for one that is
 * not known. Those of the base image are not in it.
 */
export const settingsAt = (
  paths: readonly string[],
  { step }: Command,
  build: Build,
): readonly (string | undefined)[] =>
  [step.before.rootfs, step.after.rootfs].flatMap((rootfs) =>
    paths
      .flatMap((path) => rootfs.under(path))
      .filter(({ kind, content }) => kind === 'addition' && content?.kind !== 'directory')
      .map(({ path, content }) => (content?.kind === 'text' ? content.text : textAt(path, rootfs, build))),
  );
