/** Ship targets that build what they ship, with no stage in between. */
import { type BuildCall, sdkImage } from '../../knowledge/index.ts';
import type { Build, Command, Stage } from '../build.ts';
import { chainOf, shippedTrees } from '../query.ts';
import { buildCallOf } from '../run/command-calls.ts';
import { purposeOf } from '../start/start.ts';
import { buildsAtStart, shipsApplication } from './ships-application.ts';

export interface SingleStageBuild {
  readonly target: Stage;
  readonly command: Command;
  readonly call: BuildCall;
  /** The base image that brings the tools. */
  readonly kit?: string;
  /** Where development packages stay because of it. */
  readonly tree?: string;
}

/**
 * An application that is built in the very chain of stages that ships it, so that its sources and the tools stay:
 * a program on the base image of its language's tools, or assets next to the development packages that made them.
 */
export function* singleStageBuilds(build: Build): Iterable<SingleStageBuild> {
  const trees = [...shippedTrees(build)];
  for (const target of build.targets) {
    const chain = chainOf(target);
    const copies = build.edges.filter(({ via }) => via === 'copy');
    if (copies.some(({ from }) => chain.includes(from)) || purposeOf(target, build.path) !== 'runtime') continue;
    if (!shipsApplication(build, target) || buildsAtStart(target)) continue;
    const base = chain[0]?.base;
    const kit = base?.kind === 'image' ? sdkImage(base.reference.familiar, base.reference.tag) : undefined;
    const builds = buildsOf(chain);
    const program = builds.find(({ call }) => call.standsAlone && kit === call.ecosystem);
    if (program !== undefined && base?.kind === 'image') {
      yield { target, ...program, kit: base.text };
      continue;
    }
    // What is brought here may have been built apart for it.
    if (copies.some(({ to }) => chain.includes(to))) continue;
    const assets = builds.findLast(({ call }) => !call.standsAlone);
    const kept = trees.filter((each) => each.target === target && each.development === 'yes');
    const tree = kept.find(({ path }) => isAbove(path, assets?.command.workdir)) ?? kept[0];
    if (tree !== undefined && assets !== undefined) yield { target, ...assets, tree: tree.path };
  }
}

function buildsOf(chain: readonly Stage[]): readonly { command: Command; call: BuildCall }[] {
  return chain.flatMap(({ steps }) =>
    steps.flatMap(({ commands }) =>
      commands.flatMap((command) => {
        const call = buildCallOf(command);
        return call === undefined ? [] : [{ command, call }];
      }),
    ),
  );
}

const isAbove = (tree: string, workdir: string | undefined): boolean =>
  `${workdir ?? ''}/`.startsWith(tree.slice(0, tree.lastIndexOf('/') + 1));
