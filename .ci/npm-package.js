/** Packages of the npm registry that hold a program, unpacked into the cache of the user. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The folder of a package of one version: downloaded once. `integrity`, as lockfiles have it, is what it must have. */
export function unpacked(name, version, integrity) {
  const caches = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
  const folder = join(caches, 'dflint-build', `${name.replace('/', '-')}-${version}`);
  if (existsSync(folder)) return join(folder, 'package');
  const scratch = `${folder}.${process.pid}`;
  mkdirSync(scratch, { recursive: true });
  try {
    const npm = ['pack', '--silent', '--pack-destination', scratch, `${name}@${version}`];
    const file = execFileSync('npm', npm, { encoding: 'utf8', cwd: scratch }).trim();
    const sum = `sha512-${createHash('sha512')
      .update(readFileSync(join(scratch, file)))
      .digest('base64')}`;
    if (integrity !== undefined && sum !== integrity)
      throw new Error(`${name}@${version} has the checksum ${sum}, not ${integrity}`);
    execFileSync('tar', ['-xzf', file], { cwd: scratch });
    rmSync(join(scratch, file));
    renameSync(scratch, folder);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  return join(folder, 'package');
}
