/** The one program of a project that its image starts. */
import { productionPackages, scriptOperandOf } from '../../knowledge/index.ts';
import type { Build, Stage } from '../build.ts';
import { textAt } from '../files/context-text.ts';
import { join, relativeTo, resolve } from '../files/path.ts';
import { type StartedCommand, startedCommands } from '../start/started-commands.ts';

export interface StartedProgram {
  readonly started: StartedCommand;
  /** The folder of the project that it starts in. */
  readonly workdir: string;
  /** The script that it runs, from the folder of the project; absent for programs of packages. */
  readonly script?: string;
}

/** Undefined where several are started, or one that may not be; migrations before it are passed over. */
export function startedProgram(target: Stage, folder: string, build: Build): StartedProgram | undefined {
  const manifest = textAt(join(folder, 'package.json'), target.result.rootfs, build);
  const packages = manifest === undefined ? undefined : productionPackages(manifest);
  const all = startedCommands(target, build).filter(
    ({ words }) => packages?.has('prisma') !== true || !isMigration(words),
  );
  const [started] = all.filter(({ words }) => words[0] !== 'exec' || words[1] !== '$@');
  if (started === undefined || all.length > 1 || started.runs !== 'always' || started.workdir === undefined)
    return undefined;
  const { words, workdir } = started;
  if (workdir !== folder && !workdir.startsWith(`${folder}/`)) return undefined;
  const operand =
    words[0] === 'bun' ? bunScript(words) : words[0] === 'node' ? scriptOperandOf(words)?.script : undefined;
  const script = operand === undefined ? undefined : relativeTo(folder, resolve(workdir, operand));
  return { started, workdir, ...(script === undefined ? {} : { script }) };
}

const isMigration = (words: StartedCommand['words']): boolean =>
  /^(?:npx |yarn |pnpm (?:exec )?|bunx )?prisma migrate deploy$/.test(words.join(' '));

/** `bun run dist/index.js`, `bun index.ts`. */
function bunScript([, first, second]: StartedCommand['words']): string | undefined {
  const operand = first === 'run' ? second : first;
  return operand !== undefined && /\.[cm]?[jt]sx?$/.test(operand) ? operand : undefined;
}
