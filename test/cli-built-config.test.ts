/** Each mistake of a configuration, by the built command in a scratch folder: told at its place, and the rest is linted. */
import { describe, expect, test } from 'vitest';
import { builtCli } from './harness/built-cli.ts';
import { temporaryProjects } from './harness/temporary-project.ts';

const { run } = builtCli();
const project = temporaryProjects();
const Dockerfile = 'FROM node:22-alpine\nCMD ["node", "server.js"]\n';
const plugin = (text: string) => ({ 'plugin.mjs': text });
const names = 'plugins: [plugin.mjs]\n';

interface Mistake {
  readonly config: string;
  /** Default: dflint.config.yaml. */
  readonly name?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly argv?: readonly string[];
  readonly says: string;
}

const yaml = (config: string, says: string, files: Readonly<Record<string, string>> = {}): Mistake => ({
  config,
  says,
  files,
});

const mistakes: readonly Mistake[] = [
  // The text is not of its format.
  { name: 'dflint.config.json', config: '{"rules": \n', says: '2:1: ' },
  { name: 'dflint.config.jsonc', config: '// c\n{"rules" 1}', says: '2:10: ' },
  { name: 'dflint.config.toml', config: 'rules = \n', says: '1:9: ' },
  { name: 'dflint.config.yml', config: 'rules: [\n', says: ': ' },
  {
    name: 'package.json',
    config: '{ "dflint": { "failOn": "no" } }',
    says: '1:15: failOn must be one of error, warning, info, never',
  },
  yaml('- a\n', '1:1: the configuration must be a map of names to values'),
  // Keys and values.
  yaml('preset: strict\n', '1:1: unknown key preset (did you mean presets?)'),
  yaml(
    'presets: strct\n',
    '1:1: presets must be one of recommended, strict, hadolint, buildkit, all, or a list of them (did you mean strict?)',
  ),
  yaml('failOn: warn\n', '1:1: failOn must be one of error, warning, info, never'),
  yaml('minConfidence: sure\n', '1:1: minConfidence must be one of certain, likely, possible'),
  yaml('shellcheck: on\n', '1:1: shellcheck must be one of auto, off, required'),
  yaml('ignoreComments: 3\n', '1:1: ignoreComments must be a boolean'),
  yaml('requireReason: 3\n', '1:1: requireReason must be a boolean'),
  yaml('targets: 3\n', '1:1: targets must be a text that is not empty, or a list of such texts'),
  yaml('context: ""\n', '1:1: context must not be empty'),
  yaml('baseline: 3\n', '1:1: baseline must be a string'),
  yaml('exclude: a\n', '1:1: exclude must be an array'),
  yaml('plugins: a\n', '1:1: plugins must be an array'),
  yaml('buildArgs: [a]\n', '1:1: buildArgs must be a map of names to values'),
  yaml('buildArgs: {a: [1]}\n', '1:13: buildArgs.a must be a text, a number, true, false or null'),
  yaml('buildArgs: {"a b": 1}\n', ': a b is no name of a build argument'),
  // Rules.
  yaml('rules: [a]\n', '1:1: rules must be a map of names to values'),
  yaml('rules: {rot-user: off}\n', '1:9: there is no rule rot-user (did you mean root-user?)'),
  yaml('rules: {DL9999: off}\n', '1:9: there is no rule DL9999'),
  yaml(
    'rules: {missing-healthcheck: wrning}\n',
    '1:9: rules.missing-healthcheck must be one of off, on, info, warning, error, or [setting, options] (did you mean warning?)',
  ),
  yaml('rules: {unlocked-install: [on, {a: 1}]}\n', '1:9: unlocked-install has no options; write its setting alone'),
  yaml('rules: {untrusted-registry: [on, {registries: 3}]}\n', 'registries must be an array'),
  // Overrides.
  yaml('overrides: {a: 1}\n', '1:1: overrides must be an array'),
  yaml('overrides: [{rules: {}}]\n', 'overrides.0.files must be'),
  yaml('overrides: [{files: a, exclude: [b]}]\n', 'unknown key exclude; it holds for all files, not for some'),
  yaml('overrides: [{files: a, failOn: no}]\n', 'overrides.0.failOn must be one of error, warning, info, never'),
  yaml('overrides: [{files: a, rules: {rot-user: off}}]\n', 'there is no rule rot-user (did you mean root-user?)'),
  // The build context.
  yaml('context: nowhere\n', '1:1: context nowhere: no such folder'),
  yaml('context: Dockerfile\n', '1:1: context Dockerfile: is not a folder'),
  yaml('context: https://example.com/a.git\n', '1:1: context https://example.com/a.git: only folders can be read'),
  // What is extended.
  yaml('extends: 3\n', '1:1: extends must be a preset, the path of a configuration, a package, or a list of them'),
  yaml('extends: stirct\n', '1:1: extends stirct: there is no such preset, file or package (did you mean strict?)'),
  yaml('extends: ./nowhere.yaml\n', '1:1: extends ./nowhere.yaml: there is no such file'),
  yaml(
    'extends: https://example.com/a.json\n',
    '1:1: extends https://example.com/a.json: dflint fetches nothing; name a file or a package',
  ),
  yaml(
    'extends: ./b.yaml\n',
    'b.yaml:1:1: extends leads back to itself: dflint.config.yaml → b.yaml → dflint.config.yaml',
    {
      'b.yaml': 'extends: ./dflint.config.yaml\n',
    },
  ),
  yaml('extends: ./b.json\n', 'b.json:1:2: close brace expected', { 'b.json': '{' }),
  // Targets and baselines.
  { config: 'baseline: nowhere.json\n', says: 'nowhere.json: there is no such baseline; --update-baseline writes it' },
  { config: 'baseline: b.json\n', files: { 'b.json': '[]' }, says: 'b.json: is no baseline that dflint has written' },
  // Plugins.
  yaml(names, 'the plugin plugin.mjs is not run: it is code', plugin('export const rules = [];')),
  ...[
    ['export const rules = 3;', 'exports no list of rules'],
    ['export default [3];', 'rule 1: is not an object; make it with defineRule'],
    ["export default [{ id: 'A' }];", 'rule A: id must be words in small letters'],
    ["export default [{ id: 'a' }];", 'rule a: says must be a text'],
    ["export default [{ id: 'a', says: 'b' }];", 'rule a: instead must be a text'],
    ["export default [{ id: 'a', says: 'b', instead: 'c' }];", 'rule a: check must be a function'],
    [
      "export default [{ id: 'a', says: 'b', instead: 'c', severity: 'bad', check() {} }];",
      'rule a: severity must be one of error, warning, info',
    ],
    [
      "export default [{ id: 'a', says: 'b', instead: 'c', category: 'x', check() {} }];",
      'rule a: category must be one of',
    ],
    [
      "export default [{ id: 'a', says: 'b', instead: 'c', confidence: 'x', check() {} }];",
      'rule a: confidence must be one of',
    ],
    [
      "export default [{ id: 'a', says: 'b', instead: 'c', preset: 'x', check() {} }];",
      'rule a: preset must be one of',
    ],
    [
      "export default [{ id: 'a', says: 'b', instead: 'c', replaces: ['x'], check() {} }];",
      'rule a: replaces must be a list of codes',
    ],
    [
      "export default [{ id: 'a', says: 'b', instead: 'c', options: 3, check() {} }];",
      'rule a: options must be a schema of zod',
    ],
    [
      "export default [{ id: 'root-user', says: 'b', instead: 'c', check() {} }];",
      'there is a rule of that name already',
    ],
    ["throw new Error('not today');", 'the plugin plugin.mjs cannot be loaded: not today'],
  ].map(([text = '', says = '']): Mistake => ({ config: names, files: plugin(text), argv: ['--allow-plugins'], says })),
  { config: names, argv: ['--allow-plugins'], says: 'the plugin plugin.mjs: there is no such file' },
  // What the command line names.
  { config: '', argv: ['--config', 'nowhere.yaml'], says: 'nowhere.yaml: no such file or directory' },
  {
    config: '',
    argv: ['--config', 'own.json'],
    files: { 'own.json': '{"a": 1}' },
    says: 'own.json:1:2: unknown key a',
  },
];

