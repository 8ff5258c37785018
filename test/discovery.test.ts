/** What `dflint DIR` finds. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { slashed } from '../src/cli/discovery/slashed.ts';
import { type RunOptions, runCli } from './harness/run-cli.ts';
import { temporaryProjects } from './harness/temporary-project.ts';

const project = temporaryProjects();
const clean = 'FROM node:22-alpine\nUSER node\nCMD ["node", "server.js"]\n';

/** A repository with such a Dockerfile at each path, and the other files. */
const repositoryOf = (dockerfiles: readonly string[], files: Readonly<Record<string, string>> = {}): string =>
  project({ ...Object.fromEntries(dockerfiles.map((path) => [path, clean])), ...files });

async function found(cwd: string, argv: readonly string[] = [], more: RunOptions = {}) {
  const { status, out, err } = await runCli(['--format', 'json', ...argv], { cwd, ...more });
  const paths: readonly string[] = out === '' ? [] : JSON.parse(out).files.map(({ path }: { path: string }) => path);
  return { status, paths, err };
}

describe('names and folders', () => {
  const names = [
    'Dockerfile',
    'Dockerfile.dev',
    'api.Dockerfile',
    'web.dockerfile',
    'Containerfile',
    'Containerfile.ci',
  ];
  const others = ['Dockerfile.dev~', 'Dockerfile.bak', 'Dockerfile.orig', 'Dockerfile.md', 'Dockerfile.dockerignore'];
  const below = ['.devcontainer/Dockerfile', 'a/b/c/Dockerfile', 'Dockerfile.d/Dockerfile'];
  const left = ['node_modules/p/Dockerfile', 'a/node_modules/Dockerfile', '.git/Dockerfile'];
  const root = repositoryOf([...names, ...others, ...below, ...left]);

  test('all below the folder, hidden ones too', async () => {
    expect(await found(root)).toEqual({ status: 0, paths: [...names, ...below].sort(), err: '' });
    expect((await found(root, ['.'])).paths).toEqual([...names, ...below].sort());
  });

  test('a folder as it is named', async () => {
    expect((await found(root, ['a', './.devcontainer/'])).paths).toEqual([
      '.devcontainer/Dockerfile',
      'a/b/c/Dockerfile',
    ]);
    expect((await found(join(root, 'a'), ['..', '../a/b'])).paths).toContain('../Dockerfile');
    expect((await found('/', [root])).paths).toContain(`${root}/a/b/c/Dockerfile`);
  });

  test('what is passed over is linted when it is named', async () => {
    expect((await found(root, ['node_modules'])).paths).toEqual(['node_modules/p/Dockerfile']);
    expect((await found(root, ['Dockerfile.bak'])).paths).toEqual(['Dockerfile.bak']);
  });

  test('each once', async () => {
    expect((await found(root, ['a', 'a/b', './a/b/c/Dockerfile'])).paths).toEqual(['a/b/c/Dockerfile']);
  });

  test('a folder without any', async () => {
    const { status, err } = await found(repositoryOf(['.git/Dockerfile'], { 'lib/a.js': '' }), ['lib', '.']);
    expect(status).toBe(2);
    expect(err.split('\n').map((line) => line.slice(0, 34))).toEqual([
      'dflint: lib: no Dockerfile in this',
      'dflint: .: no Dockerfile in this d',
      '',
    ]);
  });
});

