/**
 * `npm run oracle:random`: builds random Dockerfiles for real and holds what the model says against what is there.
 * `RANDOM_BUILDS=200 RANDOM_SEED=1`; needs ../shared/oracle (or DFLINT_SHARED) and BuildKit on PATH.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { claimsOf, measuredOf, says } from '../harness/measured-claims.ts';
import { type OracleCase, readCase } from '../harness/oracle-cases.ts';
import { repository, sharedPath } from '../harness/shared.ts';
import { differences } from '../harness/shipped-differences.ts';
import { randomCase } from './random-case.ts';
import { randomMarker, randomNodeCase } from './random-node-case.ts';

const count = Number(process.env['RANDOM_BUILDS'] ?? 50);
const firstSeed = Number(process.env['RANDOM_SEED'] ?? 1);

/** Cases are measured in parts: what one leaves unmeasured costs no other. */
const partSize = 25;

function measure(write: (folder: string, seed: number) => void): readonly OracleCase[] {
  const shared = sharedPath('oracle');
  if (shared === undefined) throw new Error('npm run oracle:random needs ../shared/oracle');
  const root = mkdtempSync(join(tmpdir(), 'random-builds-'));
  for (const name of ['lib', 'run', 'setup']) symlinkSync(join(shared, name), join(root, name));
  const names = Array.from({ length: count }, (_, at) => `random-${firstSeed + at}`);
  for (const [at, name] of names.entries()) {
    const folder = join(root, 'cases', name);
    mkdirSync(folder, { recursive: true });
    write(folder, firstSeed + at);
  }
  for (let at = 0; at < names.length; at += partSize)
    spawnSync(join(root, 'run'), ['--record', ...names.slice(at, at + partSize)], { stdio: 'ignore' });
  const measured = names.filter((name) => existsSync(join(root, 'cases', name, 'truth.json')));
  const built = measured.map((name) => readCase(join(root, 'cases', name), name)).filter(({ truth }) => truth.builds);
  console.info(`${built.length} of ${measured.length} build; ${root}`);
  return built;
}

function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

test('random files and config are what the model says', { timeout: 3_600_000 }, () => {
  const cases = measure((folder, seed) => {
    const { dockerfile, files } = randomCase(seed);
    writeFiles(folder, { ...files, Dockerfile: dockerfile, 'case.json': '{"about":"random","mayFail":true}\n' });
  });
  let files = 0;
  let unknown = 0;
  const wrong: string[] = [];
  for (const each of cases) {
    const found = differences(each);
    files += found.files;
    unknown += found.unknown;
    for (const line of found.wrong) wrong.push(`${each.name}: ${line}\n${each.text}`);
  }
  console.info(`${files} files, of ${unknown} the model is not sure`);
  expect(wrong).toEqual([]);
});

test('random installs, prunes and tokens end where the model says', { timeout: 3_600_000 }, () => {
  const cases = measure((folder, seed) => {
    const { dockerfile, files, args, secrets, touch } = randomNodeCase(seed);
    const project = join(repository, 'fixtures/oracle/npm-prune-bare');
    for (const name of ['package.json', 'package-lock.json', 'src'])
      cpSync(join(project, name), join(folder, name), { recursive: true });
    const { '.npmrc': npmrc, ...others } = files;
    const extraFiles = npmrc === undefined ? {} : { '.npmrc': npmrc };
    const described = { about: 'random', mayFail: true, args, secrets, touch, extraFiles, markers: [randomMarker] };
    writeFiles(folder, { ...others, Dockerfile: dockerfile, 'case.json': `${JSON.stringify(described)}\n` });
  });
  const wrong: string[] = [];
  for (const each of cases) {
    const said = claimsOf(each);
    const measured = measuredOf(each);
    // An argument that no instruction declares stands in the provenance all the same.
    // What a later layer holds at the same place is said once.
    const shipped = new Set(measured.inFinalFiles);
    measured.inDeletedLayerFiles = measured.inDeletedLayerFiles.filter((path) => !shipped.has(path));
    if (!each.text.includes('ARG TOKEN')) measured.inProvenanceMax = false;
    for (const [name, value] of Object.entries(measured)) {
      const claim = Object.entries(said).find(([key]) => key === name)?.[1];
      if (JSON.stringify(claim) !== JSON.stringify(value))
        wrong.push(`${each.name}: ${name} ${JSON.stringify(claim)}, measured ${JSON.stringify(value)}\n${each.text}`);
    }
    const { installReruns: reruns, installSteps = [] } = each.truth.afterChange ?? {};
    if (reruns !== undefined && installSteps.length > 0 && says(each, 'source-copied-before-install') !== reruns)
      wrong.push(`${each.name}: reruns ${!reruns}, measured ${reruns}\n${each.text}`);
  }
  expect(wrong).toEqual([]);
});