describe.concurrent('a mistake', () => {
  test.each(mistakes.map((each) => [each.name ?? 'dflint.config.yaml', each.config.trim(), each] as const))(
    '%s: %s',
    async (name, _, { config, says, files = {}, argv = [] }) => {
      const cwd = project({ Dockerfile, [name]: config, ...files });
      const { status, out, err } = await run(argv, { cwd });
      expect(err).toContain(says);
      expect(status, err).toBe(2);
      expect(
        err
          .split('\n')
          .slice(0, -1)
          .every((line) => line.startsWith('dflint: ')),
        err,
      ).toBe(true);
      expect(out).toContain('root-user');
      expect(err).not.toMatch(/^\s+at /m);
    },
  );
});

test('a target that is nearly a stage is told, and fails nothing', async () => {
  const cwd = project({
    Dockerfile: 'FROM scratch AS builder\nFROM scratch AS runtime\n',
    'dflint.config.yaml': 'targets: [biulder]\n',
  });
  const { status, err } = await run([], { cwd });
  expect([status, err]).toEqual([
    0,
    'dflint: dflint.config.yaml:1:1: Dockerfile has no stage biulder (did you mean builder?)\n',
  ]);
});

test('a configuration of hadolint that it would not take is passed over', async () => {
  const { status, err } = await run([], { cwd: project({ Dockerfile, '.hadolint.yaml': 'ignored: 3\n' }) });
  expect([status, err]).toEqual([
    1,
    expect.stringContaining('hadolint would not take this configuration, nor does dflint'),
  ]);
});