describe('.gitignore', () => {
  test('nested, negated, of .git/info, of folders above', async () => {
    const paths = [
      'Dockerfile',
      'lib/Dockerfile',
      'web/lib/Dockerfile',
      'web/out/Dockerfile',
      'tmp/Dockerfile',
      'x.dockerfile',
    ];
    const root = repositoryOf(paths, {
      '.gitignore': 'lib/\n*.dockerfile\n',
      'web/.gitignore': '!lib/\n/out\n',
      '.git/info/exclude': 'tmp\n',
    });
    expect((await found(root)).paths).toEqual(['Dockerfile', 'web/lib/Dockerfile']);
    expect((await found(join(root, 'web'))).paths).toEqual(['lib/Dockerfile']);
  });

  test('a file or folder that is named is linted all the same', async () => {
    const root = repositoryOf(['build/Dockerfile', 'build/tmp/Dockerfile', 'Dockerfile'], {
      '.gitignore': 'build/\nDockerfile\n',
    });
    expect((await found(root, ['build/Dockerfile'])).paths).toEqual(['build/Dockerfile']);
    expect((await found(root, ['build'])).paths).toEqual(['build/Dockerfile', 'build/tmp/Dockerfile']);
    expect((await found(root, ['--exclude', 'Dockerfile', 'Dockerfile'])).paths).toEqual(['Dockerfile']);
  });

  test('a repository within another is ruled by its own', async () => {
    const root = repositoryOf(['vendor/app/Dockerfile', 'vendor/app/gone/Dockerfile'], { '.gitignore': 'app/D*\n' });
    expect((await found(root)).status).toBe(0);
    writeFileSync(join(root, 'vendor/app/.git'), 'gitdir: ../../.git/modules/app\n');
    mkdirSync(join(root, '.git/modules/app/info'), { recursive: true });
    writeFileSync(join(root, '.git/modules/app/info/exclude'), 'gone\n');
    writeFileSync(join(root, '.gitignore'), 'Dockerfile\n');
    expect((await found(root)).paths).toEqual(['vendor/app/Dockerfile']);
  });

  test('what git would add', async () => {
    const name = fc.constantFrom('a', 'b', 'c');
    const folder = fc.array(name, { maxLength: 3 }).map((names) => names.map((each) => `${each}/`).join(''));
    const pattern = fc.constantFrom(
      'a',
      '/a',
      'b/',
      '!a',
      '!b/',
      'a/b',
      '**/c',
      'a/**',
      '*',
      '!c/',
      '/*/b',
      '!Dockerfile',
      'Dockerfile',
    );
    const ignores = fc.array(fc.tuple(folder, fc.array(pattern, { minLength: 1, maxLength: 3 })), { maxLength: 4 });
    const env = {
      ...process.env,
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_NOSYSTEM: '1',
      XDG_CONFIG_HOME: '/nowhere',
    };
    const property = fc.asyncProperty(
      fc.array(folder, { minLength: 1, maxLength: 8 }),
      ignores,
      async (folders, files) => {
        const root = repositoryOf(
          folders.map((each) => `${each}Dockerfile`),
          Object.fromEntries(files.map(([at, patterns]) => [`${at}.gitignore`, `${patterns.join('\n')}\n`])),
        );
        rmSync(join(root, '.git'), { recursive: true });
        execFileSync('git', ['init', '-q', root], { env });
        const words = ['ls-files', '-z', '--others', '--exclude-standard', '--', '*Dockerfile'];
        const listed = execFileSync('git', words, { cwd: root, env, encoding: 'utf8' })
          .split('\0')
          .filter(Boolean)
          .sort();
        expect((await found(root)).paths).toEqual(listed);
      },
    );
    await fc.assert(property, { numRuns: 60, seed: Number(process.env['DISCOVERY_SEED'] ?? 1) });
  });
});

