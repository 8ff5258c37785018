/**
 * `npm run oracle:random`: builds random Dockerfiles for real and holds what the model says against what is there.
 * `RANDOM_BUILDS=200 RANDOM_SEED=1`; needs ../shared/oracle (or DFLINT_SHARED) and BuildKit on PATH.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { readCase } from '../harness/oracle-cases.ts';
import { sharedPath } from '../harness/shared.ts';
import { differences } from '../harness/shipped-differences.ts';
import { randomCase } from './random-case.ts';

const count = Number(process.env['RANDOM_BUILDS'] ?? 50);
const firstSeed = Number(process.env['RANDOM_SEED'] ?? 1);

function writeCases(folder: string): readonly string[] {
  return Array.from({ length: count }, (_, at) => {
    const seed = firstSeed + at;
    const name = `random-${seed}`;
    const { dockerfile, files } = randomCase(seed);
    const all = { ...files, Dockerfile: dockerfile, 'case.json': '{"about":"random","mayFail":true}\n' };
    for (const [path, text] of Object.entries(all)) {
      const to = join(folder, 'cases', name, path);
      mkdirSync(dirname(to), { recursive: true });
      writeFileSync(to, text);
    }
    return name;
  });
}

test('random Dockerfiles ship what the model says', { timeout: 3_600_000 }, () => {
  const shared = sharedPath('oracle');
  if (shared === undefined) throw new Error('npm run oracle:random needs ../shared/oracle');
  const folder = mkdtempSync(join(tmpdir(), 'random-builds-'));
  for (const name of ['lib', 'run', 'setup']) symlinkSync(join(shared, name), join(folder, name));
  const names = writeCases(folder);
  for (let at = 0; at < names.length; at += 25)
    spawnSync(join(folder, 'run'), ['--record', ...names.slice(at, at + 25)], { stdio: 'ignore' });
  const measured = names.filter((name) => existsSync(join(folder, 'cases', name, 'truth.json')));
  let built = 0;
  let files = 0;
  let unknown = 0;
  const wrong: string[] = [];
  for (const name of measured) {
    const at = join(folder, 'cases', name);
    const each = readCase(at, name);
    if (!each.truth.builds) continue;
    built += 1;
    const found = differences(each);
    files += found.files;
    unknown += found.unknown;
    for (const line of found.wrong) wrong.push(`${name}: ${line}\n${readFileSync(join(at, 'Dockerfile'), 'utf8')}`);
  }
  console.info(`${built} of ${measured.length} build; ${files} files, of ${unknown} the model is not sure; ${folder}`);
  expect(wrong).toEqual([]);
});
