/** Gems and packages of Python that were installed for another C library than that of the image that ships them. */
import { buildToolKind, isPythonManager, nativeGemsIn, nativePythonPackages } from '../../knowledge/index.ts';
import type { Build, Install, Stage } from '../build.ts';
import { textAt } from '../files/context-text.ts';
import { baseName } from '../files/path.ts';
import { chainOf, type ShippedTree, shippedTrees } from '../query.ts';
import { systemPackages } from './system-packages.ts';
import type { ForeignTree } from './tree-platform.ts';

const isCompiledFor = ({ manager, command }: Install): boolean =>
  manager === 'bundler' ||
  (isPythonManager(manager) && !command.arguments.some((word) => word === undefined || /^--platform\b/.test(word)));

export function* foreignPackages(build: Build): Iterable<ForeignTree> {
  const told = new Set<unknown>();
  for (const shipped of shippedTrees(build)) {
    const { install } = shipped.tree;
    if (!isCompiledFor(install) || told.has(shipped.change.step)) continue;
    const chain = chainOf(shipped.target);
    const installer = install.command.step.stage;
    const [runsOn] = chain;
    const [builtOn] = chainOf(installer);
    if (runsOn === undefined || builtOn === undefined || chain.includes(installer)) continue;
    const built = libcOf(builtOn);
    const runs = libcOf(runsOn);
    if (built === undefined || runs === undefined || built === runs || chain.some(installsAgain)) continue;
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

const installsAgain = ({ steps }: Stage): boolean =>
  steps.some(({ commands }) =>
    commands.some(
      ({ name, arguments: words, install }) =>
        (install !== undefined && !install.node) ||
        (/^(?:gem|bundle)$/.test(name ?? '') && words[0] === 'pristine') ||
        words.some((word) => /^(?:gcompat|libc6-compat)$/.test(word ?? '')),
    ),
  );

function nativeIn({ tree: { install } }: ShippedTree, build: Build): readonly string[] | undefined {
  const { locks = [], reads, manager, command } = install;
  for (const path of manager === 'bundler' ? locks : [...locks, ...reads]) {
    const text = textAt(path, command.step.after.rootfs, build);
    const found = text === undefined ? undefined : nativeNamed(manager, baseName(path), text);
    if (found !== undefined) return found;
  }
  return undefined;
}

const nativeNamed = (manager: string, file: string, text: string): readonly string[] | undefined =>
  manager === 'bundler' ? nativeGemsIn(text) : nativePythonPackages(file, text);
