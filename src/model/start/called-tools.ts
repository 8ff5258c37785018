/** Programs of packages that surely run when a container starts, called by themselves or by a shell script of the project. */
import {
  firstTool,
  type Invocation,
  manifestScript,
  packageOfTool,
  readInvocation,
  scriptOperandOf,
} from '../../knowledge/index.ts';
import type { Build, Stage } from '../build.ts';
import { resolve } from '../files/path.ts';
import { calledProject } from '../run/called-project.ts';
import { type LaunchedCommand, launchOf } from './launch.ts';
import { manifestText } from './manifest-script.ts';
import { scriptCommands } from './start-script.ts';

export interface CalledTool {
  /** The command of the image that leads to it. */
  readonly command: LaunchedCommand;
  readonly program: string;
  readonly package: string;
  /** The folder whose `node_modules` has to hold it, absolute. */
  readonly folder: string;
  /** What calls it, where the image does not: `script start` of package.json, `./start.sh`. */
  readonly caller?: string;
  /** npx, npm exec and bunx download what is not there. */
  readonly isFetched: boolean;
}

/** Those with whose failure the start fails, in order; none behind an install of the script. */
export function* calledTools(target: Stage, build: Build): Iterable<CalledTool> {
  const launch = launchOf(target);
  for (const command of launch?.commands ?? []) {
    if (command.runs !== 'always' || !command.decides) continue;
    for (const each of [command, ...scriptCommands(command, target, build)]) {
      if (installs(each.words)) return;
      const tool = each.runs === 'always' && each.decides ? toolOf(each, target, build) : undefined;
      if (tool === undefined) continue;
      const shellScript = each === command ? undefined : (scriptOperandOf(command.words)?.script ?? command.words[0]);
      yield { command, ...(shellScript === undefined ? {} : { caller: shellScript }), ...tool };
    }
  }
}

type Called = Pick<LaunchedCommand, 'words' | 'workdir'>;

const installs = (words: Called['words']): boolean =>
  /^(?:install|add|focus|deploy|link|rebuild)$/.test(readInvocation(words)?.operation ?? '');

function toolOf({ words, workdir }: Called, target: Stage, build: Build): Omit<CalledTool, 'command'> | undefined {
  const call = readInvocation(words);
  if (call === undefined) return toolByPath({ words, workdir });
  if (call.operation === 'run') return toolOfScript(call, workdir, target, build);
  const [program, ...others] = call.packages;
  const isPlain = call.operation === 'exec' && call.subcommand !== 'dlx' && others.length === 0 && !call.uncertain;
  // `pnpx` downloads it in any case, and so does a version that is asked for.
  if (!isPlain || program === undefined || /.@/.test(program) || (call.manager === 'pnpm' && call.subcommand === ''))
    return undefined;
  const folder = calledProject(call, workdir, target.result.rootfs, build);
  const isFetched =
    (call.manager === 'npm' || call.manager === 'bun') &&
    !words.some((word) => word === undefined || /^--no(?:-install|=.*)?$/.test(word));
  return folder === undefined ? undefined : { program, package: packageOfTool(program) ?? program, folder, isFetched };
}

/** What the script calls first; pnpm and yarn take a name that is no script for a program: `yarn nodemon`. */
function toolOfScript(
  call: Invocation,
  workdir: string | undefined,
  target: Stage,
  build: Build,
): Omit<CalledTool, 'command'> | undefined {
  const { script, subcommand, manager } = call;
  const folder = calledProject(call, workdir, target.result.rootfs, build);
  const manifest = manifestText(folder, target, build);
  if (folder === undefined || manifest === undefined || script === undefined) return undefined;
  const text = manifestScript(manifest, script);
  if (text === null && script === subcommand && (manager === 'pnpm' || manager === 'yarn')) {
    const brings = packageOfTool(script);
    return brings === undefined ? undefined : { program: script, package: brings, folder, isFetched: false };
  }
  const tool = firstTool(text ?? '');
  return tool === undefined ? undefined : { ...tool, caller: `script ${script}`, folder, isFetched: false };
}

/** `node_modules/.bin/nodemon`, `node node_modules/prisma/build/index.js`, `node -r ts-node/register`. */
export function toolByPath({ words, workdir }: Called): Omit<CalledTool, 'command'> | undefined {
  if (workdir === undefined) return undefined;
  const [first = ''] = words;
  const isNode = /^(?:.*\/)?node(?:js)?$/.test(first);
  const at = isNode ? words.findIndex((word) => /^(?:-r|--require|--import|--loader)$/.test(word ?? '')) : -1;
  const required = at === -1 ? undefined : /^(?![./])((?:@[^/]+\/)?[^/:]+)(?:\/.*)?$/.exec(words[at + 1] ?? '')?.[1];
  if (required !== undefined) return { program: required, package: required, folder: workdir, isFetched: false };
  const path = isNode && !words[1]?.startsWith('-') ? words[1] : first;
  const found = /^(.*?)\/?node_modules\/(?:\.bin\/([^/]+)$|((?:@[^/]+\/)?[^/]+)\/)/.exec(path ?? '');
  const name = found?.[2] ?? found?.[3];
  if (found === null || name === undefined) return undefined;
  const brings = found[2] === undefined ? name : (packageOfTool(name) ?? name);
  const folder = path?.startsWith('/') ? found[1] || '/' : resolve(workdir, found[1] || '.');
  return { program: name, package: brings, folder, isFetched: false };
}
