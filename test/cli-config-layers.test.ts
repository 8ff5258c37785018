/** Configurations on top of each other: extends, overrides, and what they say of how a file is built. */
import { describe, expect, test } from 'vitest';
import { runCli } from './harness/run-cli.ts';
import { temporaryProjects } from './harness/temporary-project.ts';

const project = temporaryProjects();

const dockerfile = 'FROM node\nWORKDIR app\nCMD ["node", "server.js"]\n';

async function found(cwd: string, ...argv: readonly string[]): Promise<Record<string, string>> {
  const { out, err } = await runCli(['--format', 'json', ...argv], { cwd });
  expect(err).toBe('');
  const [file] = JSON.parse(out).files;
  return Object.fromEntries(
    file.findings.map((each: { rule: string; severity: string }): [string, string] => [each.rule, each.severity]),
  );
}

describe('extends', () => {
  test('files and presets, later ones go before earlier ones, the own text before all', async () => {
    const cwd = project({
      Dockerfile: dockerfile,
      'dflint.config.json': '{"extends": ["./conf/base.yaml", "strict"], "rules": {"root-user": "error"}}',
      'conf/base.yaml': 'extends: ../deep/base.toml\nrules: {root-user: off, relative-workdir: off}\n',
      'deep/base.toml': 'failOn = "never"\n[rules]\nunpinned-image = "info"\nrelative-workdir = "error"\n',
    });
    expect(await found(cwd)).toMatchObject({ 'root-user': 'error', 'unpinned-image': 'info' });
    expect(await found(cwd)).not.toHaveProperty('relative-workdir');
    expect((await runCli([], { cwd })).status).toBe(0);
  });

  test('presets that are extended add up, `presets` stands for itself', async () => {
    const adds = project({ Dockerfile: dockerfile, 'dflint.config.yaml': 'extends: [recommended, hadolint]\n' });
    const alone = project({
      Dockerfile: dockerfile,
      'dflint.config.yaml': 'extends: recommended\npresets: hadolint\n',
    });
    expect(Object.keys(await found(adds))).toContain('root-user');
    expect(await found(adds)).toHaveProperty('unpinned-image', 'warning');
    expect(Object.keys(await found(alone))).not.toContain('root-user');
  });

  test('a package, with globs relative to whoever extends it', async () => {
    const cwd = project({
      'web/Dockerfile': dockerfile,
      'dflint.config.yaml': 'extends: ["@acme/dflint-config", "@acme/dflint-config/strict.yaml"]\n',
      'node_modules/@acme/dflint-config/dflint.config.json':
        '{"overrides": [{"files": "web/*", "rules": {"root-user": "off"}}]}',
      'node_modules/@acme/dflint-config/strict.yaml': 'rules: {DL3006: error}\n',
    });
    expect(await found(cwd, 'web')).not.toHaveProperty('root-user');
    expect(await found(cwd, 'web')).toHaveProperty('unpinned-image', 'error');
  });

  test('what is said of a rule goes before what an extended file says of its codes; a setting keeps the options below', async () => {
    const cwd = project({
      Dockerfile: 'FROM quay.io/acme/web:1\nWORKDIR app\n',
      'dflint.config.yaml': 'extends: ./base.yaml\nrules: {relative-workdir: error, untrusted-registry: error}\n',
      'base.yaml': 'rules:\n  DL3000: off\n  untrusted-registry: [info, {registries: [docker.io]}]\n',
    });
    expect(await found(cwd)).toMatchObject({ 'relative-workdir': 'error', 'untrusted-registry': 'error' });
  });

  test.each([
    [
      'extends: ./base.yaml\n',
      { 'base.yaml': 'extends: ./dflint.config.yaml\n' },
      'base.yaml:1:1: extends leads back to itself: dflint.config.yaml → base.yaml → dflint.config.yaml',
    ],
    [
      'extends: [./dflint.config.yaml]\n',
      {},
      'dflint.config.yaml:1:11: extends leads back to itself: dflint.config.yaml → dflint.config.yaml',
    ],
    [
      'extends: stirct\n',
      {},
      'dflint.config.yaml:1:1: extends stirct: there is no such preset, file or package (did you mean strict?)',
    ],
    ['extends: ./nowhere.yaml\n', {}, 'dflint.config.yaml:1:1: extends ./nowhere.yaml: there is no such file'],
    [
      'extends: https://example.com/base.json\n',
      {},
      'dflint.config.yaml:1:1: extends https://example.com/base.json: dflint fetches nothing; name a file or a package',
    ],
    [
      'extends: 3\n',
      {},
      'dflint.config.yaml:1:1: extends must be a preset, the path of a configuration, a package, or a list of them',
    ],
    [
      'extends: base.yaml\n',
      { 'base.yaml': 'rules: {rot-user: off}\n' },
      'base.yaml:1:9: there is no rule rot-user (did you mean root-user?)',
    ],
    ['extends: base.json\n', { 'base.json': '{' }, 'base.json:1:2: close brace expected'],
  ])('%j is told', async (text, files, says) => {
    const { status, err, out } = await runCli([], {
      cwd: project({ Dockerfile: dockerfile, 'dflint.config.yaml': text, ...files }),
    });
    expect([status, err]).toEqual([2, `dflint: ${says}\n`]);
    expect(out).toContain('root-user');
  });
});

