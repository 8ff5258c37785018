/** The build as it stands; then what it made and what that needs, in a stage without the rest. */
import { join, resolve } from '../files/path.ts';
import { pruning } from './pruned-packages.ts';
import { type RuntimeParts, runtimeParts } from './runtime-parts.ts';
import { needsUser, runtimeImage, runtimeText } from './runtime-stage.ts';
import { buildingText, ownerOf, type PlannedStage, type StagePlan } from './stage-plan.ts';
import { wholeTree } from './whole-tree.ts';

/** Undefined where it is not certain what the program needs. */
export function builtPlan(planned: PlannedStage): StagePlan | undefined {
  const { stage, build, blocks, folder, install } = planned;
  const parts =
    (stage.result.workdir === folder ? runtimeParts(stage, folder, build) : undefined) ?? wholeTree(planned);
  if (parts === undefined) return undefined;
  const prune = parts.packages ? pruning(install, stage, build) : undefined;
  if (parts.packages && prune === undefined) return undefined;
  return {
    name: 'build',
    builds: buildingText(blocks),
    after: prune === undefined ? [] : [...backTo(planned), `RUN ${prune}`],
    image: runtimeImage(planned),
    runs: (builder, keyword) => {
      const chown = ownerOf(blocks);
      const owned = chown === undefined && needsUser(planned) ? '--chown=node:node ' : '';
      const all = chown === undefined ? '' : `--chown=${chown} `;
      const brought = copiesOf(parts).map(({ from, to, owned: isOwned }) =>
        keyword(`COPY --from=${builder} ${all}${isOwned ? owned : ''}${resolve(folder, from)} ${to}`),
      );
      const { command, environment } = parts;
      return runtimeText({
        ...planned,
        keyword,
        brought,
        command,
        ...(environment === undefined ? {} : { environment }),
      });
    },
  };
}

/** Packages go behind the manifest, which changes less than what is built. */
function copiesOf({ copies, packages, isWhole }: RuntimeParts): RuntimeParts['copies'] {
  if (!packages || isWhole === true) return copies;
  return [...copies.slice(0, 1), { from: 'node_modules', to: './node_modules' }, ...copies.slice(1)];
}

/** The folder of the project, where the build ends in another. */
function backTo({ blocks, folder }: PlannedStage): readonly string[] {
  const last = blocks.findLast(({ role }) => role !== 'run');
  return last === undefined || last.step.after.workdir === folder ? [] : [`WORKDIR ${join(folder, '')}`];
}
