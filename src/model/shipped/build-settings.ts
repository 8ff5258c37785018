/** Variables for builds in the configuration of an image that runs: each process of a container inherits them. */
import { isBuildSetting } from '../../knowledge/index.ts';
import type { Build, Stage, Value } from '../build.ts';
import { chainOf } from '../query.ts';
import { buildCallOf } from '../run/command-calls.ts';
import { purposeOf } from '../start/start.ts';
import { buildsAtStart, shipsApplication } from './ships-application.ts';

export interface ShippedBuildSetting {
  readonly target: Stage;
  readonly name: string;
  readonly value: Value;
}

/** Once an ENV. Images of tools are there for builds. */
export function* shippedBuildSettings(build: Build): Iterable<ShippedBuildSetting> {
  const told = new Set<Value['span']>();
  for (const target of build.targets)
    for (const [name, value] of target.result.env) {
      if (value.via !== 'ENV' || value.text === undefined || told.has(value.span)) continue;
      const is = isBuildSetting(name, value.text);
      if (is === 'no' || (is === 'perhaps' && !buildsIn(target, value))) continue;
      if (purposeOf(target, build.path) !== 'runtime' || !shipsApplication(build, target) || buildsAtStart(target))
        continue;
      told.add(value.span);
      yield { target, name, value };
    }
}

const buildsIn = (target: Stage, { span }: Value): boolean =>
  chainOf(target).some(({ steps }) =>
    steps.some(
      (step) => step.span.line > span.line && step.commands.some((command) => buildCallOf(command) !== undefined),
    ),
  );
