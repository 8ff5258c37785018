/** Credentials that commands such as `git config` and `docker login` write into files of their own. */
import { mayWriteCredential, writtenCredential } from '../../knowledge/index.ts';
import { credentialInText } from '../files/credential.ts';
import { baseName, join, resolve } from '../files/path.ts';
import { renderWord } from '../state/unknown-text.ts';
import { put } from './file-changes.ts';
import type { RunningCommand, RunWorld } from './run.ts';

export function writeConfiguredCredential(running: RunningCommand, world: RunWorld): void {
  const [first, ...rest] = running.shell.effective;
  if (first === undefined || running.name === undefined || !mayWriteCredential(running.name)) return;
  const written = writtenCredential(
    running.name,
    rest.map((word) => renderWord(word, running.lookup)),
  );
  if (written === undefined) return;
  const folder = written.folder === undefined ? undefined : running.lookup(written.folder);
  const path = pathOf(folder ? join(folder, baseName(written.path)) : written.path, running, world);
  if (path === undefined) return;
  const secrets = [...new Set(rest.flatMap((word) => world.secrets.inWord(word)))];
  const credential = credentialInText(path, written.text, secrets);
  if (credential !== undefined) put(running, world, path, { kind: 'text', text: written.text }, { credential });
}

function pathOf(written: string, { workdir }: RunningCommand, world: RunWorld): string | undefined {
  if (written.startsWith('~/')) return join(world.home, written.slice(2));
  return workdir === undefined && !written.startsWith('/') ? undefined : resolve(workdir ?? '/', written);
}
