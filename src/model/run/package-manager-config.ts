/** Settings that package managers are given by command, and the files that keep them. */
import { type Invocation, npmAuthConfigKey } from '../../knowledge/index.ts';
import type { Content } from '../build.ts';
import { credentialInText } from '../files/credential.ts';
import { join, resolve } from '../files/path.ts';
import { unknownText } from '../state/unknown-text.ts';
import type { RunningCommand, RunWorld } from './run.ts';

/** `npm config set`: a setting for later installs, or a credential that is written to a file. */
export function configure(
  invocation: Invocation,
  directory: string | undefined,
  running: RunningCommand,
  world: RunWorld,
): void {
  for (const setting of invocation.settings) {
    world.settings.set(setting.key.toLowerCase(), running.runs === 'always' ? setting.value : undefined);
    if (!npmAuthConfigKey(setting.key)) continue;
    const path = invocation.userConfig ?? configFile(invocation, setting.location, directory, world);
    if (path === undefined) continue;
    const absolute = path.startsWith('/') ? path : resolve(running.workdir ?? '/', path);
    const text = `${setting.key}=${setting.value ?? unknownText}\n`;
    writeCredential(absolute, running, world, text);
    if (invocation.manager === 'npm')
      writeCredential(join(world.home, npmLogs), running, world, text, { kind: 'output', makes: 'build-output' });
  }
}

/** `npm config delete`: the file is there still, without the credential. */
export function unconfigure(
  invocation: Invocation,
  directory: string | undefined,
  running: RunningCommand,
  world: RunWorld,
): void {
  if (running.runs !== 'always' || !running.arguments.some((word) => word !== undefined && npmAuthConfigKey(word)))
    return;
  const path = invocation.userConfig ?? configFile(invocation, undefined, directory, world);
  const absolute = path === undefined ? undefined : resolve(running.workdir ?? '/', path);
  const { change } = absolute === undefined ? {} : world.stat(absolute);
  // Only what the same instruction has written is not in the layer.
  if (absolute === undefined || change?.credential === undefined || change.step !== world.step) return;
  world.put({ kind: 'addition', path: absolute, span: running.shell.span, runs: 'always', content: { kind: 'text' } });
}

/** npm keeps the words of each call in its debug log (measured with npm 10: `_logs/<time>-debug-0.log`). */
const npmLogs = '.npm/_logs';

/** The file that a manager's `config set` writes: npm and pnpm the user's, yarn 2+ the project's. */
function configFile(
  invocation: Invocation,
  location: 'user' | 'project' | 'global' | undefined,
  directory: string | undefined,
  world: RunWorld,
): string | undefined {
  if (location === 'global') return '/usr/local/etc/npmrc';
  const berry = invocation.manager === 'yarn' && invocation.settings.some((setting) => /^npm[A-Z]/.test(setting.key));
  const name = berry ? '.yarnrc.yml' : invocation.manager === 'yarn' ? '.yarnrc' : '.npmrc';
  const inProject = location === 'project' || (berry && location !== 'user');
  const folder = inProject ? directory : world.home;
  return folder === undefined ? undefined : join(folder, name);
}

export function writeCredential(
  path: string,
  running: RunningCommand,
  world: RunWorld,
  text: string | undefined,
  content: Content = { kind: 'text', ...(text === undefined ? {} : { text }) },
): void {
  const secrets = [...new Set(running.shell.words.flatMap((word) => world.secrets.inWord(word)))];
  const written = text === undefined ? undefined : credentialInText(path, text, secrets);
  const kind = written?.kind ?? (path.endsWith('.yarnrc.yml') ? 'yarnrc-berry' : 'npmrc');
  world.put({
    kind: 'addition',
    path,
    span: running.shell.span,
    runs: running.runs,
    content,
    credential: { kind, carries: 'yes', secrets },
  });
}
