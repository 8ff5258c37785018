/** The configuration that applies to a Dockerfile: dflint's own in each format, hadolint's where there is none, and the way from one to the other. */
import { chmodSync, existsSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCli } from './harness/run-cli.ts';
import { temporaryProjects } from './harness/temporary-project.ts';

const project = temporaryProjects();

const dockerfile = 'FROM node\nWORKDIR app\nCMD ["node", "server.js"]\n';

async function rulesFound(cwd: string, ...argv: readonly string[]): Promise<Record<string, string>> {
  const { out } = await runCli(['--format', 'json', ...argv], { cwd });
  const [file] = JSON.parse(out).files;
  return Object.fromEntries(
    file.findings.map((each: { rule: string; severity: string }): [string, string] => [each.rule, each.severity]),
  );
}

describe('each format', () => {
  test.each([
    ['dflint.config.json', '{\n  // ours\n  "rules": {"root-user": "off", "DL3006": "error",},\n}\n'],
    ['dflint.config.yaml', 'rules:\n  root-user: off\n  DL3006: error\n'],
    ['dflint.config.yml', 'rules: {root-user: off, hadolint/DL3006: error}\n'],
    ['dflint.config.toml', '[rules]\nroot-user = "off"\nDL3006 = "error"\n'],
    ['package.json', '{"name": "web", "dflint": {"rules": {"root-user": "off", "DL3006": "error"}}}\n'],
  ])('%s', async (name, text) => {
    const found = await rulesFound(project({ Dockerfile: dockerfile, [name]: text }));
    expect(found['root-user']).toBeUndefined();
    expect(found['unpinned-image']).toBe('error');
  });

  test('of several in a folder the first counts, and the others are told', async () => {
    const config = { 'dflint.config.toml': '[rules]\nroot-user = "off"\n', 'dflint.config.yaml': 'rules: {}\n' };
    const { out, err } = await runCli([], { cwd: project({ Dockerfile: dockerfile, ...config }) });
    expect(err).toBe('dflint: dflint.config.yaml is the configuration; dflint.config.toml beside it is passed over\n');
    expect(out).toContain('root-user');
  });

  test('the nearest one upward, to the root of the repository', async () => {
    const root = project({
      'dflint.config.yaml': 'rules: {root-user: off}\n',
      'web/Dockerfile': dockerfile,
      'api/Dockerfile': dockerfile,
      'api/dflint.config.json': '{}',
      'other/.git/HEAD': '',
      'other/Dockerfile': dockerfile,
    });
    expect(await rulesFound(root, 'web')).not.toHaveProperty('root-user');
    expect(await rulesFound(root, 'api')).toHaveProperty('root-user');
    expect(await rulesFound(root, 'other')).toHaveProperty('root-user');
  });
});

describe('the command line goes first', () => {
  const files = {
    Dockerfile: dockerfile,
    'dflint.config.yaml': 'presets: hadolint\nfailOn: error\nrules: {DL3006: off}\n',
  };

  test('--rule, --preset, --fail-on, --no-config, --config', async () => {
    const root = project({ ...files, 'strict.toml': 'presets = ["strict"]\n' });
    expect(await rulesFound(root)).not.toHaveProperty('unpinned-image');
    expect(await rulesFound(root, '--rule', 'unpinned-image=error')).toHaveProperty('unpinned-image', 'error');
    expect(await rulesFound(root, '--no-config')).toHaveProperty('unpinned-image');
    expect(await rulesFound(root, '--config', 'strict.toml')).toHaveProperty('unpinned-image');
    expect((await runCli(['--preset', 'recommended'], { cwd: root })).status).toBe(0);
    expect((await runCli(['--preset', 'recommended', '--fail-on', 'info'], { cwd: root })).status).toBe(1);
  });
});

describe('mistakes', () => {
  test('are all told, with file, place and the nearest spelling, and the rest is honoured', async () => {
    const cwd = project({
      Dockerfile: dockerfile,
      'dflint.config.json':
        '{\n  "preset": "strict",\n  "rules": {\n    "rot-user": "off",\n    "root-user": "wrning",\n    "unpinned-image": "off",\n    "unlocked-install": ["on", {"a": 1}]\n  },\n  "failOn": "warn"\n}\n',
    });
    const { status, out, err } = await runCli([], { cwd });
    expect(status).toBe(2);
    expect(err.trimEnd().split('\n')).toEqual([
      'dflint: dflint.config.json:2:3: unknown key preset (did you mean presets?)',
      'dflint: dflint.config.json:4:5: there is no rule rot-user (did you mean root-user?)',
      'dflint: dflint.config.json:5:5: rules.root-user must be one of off, on, info, warning, error, or [setting, options] (did you mean warning?)',
      'dflint: dflint.config.json:7:5: unlocked-install has no options; write its setting alone',
      'dflint: dflint.config.json:9:3: failOn must be one of error, warning, info, never',
    ]);
    expect(out).toContain('root-user');
    expect(out).not.toContain('unpinned-image');
  });

  test.each([
    ['dflint.config.json', '{"rules": \n', '2:1: '],
    ['dflint.config.yaml', 'rules: [\n', ': '],
    ['dflint.config.toml', 'rules = \n', '1:9: '],
    ['dflint.config.json', '[]', '1:1: the configuration must be a map of names to values'],
    ['dflint.config.yaml', '- a\n', '1:1: the configuration must be a map of names to values'],
  ])('%s: %j', async (name, text, says) => {
    const { status, err, out } = await runCli([], { cwd: project({ Dockerfile: dockerfile, [name]: text }) });
    expect(status).toBe(2);
    expect(err).toMatch(new RegExp(`^dflint: ${name}:\\d+:\\d+: `));
    expect(err).toContain(says);
    expect(out).toContain('root-user');
  });

  test('a file that --config names is not there', async () => {
    const { status, err } = await runCli(['--config', 'nowhere.yaml'], { cwd: project({ Dockerfile: dockerfile }) });
    expect([status, err]).toEqual([2, 'dflint: nowhere.yaml: no such file or directory\n']);
  });
});

