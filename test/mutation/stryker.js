import { spawnSync } from 'node:child_process';
import { existsSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = join(dirname(fileURLToPath(import.meta.url)), '../..');
const version = '9.6.1';

/** The folder of modules that holds Stryker, which runs the vitest of the project; installed when it is first used. */
export function stryker() {
  const cache = join(repository, 'node_modules/.cache', `stryker-${version}`);
  const modules = process.env.STRYKER ?? join(cache, 'node_modules');
  if (existsSync(join(modules, '@stryker-mutator/vitest-runner'))) return modules;
  const packages = ['core', 'vitest-runner'].map((name) => `@stryker-mutator/${name}@${version}`);
  const options = [
    '--prefix',
    cache,
    '--no-save',
    '--no-package-lock',
    '--legacy-peer-deps',
    '--no-audit',
    '--no-fund',
  ];
  const { status } = spawnSync('npm', ['install', ...options, '--ignore-scripts', ...packages], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
  symlinkSync(join(repository, 'node_modules/vitest'), join(modules, 'vitest'), 'junction');
  return modules;
}
