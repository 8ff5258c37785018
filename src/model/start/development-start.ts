/** Starts that need development packages: installed for production only, the container would not run. */
import { manifestScript, namedForDevelopment, packagesNamed, readInvocation } from '../../knowledge/index.ts';
import type { Build, Located, Stage } from '../build.ts';
import { type LaunchedCommand, launchOf } from './launch.ts';
import { manifestText } from './manifest-script.ts';

/** The command of the start that names a program of a development package, or a script that is chosen outside of the file. */
export function developmentStart(target: Stage, build: Build): Located | undefined {
  return launchOf(target)?.commands.find((command) => mayNeedDevelopment(command, target, build));
}

function mayNeedDevelopment(command: LaunchedCommand, target: Stage, build: Build): boolean {
  const { words, workdir } = command;
  const call = readInvocation(words);
  if (call?.uncertain === true && call.operation !== 'exec' && call.script === undefined) return true;
  if (call !== undefined && (call.directory !== undefined || call.workspaces.length > 0)) return false;
  const manifest = manifestText(workdir, target, build);
  if (manifest === undefined) return false;
  const named = namedBy(command, manifest);
  const development = namedForDevelopment(manifest);
  return named.some((name) => development.has(name));
}

/** What a command calls by name: its program, that of `npx`, all that the script behind it names. */
function namedBy({ words }: LaunchedCommand, manifest: string): readonly string[] {
  const call = readInvocation(words);
  if (call?.script !== undefined) return packagesNamed(manifestScript(manifest, call.script) ?? '');
  return packagesNamed((call?.operation === 'exec' ? call.packages[0] : words[0]) ?? '');
}
