/** What the files of a project make of a build: its ship targets, its arguments, its named contexts. */
import { describe, expect, test } from 'vitest';
import { unknownContext } from '../src/context/index.ts';
import { type BuildOptions, createBuild, passedSecret, shipCandidates } from '../src/model/index.ts';
import { parseDockerfile } from '../src/syntax/index.ts';
import { evidenceFrom } from './harness/project-evidence.ts';

const build = (
  dockerfile: string,
  files: Readonly<Record<string, string>> = {},
  more: Partial<Pick<BuildOptions, 'targets' | 'buildArguments'>> = {},
) => createBuild(parseDockerfile(dockerfile), { context: unknownContext, evidence: evidenceFrom(files), ...more });

const stages = `FROM node:22 AS base
FROM base AS build
FROM base AS prod
FROM base AS worker
FROM base AS dev
CMD ["npm", "run", "dev"]
`;

const services = (...targets: readonly string[]): string =>
  `services:\n${targets.map((target, at) => `  s${at}: {build: {context: ., target: ${target}}}\n`).join('')}`;

describe('ship targets', () => {
  const shipped = (...given: Parameters<typeof build>): readonly string[] => {
    const { targets, shipsBecause } = build(...given);
    return targets.map((stage) => `${stage.id} ${shipsBecause.get(stage)?.because}`);
  };

  test.each([
    [{}, ['dev final']],
    [{ 'compose.yaml': services('dev') }, ['dev final']],
    [{ 'compose.yaml': services('build') }, ['dev final']],
    [{ 'compose.yaml': services('dev', 'prod') }, ['prod evidence']],
    [{ 'compose.yaml': services('worker', 'prod', 'worker', 'gone') }, ['worker evidence', 'prod evidence']],
    [{ 'compose.yaml': 'services: {web: {build: .}}' }, ['dev evidence']],
    [
      { 'compose.dev.yaml': 'services: {web: {build: .}}', Makefile: 'image:\n\tdocker build --target prod .\n' },
      ['prod evidence'],
    ],
  ])('%j', (files, expected) => expect(shipped(stages, files)).toEqual(expected));

  test('what is asked for wins', () =>
    expect(shipped(stages, { 'compose.yaml': services('prod') }, { targets: ['worker'] })).toEqual(['worker asked']));

  test('leaf stages with a name for production are candidates until somebody says what ships', () => {
    const names = (...given: Parameters<typeof build>) => shipCandidates(build(...given)).map(({ id }) => id);
    expect(names(stages)).toEqual(['prod']);
    expect(names(stages, {}, { targets: ['dev'] })).toEqual([]);
    expect(names(stages, { 'compose.yaml': services('worker') })).toEqual([]);
    expect(names('FROM node AS prod\nFROM prod AS test\n')).toEqual([]);
  });
});

describe('build arguments', () => {
  const text = 'ARG WHO=root\nARG TAG=22\nFROM node:$TAG\nARG WHO\nARG APP=/app\nWORKDIR $APP\nUSER $WHO\n';
  const result = (...given: Parameters<typeof build>) => {
    const [target] = build(...given).targets;
    const base = target?.base;
    return [target?.result.user.name, target?.result.workdir, base?.kind === 'image' ? base.text : base?.kind];
  };
  const withArguments = (...each: readonly string[]): string =>
    `services:\n${each.map((args, at) => `  s${at}: {build: {context: ., args: ${args}}}\n`).join('')}`;

  test('those of the file, those asked for', () => {
    expect(result(text)).toEqual(['root', '/app', 'node:22']);
    const buildArguments = new Map([
      ['WHO', 'node'],
      ['TAG', '20'],
      ['APP', '/srv'],
    ]);
    expect(result(text, {}, { buildArguments })).toEqual(['node', '/srv', 'node:20']);
  });

  test('those that every build of what ships passes', () => {
    expect(result(text, { 'compose.yaml': withArguments('{WHO: node}', '[WHO=node, APP=/x]') })).toEqual([
      'node',
      '/app',
      'node:22',
    ]);
    expect(result(text, { 'compose.yaml': withArguments('{WHO: node}', '{WHO: app}') })[0]).toBeUndefined();
    const lastDiffers = withArguments('{WHO: node}', '{WHO: node}', '{WHO: app}');
    expect(result(text, { 'compose.yaml': lastDiffers })[0]).toBeUndefined();
    expect(result(text, { 'compose.yaml': withArguments('{WHO: node}', '{TAG: 24}') })[0]).toBe('root');
    expect(result(text, { 'compose.yaml': withArguments('{WHO: "${WHO}"}') })[0]).toBeUndefined();
    expect(result(text, { 'compose.dev.yaml': withArguments('{WHO: node}') })[0]).toBe('root');
  });

  test('a secret that is passed stands not in the file', () => {
    const { secrets } = build(
      'FROM node\nARG NPM_TOKEN\nRUN npm ci\n',
      {},
      { buildArguments: new Map([['NPM_TOKEN', 'npm_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa']]) },
    );
    expect(secrets.map(({ value }) => value)).toEqual(['none']);
  });
});

