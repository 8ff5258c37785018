/** dflint as it is published: built, packed, and unpacked into a project that depends on it. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repository } from './shared.ts';

export interface PackedProject {
  /** A folder whose node_modules hold dflint and nothing else. */
  readonly folder: string;
  remove(): void;
}

const left = new Set(['.git', 'node_modules', 'dist', 'fixtures', 'test']);

/** `scripts`: those of package.json that build what is wanted of it. */
export function packedProject(scripts: readonly string[]): PackedProject {
  const scratch = mkdtempSync(join(tmpdir(), 'dflint-packed-'));
  const source = join(scratch, 'source');
  for (const name of readdirSync(repository))
    if (!left.has(name)) cpSync(join(repository, name), join(source, name), { recursive: true });
  symlinkSync(join(repository, 'node_modules'), join(source, 'node_modules'));
  for (const script of scripts) execFileSync('npm', ['run', '--silent', script], { cwd: source, stdio: 'pipe' });
  execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', scratch], {
    cwd: source,
    stdio: 'pipe',
  });
  const folder = join(scratch, 'project');
  const home = join(folder, 'node_modules/dflint');
  mkdirSync(home, { recursive: true });
  const archive = readdirSync(scratch).find((name) => name.endsWith('.tgz')) ?? '';
  execFileSync('tar', ['-xzf', join(scratch, archive), '-C', home, '--strip-components=1']);
  return { folder, remove: () => rmSync(scratch, { recursive: true, force: true }) };
}
