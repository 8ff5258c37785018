/** Each command, each exit status and each format, by the built command in a scratch folder. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { builtCli } from './harness/built-cli.ts';
import { temporaryProjects } from './harness/temporary-project.ts';

const { run } = builtCli();
const project = temporaryProjects();
const files = {
  'clean/Dockerfile': 'FROM node:22-alpine\nUSER node\nCMD ["node", "server.js"]\n',
  'rooted/Dockerfile': 'FROM node:22-alpine AS only\nCMD ["node", "server.js"]\n',
  'mendable/Dockerfile': 'FROM node:22-alpine AS a\nFROM node:22-alpine\nCOPY --from=0 /a /b\nUSER node\n',
  'known.json': '{ "version": 1, "files": {} }\n',
  'wrong.json': '{ "rules": 3 }\n',
  '.hadolint.yaml': 'ignored: [DL3006]\n',
  'old/.hadolint.yaml': 'ignored: 3\n',
  'own/dflint.config.json': '{}\n',
  'empty/a.txt': '',
};
const here = ['--no-config', '--shellcheck', 'off'];

/** `dir`: where it is run. */
type Case = readonly [words: string, status: number, says?: RegExp, dir?: string];
const statuses: readonly Case[] = [
  ['lint clean', 0, /^1 file: nothing to report$/m],
  ['lint rooted', 1, /root-user/],
  ['rooted', 1, /root-user/],
  ['lint nowhere', 2, /^dflint: nowhere: no such file or directory$/m],
  ['lint rooted nowhere', 2, /root-user/],
  ['rooted --fail-on error', 0, /root-user/],
  ['rooted --fail-on never', 0, /root-user/],
  ['clean --fail-on info --preset all', 1, /info/],
  ['rooted --min-confidence likely --rule root-user=off', 0],
  ['rooted --rule root-user=info', 0, /info root-user/],
  ['rooted --quiet', 1, /^$/],
  ['rooted --target nowhere', 2, /no stage nowhere; its stages are: only/],
  ['rooted --bogus', 2, /unknown option '--bogus'/],
  ['rooted --config wrong.json', 2, /wrong\.json:1:3: rules must be/],
  ['rooted --config nowhere.json', 2, /nowhere\.json: no such file/],
  ['rooted --baseline known.json', 1, /root-user/],
  ['rooted --baseline nowhere.json', 2, /there is no such baseline/],
  ['rooted --baseline made.json --update-baseline', 0, /1 finding recorded/],
  ['rooted --diff --update-baseline', 2, /--diff writes nothing/],
  ['clean --diff', 0, /^$/],
  ['mendable --diff', 1, /^\+\+\+ mendable\/Dockerfile/m],
  ['mendable nowhere --diff', 2, /nowhere: no such file/],
  ['clean --fix', 0],
  ['mendable --fix', 0, /fixed \d+ findings? in 1 file/],
  ['rooted --changed nowhere', 2, /dflint: /],
  ['rooted -f sarif=clean', 2, /is a directory/],
  ['--help', 0, /^Usage: dflint /],
  ['--version', 0, /^\d+\.\d+\.\d+$/m],
  ['', 2, /no Dockerfile in this directory/, 'empty'],
  ['ships rooted', 0, /^only line 1/],
  ['ships nowhere', 2, /no such file/],
  ['ships rooted --target nowhere', 2, /no stage nowhere/],
  ['graph rooted', 0, /only/],
  ['graph nowhere', 2, /no such file/],
  ['rebuild --file rooted a.js', 0],
  ['rebuild --file rooted', 2, /say what changes/],
  ['rebuild --file nowhere a.js', 2, /no such file/],
  ['rules', 0, /root-user/],
  ['rules nothing-speaks-of-this', 0, /^no rule fits/],
  ['rules --severity loud', 2, /Allowed choices/],
  ['explain root-user', 0, /root-user/],
  ['explain rot-user', 2, /did you mean root-user\?/],
  ['explain', 2, /missing required argument/],
  ['config rooted', 0, /presets/],
  ['config rooted --config wrong.json', 2, /rules must be/],
  ['config a b', 2, /name one Dockerfile/],
  ['init --print', 0, /"extends"/, 'clean'],
  ['init', 0, /dflint\.config\.json is written/, 'mendable'],
  ['init', 2, /is there already/, 'own'],
  ['init', 2, /hadolint would not take this configuration/, 'old'],
  ['migrate', 0, /DL3006/],
  ['migrate', 2, /hadolint would not take this configuration/, 'old'],
  ['migrate nowhere', 2, /no such file/],
  ['facts', 0, /tables/],
  ['facts --check --today 2026-11-21', 0],
  ['facts --check --today 2099-01-31', 1, /old/],
  ['facts --today someday', 2, /Write a day that there is/],
  ['completion bash', 0, /complete/],
  ['completion zsh', 0, /compdef/],
  ['completion fish', 0, /complete -c dflint/],
  ['completion tcsh', 2, /Allowed choices/],
];

