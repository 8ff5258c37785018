/** What images will hold, as JSON. */
import { type FileChange, type ImageCommand, originOf, type ShippedImage } from '../model/index.ts';
import type { ImageReport, ShipsReport } from './answers.ts';
import { harmlessJson } from './harmless.ts';

/** One JSON document of the shape of `shipsSchema`, with a line feed at its end. */
export const shipsJson = (path: string, images: readonly ShippedImage[]): string =>
  `${harmlessJson(JSON.stringify(shipsReport(path, images), undefined, 2))}\n`;

export const shipsReport = (path: string, images: readonly ShippedImage[]): ShipsReport => ({
  version: 1,
  path,
  images: images.map(imageReport),
});

const commandReport = ({ setBy, words }: ImageCommand): ImageReport['cmd'] => ({ setBy, words: [...words] });

/** Where a file came into the build, when that was by another instruction. */
function originLine(change: FileChange): { readonly from?: number } {
  const origin = originOf(change);
  return origin.step === change.step ? {} : { from: origin.step.span.line };
}

function imageReport(image: ShippedImage): ImageReport {
  const { target, user, workingDir, stopSignal, healthcheck, baseSize } = image;
  return {
    target: target.name?.text ?? String(target.index),
    line: target.from.span.line,
    base: image.base,
    ...(baseSize === undefined ? {} : { baseSize }),
    user: { identity: user.identity, ...(user.name === undefined ? {} : { name: user.name }), setBy: user.setBy },
    ...(workingDir === undefined ? {} : { workingDir }),
    env: [...image.env].map(([name, { text, via }]) => ({
      name,
      ...(text === undefined ? {} : { value: text }),
      setBy: via === 'image' ? 'base' : 'instruction',
    })),
    entrypoint: commandReport(image.entrypoint),
    cmd: commandReport(image.cmd),
    exposedPorts: [...image.exposedPorts],
    labels: [...image.labels].map(([name, { text }]) => ({ name, ...(text === undefined ? {} : { value: text }) })),
    volumes: [...image.volumes],
    ...(stopSignal === undefined ? {} : { stopSignal }),
    ...(healthcheck === undefined
      ? {}
      : { healthcheck: typeof healthcheck === 'string' ? healthcheck : [...healthcheck] }),
    onbuild: [...image.onbuild],
    dependencies: [
      ...image.trees.map(({ path, tree, development }) => ({
        path,
        manager: tree.install.manager,
        development,
        ...(development === 'no' && tree.unlinked !== undefined ? { unlinked: true as const } : {}),
        place: 'rootfs' as const,
        line: tree.install.command.span.line,
      })),
      ...image.discardedTrees.map(({ path, tree }) => ({
        path,
        manager: tree.install.manager,
        development: 'yes' as const,
        place: 'layer' as const,
        line: tree.install.command.span.line,
      })),
    ],
    caches: image.caches.map(({ cache, filledBy, emptiedBy }) => ({
      manager: cache.manager,
      holds: cache.holds,
      paths: [...cache.paths],
      place: emptiedBy === undefined ? 'rootfs' : 'layer',
      line: filledBy.span.line,
    })),
    secrets: image.secretPlaces.map(({ name, places, span }) => ({ name, places: [...places], line: span.line })),
    files: image.entries.map(({ path, kind, presence, listed, change }) => ({
      path,
      kind,
      presence,
      listed,
      line: change.step.span.line,
      ...originLine(change),
    })),
    unknowns: image.unknowns.map(({ what, why }) => ({ what, why })),
  };
}
