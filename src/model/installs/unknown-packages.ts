/** Packages that the distribution of the image does not have. */
import { type Distribution, distributionOf, packageSlip } from '../../knowledge/index.ts';
import type { Located, Stage } from '../build.ts';
import { chainOf, endsTheBuild, wholeText } from '../query.ts';
import { remembered } from '../remembered.ts';
import { systemPackageCallOf } from '../run/command-calls.ts';
import { perRun, type WrittenCommand } from '../run/written-runs.ts';

export interface UnknownPackage extends Located {
  readonly name: string;
  readonly distribution: Distribution['name'];
  readonly better?: string;
  /** Earlier releases had it. */
  readonly dropped: boolean;
  readonly base: Located;
}

export const unknownPackages = perRun<UnknownPackage>(function* ({ step, commands }) {
  const distribution = distributionBelow(step.stage);
  if (distribution === undefined || step.instruction.keyword !== 'RUN') return;
  for (const command of commands) yield* unknownIn(command, distribution, step.stage);
});

const distributionBelow: (stage: Stage) => Distribution | undefined = remembered(
  (stage) => stage,
  (stage) => {
    const base = chainOf(stage)[0]?.base;
    if (base?.kind !== 'image' || base.openTag === true) return undefined;
    return distributionOf(base.reference.familiar, base.reference.tag);
  },
);

const managers = { alpine: 'apk', debian: 'apt', ubuntu: 'apt' } as const;

function* unknownIn(command: WrittenCommand, distribution: Distribution, stage: Stage): Iterable<UnknownPackage> {
  const { shell } = command;
  if (command.name === undefined || !endsTheBuild(command)) return;
  const call = systemPackageCallOf(command);
  if (call?.operation !== 'install' || call.manager !== managers[distribution.name] || call.otherRoot) return;
  for (const { name: wanted, written } of call.packages) {
    const slip = packageSlip(wanted, distribution);
    if (slip === undefined || ((slip.dropped || slip.perhapsElsewhere) && hasOtherSources(stage))) continue;
    const at = shell.words.find(({ text }) => text === written) ?? command;
    yield {
      ...slip,
      name: wanted,
      distribution: distribution.name,
      span: at.span,
      base: chainOf(stage)[0]?.from ?? stage,
    };
  }
}

/** Lists of packages of another release or another vendor, and scripts that may bring some. */
const otherSources =
  /sources\.list|\/etc\/ap[tk]\b|add-apt-repository|apk\/repositories|--repository|\s-X\s|\.deb\b|\bdpkg\b|\|\s*(?:sudo\s+(?:-E\s+)?)?(?:ba|da|a)?sh\b/;

const hasOtherSources = (stage: Stage): boolean =>
  chainOf(stage).some(({ steps }) => steps.some(({ instruction }) => otherSources.test(wholeText(instruction))));
