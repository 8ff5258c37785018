/** The whole project without its development packages, where it cannot be told what of it the program needs. */
import { textAt } from '../files/context-text.ts';
import { join } from '../files/path.ts';
import { commandOf, isThere, type RuntimeParts } from './runtime-parts.ts';
import type { PlannedStage } from './stage-plan.ts';
import { startedProgram } from './started-program.ts';

/** Undefined where what starts is not one program of the project, or installs may ask for what is not there. */
export function wholeTree({ stage, build, folder, install }: PlannedStage): RuntimeParts | undefined {
  const program = startedProgram(stage, folder, build);
  if (program?.script === undefined) return undefined;
  const { started, workdir } = program;
  const command = commandOf(started, stage, workdir, build);
  if (command === undefined && !isThere(started, stage)) return undefined;
  const manifest = textAt(join(folder, 'package.json'), stage.result.rootfs, build);
  if (manifest === undefined) return undefined;
  if (!/^(?:npm|pnpm)$/.test(install.manager) && /"(?:post|pre)?install"\s*:|"prepare"\s*:/.test(manifest))
    return undefined;
  const copies = [{ from: '.', to: './' }];
  return { copies, packages: true, isWhole: true, ...(command === undefined ? {} : { command }) };
}
