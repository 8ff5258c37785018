/** Rules of one's own: modules that a configuration names, and when they are run. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isCommandNamed } from './harness/command.ts';
import { runCli } from './harness/run-cli.ts';
import { repository } from './harness/shared.ts';
import { temporaryProjects } from './harness/temporary-project.ts';

const project = temporaryProjects();
/** Another command finds the modules of the sources nowhere, and is given what users have. */
const api = join(repository, isCommandNamed ? 'dist/api.js' : 'src/index.ts');

const labels = `import { defineRule, finding } from 'dflint';
export const rules = [
  defineRule({
    id: 'acme/no-label',
    says: 'the image has no label',
    because: 'Nobody knows whose it is.',
    instead: 'LABEL team=web',
    category: 'style',
    severity: 'warning',
    confidence: 'certain',
    *check({ file }) {
      const [first] = file.instructions;
      if (first !== undefined && !file.instructions.some(({ keyword }) => keyword === 'LABEL'))
        yield finding({ span: first.keywordSpan }, 'no LABEL');
    },
  }),
];
`.replace("'dflint'", JSON.stringify(api));

const given = { Dockerfile: 'FROM node:22\nUSER node\n', 'rules/labels.mjs': labels };
const config = { 'dflint.config.yaml': 'plugins: [./rules/labels.mjs]\n' };

test('a rule of a module is one among the others', async () => {
  const cwd = project({ ...given, ...config });
  const { status, out, err } = await runCli(['--allow-plugins'], { cwd });
  expect([status, err]).toEqual([1, '']);
  expect(out).toContain('Dockerfile:1:1 warning acme/no-label: no LABEL');
  expect(out).toContain('instead: LABEL team=web');
  expect((await runCli(['--allow-plugins', '--rule', 'acme/no-label=off'], { cwd })).status).toBe(0);
  expect(await runCli(['--allow-plugins', '--rule', 'acme/no-labels=off'], { cwd })).toMatchObject({
    status: 2,
    err: 'dflint: --rule: there is no rule acme/no-labels (did you mean acme/no-label?)\n',
  });
  writeFileSync(join(cwd, 'Dockerfile'), '# dflint ignore=acme/no-label\nFROM node:22\nUSER node\n');
  expect((await runCli(['--allow-plugins'], { cwd })).status).toBe(0);
  writeFileSync(join(cwd, 'dflint.config.yaml'), 'plugins: [rules/labels.mjs]\nrules: {acme/no-label: error}\n');
  writeFileSync(join(cwd, 'Dockerfile'), 'FROM node:22\nUSER node\n');
  expect((await runCli(['--allow-plugins'], { cwd })).out).toContain('error acme/no-label');
});

test('rules may name the module themselves, and rate all that it brings', async () => {
  const cwd = project({ ...given, 'dflint.config.yaml': 'rules: {./rules/labels.mjs: error}\n' });
  expect((await runCli(['--allow-plugins'], { cwd })).out).toContain('error acme/no-label: no LABEL');
  expect(await runCli([], { cwd })).toMatchObject({
    status: 2,
    err: expect.stringContaining('dflint.config.yaml:1:9: the plugin ./rules/labels.mjs is not run'),
  });
  const says = async (rules: string) => {
    writeFileSync(join(cwd, 'dflint.config.yaml'), rules);
    return (await runCli(['--allow-plugins', '-f', 'compact'], { cwd })).out;
  };
  expect(await says('rules: {acme/no-label: info, ./rules/labels.mjs: error}\n')).toContain('info acme/no-label');
  expect(await says('rules: {./rules/labels.mjs: on}\n')).toContain('warning acme/no-label');
  expect(await says('rules: {./rules/labels.mjs: off}\n')).not.toContain('acme/no-label');
  const overrides =
    'plugins: [./rules/labels.mjs]\noverrides: [{files: Dockerfile, rules: {./rules/labels.mjs: error}}]\n';
  expect(await says(overrides)).toContain('error acme/no-label');
  writeFileSync(join(cwd, 'dflint.config.yaml'), 'rules: {./rules/labels.mjs: [on, {a: 1}], ./rules/none.mjs: on}\n');
  const { status, err } = await runCli(['--allow-plugins'], { cwd });
  expect(status).toBe(2);
  expect(err).toContain('./rules/labels.mjs is a module of rules, which has no options');
  expect(err).toContain('the plugin ./rules/none.mjs: there is no such file');
});

