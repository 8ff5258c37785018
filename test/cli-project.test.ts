/** The command line and the project around a Dockerfile: --context, --build-arg, compose and CI files. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCli } from './harness/run-cli.ts';
import { temporaryProjects } from './harness/temporary-project.ts';

const project = temporaryProjects();

const json = async (cwd: string, ...argv: readonly string[]): Promise<readonly string[]> => {
  const { out } = await runCli(['--format', 'json', ...argv], { cwd });
  const [file] = JSON.parse(out).files;
  return file.findings.map((each: { line: number; rule: string }) => `${each.line} ${each.rule}`);
};

const twoStages =
  'FROM node:22-alpine AS prod\nUSER node\nCMD ["node", "server.js"]\nFROM node:22-alpine AS debug\nCMD ["node", "server.js"]\n';

test('files of the project that cannot be understood are told, once, and nothing fails', async () => {
  const cwd = project({
    'api/Dockerfile': 'FROM scratch\nUSER 1\nCMD ["/api"]\n',
    'web/Dockerfile': 'FROM scratch\nUSER 1\nCMD ["/web"]\n',
    'compose.yaml': 'services:\n  web:\n    build: web\n   x: [\n',
    'compose.tools.yaml': 'services: [\n',
  });
  expect(await runCli([], { cwd })).toMatchObject({
    status: 0,
    err: 'dflint: compose.yaml cannot be understood: what it says of builds counts for nothing\n',
  });
});

describe('what ships', () => {
  test('the target that a compose file builds', async () => {
    const compose = 'services:\n  web:\n    build: {context: ., target: prod}\n';
    expect(await json(project({ Dockerfile: twoStages }))).toContain('4 root-user');
    expect(await json(project({ Dockerfile: twoStages, 'compose.yaml': compose }))).not.toContain('4 root-user');
    const above = project({
      'web/Dockerfile': twoStages,
      '.github/workflows/ci.yml':
        'jobs:\n  image:\n    steps:\n      - run: docker build --target prod web\n      - run: docker build api\n',
    });
    expect(await json(above, 'web')).not.toContain('4 root-user');
  });
});

describe('--build-arg', () => {
  const root = project({ Dockerfile: 'FROM node:22-alpine\nARG WHO=root\nUSER $WHO\nCMD ["node", "server.js"]\n' });
  test.each([
    [[], {}, true],
    [['--build-arg', 'WHO=node'], {}, false],
    [['--build-arg', 'WHO'], { WHO: 'node' }, false],
    [['--build-arg', 'WHO'], {}, true],
    [['--build-arg=A=1', '--build-arg=WHO=1000=x'], {}, false],
  ])('%j with %j', async (argv, env, found) =>
    expect((await runCli([...argv, '--format=json'], { cwd: root, env })).out.includes('root-user')).toBe(found),
  );
});

describe('--context', () => {
  const root = project({
    'docker/Dockerfile': 'FROM node:22-alpine\nCOPY package.json ./\nRUN npm ci\nUSER node\nCMD ["node", "x.js"]\n',
    'web/package.json': '{}',
    'other/package.json': '{}',
    'other/package-lock.json': '{}',
  });
  test('is where lockfiles and sources are looked for', async () => {
    expect(await json(root, '--context', 'web', 'docker')).toContain('3 install-without-lockfile');
    expect(await json(root, 'docker/Dockerfile')).toContain('3 install-without-lockfile');
  });

  test('is told by a compose file', async () => {
    const compose = 'services: {web: {build: {context: web, dockerfile: ../docker/Dockerfile}}}';
    writeFileSync(join(root, 'compose.yaml'), compose);
    expect(await json(root, 'docker')).toContain('3 install-without-lockfile');
  });
});

test.each([
  [
    ['--context', 'missing'],
    'dflint: --context missing: no such folder; give the folder that docker build gets\nSee dflint --help.\n',
  ],
  [
    ['--context', 'Dockerfile'],
    'dflint: --context Dockerfile: is not a folder; give the folder that docker build gets\nSee dflint --help.\n',
  ],
  [
    ['--context', 'https://example.com/x.git'],
    'dflint: --context https://example.com/x.git: only folders can be read; give the folder that docker build gets\nSee dflint --help.\n',
  ],
  [
    ['--build-arg', '=1'],
    'dflint: --build-arg needs a name: --build-arg NAME=VALUE, or NAME alone for its value in the environment\nSee dflint --help.\n',
  ],
])('%j is wrong usage', async (argv, message) => {
  const { status, err } = await runCli(argv, { cwd: project({ Dockerfile: twoStages }) });
  expect({ status, err }).toEqual({ status: 2, err: message });
});