describe('overrides', () => {
  test.each([
    ['web/Dockerfile', true],
    ['web/', true],
    ['web', true],
    ['**/Dockerfile', true],
    ['Dockerfile', true],
    ['Dockerfile*', true],
    ['w?b/**', true],
    ['{api,we{b,c}}/Dockerfile', true],
    ['[v-x]eb/*', true],
    ['./web/**', true],
    ['/web', true],
    ['/Dockerfile', false],
    ['./Dockerfile', false],
    ['*/web/Dockerfile', false],
    ['[!w]eb/*', false],
    ['we', false],
    ['*.Dockerfile', false],
  ])('files: %j', async (files, takes) => {
    const cwd = project({
      'web/Dockerfile': dockerfile,
      'dflint.config.json': JSON.stringify({ overrides: [{ files, rules: { 'root-user': 'off' } }] }),
    });
    expect('root-user' in (await found(cwd, 'web'))).toBe(!takes);
  });

  test('later ones go before earlier ones, a glob with ! takes out', async () => {
    const cwd = project({
      'web/Dockerfile': dockerfile,
      'api/Dockerfile': dockerfile,
      'dflint.config.yaml': [
        'rules: {root-user: off}',
        'overrides:',
        '  - files: ["**", "!api/**"]',
        '    rules: {root-user: error}',
        '    failOn: never',
        '  - files: web/*',
        '    rules: {root-user: info}',
        '    presets: [hadolint]',
        '',
      ].join('\n'),
    });
    expect(await found(cwd, 'web')).toHaveProperty('root-user', 'info');
    expect(await found(cwd, 'api')).not.toHaveProperty('root-user');
    expect((await runCli(['web'], { cwd })).status).toBe(0);
    expect((await runCli(['api'], { cwd })).status).toBe(1);
  });

  test('mistakes are told at their place, and the rest is honoured', async () => {
    const cwd = project({
      Dockerfile: dockerfile,
      'dflint.config.yaml': [
        'overrides:',
        '  - rules: {root-user: off}',
        '  - files: Dockerfile',
        '    rule: {}',
        '    exclude: [a]',
        '    rules: {root-user: of, relative-workdir: off}',
        '    buildArgs: {"A B": 1, C: [1]}',
        '',
      ].join('\n'),
    });
    const { status, err, out } = await runCli([], { cwd });
    expect([status, err.trimEnd().split('\n')]).toEqual([
      2,
      [
        'dflint: dflint.config.yaml:2:5: overrides.0.files must be a text that is not empty, or a list of such texts',
        'dflint: dflint.config.yaml:4:5: unknown key rule (did you mean rules?)',
        'dflint: dflint.config.yaml:5:5: unknown key exclude; it holds for all files, not for some',
        'dflint: dflint.config.yaml:6:13: overrides.1.rules.root-user must be one of off, on, info, warning, error, or [setting, options] (did you mean off?)',
        'dflint: dflint.config.yaml:7:18: A B is no name of a build argument',
        'dflint: dflint.config.yaml:7:27: overrides.1.buildArgs.C must be a text, a number, true, false or null',
      ],
    ]);
    expect(out).toContain('root-user');
    expect(out).not.toContain('relative-workdir');
  });
});