describe('--exclude', () => {
  const paths = ['Dockerfile', 'legacy/Dockerfile', 'a/legacy/Dockerfile', 'a/Dockerfile.dev', 'a/b/Dockerfile'];
  const root = repositoryOf(paths);
  test.each([
    [['legacy'], ['Dockerfile', 'a/Dockerfile.dev', 'a/b/Dockerfile']],
    [
      ['./legacy/', '*.dev'],
      ['Dockerfile', 'a/b/Dockerfile', 'a/legacy/Dockerfile'],
    ],
    [['a/**'], ['Dockerfile', 'legacy/Dockerfile']],
    [
      ['a/*', '!a/b'],
      ['Dockerfile', 'a/b/Dockerfile', 'legacy/Dockerfile'],
    ],
    [[`${root}/a`], ['Dockerfile', 'legacy/Dockerfile']],
  ])('%j', async (globs, left) => {
    expect(
      (
        await found(
          root,
          globs.flatMap((glob) => ['--exclude', glob]),
        )
      ).paths,
    ).toEqual(left);
  });

  test('of everything', async () => {
    const { status, err } = await found(root, ['legacy', '--exclude', 'Dockerfile']);
    expect(status).toBe(2);
    expect(err).toContain('no Dockerfile in this directory but what .gitignore or --exclude leaves out (1); name');
  });

  test('is relative to the working directory', async () => {
    const { paths: left } = await found(join(root, 'legacy'), ['--exclude', '../a', '..']);
    expect(left).toEqual(['../Dockerfile', '../legacy/Dockerfile']);
  });

  test('of the configuration nearest to the file', async () => {
    const configured = repositoryOf(paths, {
      'dflint.config.json': '{ "exclude": ["/legacy", "b/"] }',
      'a/dflint.config.json': '{ "exclude": ["legacy"] }',
    });
    expect((await found(configured)).paths).toEqual(['Dockerfile', 'a/Dockerfile.dev']);
    expect((await found(configured, ['--no-config'])).paths).toEqual([...paths].sort());
    expect((await found(configured, ['legacy/Dockerfile'])).paths).toEqual(['legacy/Dockerfile']);
  });
});

describe('what compose and bake files point to', () => {
  test('files by any name, in what is searched', async () => {
    const root = repositoryOf(['docker/prod.image', 'docker/ci', 'gone/x', 'svc/build.image', 'node_modules/m/y'], {
      '.gitignore': 'gone/\n',
      'compose.yaml':
        'services:\n  a: {build: {context: ., dockerfile: docker/prod.image}}\n  b: {build: {context: ., dockerfile: gone/x}}\n' +
        '  c: {build: {context: svc, dockerfile: build.image}}\n  d: {build: {dockerfile: none}}\n  e: {build: {dockerfile: node_modules/m/y}}\n',
      'docker-bake.hcl': 'target "ci" {\n  dockerfile = "docker/ci"\n}\n',
    });
    expect(await found(root)).toEqual({
      status: 0,
      paths: ['docker/ci', 'docker/prod.image', 'svc/build.image'],
      err: '',
    });
    expect((await found(root, ['svc'])).paths).toEqual(['svc/build.image']);
  });

  test('one of them, named', async () => {
    const root = repositoryOf(['Dockerfile', 'a/x', 'b/y'], {
      'c/compose.yaml': 'services:\n  a: {build: {context: ../a, dockerfile: x}}\n',
      'c/compose.dev.yaml': 'services:\n  b: {build: {context: ../b, dockerfile: y}}\n',
      'd/compose.yaml': 'services:\n  db: {image: "postgres:17"}\n',
    });
    expect((await found(root, ['c/compose.yaml'])).paths).toEqual(['a/x']);
    expect((await found(root, ['c/compose.dev.yaml', 'Dockerfile'])).paths).toEqual(['Dockerfile', 'b/y']);
    expect(await found(root, ['d/compose.yaml'])).toEqual({
      status: 2,
      paths: [],
      err: 'dflint: d/compose.yaml: builds no Dockerfile that is there\n',
    });
  });

  const inline = [
    'services:',
    '  web:',
    '    build:',
    '      context: .',
    '      args:',
    '        RELEASE: "22"',
    '      dockerfile_inline: |',
    '        ARG RELEASE',
    '        FROM node:$${RELEASE}-alpine',
    '        WORKDIR /app',
    '        RUN cd lib',
    '        RUN echo ${TAG} && cd src',
    '        CMD ["node", "server.js"]',
    '  tool:',
    '    build:',
    '      dockerfile_inline: "FROM node:latest\\nUSER node\\n"',
    '',
  ].join('\n');

  test('dockerfile_inline, at its place', async () => {
    const root = project({ 'compose.yaml': inline });
    const { out } = await runCli(['--format', 'json', '--preset', 'all'], { cwd: root });
    const [file, ...others] = JSON.parse(out).files;
    expect(others).toEqual([]);
    expect(file.path).toBe('compose.yaml');
    const places = file.findings.map(({ rule, line, column }: { rule: string; line: number; column: number }) => [
      rule,
      line,
      column,
    ]);
    expect(places).toContainEqual(['cd-instead-of-workdir', 11, 13]);
    expect(places).toContainEqual(['root-user', 9, 9]);
    expect(places).toContainEqual(['unpinned-image', 16, 7]);
    expect(places.filter(([, line]: readonly number[]) => line === 12)).toEqual([]);
    const text = await runCli(['--preset', 'all'], { cwd: root });
    expect(text.out).toContain('  11 |         RUN cd lib\n     |             ^^^^^^');
  });

  test('--fix leaves the file around it alone', async () => {
    const root = project({ 'compose.yaml': inline });
    await runCli(['--preset', 'all', '--unsafe-fixes'], { cwd: root });
    expect(readFileSync(join(root, 'compose.yaml'), 'utf8')).toBe(inline);
  });

  test('the same with CRLF', async () => {
    const root = project({ 'compose.yaml': inline, 'crlf/compose.yaml': inline.replaceAll('\n', '\r\n') });
    const { out } = await runCli(['--preset', 'all'], { cwd: root });
    expect(out).toContain('crlf/compose.yaml:11:13 warning cd-instead-of-workdir');
    expect(out.split('cd-instead-of-workdir')).toHaveLength(3);
  });

  test('dockerfile-inline of bake files', async () => {
    const root = project({
      'docker-bake.hcl':
        'variable "RELEASE" {\n  default = "22"\n}\ntarget "web" {\n  dockerfile-inline = <<EOT\nFROM node:${RELEASE}\nRUN cd lib\nEOT\n}\n',
      'ci/docker-bake.json': '{"target": {"web": {"dockerfile-inline": "FROM node:22\\nRUN cd lib\\n"}}}',
    });
    const { out } = await runCli(['--preset', 'all'], { cwd: root });
    expect(out).toContain('docker-bake.hcl:7:5 warning cd-instead-of-workdir');
    expect(out).toContain('ci/docker-bake.json:1:1 warning cd-instead-of-workdir');
  });
});