describe('a secret that calls pass', () => {
  const workflow = (name: string, ...more: readonly string[]): Readonly<Record<string, string>> => ({
    [`.github/workflows/${name}.yml`]: `on: push
jobs:
  image:
    runs-on: ubuntu-latest
    steps:
      - uses: docker/build-push-action@v6
        with:
          context: .
          push: true
          build-args: |
            SHOP=1
            NPM_TOKEN=\${{ secrets.NPM_TOKEN }}
${more.map((line) => `          ${line}\n`).join('')}`,
  });
  const compose = { 'compose.yaml': 'services: {web: {build: {context: ., args: [SHOP=1, NPM_TOKEN]}}}' };
  const plain = workflow('b', 'provenance: false');
  const most = workflow('c', 'provenance: mode=max');
  const other = { 'compose.yaml': 'services: {web: {build: {context: ., args: [SHOP=1]}}}' };
  const text = 'FROM node\nARG NPM_TOKEN\nRUN npm ci\nENV API_TOKEN=abcdefghijkl\n';

  test.each([
    [{}, undefined],
    [other, undefined],
    [compose, ['compose.yaml', 'no']],
    [{ ...compose, ...plain }, ['compose.yaml', 'no']],
    [plain, ['.github/workflows/b.yml', 'no']],
    [most, ['.github/workflows/c.yml', 'yes']],
    [{ ...compose, ...plain, ...most }, ['.github/workflows/c.yml', 'yes']],
    [{ ...other, ...most }, ['.github/workflows/c.yml', 'yes']],
    [{ ...plain, ...workflow('d') }, ['.github/workflows/d.yml', 'public']],
    [{ ...workflow('d'), ...most }, ['.github/workflows/c.yml', 'yes']],
  ])('%j', (files, expected) => {
    const built = build(text, files);
    const [token, literal] = built.secrets;
    const passed = token === undefined ? undefined : passedSecret(built, token);
    expect(passed === undefined ? undefined : [passed.file, passed.attested]).toEqual(expected);
    expect(passed?.argument.name).toBe(expected === undefined ? undefined : 'NPM_TOKEN');
    expect(literal?.name).toBe('API_TOKEN');
    expect(literal === undefined ? undefined : passedSecret(built, literal)).toBeUndefined();
  });
});

test('a named context stands in for a stage and an image', () => {
  const compose =
    'services: {web: {build: {context: ., additional_contexts: {base: ../base, tools: "docker-image://x"}}}}';
  const { stages: found, outsideReferences } = build(
    'FROM node:22 AS base\nUSER node\nFROM base\nCOPY --from=tools /x /x\n',
    { 'compose.yaml': compose },
  );
  expect(found[1]?.base).toEqual({ kind: 'unresolved', text: 'base' });
  expect(found[1]?.result.user.identity).toBe('unknown');
  expect(outsideReferences.map(({ name, namedContext }) => [name, namedContext])).toEqual([
    ['node:22', false],
    ['base', true],
    ['tools', true],
  ]);
});
