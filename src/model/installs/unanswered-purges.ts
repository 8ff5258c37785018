/** Calls of pnpm that ask whether they may remove the packages of a workspace, where nobody answers. */
import type { Build, Command, UnansweredPurge } from '../build.ts';
import { perStageAlone } from '../per-stage.ts';

export interface FoundPurge extends UnansweredPurge {
  /** The install whose packages it was to take away. */
  readonly install: Command;
}

export const unansweredPurges: (build: Build) => readonly FoundPurge[] = perStageAlone<FoundPurge>(function* ({
  layers,
  reachable,
}) {
  for (const { step, changes } of reachable ? layers : [])
    for (const { content } of changes) {
      const tree = content?.kind === 'dependencies' ? content.tree : undefined;
      // What a later step takes over has been told of where it stands.
      if (tree?.unanswered?.command.step === step) yield { ...tree.unanswered, install: tree.install.command };
    }
});
