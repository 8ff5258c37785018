/** Upgrades of the whole distribution within the build. */
import { type DistributionUpgrade, isRolling } from '../../knowledge/index.ts';
import type { Build, Located, Span, Stage } from '../build.ts';
import { chainOf } from '../query.ts';
import { distributionUpgradeOf } from '../run/command-calls.ts';
import { writtenCommands } from '../run/written-commands.ts';

export interface UpgradedDistribution extends DistributionUpgrade {
  /** The word for the operation. */
  readonly at: Located;
}

/** Each call, once; in a distribution that has releases. */
export function* upgradedDistributions(build: Build): Iterable<UpgradedDistribution> {
  const seen = new Set<Span>();
  for (const command of writtenCommands(build)) {
    const upgrade = distributionUpgradeOf(command);
    if (upgrade === undefined || seen.has(command.span) || rolls(command.step.stage)) continue;
    seen.add(command.span);
    const { words } = command.shell;
    yield { ...upgrade, at: words.find(({ text }) => text === (upgrade.verb || upgrade.program)) ?? command };
  }
}

function rolls(stage: Stage): boolean {
  const base = chainOf(stage)[0]?.base;
  return base?.kind === 'image' && isRolling(base.text);
}
