/** The programs of bun, of the version and with the checksums that stand in bun.json, from the npm registry. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const { version, integrity } = JSON.parse(readFileSync(new URL('bun.json', import.meta.url), 'utf8'));

export const bunVersion = version;

/** The path of bun for a platform, named as in bun.json: downloaded once, and kept in the cache of the user. */
export function bunFor(platform) {
  const wanted = integrity[platform];
  if (wanted === undefined) throw new Error(`bun.json has no checksum for ${platform}`);
  const caches = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
  const folder = join(caches, 'dflint-build', `bun-${platform}-${version}`);
  const program = join(folder, 'package/bin', platform.startsWith('windows') ? 'bun.exe' : 'bun');
  if (existsSync(program)) return program;
  const scratch = `${folder}.${process.pid}`;
  mkdirSync(scratch, { recursive: true });
  try {
    const npm = ['pack', '--silent', '--pack-destination', scratch, `@oven/bun-${platform}@${version}`];
    const name = execFileSync('npm', npm, { encoding: 'utf8', cwd: scratch }).trim();
    const packed = readFileSync(join(scratch, name));
    const sum = `sha512-${createHash('sha512').update(packed).digest('base64')}`;
    if (sum !== wanted) throw new Error(`bun for ${platform} has the checksum ${sum}, not ${wanted}`);
    execFileSync('tar', ['-xzf', name], { cwd: scratch });
    rmSync(join(scratch, name));
    rmSync(folder, { recursive: true, force: true });
    renameSync(scratch, folder);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  return program;
}
