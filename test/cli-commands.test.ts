/** `dflint ships`, `graph` and `rebuild`: wrong usage, hostile names, files that cannot be read. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runCli } from './harness/run-cli.ts';
import { temporaryProjects } from './harness/temporary-project.ts';

const project = temporaryProjects();

const folder = mkdtempSync(join(tmpdir(), 'dflint-commands-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const put = (name: string, text: string): void => writeFileSync(join(folder, name), text);
const run = (argv: readonly string[], more: Parameters<typeof runCli>[1] = {}) =>
  runCli(argv, { cwd: folder, ...more });

put(
  'Dockerfile',
  'ARG BASE\nFROM node:22-alpine AS build\nCOPY src ./src\nRUN npm run build\n\nFROM ${BASE}\nCOPY --from=build /src /src\n',
);
mkdirSync(join(folder, 'src'));
put('src/server.js', '');
put('graph', 'FROM node:22-alpine\nUSER node\nCMD ["node", "server.js"]\n');

describe('wrong usage says what to do', () => {
  test.each([
    [
      ['grpah'],
      'dflint: grpah: no such file or directory\ndflint: did you mean the command graph? See dflint --help.\n',
    ],
    [['src/missing'], 'dflint: src/missing: no such file or directory\n'],
    [['ships', 'missing'], 'dflint: missing: no such file or directory\n'],
    [['graph', 'src'], 'dflint: src: no Dockerfile in this directory; name the file, or a directory that holds one\n'],
    [['graph', '--target', 'prod'], 'dflint: Dockerfile: no stage prod; its stages are: build, 1\n'],
    [
      ['ships', '--format', 'yaml'],
      "dflint: option '-f, --format <format>' argument 'yaml' is invalid. Allowed choices are text, json.\nSee dflint ships --help.\n",
    ],
    [['rebuild'], 'dflint: say what changes: a path, --build-arg NAME or --secret ID\nSee dflint rebuild --help.\n'],
    [['rebuild', '../elsewhere'], `dflint: ../elsewhere: lies outside the build context ${folder}\n`],
    [
      ['graph', '--frmat', 'dot'],
      "dflint: unknown option '--frmat'\n(Did you mean --format?)\nSee dflint graph --help.\n",
    ],
  ])('%j', async (argv, message) => {
    expect(await run(argv)).toEqual({ status: 2, out: '', err: message });
  });
});

test('a file that is called like a command is linted by its path', async () => {
  const { status, out } = await run(['./graph']);
  expect([status, out]).toEqual([0, '1 file: nothing to report\n']);
});

test('ships, graph and rebuild take the one Dockerfile below a folder, and name those there are', async () => {
  const cwd = project({ 'services/api/Dockerfile': 'FROM alpine:3.22 AS api\n' });
  expect((await run(['graph'], { cwd })).out).toBe('api  ships  line 1\n└─ FROM alpine:3.22\n');
  writeFileSync(join(cwd, 'services/web.Dockerfile'), 'FROM alpine:3.22 AS web\n');
  for (const argv of [['ships'], ['graph', '.'], ['rebuild', 'src/a.js']])
    expect(await run(argv, { cwd })).toEqual({
      status: 2,
      out: '',
      err: 'dflint: .: holds 2 Dockerfiles; name the one that is meant: services/api/Dockerfile, services/web.Dockerfile\n',
    });
});

test('of several Dockerfiles of a folder that which a build takes by itself is meant', async () => {
  const cwd = project({ Dockerfile: 'FROM alpine:3.22 AS api\n', 'Dockerfile.old': 'FROM alpine:3.22 AS old\n' });
  for (const argv of [['graph'], ['graph', '.'], ['graph', '../' + basename(cwd)]])
    expect((await run(argv, { cwd })).out).toBe('api  ships  line 1\n└─ FROM alpine:3.22\n');
});

test('lint is what dflint does without a command', async () => {
  expect(await run(['lint', 'graph'])).toEqual(await run(['./graph']));
});

test('standard input', async () => {
  const { out } = await run(['graph', '-'], { stdin: 'FROM scratch AS files\nCOPY a /a\n' });
  expect(out).toBe('files  ships  line 1\n├─ FROM scratch\n└─ COPY context: a\n');
});

test('a build argument decides the base, by value or from the environment', async () => {
  expect((await run(['graph'])).out).toContain('FROM ${BASE}');
  expect((await run(['graph', '--build-arg', 'BASE=build'])).out).toContain('FROM build  line 2');
  expect((await run(['graph', '--build-arg', 'BASE'], { env: { BASE: 'alpine:3.22' } })).out).toContain(
    'FROM alpine:3.22',
  );
});

test('paths of rebuild are those of the context, or files as seen from here', async () => {
  for (const [cwd, path] of [
    [folder, 'src/server.js'],
    [folder, './src'],
    [folder, join(folder, 'src')],
  ] as const) {
    const { out } = await run(['rebuild', path], { cwd });
    expect(out).toContain('runs     3  COPY src ./src');
  }
  const { out } = await run(['rebuild', 'server.js', '--file', '../Dockerfile'], { cwd: join(folder, 'src') });
  expect(out).toContain('runs     3  COPY src ./src');
});

test('what is copied to a place that is not known runs again, too', async () => {
  const stdin =
    'FROM node:22-alpine AS build\nWORKDIR /app\nCOPY src ./src\nFROM example.com/gulls/base:3\nCOPY Dockerfile graph ./\nCOPY s*c ./part/\nCOPY --from=build /app/src ./built/\n';
  put('relative', stdin);
  const { out } = await run(['rebuild', 'src/server.js', '--file', 'relative']);
  expect(out).toContain('cached   5  COPY Dockerfile graph ./');
  expect(out).toContain('runs     6  COPY s*c ./part/');
  const { out: other } = await run(['rebuild', 'graph', '--file', 'relative']);
  expect(other).toContain('runs     5  COPY Dockerfile graph ./\n              it copies graph');
  put('apart', stdin.replace('COPY s*c ./part/\n', ''));
  const { out: apart } = await run(['rebuild', 'src/server.js', '--file', 'apart']);
  expect(apart).toContain('may run  6  COPY --from=build /app/src ./built/');
});

describe('names that would break out of a diagram', () => {
  const hostile =
    'FROM "a]\\"b<script>&end" AS end\nFROM end\nCOPY --from=end ["/x|y\\"z;", "/{`}#quot; %% ", "/"]\nADD --chown=1 a\u202eb \u001b[31m/\n';

  test('Mermaid', async () => {
    const { out } = await run(['graph', '-', '--format', 'mermaid'], { stdin: hostile });
    for (const line of out.trimEnd().split('\n').slice(1))
      expect(line).toMatch(
        /^ {2}(?:(?:stage|source)\d+(?:\["[^"<>`|[\]{}\\]*"\]|\(\["[^"<>`|[\]{}\\]*"\]\))(?::::\w+)?|\w+ (?:==>|-->|-\.->)(?:\|"(?:<br>|[^"<>`|[\]{}\\])*"\|)? \w+|classDef .*)$/,
      );
  });

  test('DOT', async ({ skip }) => {
    const { out } = await run(['graph', '-', '--format', 'dot'], { stdin: hostile });
    expect(out.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    const { error, status, stderr } = spawnSync('dot', ['-Tsvg'], { input: out, encoding: 'utf8' });
    if (error !== undefined) skip('Graphviz is not installed');
    expect([status, stderr]).toEqual([0, '']);
  });

  test.each(['text', 'json'])('%s', async (format) => {
    const { out } = await run(['graph', '-', '--format', format], { stdin: hostile });
    expect(out.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});

test('ships tells what an image has the builds upon it do, and no longer where they have done it', async () => {
  const base = 'FROM node:22-alpine AS base\nWORKDIR /app\nONBUILD COPY package.json \\\n  ./\nonbuild RUN npm ci\n';
  const cwd = project({ Dockerfile: base, 'own.Dockerfile': `${base}FROM base\nUSER node\n`, 'package.json': '{}' });
  const of = async (path: string) => JSON.parse((await run(['ships', '--format', 'json', path], { cwd })).out);
  const triggers = ['COPY package.json   ./', 'RUN npm ci'];
  expect(await of('Dockerfile')).toMatchObject({ images: [{ target: 'base', onbuild: triggers }] });
  expect(await of('own.Dockerfile')).toMatchObject({ images: [{ target: '1', onbuild: [] }] });
  expect((await run(['ships', 'Dockerfile'], { cwd })).out).toContain(
    '  onbuild      COPY package.json ./  RUN npm ci\n',
  );
});

test('a base that brings triggers is not taken for one that dflint does not know', async () => {
  const { out } = await run(['ships', '-'], { stdin: 'FROM node:9-onbuild\n' });
  expect(out).toContain('node:9-onbuild has ONBUILD instructions');
});
