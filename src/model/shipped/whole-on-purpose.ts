/** Dependency trees that are installed whole where the same stage leaves development packages out elsewhere. */
import type { Command, DependencyTree } from '../build.ts';
import { relativeTo } from '../files/path.ts';

/**
 * The earlier command of the stage that leaves the development packages of a project out in which this one lies: who
 * writes that and then installs the inner one whole may know that it has none. Undefined where its manifest says that it has some.
 */
export function omittedElsewhere({ install }: DependencyTree): Command | undefined {
  const { command, directory, declaresDevelopment } = install;
  if (declaresDevelopment === 'yes' || directory === undefined) return undefined;
  for (const step of command.step.stage.steps)
    for (const earlier of step.commands) {
      if (earlier === command) return undefined;
      const elsewhere = earlier.install?.directory ?? earlier.workdir;
      if (omits(earlier) && elsewhere !== undefined && relativeTo(elsewhere, directory)) return earlier;
    }
  return undefined;
}

const omits = ({ invocation }: Command): boolean =>
  invocation?.development === 'omit' && !invocation.global && /^(?:install|focus|prune)$/.test(invocation.operation);