describe('a configuration with mistakes', () => {
  const files = {
    Dockerfile: 'FROM alpine:3.22\nMAINTAINER me\nUSER 1000\nCMD ["true"]\n',
    'dflint.config.yaml': 'rules:\n  maintaner: off\nbaseline: known.json\n',
  };
  const fault = 'dflint: dflint.config.yaml:2:3: there is no rule maintaner (did you mean maintainer?)\n';

  test.each([[['--fix']], [['--unsafe-fixes']], [['--fix', 'Dockerfile']]])('%j mends nothing', async (argv) => {
    const cwd = project(files);
    const { status, err } = await runCli(argv, { cwd });
    expect(status).toBe(2);
    expect(err).toContain(`dflint: nothing is mended where the configuration has mistakes\n`);
    expect(err).toContain(fault);
    expect(readFileSync(join(cwd, 'Dockerfile'), 'utf8')).toBe(files.Dockerfile);
    expect(await runCli(['--diff'], { cwd })).toMatchObject({ status: 2, out: '' });
  });

  test('records no baseline', async () => {
    const cwd = project(files);
    const { status, err } = await runCli(['--update-baseline'], { cwd });
    expect(status).toBe(2);
    expect(err).toContain('dflint: known.json: is not written, as the configuration has mistakes\n');
    expect(existsSync(join(cwd, 'known.json'))).toBe(false);
  });

  test('elsewhere does not keep the rest from being mended', async () => {
    const cwd = project({
      'a/Dockerfile': files.Dockerfile,
      'b/Dockerfile': files.Dockerfile,
      'b/dflint.config.yaml': 'rule: {}\n',
    });
    expect((await runCli(['--fix'], { cwd })).status).toBe(2);
    expect(readFileSync(join(cwd, 'a/Dockerfile'), 'utf8')).not.toContain('MAINTAINER');
    expect(readFileSync(join(cwd, 'b/Dockerfile'), 'utf8')).toBe(files.Dockerfile);
  });
});

describe('the configuration of hadolint', () => {
  test('is honoured where dflint has none, and said so once', async () => {
    const hadolint = 'ignored: [DL3006]\noverride:\n  error: [DL3000]\nfailure-threshold: error\n';
    const root = project({ 'a/Dockerfile': dockerfile, 'b/Dockerfile': dockerfile, '.hadolint.yaml': hadolint });
    const { err } = await runCli(['a', 'b'], { cwd: root });
    expect(err).toBe(
      'dflint: .hadolint.yaml is honoured, as there is no configuration of dflint; see dflint migrate\n',
    );
    const found = await rulesFound(root, 'a');
    expect(found).not.toHaveProperty('unpinned-image');
    expect(found).toHaveProperty('relative-workdir', 'error');
    writeFileSync(join(root, 'dflint.config.json'), '{}');
    expect(await rulesFound(root, 'a')).toHaveProperty('unpinned-image');
  });

  test.each([
    ['no-fail: true', 0],
    ['failure-threshold: error', 0],
    ['failure-threshold: warning', 1],
    ['failure-threshold: style', 1],
    ['failure-threshold: none', 1],
    ['override:\n  error: [DL3006]\nfailure-threshold: error', 1],
  ])('%j', async (text, status) => {
    const cwd = project({ Dockerfile: 'FROM node\nUSER node\n', '.hadolint.yml': `${text}\n` });
    expect((await runCli([], { cwd })).status).toBe(status);
  });

  test('its pragmas may be switched off', async () => {
    const text = '# hadolint ignore=DL3006\nFROM node\nUSER node\n';
    expect(await rulesFound(project({ Dockerfile: text }))).not.toHaveProperty('unpinned-image');
    const off = project({ Dockerfile: text, '.hadolint.yaml': 'disable-ignore-pragma: true\n' });
    expect(await rulesFound(off)).toHaveProperty('unpinned-image');
  });

  test('one that hadolint would not take is passed over', async () => {
    const cwd = project({ Dockerfile: dockerfile, '.hadolint.yaml': 'failure-threshold: nonsense\n' });
    const { status, err } = await runCli([], { cwd });
    expect([status, err]).toEqual([
      1,
      'dflint: .hadolint.yaml: hadolint would not take this configuration, nor does dflint\n',
    ]);
  });
});

