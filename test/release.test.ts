/** What a release runs: the workflows name what is there, and each step does by itself what it says. */
import { execFileSync, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { load } from 'js-yaml';
import { beforeAll, describe, expect, test } from 'vitest';
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

describe('npm run sbom', { timeout: 60_000 }, () => {
  const out = project({});
  const read = (name: string): unknown => JSON.parse(readFileSync(join(out, name), 'utf8'));
  const bundled = () => {
    const told = execFileSync(process.execPath, ['.ci/licences/list.js'], { cwd: repository, encoding: 'utf8' });
    const [first = ''] = told.split('used to build and test');
    return [...first.matchAll(/^ {2}(\S+@\d\S*)/gm)].map(([, name = '']) => name).sort();
  };
  beforeAll(() => {
    execFileSync(process.execPath, [join(repository, '.ci/licences/sbom.js'), out], { cwd: out, stdio: 'pipe' });
  }, 60_000);

  test('lists as CycloneDX what is bundled, and nothing else', () => {
    const licences = z.array(z.object({ license: z.object({ id: z.string().check(z.minLength(1)) }) }));
    const component = z.object({
      'bom-ref': z.string(),
      type: z.literal('library'),
      name: z.string(),
      version: z.string(),
      scope: z.literal('required'),
      purl: z.string().check(z.regex(/^pkg:npm\/(?:%40[\w.-]+\/)?[\w.-]+@\d/)),
      hashes: z.array(z.object({ alg: z.literal('SHA-512'), content: z.string().check(z.regex(/^[\da-f]{128}$/)) })),
      licenses: licences.check(z.minLength(1)),
    });
    const bom = z
      .object({
        bomFormat: z.literal('CycloneDX'),
        specVersion: z.enum(['1.5', '1.6', '1.7']),
        serialNumber: z.string().check(z.regex(/^urn:uuid:[\da-f-]{36}$/)),
        version: z.literal(1),
        metadata: z.object({ component: z.object({ name: z.literal('dflint'), version: z.string() }) }),
        components: z.array(component),
        dependencies: z.array(z.object({ ref: z.string(), dependsOn: z.array(z.string()) })),
      })
      .parse(read('dflint.cyclonedx.json'));
    const refs = bom.components.map((each) => each['bom-ref']).sort();
    expect(refs).toEqual(bundled());
    expect(bom.metadata.component.version).toBe(manifest.version);
    expect(bom.dependencies.map(({ ref }) => ref).sort()).toEqual([...refs, `dflint@${manifest.version}`].sort());
    expect(bom.dependencies.flatMap(({ dependsOn }) => dependsOn).filter((ref) => !refs.includes(ref))).toEqual([]);
  });

  test('and as SPDX', () => {
    const id = z.string().check(z.regex(/^SPDXRef-[\w.-]+$/));
    const document = z
      .object({
        spdxVersion: z.literal('SPDX-2.3'),
        dataLicense: z.literal('CC0-1.0'),
        SPDXID: z.literal('SPDXRef-DOCUMENT'),
        documentNamespace: z.string().check(z.regex(/^https?:\/\/\S+$/)),
        packages: z.array(
          z.object({ SPDXID: id, name: z.string(), versionInfo: z.string(), licenseDeclared: z.string() }),
        ),
        relationships: z.array(
          z.object({ spdxElementId: id, relatedSpdxElement: id, relationshipType: z.enum(['DESCRIBES', 'CONTAINS']) }),
        ),
      })
      .parse(read('dflint.spdx.json'));
    const [self, ...parts] = document.packages;
    expect([self?.name, self?.versionInfo]).toEqual(['dflint', manifest.version]);
    expect(parts.map(({ name, versionInfo }) => `${name}@${versionInfo}`).sort()).toEqual(bundled());
    const ids = ['SPDXRef-DOCUMENT', ...document.packages.map(({ SPDXID }) => SPDXID)];
    expect(new Set(ids).size).toBe(ids.length);
    const ends = document.relationships.flatMap((each) => [each.spdxElementId, each.relatedSpdxElement]);
    expect(ids.filter((each) => !ends.includes(each))).toEqual([]);
    expect(ends.filter((each) => !ids.includes(each))).toEqual([]);
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