test('a function gets the API, so that nothing need be installed; options are checked by its schema', async () => {
  const module = `export default ({ defineRule, finding }) => [defineRule({
    id: 'short', says: 'too long', instead: 'fewer',
    options: { parse: (given) => given, safeParse: (given) => typeof given.most === 'number'
      ? { success: true, data: given }
      : { success: false, error: { issues: [{ code: 'invalid_type', expected: 'number', path: ['most'], message: '' }] } } },
    *check({ file }, { most = 9 }) {
      const last = file.instructions.at(-1);
      if (file.instructions.length > most) yield finding({ span: last.keywordSpan }, 'more than ' + most);
    },
  })];`;
  const files = { ...given, 'short.mjs': module };
  const right = project({ ...files, 'dflint.config.yaml': 'plugins: [short.mjs]\nrules: {short: [on, {most: 1}]}\n' });
  expect((await runCli(['--allow-plugins'], { cwd: right })).out).toContain('2:1 warning short: more than 1');
  const wrong = project({ ...files, 'dflint.config.yaml': 'plugins: [short.mjs]\nrules: {short: [on, {most: a}]}\n' });
  expect((await runCli(['--allow-plugins'], { cwd: wrong })).err).toBe(
    'dflint: dflint.config.yaml:2:22: most must be a number\n',
  );
});

describe('code is run only where it is trusted', () => {
  const marked = `globalThis.dflintRan = (globalThis.dflintRan ?? 0) + 1;\n${labels}`;
  const ran = (): unknown => Reflect.get(globalThis, 'dflintRan');
  const refused =
    'the plugin ./rules/labels.mjs is not run: it is code, and this configuration is part of what is linted; give --allow-plugins if you trust it';

  test('not from a configuration in the linted repository, however it is named', async () => {
    const cwd = project({ ...given, 'rules/labels.mjs': marked, ...config });
    symlinkSync(cwd, `${cwd}-link`);
    for (const argv of [[], ['--config', 'dflint.config.yaml'], ['--config', `${cwd}-link/dflint.config.yaml`]]) {
      const { status, err } = await runCli(argv, { cwd });
      expect(status).toBe(2);
      expect(err).toContain(refused);
    }
    expect(ran()).toBeUndefined();
  });

  test('from one elsewhere that --config names, though not from what that extends in the repository', async () => {
    const trusted = project({ 'rules/labels.mjs': labels, ...config });
    const cwd = project({ Dockerfile: given.Dockerfile });
    const named = await runCli(['--config', join(trusted, 'dflint.config.yaml')], { cwd });
    expect([named.status, named.err]).toEqual([1, '']);
    expect(named.out).toContain('acme/no-label');
    mkdirSync(join(cwd, 'rules'));
    writeFileSync(join(cwd, 'rules/labels.mjs'), marked);
    writeFileSync(join(cwd, 'base.yaml'), config['dflint.config.yaml']);
    writeFileSync(join(trusted, 'dflint.config.yaml'), `extends: ${join(cwd, 'base.yaml')}\n`);
    const { err } = await runCli(['--config', join(trusted, 'dflint.config.yaml')], { cwd });
    expect(err).toContain(refused);
    expect(ran()).toBeUndefined();
  });
});

test.each([
  ['export const rules = 3;', 'exports no list of rules: export const rules = [defineRule({ … })]'],
  ['export default [3];', 'rule 1: is not an object; make it with defineRule'],
  [
    "export default [{ id: 'A' }];",
    'rule A: id must be words in small letters with - or / between them, such as acme/no-latest',
  ],
  [
    "export default [{ id: 'a', says: 'b', instead: 'c' }];",
    'rule a: check must be a function of the build that yields findings',
  ],
  [
    "export default [{ id: 'root-user', says: 'b', instead: 'c', check: () => [] }];",
    'rule root-user: there is a rule of that name already',
  ],
])('%j is told', async (module, says) => {
  const cwd = project({
    Dockerfile: given.Dockerfile,
    'rules.mjs': module,
    'dflint.config.yaml': 'rules: {b: off}\nplugins:\n  - rules.mjs\n',
  });
  expect(await runCli(['--allow-plugins'], { cwd })).toMatchObject({
    status: 2,
    err: `dflint: dflint.config.yaml:3:5: the plugin rules.mjs: ${says}\n`,
  });
});

test('a module that is not there, that throws, and a rule that breaks', async () => {
  const cwd = project({
    Dockerfile: 'FROM node\n',
    'throws.mjs': "throw new Error('not today');",
    'breaks.mjs':
      "export default [{ id: 'broken', says: 'b', instead: 'c', *check() { throw new Error('oh'); } }, { id: 'odd', says: 'b', instead: 'c', check: () => [{}] }];",
    'dflint.config.yaml': 'plugins: [nowhere.mjs, throws.mjs, breaks.mjs]\n',
  });
  const { status, err, out } = await runCli(['--allow-plugins'], { cwd });
  expect(status).toBe(2);
  expect(err).toContain('dflint.config.yaml:1:11: the plugin nowhere.mjs: there is no such file\n');
  expect(err).toContain('dflint.config.yaml:1:24: the plugin throws.mjs cannot be loaded: not today\n');
  expect(err).toContain('dflint: Dockerfile: the rule broken broke (oh); it comes from a plugin\n');
  expect(err).toMatch(/dflint: Dockerfile: the rule odd broke \(.*\); it comes from a plugin\n/);
  expect(out).toContain('root-user');
});
