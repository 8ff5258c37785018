/** Starts that need development packages: installed for production only, the container would not run. */
import { manifestScript, namedForDevelopment, packagesNamed, readInvocation } from '../../knowledge/index.ts';
import type { Build, Located, Stage } from '../build.ts';
import { calledProject } from '../run/called-project.ts';
import { toolByPath } from './called-tools.ts';
import { launchOf } from './launch.ts';
import { manifestText } from './manifest-script.ts';
import { type ScriptCommand, scriptCommands } from './start-script.ts';

/** The command of the start that names a program of a development package, or a script that is chosen outside of the file. */
export function developmentStart(target: Stage, build: Build): Located | undefined {
  return launchOf(target)?.commands.find((command) =>
    [command, ...scriptCommands(command, target, build)].some((one) => mayNeedDevelopment(one, target, build)),
  );
}

function mayNeedDevelopment(
  { words, workdir }: Pick<ScriptCommand, 'words' | 'workdir'>,
  target: Stage,
  build: Build,
): boolean {
  const call = readInvocation(words);
  if (call?.uncertain === true && call.operation !== 'exec' && call.script === undefined) return true;
  const folder = call === undefined ? workdir : calledProject(call, workdir, target.result.rootfs, build);
  const manifest = manifestText(folder, target, build);
  if (manifest === undefined) return false;
  const named = namedBy(words, manifest);
  const development = namedForDevelopment(manifest);
  return named.some((name) => development.has(name));
}

/** What a command calls: its program, by name or by its path, that of `npx`, all that the script behind it names. */
function namedBy(words: ScriptCommand['words'], manifest: string): readonly string[] {
  const call = readInvocation(words);
  const byPath = call === undefined ? toolByPath({ words, workdir: '/' }) : undefined;
  if (byPath !== undefined) return [byPath.package];
  if (call?.script !== undefined) return packagesNamed(manifestScript(manifest, call.script) ?? '');
  return packagesNamed((call?.operation === 'exec' ? call.packages[0] : words[0]) ?? '');
}