describe('dflint migrate', () => {
  const hadolint = 'ignored: [DL3006, DL9999]\noverride:\n  style: [DL3000]\nformat: json\nno-fail: true\n';
  const commented = '# hadolint global ignore=DL3045\r\nFROM node\r\n# hadolint ignore=DL3006,SC2086\r\nUSER node\r\n';

  test('prints the configuration, and what has no counterpart', async () => {
    const cwd = project({ '.hadolint.yaml': hadolint });
    const { status, out, err } = await runCli(['migrate'], { cwd });
    expect(status).toBe(0);
    expect(out).toBe(
      '# Made from .hadolint.yaml by dflint migrate.\nextends:\n  - recommended\n  - hadolint\nrules:\n  hadolint/DL3000: info\n  hadolint/DL3006: off\nfailOn: never\n',
    );
    expect(err).toBe(
      'dflint: .hadolint.yaml: left out: DL9999: dflint has no rule for it\ndflint: .hadolint.yaml: left out: format: give --format\n',
    );
  });

  test('--write makes the file and rewrites the comments, and nothing else', async () => {
    const cwd = project({ '.hadolint.yaml': hadolint, 'web/Dockerfile': commented });
    chmodSync(join(cwd, 'web/Dockerfile'), 0o640);
    symlinkSync('Dockerfile', join(cwd, 'web/Dockerfile.link'));
    expect((await runCli(['migrate', '--write', 'web/Dockerfile'], { cwd })).status).toBe(0);
    expect(readFileSync(join(cwd, 'web/Dockerfile'), 'utf8')).toBe(
      commented
        .replace('hadolint global ignore=DL3045', 'dflint global ignore=copy-without-workdir')
        .replace('hadolint ignore', 'dflint ignore'),
    );
    expect(statSync(join(cwd, 'web/Dockerfile')).mode & 0o777).toBe(0o640);
    const found = await runCli(['--format', 'json', 'web/Dockerfile'], { cwd });
    expect([found.status, found.err]).toEqual([0, '']);
    const again = await runCli(['migrate', '--write', 'web'], { cwd });
    expect([again.status, again.err]).toEqual([
      0,
      'dflint: .hadolint.yaml: left out: DL9999: dflint has no rule for it\n' +
        'dflint: .hadolint.yaml: left out: format: give --format\n' +
        'dflint: dflint.config.yaml is there already, and stays as it is\n',
    ]);
  });

  test('--write . rewrites what linting . reads; without paths it says what stays', async () => {
    const cwd = project({
      '.hadolint.yaml': 'ignored: [DL3006]\n',
      'a/Dockerfile': commented,
      'b/c/web.Dockerfile': commented,
      'compose.yaml': `services:\n  a:\n    build:\n      dockerfile_inline: |\n        # hadolint ignore=DL3006\n        FROM node\n`,
    });
    const inline = readFileSync(join(cwd, 'compose.yaml'), 'utf8');
    const alone = await runCli(['migrate', '--write'], { cwd });
    expect([alone.status, alone.err]).toEqual([
      0,
      'dflint: dflint.config.yaml is written\n' +
        'dflint: comments stay as they are, and are honoured; dflint migrate --write . rewrites them\n',
    ]);
    expect((await runCli(['migrate', '--write'], { cwd })).status).toBe(2);
    const whole = await runCli(['migrate', '--write', '.'], { cwd });
    expect(whole.status).toBe(0);
    expect(whole.err).toContain('dflint: a/Dockerfile: 2 comments of hadolint rewritten\n');
    expect(whole.err).toContain('dflint: b/c/web.Dockerfile: 2 comments of hadolint rewritten\n');
    expect(readFileSync(join(cwd, 'b/c/web.Dockerfile'), 'utf8')).not.toContain('hadolint');
    expect(readFileSync(join(cwd, 'compose.yaml'), 'utf8')).toBe(inline);
  });

  test('writes no second configuration beside one of another format', async () => {
    const cwd = project({ '.hadolint.yaml': 'ignored: [DL3006]\n', 'dflint.config.json': '{}' });
    const { status, err } = await runCli(['migrate', '--write'], { cwd });
    expect([status, err]).toEqual([2, 'dflint: dflint.config.json is there already, and stays as it is\n']);
    expect(existsSync(join(cwd, 'dflint.config.yaml'))).toBe(false);
  });

  test('without a configuration of hadolint', async () => {
    const cwd = project({ Dockerfile: commented });
    expect(await runCli(['migrate'], { cwd })).toMatchObject({
      status: 2,
      err: 'dflint: no .hadolint.yaml here or above; name it with --hadolint-config\n',
    });
    expect((await runCli(['migrate', 'Dockerfile'], { cwd })).status).toBe(0);
    expect((await runCli(['migrate', 'nowhere'], { cwd })).status).toBe(2);
  });
});
