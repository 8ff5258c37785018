/** Gems that were installed for another C library than that of the image that ships them. */
import { buildToolKind, nativeGemsIn } from '../../knowledge/index.ts';
import type { Build, Stage } from '../build.ts';
import { textAt } from '../files/context-text.ts';
import { chainOf, type ShippedTree, shippedTrees } from '../query.ts';
import { systemPackages } from './system-packages.ts';
import type { ForeignTree } from './tree-platform.ts';

export function* foreignGems(build: Build): Iterable<ForeignTree> {
  const told = new Set<unknown>();
  for (const shipped of shippedTrees(build)) {
    const { install } = shipped.tree;
    if (install.manager !== 'bundler' || told.has(shipped.change.step)) continue;
    const chain = chainOf(shipped.target);
    const installer = install.command.step.stage;
    const [runsOn] = chain;
    const [builtOn] = chainOf(installer);
    if (runsOn === undefined || builtOn === undefined || chain.includes(installer)) continue;
    const built = libcOf(builtOn);
    const runs = libcOf(runsOn);
    if (built === undefined || runs === undefined || built === runs || chain.some(installsGems)) continue;
    told.add(shipped.change.step);
    const compiler = systemPackages(installer).find(({ name }) => buildToolKind(name) === 'compiler')?.installedBy;
    const native = nativeIn(shipped, build);
    const found: ForeignTree = { shipped, installer, builtOn, runsOn, libcs: [built, runs], native };
    yield compiler === undefined ? found : { ...found, compiler };
  }
}

function libcOf({ base }: Stage): 'glibc' | 'musl' | undefined {
  const libc = base.kind === 'image' && base.openTag !== true ? base.facts?.libc : undefined;
  return libc === 'glibc' || libc === 'musl' ? libc : undefined;
}

const installsGems = ({ steps }: Stage): boolean =>
  steps.some(({ commands }) =>
    commands.some(
      ({ name, arguments: words, install }) =>
        install?.manager === 'bundler' ||
        (/^(?:gem|bundle)$/.test(name ?? '') && words[0] === 'pristine') ||
        words.some((word) => /^(?:gcompat|libc6-compat)$/.test(word ?? '')),
    ),
  );

function nativeIn({ tree: { install } }: ShippedTree, build: Build): readonly string[] | undefined {
  const [lockfile] = install.locks ?? [];
  const text = lockfile === undefined ? undefined : textAt(lockfile, install.command.step.after.rootfs, build);
  return text === undefined ? undefined : nativeGemsIn(text);
}