describe('what stands in the way', () => {
  test('loops of links, FIFOs, links to nothing', async () => {
    const root = repositoryOf(['a/Dockerfile', 'real.Dockerfile']);
    symlinkSync('..', join(root, 'a/loop'));
    symlinkSync('nowhere', join(root, 'a/Dockerfile.gone'));
    symlinkSync('../real.Dockerfile', join(root, 'a/Dockerfile.link'));
    symlinkSync('.', join(root, 'Dockerfile'));
    execFileSync('mkfifo', [join(root, 'a/Dockerfile.pipe'), join(root, 'a/compose.yaml')]);
    expect(await found(root)).toEqual({
      status: 0,
      paths: ['a/Dockerfile', 'a/Dockerfile.link', 'real.Dockerfile'],
      err: '',
    });
    expect((await found(root, ['a/loop/a'])).paths).toEqual(['a/loop/a/Dockerfile', 'a/loop/a/Dockerfile.link']);
    expect((await found(root, ['a/Dockerfile.pipe'])).err).toContain('is a FIFO');
  });

  test('a folder that may not be read is told, the others are linted', async () => {
    const root = repositoryOf(['a/Dockerfile', 'locked/Dockerfile']);
    chmodSync(join(root, '..'), 0o755);
    chmodSync(root, 0o755);
    chmodSync(join(root, 'locked'), 0);
    const isRoot = process.getuid?.() === 0;
    if (isRoot) process.seteuid?.(65534);
    try {
      expect(await found(root)).toEqual({
        status: 2,
        paths: ['a/Dockerfile'],
        err: 'dflint: locked: cannot be read: permission denied\n',
      });
    } finally {
      if (isRoot) process.seteuid?.(0);
      chmodSync(join(root, 'locked'), 0o755);
    }
  });
});

test('paths of Windows', () => {
  expect(slashed('C:\\work\\api\\Dockerfile', '\\')).toBe('C:/work/api/Dockerfile');
  expect(slashed('a\\b', '/')).toBe('a\\b');
});
