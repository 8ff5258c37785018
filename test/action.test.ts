/** The GitHub Action, with what GitHub's runner sets and reads. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { runAction } from '../src/action/main.ts';
import { wordsOf } from '../src/action/words.ts';
import { workflowCommands } from './harness/report-readers.ts';
import { runCli } from './harness/run-cli.ts';
import { repository } from './harness/shared.ts';
import { temporaryProjects } from './harness/temporary-project.ts';

const described = z.object({ description: z.string(), default: z.optional(z.string()) });
const action = z
  .object({
    name: z.string(),
    description: z.string(),
    inputs: z.record(z.string(), described),
    outputs: z.record(z.string(), z.object({ description: z.string() })),
    runs: z.strictObject({ using: z.literal('node24'), main: z.string() }),
  })
  .parse(load(readFileSync(join(repository, 'action.yml'), 'utf8')));

const project = temporaryProjects();
const rootUser = 'FROM node:22-alpine\nCMD ["node", "server.js"]\n';
const clean = 'FROM node:22-alpine\nUSER node\nCMD ["node", "server.js"]\n';

interface Step {
  readonly status: number;
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

/** A step of a job: inputs as the workflow gives them over their defaults, and what the runner reads afterwards. */
async function step(workspace: string, given: Readonly<Record<string, string>> = {}): Promise<Step> {
  const runner = project({});
  for (const name of ['output', 'summary']) writeFileSync(join(runner, name), '');
  mkdirSync(join(runner, 'temp'));
  const inputs = Object.entries(action.inputs).map(([name, { default: value = '' }]): [string, string] => [
    `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`,
    given[name] ?? value,
  ]);
  const env = {
    ...Object.fromEntries(inputs),
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: workspace,
    GITHUB_OUTPUT: join(runner, 'output'),
    GITHUB_STEP_SUMMARY: join(runner, 'summary'),
    RUNNER_TEMP: join(runner, 'temp'),
  };
  const log: string[] = [];
  const status = await runAction({
    env,
    cwd: workspace,
    out: (text) => log.push(text),
    dflint: async (argv, cwd) => {
      const { out, err, status } = await runCli(argv, { cwd, env });
      log.push(err, out);
      return { status, err };
    },
  });
  expect(readdirSync(join(runner, 'temp'))).toEqual([]);
  return {
    status,
    log: log.join(''),
    outputs: readOutputs(readFileSync(join(runner, 'output'), 'utf8')),
    summary: readFileSync(join(runner, 'summary'), 'utf8'),
  };
}

/** As the runner reads GITHUB_OUTPUT: `name=value`, one a line; it fails on any other line. */
function readOutputs(text: string): Readonly<Record<string, string>> {
  const lines = text.split('\n').filter((line) => line !== '');
  return Object.fromEntries(
    lines.map((line): [string, string] => {
      const [, name, value = ''] = /^([^=<]+)=(.*)$/.exec(line) ?? [];
      if (name === undefined || !(name in action.outputs)) throw new Error(`Invalid format '${line}'`);
      return [name, value];
    }),
  );
}

test('findings are annotations of the places in the repository, counts, and a table in the summary', async () => {
  const cwd = project({ 'api/Dockerfile': rootUser, Dockerfile: clean });
  const { status, log, outputs, summary } = await step(cwd, { paths: 'Dockerfile\napi\n' });
  expect(status).toBe(1);
  const [annotation, ...others] = workflowCommands(log);
  expect(others).toEqual([]);
  expect(annotation).toMatchObject({ command: 'warning', properties: { file: 'api/Dockerfile', line: '1' } });
  expect(annotation?.properties['title']).toBe('root-user');
  expect(outputs).toEqual({ findings: '1', errors: '0', warnings: '1', infos: '0', files: '2' });
  expect(summary).toMatch(/^\*\*dflint\*\* 2 files: 1 warning\n/);
  expect(summary).toContain('| warning | api/Dockerfile:1 | `root-user` |');
});

test('without findings the step passes', async () => {
  const { status, log, outputs, summary } = await step(project({ Dockerfile: clean }));
  expect({ status, log }).toEqual({ status: 0, log: '' });
  expect(outputs).toEqual({ findings: '0', errors: '0', warnings: '0', infos: '0', files: '1' });
  expect(summary).toContain('**dflint**');
});

test('SARIF goes to a file of the workspace, whatever folder the action runs in', async () => {
  const cwd = project({ 'services/api/Dockerfile': rootUser });
  const given = { 'working-directory': 'services', paths: 'api', 'sarif-file': 'out/dflint.sarif', 'fail-on': 'error' };
  const { status, outputs } = await step(cwd, given);
  expect(status).toBe(0);
  expect(outputs).toMatchObject({ findings: '1', 'sarif-file': 'out/dflint.sarif' });
  const [run] = JSON.parse(readFileSync(join(cwd, 'out/dflint.sarif'), 'utf8')).runs;
  expect(run.results[0].locations[0].physicalLocation.artifactLocation.uri).toBe('services/api/Dockerfile');
});

