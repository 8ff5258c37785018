/** The script of package.json behind a start such as `npm start`. */
import { manifestScript, readInvocation } from '../../knowledge/index.ts';
import type { Build, Stage } from '../build.ts';
import { textAt } from '../files/context-text.ts';
import { join } from '../files/path.ts';
import { calledProject } from '../run/called-project.ts';
import type { LaunchedCommand } from './launch.ts';

/** Text of the script that `command` runs; null when it runs none, undefined when it cannot be read. */
export function scriptBehind(command: LaunchedCommand, stage: Stage, build: Build): string | null | undefined {
  const call = readInvocation(command.words);
  if (call?.script === undefined || call.operation !== 'run') return null;
  const text = manifestText(calledProject(call, command.workdir, stage.result.rootfs, build), stage, build);
  return text === undefined ? undefined : (manifestScript(text, call.script) ?? undefined);
}

/** The package.json in a folder of what `stage` ships, when it came from the context and can be read. */
export function manifestText(folder: string | undefined, stage: Stage, build: Build): string | undefined {
  return folder === undefined ? undefined : textAt(join(folder, 'package.json'), stage.result.rootfs, build);
}
