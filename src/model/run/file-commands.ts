/** Commands that make, move, copy and delete files, as far as a linter can know without running them. */
import { keysMadeBy } from '../../knowledge/index.ts';
import type { Command } from '../build.ts';
import { join, resolve } from '../files/path.ts';
import { all, type Success } from './attempt.ts';
import { environmentMadeBy, fileEffectsOf } from './command-calls.ts';
import { writeConfiguredCredential } from './configured-credential.ts';
import { curl, git, tar, unzip, wget } from './downloads.ts';
import { absolute, put } from './file-changes.ts';
import { isDirectory } from './file-kinds.ts';
import { findFiles } from './find.ts';
import { copyBlocks, editFiles, makeDirectories, makeFiles, makeLinks, touchFiles } from './make-files.ts';
import { flagValue, hasFlag, operands } from './operands.ts';
import { fedWords, isFed, removePiped } from './piped-arguments.ts';
import { removeFiles } from './removal.ts';
import type { RunningCommand, RunWorld } from './run.ts';
import { transfer } from './transfer.ts';
import { pipedText, redirectOutput, writeText } from './written-text.ts';

type Handler = (running: RunningCommand, world: RunWorld, command: Command) => Success;

const handlers: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  [
    'rm',
    (running, world, command) => (isFed(running) ? removePiped(running, world, command) : removeFiles(running, world)),
  ],
  ['unlink', removeFiles],
  ['rmdir', removeFiles],
  ['shred', removeFiles],
  ['find', findFiles],
  ['mv', transfer],
  ['cp', transfer],
  ['rsync', transfer],
  ['ln', (running, world) => (hasFlag(running.arguments, 's', '--symbolic') ? makeLinks : transfer)(running, world)],
  ['install', installFiles],
  ['mkdir', makeDirectories],
  ['cd', enter],
  ['touch', touchFiles],
  ['truncate', makeFiles],
  ['dd', copyBlocks],
  ['sed', editFiles],
  ['tee', teeFiles],
  ['git', git],
  ['curl', curl],
  ['wget', wget],
  ['tar', tar],
  ['bsdtar', tar],
  ['unzip', unzip],
  ['turbo', pruneWorkspace],
]);

/** They print, and succeed. */
const harmless: ReadonlySet<string> = new Set([':', 'true', 'echo', 'printf', 'pwd', 'export', 'umask', 'set']);

/** Lets a command that is no package manager's change the file system: its redirects first, then what it is known to do. */
export function changeFiles(command: Command, running: RunningCommand, world: RunWorld): Success {
  const redirected = all(running.shell.redirects.map((redirect) => redirectOutput(redirect, running, world)));
  if (redirected === false) return false;
  writeConfiguredCredential(running, world);
  const handler = handlers.get(running.name ?? '');
  const fed = isFed(running) && running.name !== 'rm' ? { ...running, arguments: fedWords(running) } : running;
  if (handler !== undefined) return all([redirected, handler(fed, world, command)]);
  if (running.name === undefined && running.shell.effective.length === 0) return redirected;
  if (harmless.has(running.name ?? '')) return redirected;
  const environment = absolute(environmentMadeBy(running), running);
  if (environment !== undefined) {
    put(running, world, environment, { kind: 'output', makes: 'anything' });
    return undefined;
  }
  for (const file of keysMadeBy([running.name, ...running.arguments])) {
    const path = absolute(file, running);
    const credential = { kind: 'made-key', carries: 'yes', secrets: [] } as const;
    if (path !== undefined) put(running, world, path, { kind: 'text' }, { credential });
  }
  const effect = fileEffectsOf(running);
  if (effect !== 'none' && running.workdir !== undefined)
    put(running, world, running.workdir, { kind: 'output', makes: effect });
  return undefined;
}

/** `install -d` makes directories; else it copies. */
function installFiles(running: RunningCommand, world: RunWorld): Success {
  return (hasFlag(running.arguments, 'd', '--directory') ? makeDirectories : transfer)(running, world);
}

/** cd fails where no directory is. */
function enter(running: RunningCommand, world: RunWorld): Success {
  const [word] = operands(running.arguments);
  const path = running.failure === 'ends the build' ? undefined : absolute(word, running);
  return path === undefined ? undefined : isDirectory(path, world);
}

/** `turbo prune APP --docker` makes out/json (manifests and lockfile) and out/full (sources). */
export function pruneWorkspace(running: RunningCommand, world: RunWorld): Success {
  const words = running.arguments.filter((word) => word !== undefined);
  if (!words.includes('prune') || running.workdir === undefined) return undefined;
  const out = resolve(running.workdir, flagValue(words, '--out-dir') ?? 'out');
  if (!words.includes('--docker')) {
    put(running, world, out, { kind: 'pruned-workspace', part: 'full' });
    return undefined;
  }
  put(running, world, out, { kind: 'pruned-workspace', part: 'root' });
  put(running, world, join(out, 'json'), { kind: 'pruned-workspace', part: 'json' });
  put(running, world, join(out, 'full'), { kind: 'pruned-workspace', part: 'full' });
  return undefined;
}

function teeFiles(running: RunningCommand, world: RunWorld, command: Command): Success {
  const written = pipedText(command, world);
  const append = hasFlag(running.arguments, 'a', '--append');
  return all(
    operands(running.arguments).map((word) => {
      const path = absolute(word, running);
      return path === undefined ? undefined : writeText(path, written, running, world, append);
    }),
  );
}