test('paths, configuration, formats and other words are passed on', async () => {
  const cwd = project({
    'my api/Dockerfile': rootUser,
    'web/Dockerfile': rootUser,
    'off/Dockerfile': rootUser,
    'ci/dflint.yaml': 'rules: { root-user: error }\n',
  });
  const { status, log, outputs, summary } = await step(cwd, {
    paths: '"my api/Dockerfile"\nweb\n',
    config: 'ci/dflint.yaml',
    format: 'compact junit=junit.xml',
    args: "--min-confidence certain --rule 'root-user=info'",
    summary: 'false',
  });
  expect(log).toContain('my api/Dockerfile:1:1: info root-user');
  expect(log).toContain('web/Dockerfile:1:1: info root-user');
  expect(log).not.toContain('off/');
  expect(readFileSync(join(cwd, 'junit.xml'), 'utf8')).toContain('<testsuites');
  expect(outputs).toMatchObject({ findings: '2', infos: '2' });
  expect({ status, summary }).toEqual({ status: 0, summary: '' });
});

test('a file that cannot be read is an annotation, and the others are linted', async () => {
  const { status, log, outputs } = await step(project({ Dockerfile: rootUser }), {
    paths: 'Dockerfile gone/Dockerfile',
  });
  expect(status).toBe(2);
  expect(workflowCommands(log).map(({ command, properties }) => [command, properties['file']])).toEqual([
    ['error', 'gone/Dockerfile'],
    ['warning', 'Dockerfile'],
  ]);
  expect(outputs).toMatchObject({ findings: '1' });
});

describe('what the workflow got wrong is an annotation that says so', () => {
  test.each<[Record<string, string>, string]>([
    [{ args: '--presett strict' }, "unknown option '--presett'"],
    [{ args: "--rule 'root-user=off" }, 'the input args has a quote that is never closed'],
    [{ 'fail-on': 'warnings' }, 'warnings'],
    [{ format: 'sarrif' }, 'did you mean sarif?'],
    [{ summary: 'ja' }, 'the input summary is "ja"; write true or false'],
    [{ 'working-directory': 'gone' }, 'is no folder; is actions/checkout a step before this one?'],
    [{ 'working-directory': 'Dockerfile' }, 'is no folder'],
  ])('%j', async (given, message) => {
    const { status, log, outputs } = await step(project({ Dockerfile: clean }), given);
    expect(status).toBe(2);
    const [command, ...others] = workflowCommands(log);
    expect(others).toEqual([]);
    expect(command).toMatchObject({ command: 'error', properties: { title: 'dflint' } });
    expect(command?.message).toContain(message);
    expect(outputs).toEqual({});
  });
});

test('names of files give no commands to the runner and no outputs of their own', async () => {
  const cwd = project({ '::set-output name=x::/Dockerfile': rootUser });
  const given = { paths: "'::set-output name=x::'", format: 'text', 'sarif-file': 'a\nerrors=7' };
  const { log, outputs } = await step(cwd, given);
  expect(log).toContain('root-user');
  expect(workflowCommands(log)).toEqual([]);
  expect(outputs).toMatchObject({ errors: '0', 'sarif-file': 'a\\u000aerrors=7' });
});

test('a server without files for outputs and summaries is none the worse', async () => {
  const cwd = project({ Dockerfile: clean });
  const dflint = (argv: readonly string[]) => runCli(argv, { cwd });
  expect(await runAction({ env: {}, cwd, dflint, out: () => {} })).toBe(0);
});

test('what action.yml runs is what the build makes', () => {
  const { scripts, files } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'));
  expect(action.runs.main).toBe('dist/action.js');
  expect(scripts['build:action']).toContain('action=src/action/start.ts');
  expect(scripts['build:action']).toContain('--outdir=dist');
  expect(files).toContain('!dist/action.js');
  expect(existsSync(join(repository, 'src/action/start.ts'))).toBe(true);
});

test.each<[string, readonly string[] | undefined]>([
  ['', []],
  ['  a\n\tb ', ['a', 'b']],
  [`'a b'c "d 'e'" ''`, ['a bc', "d 'e'", '']],
  [String.raw`a\ b "c\"d" C:\x\y`, ['a b', 'c"d', String.raw`C:\x\y`]],
  ["it's", undefined],
  ['"a', undefined],
])('words of %j', (text, words) => expect(wordsOf(text)).toEqual(words));