test('places in TOML: tables, lists of tables, keys inside braces', async () => {
  const text = [
    '"failOn" = "warn"',
    '[rules]',
    '# root-user = 1',
    'root-user = "of"',
    '[[overrides]]',
    'files = "a"',
    '[[overrides]]',
    'files = "b"',
    'rules = { relative-workdir = "on", "unlocked-install" = "yes" }',
    '[overrides.buildArgs]',
    '  TAG = []',
  ].join('\n');
  const { err } = await runCli([], { cwd: project({ Dockerfile: dockerfile, 'dflint.config.toml': text }) });
  expect(
    err
      .trimEnd()
      .split('\n')
      .map((line) => line.replace('dflint: dflint.config.toml:', '').split(' ').slice(0, 2).join(' ')),
  ).toEqual([
    '1:1: failOn',
    '4:1: rules.root-user',
    '9:36: overrides.1.rules.unlocked-install',
    '11:3: overrides.1.buildArgs.TAG',
  ]);
});

describe('targets, context and buildArgs', () => {
  const staged = 'FROM node:22 AS dev\nFROM node:22 AS prod\nUSER node\nFROM node:22 AS test\n';

  test('targets: those that a file has, the others ship what they did', async () => {
    const cwd = project({
      'a/Dockerfile': staged,
      'b/Dockerfile': 'FROM node:22\n',
      'dflint.config.yaml': 'targets: prod\n',
    });
    expect(await found(cwd, 'a')).not.toHaveProperty('root-user');
    expect(await found(cwd, 'a', '--target', 'dev')).toHaveProperty('root-user');
    expect(await found(cwd, 'b')).toHaveProperty('root-user');
    const misspelt = project({ Dockerfile: staged, 'dflint.config.yaml': 'targets: [prdo]\n' });
    expect(await runCli([], { cwd: misspelt })).toMatchObject({
      err: 'dflint: dflint.config.yaml:1:1: Dockerfile has no stage prdo (did you mean prod?)\n',
    });
  });

  test('context: relative to the configuration', async () => {
    const cwd = project({
      'docker/web.Dockerfile': 'FROM node:22\nCOPY server.js /\nUSER node\n',
      'docker/dflint.config.yaml': 'context: ../app\n',
      'app/lib/server.js': '',
      'app/.dockerignore': '.git\n',
    });
    expect(await found(cwd, 'docker/web.Dockerfile')).toHaveProperty('copy-source-missing');
    const { err, status } = await runCli(['docker/web.Dockerfile', '--context', '.'], { cwd });
    expect([status, err]).toEqual([1, '']);
    const wrong = project({ Dockerfile: dockerfile, 'dflint.config.yaml': 'rules: {}\ncontext: nowhere\n' });
    expect(await runCli([], { cwd: wrong })).toMatchObject({
      status: 2,
      err: 'dflint: dflint.config.yaml:2:1: context nowhere: no such folder\n',
    });
  });

  test('buildArgs: from the configuration, the environment, the command line', async () => {
    const cwd = project({
      Dockerfile: 'ARG TAG=22\nFROM node:${TAG}\nUSER node\n',
      'dflint.config.yaml': 'buildArgs: {TAG: latest}\n',
    });
    expect(await found(cwd)).toHaveProperty('unpinned-image');
    expect(await found(cwd, '--build-arg', 'TAG=20')).not.toHaveProperty('unpinned-image');
    const environment = project({
      Dockerfile: 'ARG TAG=22\nFROM node:${TAG}\nUSER node\n',
      'dflint.config.json': '{"buildArgs": {"TAG": null}}',
    });
    const run = (env: Record<string, string>) => runCli([], { cwd: environment, env });
    expect((await run({ TAG: 'latest' })).out).toContain('unpinned-image');
    expect((await run({})).out).not.toContain('unpinned-image');
  });
});

test('ships, graph and rebuild heed targets, context and buildArgs, and run no plugin', async () => {
  const cwd = project({
    Dockerfile: 'ARG TAG=1\nFROM node:${TAG} AS prod\nFROM node:22 AS test\n',
    'dflint.config.yaml': 'targets: prod\nbuildArgs: {TAG: 24}\nplugins: [./nowhere.mjs]\nrules: {acme/own: off}\n',
  });
  const ships = await runCli(['ships'], { cwd });
  expect([ships.status, ships.err]).toEqual([0, '']);
  expect(ships.out).toMatch(/^prod line 2, on node:24/);
  expect((await runCli(['ships', '--build-arg', 'TAG=20'], { cwd })).out).toMatch(/^prod line 2, on node:20/);
  expect((await runCli(['ships', '--target', 'test'], { cwd })).out).toMatch(/^test line 3/);
});
