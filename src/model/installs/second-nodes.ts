/** Node.js out of the packages of a distribution, on an image that has it already. */
import { bringsNode } from '../../knowledge/index.ts';
import type { Build, Command, Located } from '../build.ts';
import { perStage } from '../per-stage.ts';
import { chainOf } from '../query.ts';
import { type SystemPackage, systemPackages } from './system-packages.ts';

export interface SecondNode {
  readonly installedBy: Command;
  readonly names: readonly string[];
  /** The first of their words. */
  readonly at: Located;
  /** As the FROM has it. */
  readonly image: string;
  readonly from: Located;
}

/** By the command that installs it, where the same RUN does not take it away again. */
export const secondNodes: (build: Build) => Iterable<SecondNode> = perStage(function* (stage) {
  const [root] = chainOf(stage);
  const base = root?.base;
  if (root === undefined || base?.kind !== 'image' || base.openTag === true) return;
  // Other images that have it may have it from their distribution.
  if (base.reference.familiar !== 'node' || base.facts?.os !== 'linux') return;
  const byCommand = new Map<Command, SystemPackage[]>();
  for (const found of systemPackages(stage)) {
    const { name, manager, installedBy, removedBy } = found;
    if (installedBy.step.stage !== stage || removedBy?.step === installedBy.step || !bringsNode(name, manager))
      continue;
    const others = byCommand.get(installedBy);
    if (others === undefined) byCommand.set(installedBy, [found]);
    else others.push(found);
  }
  for (const [installedBy, [at, ...others]] of byCommand)
    if (at !== undefined)
      yield { installedBy, names: [at, ...others].map(({ name }) => name), at, image: base.text, from: root.from };
});