const commands = 'lint ships graph rebuild rules explain config init migrate facts completion'.split(' ');

describe.concurrent('exit status', () => {
  test.each(statuses.map((each) => [each[0], each[1], each] as const))('dflint %s: %i', async (_, __, each) => {
    const [words, status, says = /^/, dir = '.'] = each;
    const argv = words === '' ? [] : words.split(' ');
    const { status: got, out, err } = await run(argv, { cwd: join(project(files), dir) });
    expect(`${got}\n${out}${err}`).toMatch(new RegExp(`^${status}\n`));
    expect(says.test(out) || says.test(err), out + err).toBe(true);
    expect(err).not.toContain('at file:');
  });

  test.each(commands)(
    'dflint %s: 0 for --help, which names its statuses; 2 for an option that there is not',
    async (name) => {
      const cwd = project(files);
      const { status, out } = await run([name, '--help'], { cwd });
      expect([status, out]).toEqual([0, expect.stringContaining('Exit status:')]);
      const wrong = await run([name, '--bogus'], { cwd });
      expect([wrong.status, wrong.out]).toEqual([2, '']);
      expect(wrong.err).toMatch(/^dflint: unknown option '--bogus'/);
    },
  );
});

/** What a program that reads it would look at first. */
const formats: Readonly<Record<string, (text: string) => unknown>> = {
  text: (text) => /^rooted\/Dockerfile:1:\d+ warning root-user/m.test(text),
  compact: (text) => /^rooted\/Dockerfile:1:\d+: warning root-user /m.test(text),
  json: (text) => JSON.parse(text).files[0].findings[0].rule === 'root-user',
  sarif: (text) => JSON.parse(text).version === '2.1.0' && JSON.parse(text).runs[0].results.length > 0,
  github: (text) => /^::warning file=rooted\/Dockerfile,line=1,/m.test(text),
  gitlab: (text) => JSON.parse(text)[0].location.path === 'rooted/Dockerfile',
  checkstyle: (text) => text.startsWith('<?xml') && text.includes('<file name="rooted/Dockerfile">'),
  junit: (text) => text.startsWith('<?xml') && text.includes('<failure'),
  markdown: (text) => /^\| .*root-user/m.test(text),
};

describe.concurrent('formats', () => {
  test.each(Object.keys(formats))('%s is printed, and written to a file', async (format) => {
    const cwd = project(files);
    const argv = ['rooted', ...here, '--format', format];
    const printed = await run(argv, { cwd });
    expect([printed.status, printed.err]).toEqual([1, '']);
    expect(formats[format]?.(printed.out), printed.out).toBe(true);
    const written = await run(['rooted', ...here, '-f', `${format}=reports/it`, '-f', 'compact'], { cwd });
    expect([written.status, written.err]).toEqual([1, '']);
    expect(readFileSync(join(cwd, 'reports/it'), 'utf8')).toBe(printed.out);
    expect(written.out).toMatch(/^rooted\/Dockerfile:1:/);
  });

  test.each([
    ['ships rooted', 'json'],
    ['graph rooted', 'json'],
    ['rebuild --file rooted a.js', 'json'],
    ['config rooted', 'json'],
    ['rules', 'json'],
    ['explain root-user', 'json'],
    ['facts', 'json'],
    ['graph rooted', 'mermaid'],
    ['graph rooted', 'dot'],
    ['explain root-user', 'markdown'],
  ])('%s --format %s', async (words, format) => {
    const { status, out } = await run([...words.split(' '), '--format', format], { cwd: project(files) });
    expect(status).toBe(0);
    if (format === 'json') expect(Object.keys(JSON.parse(out)).length).toBeGreaterThan(0);
    else expect(out).toMatch(/^(?:flowchart|graph|digraph|<!--|#)/);
  });

  test('one that there is not', async () => {
    const { status, err } = await run(['rooted', '-f', 'sarf'], { cwd: project(files) });
    expect([status, err]).toEqual([2, expect.stringContaining('sarif')]);
  });
});

test('what a run writes is what it was asked for', async () => {
  const cwd = project(files);
  expect((await run(['mendable', '--fix', '--no-config'], { cwd })).status).toBe(0);
  expect(readFileSync(join(cwd, 'mendable/Dockerfile'), 'utf8')).toContain('COPY --from=a /a /b');
  await run(['migrate', '--write'], { cwd });
  expect(readFileSync(join(cwd, 'dflint.config.yaml'), 'utf8')).toContain('DL3006');
  await run(['rooted', '--baseline', 'new.json', '--update-baseline'], { cwd });
  expect(JSON.parse(readFileSync(join(cwd, 'new.json'), 'utf8')).files['rooted/Dockerfile'][0].rule).toBe('root-user');
  expect(existsSync(join(cwd, 'dflint.config.json'))).toBe(false);
});
