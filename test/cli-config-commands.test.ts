/** `dflint config` and `dflint init`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { runCli } from './harness/run-cli.ts';
import { repository } from './harness/shared.ts';
import { temporaryProjects } from './harness/temporary-project.ts';

const project = temporaryProjects();

describe('dflint config', () => {
  const files = {
    'web/Dockerfile': 'FROM node\n',
    'dflint.config.yaml':
      'extends: ./conf/base.json\nrules: {DL3006: off}\nexclude: [vendor/]\noverrides:\n  - files: web/*\n    targets: [prod]\n    buildArgs: {TAG: 22}\n',
    'conf/base.json':
      '{\n  "extends": "strict",\n  "rules": {"untrusted-registry": ["on", {"registries": ["docker.io"]}]}\n}\n',
  };

  test('what applies to a file, and where it is said', async () => {
    const { status, out, err } = await runCli(
      ['config', 'web/Dockerfile', '--fail-on', 'info', '--rule', 'root-user=off', '--build-arg', 'NODE'],
      { cwd: project(files) },
    );
    expect([status, err]).toEqual([0, '']);
    const [head, ...rows] = out
      .trimEnd()
      .split('\n')
      .map((line) => line.trim().split(/ {2,}/));
    expect(head).toEqual(['web/Dockerfile: from conf/base.json, dflint.config.yaml']);
    expect(rows).toEqual([
      ['presets', 'strict', 'conf/base.json:2:3'],
      ['failOn', 'info', 'command line'],
      ['minConfidence', 'likely', 'default'],
      ['ignoreComments', 'true', 'default'],
      ['requireReason', 'false', 'default'],
      ['shellcheck', 'auto', 'default'],
      ['targets', 'prod', 'dflint.config.yaml:6:5'],
      ['context', 'what compose and bake files say, else found', 'default'],
      ['exclude', 'vendor/', 'dflint.config.yaml:3:1'],
      ['baseline', 'none', 'default'],
      ['buildArgs.NODE', 'that of the environment', 'command line'],
      ['buildArgs.TAG', '22', 'dflint.config.yaml:7:17'],
      ['rules.hadolint/DL3006', 'off', 'dflint.config.yaml:2:9'],
      ['rules.root-user', 'off', 'command line'],
      ['rules.untrusted-registry', '["on",{"registries":["docker.io"]}]', 'conf/base.json:3:13'],
    ]);
  });

  test('--format json says the same to programs; a file that is not there yet, a folder, no configuration', async () => {
    const cwd = project(files);
    const { out } = await runCli(['config', '--format', 'json', 'web'], { cwd });
    const { file, files: read, settings } = JSON.parse(out);
    expect([file, read]).toEqual(['web/Dockerfile', ['conf/base.json', 'dflint.config.yaml']]);
    expect(settings).toContainEqual({
      name: 'targets',
      value: ['prod'],
      from: { path: 'dflint.config.yaml', line: 6, column: 5 },
    });
    expect(settings).toContainEqual({ name: 'failOn', value: 'warning', from: 'default' });
    const none = await runCli(['config', 'new/Dockerfile', '--no-config'], { cwd });
    expect([none.status, none.out.split('\n')[0]]).toEqual([0, 'new/Dockerfile: no configuration applies']);
  });

  test('JSON keeps to the published schema', async () => {
    const cwd = project({
      Dockerfile: 'FROM node:22\n',
      'dflint.config.yaml':
        'rules: {root-user: [on, {}], DL3006: off}\nbuildArgs: {A: 1, B: null}\ntargets: a\nexclude: [b]\n',
    });
    const { $schema, $defs } = JSON.parse(readFileSync(join(repository, 'src/report/answers.schema.json'), 'utf8'));
    const isValid = new Ajv2020({ strict: false }).compile({ $schema, $defs, $ref: '#/$defs/config' });
    for (const argv of [[], ['--no-config'], ['--rule', 'DL3008=error', '--build-arg', 'C', '--no-baseline']]) {
      const { out } = await runCli(['config', '--format', 'json', ...argv], { cwd });
      isValid(JSON.parse(out));
      expect(isValid.errors).toBeNull();
    }
    expect(isValid({ version: 1, file: 'a', files: [], settings: [{ name: 3, value: 1, from: 'default' }] })).toBe(
      false,
    );
  });

  test('mistakes, wrong usage, help', async () => {
    const cwd = project({ 'dflint.config.toml': '[rules]\nroot-user = "of"\n' });
    expect(await runCli(['config'], { cwd })).toMatchObject({
      status: 2,
      err: 'dflint: dflint.config.toml:2:1: rules.root-user must be one of off, on, info, warning, error, or [setting, options] (did you mean off?)\n',
    });
    expect((await runCli(['config', 'a', 'b'], { cwd })).status).toBe(2);
    expect((await runCli(['config', '--format', 'sarif'], { cwd })).err).toContain('--format text or --format json');
    const help = await runCli(['config', '--help'], { cwd });
    expect([help.status, help.out]).toEqual([0, expect.stringContaining('where each value comes from')]);
  });
});

describe('dflint init', () => {
  test('writes a configuration that says what holds anyway, and overwrites nothing', async () => {
    const cwd = project({ Dockerfile: 'FROM node:22\nUSER node\n' });
    const { status, out, err } = await runCli(['init'], { cwd });
    expect([status, err]).toEqual([0, '']);
    expect(out).toBe(
      'dflint.config.json is written\nthere is no .dockerignore: all that is in the build context goes to the builder\n',
    );
    expect(readFileSync(join(cwd, 'dflint.config.json'), 'utf8')).toContain('// Which rules: recommended');
    expect(await runCli([], { cwd })).toMatchObject({ err: '' });
    expect(await runCli(['init'], { cwd })).toMatchObject({
      status: 2,
      err: 'dflint: dflint.config.json is there already; nothing is overwritten\n',
    });
    const manifest = project({ 'package.json': '{"dflint": {"failOn": "error"}}' });
    expect((await runCli(['init'], { cwd: manifest })).err).toContain('package.json is there already');
  });

  test('takes over what hadolint is told, and names what builds the stages', async () => {
    const cwd = project({
      Dockerfile: 'FROM node AS dev\nFROM node AS prod\nUSER node\n',
      '.dockerignore': '.git\n',
      'compose.yaml': 'services:\n  web:\n    build:\n      context: .\n      target: prod\n',
      '.hadolint.yaml': 'ignored: [DL3006, DL9999]\nfailure-threshold: error\n',
      'node_modules/dflint/package.json': '{}',
    });
    const before = await runCli(['--preset', 'recommended', '--preset', 'hadolint', '--format', 'json'], { cwd });
    const { status, out } = await runCli(['init'], { cwd });
    expect(status).toBe(0);
    expect(out).toContain('left out: DL9999: dflint has no rule for it');
    const text = readFileSync(join(cwd, 'dflint.config.json'), 'utf8');
    expect(text).toContain('// "targets": ["prod"],');
    expect(text).toContain('prod (compose.yaml:5)');
    expect(text).toContain('"$schema": "./node_modules/dflint/src/config/config.schema.json"');
    const after = await runCli(['--format', 'json'], { cwd });
    expect([after.err, after.status, after.out]).toEqual(['', before.status, before.out]);
  });

  test('--print writes nothing; a configuration that hadolint would not take is told', async () => {
    const cwd = project({});
    const { out } = await runCli(['init', '--print'], { cwd });
    expect(out).toContain('"failOn": "warning"');
    expect((await runCli(['init', '--print'], { cwd })).status).toBe(0);
    const broken = project({ '.hadolint.yaml': 'ignored: 3\n' });
    expect(await runCli(['init'], { cwd: broken })).toMatchObject({
      status: 2,
      err: 'dflint: .hadolint.yaml: hadolint would not take this configuration; mend or remove it first\n',
    });
  });
});
