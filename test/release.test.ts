/** What a release runs: the workflows name what is there, and each step does by itself what it says. */
import { execFileSync, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { repository } from './harness/shared.ts';
import { temporaryProjects } from './harness/temporary-project.ts';

const project = temporaryProjects();
const manifest = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'));

const workflow = z.object({
  permissions: z.object({ contents: z.literal('read') }),
  jobs: z.record(
    z.string(),
    z.object({ steps: z.array(z.object({ uses: z.optional(z.string()), run: z.optional(z.string()) })) }),
  ),
});

const folder = join(repository, '.github/workflows');
describe.each(readdirSync(folder))('%s', (name) => {
  const { jobs } = workflow.parse(load(readFileSync(join(folder, name), 'utf8')));
  const steps = Object.values(jobs).flatMap((job) => job.steps);

  test('takes actions by their commits', () => {
    const uses = steps.flatMap((step) => step.uses ?? []);
    expect(uses.length).toBeGreaterThan(0);
    for (const each of uses) expect(each).toMatch(/^[\w-]+\/[\w-]+@[\da-f]{40}$/);
  });

  test('runs what is there', () => {
    const runs = steps.flatMap((step) => step.run ?? []);
    const scripts = runs.flatMap((run) => /^npm run (\S+)/.exec(run)?.[1] ?? []);
    expect(scripts.filter((script) => manifest.scripts[script] === undefined)).toEqual([]);
    for (const run of runs.filter((each) => each.startsWith('.ci/')))
      accessSync(join(repository, run.split(' ')[0] ?? ''), constants.X_OK);
  });

  test('no step has words of an event in its shell', () => {
    const runs = steps.flatMap((step) => step.run ?? []);
    expect(runs.filter((run) => /\$\{\{(?!\s*matrix\.)/.test(run))).toEqual([]);
  });
});

/** A folder with a program of this name that writes down how it is called, and fails where told. */
function recorder(name: string, failsOn = 'nothing') {
  const cwd = project({});
  const calls = join(cwd, 'calls');
  const script = `#!/bin/sh\necho "$*" >> '${calls}'\ncase "$*" in *"${failsOn}"*) exit 1 ;; esac\n`;
  writeFileSync(join(cwd, name), script, { mode: 0o755 });
  const { GITHUB_REF_NAME: _, ...env } = process.env;
  return {
    cwd,
    env: { ...env, PATH: `${cwd}${delimiter}${process.env['PATH']}` },
    calls: () => (existsSync(calls) ? readFileSync(calls, 'utf8').trimEnd().split('\n') : []),
  };
}

describe('.ci/release/image', () => {
  const script = join(repository, '.ci/release/image');
  test.each([
    [[], '--output=type=cacheonly'],
    [['--push'], '--push'],
  ])('%j', (words, output) => {
    const { env, calls } = recorder('docker');
    execFileSync(script, ['registry.example/dflint', ...words], { env, stdio: 'pipe' });
    const [call = ''] = calls();
    expect(call).toContain('buildx build --platform linux/amd64,linux/arm64');
    expect(call).toContain(`--tag=registry.example/dflint:${manifest.version} `);
    expect(call.endsWith(`${output} .`)).toBe(true);
  });

  test('needs a name', () => {
    const { status, stderr } = spawnSync(script, { encoding: 'utf8' });
    expect(status).not.toBe(0);
    expect(stderr).toContain('usage: .ci/release/image NAME [--push]');
  });
});

describe('.ci/release/upload', () => {
  const script = join(repository, '.ci/release/upload');
  const assets = (sum: string) => project({ dflint: 'x', SHA256SUMS: `${sum}  dflint\n` });
  const right = '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881';

  test('makes the release that is missing, and adds the files', () => {
    const { env, calls } = recorder('gh', 'release view');
    execFileSync(script, [assets(right)], { env, stdio: 'pipe' });
    const tag = `v${manifest.version}`;
    expect(calls()[1]).toBe(`release create ${tag} --verify-tag --generate-notes`);
    expect(calls()[2]).toMatch(new RegExp(`^release upload ${tag} \\S+/SHA256SUMS \\S+/dflint --clobber$`));
  });

  test('uploads nothing that is not what was built', () => {
    const { env, calls } = recorder('gh');
    const { status, stderr } = spawnSync(script, [assets(right.replace('2', '3'))], { env, encoding: 'utf8' });
    expect(status).not.toBe(0);
    expect(stderr).toContain('did NOT match');
    expect(calls()).toEqual([]);
  });
});

test('.ci/release/package refuses a tag of another version', () => {
  const env = { ...process.env, GITHUB_REF_TYPE: 'tag', GITHUB_REF_NAME: 'v99.0.0' };
  const { status, stderr } = spawnSync(join(repository, '.ci/release/package'), { env, encoding: 'utf8' });
  expect(status).toBe(1);
  expect(stderr).toBe(`release: the tag is v99.0.0, the version in package.json ${manifest.version}\n`);
});

test('npm run build:standalone knows its targets', () => {
  const words = ['.ci/standalone/build.js', '--target', 'amiga'];
  const { status, stderr } = spawnSync(process.execPath, words, { cwd: repository, encoding: 'utf8' });
  expect(status).toBe(2);
  expect(stderr).toContain('there is no target amiga; there are all, linux-x64, linux-x64-musl, linux-arm64,');
});
