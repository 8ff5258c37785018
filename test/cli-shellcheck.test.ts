/** ShellCheck as a process: found or not, broken, hanging, old; and the real one where there is one. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { openShellcheck } from '../src/cli/shellcheck.ts';
import { runCli } from './harness/run-cli.ts';

const root = mkdtempSync(join(tmpdir(), 'dflint-shellcheck-'));
afterAll(() => rmSync(root, { recursive: true }));

const dockerfile = 'FROM debian:12\nRUN cd /app; echo $HOME\nRUN cd /app; echo $HOME\nUSER nobody\n';

let count = 0;

/** A folder with a program of that name which writes down how it is called. */
function program(body: string, name = 'shellcheck'): { folder: string; path: string; calls: () => readonly string[] } {
  count += 1;
  const folder = join(root, `programs-${count}`);
  mkdirSync(folder);
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\necho "$@ opts=$SHELLCHECK_OPTS" >> "${folder}/calls"\n${body}\n`, { mode: 0o755 });
  return {
    folder,
    path,
    calls: () =>
      existsSync(join(folder, 'calls')) ? readFileSync(join(folder, 'calls'), 'utf8').trimEnd().split('\n') : [],
  };
}

const finding = { file: '0', line: 2, column: 1, endLine: 2, endColumn: 8, level: 'warning', code: 2164 };
const report = JSON.stringify({ comments: [{ ...finding, message: 'Use cd || exit.', fix: null }] });
const working = `printf '%s' '${report}'\nexit 1`;

const runOn = (text: string, words: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  runCli([...words, '--no-config', '--format', 'json', '-'], { stdin: text, env });

interface Report {
  readonly files: readonly { readonly findings: readonly { readonly rule: string; readonly line: number }[] }[];
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
}

/** `LINE CODE` of its findings. */
function said(out: string): readonly string[] {
  const { files }: Report = JSON.parse(out);
  return files.flatMap(({ findings }) =>
    findings.flatMap(({ rule, line }) => (rule.startsWith('shellcheck/') ? [`${line} ${rule.slice(11)}`] : [])),
  );
}

test('it is found on PATH, asked once, and equal scripts are given to it once', async () => {
  const { folder, calls } = program(working);
  const { out, err, status } = await runOn(dockerfile, [], {
    PATH: `bin${delimiter}${folder}:/bin`,
    SHELLCHECK_OPTS: '-e SC2164',
  });
  expect(said(out)).toEqual(['2 SC2164', '3 SC2164']);
  expect({ err, status }).toEqual({ err: '', status: 1 });
  expect(calls()).toEqual(['--norc --severity=style --format=json1 --exclude=SC1090,SC1091,SC2187 0 opts=']);
});

test('one process reads the scripts of all files', async () => {
  const { folder, calls } = program(working);
  const cwd = join(root, 'files');
  for (const name of ['api', 'web', 'worker']) {
    mkdirSync(join(cwd, name), { recursive: true });
    writeFileSync(join(cwd, name, 'Dockerfile'), `${dockerfile}RUN make ${name}\n`);
  }
  const { out } = await runCli(['--no-config', '--format', 'json', 'api', 'web', 'worker'], {
    cwd,
    env: { PATH: `${folder}:/bin` },
  });
  expect(said(out)).toHaveLength(6);
  expect(calls().map((call) => call.replace(/^.*SC2187 /, ''))).toEqual(['0 1 2 3 opts=']);
});

test('a program that a relative folder of PATH holds is not run', async () => {
  const { folder, calls } = program(working);
  const { status } = await runCli(['--no-config', '-'], { stdin: dockerfile, env: { PATH: '.:' }, cwd: folder });
  expect(status).toBe(0);
  expect(calls()).toEqual([]);
});

test('absent, it is not missed', async () => {
  expect(await runOn(dockerfile, [], { PATH: root })).toMatchObject({ err: '', status: 0 });
});

test.each([
  ['--shellcheck=required', 'it is required, and not on PATH'],
  ['--shellcheck=./no/shellcheck', './no/shellcheck: there is no such program'],
])('absent with %s', async (option, message) => {
  const { status, err, out } = await runOn(dockerfile, [option], { PATH: root });
  expect({ status, err }).toEqual({ status: 2, err: `dflint: shellcheck: ${message}\n` });
  const { errors }: Report = JSON.parse(out);
  expect(errors).toEqual([{ path: 'shellcheck', message }]);
});

test('its path', async () => {
  const { path } = program(working, 'sc');
  expect(said((await runOn(dockerfile, ['--shellcheck', path])).out)).toEqual(['2 SC2164', '3 SC2164']);
});

test('a configuration says whether it is wanted', async () => {
  const { folder } = program(working);
  const cwd = join(root, 'configured');
  mkdirSync(cwd);
  writeFileSync(join(cwd, 'Dockerfile'), dockerfile);
  const run = async (shellcheck: string, ...words: readonly string[]) => {
    writeFileSync(join(cwd, 'dflint.config.json'), JSON.stringify({ shellcheck }));
    return runCli(['--format', 'json', ...words], { cwd, env: { PATH: `${folder}:/bin` } });
  };
  expect(said((await run('auto')).out)).toHaveLength(2);
  expect(said((await run('off')).out)).toHaveLength(0);
  expect(said((await run('off', '--shellcheck=auto')).out)).toHaveLength(2);
  expect((await run('./shellcheck')).err).toContain('shellcheck must be one of auto, off, required');
});

test.each([['--shellcheck=off'], ['--preset=buildkit']])('%s does not start it', async (option) => {
  const { folder, calls } = program(working);
  await runOn(dockerfile, [option], { PATH: `${folder}:/bin` });
  expect(calls()).toEqual([]);
});

test('a file without scripts does not start it', async () => {
  const { folder, calls } = program(working);
  await runOn('FROM debian:12\nRUN ["make"]\n', [], { PATH: `${folder}:/bin` });
  expect(calls()).toEqual([]);
});

test('its codes are switched, rated and ignored like rules', async () => {
  const env = { PATH: `${program(working).folder}:/bin` };
  expect(said((await runOn(dockerfile, ['--rule', 'SC2164=off'], env)).out)).toEqual([]);
  expect((await runOn(dockerfile, ['--rule', 'shellcheck/SC2164=info'], env)).status).toBe(0);
  expect(said((await runOn(dockerfile, ['--preset=buildkit', '--rule', 'SC2164=on'], env)).out)).toHaveLength(2);
  const ignored = dockerfile.replace('RUN', '# hadolint ignore=SC2164\nRUN');
  expect(said((await runOn(ignored, [], env)).out)).toEqual(['4 SC2164']);
});

test('a comment that ignores a code of it without need is said to, where it has read the scripts', async () => {
  const text = dockerfile.replace('RUN', '# dflint ignore=SC2086\nRUN');
  const unused = async (env: Readonly<Record<string, string>>) =>
    (await runOn(text, [], env)).out.includes('"rule": "unused-ignore"');
  expect(await unused({ PATH: `${program(working).folder}:/bin` })).toBe(true);
  expect(await unused({ PATH: root })).toBe(false);
});

describe('a broken one costs its findings only', () => {
  const broken: readonly (readonly [string, string])[] = [
    ['echo "unrecognized option --norc" >&2; exit 4', 'it ended with status 4 (unrecognized option --norc)'],
    ['kill -9 $$', 'it was ended by SIGKILL'],
    ['exit 0', 'it says nothing that dflint can read'],
    ['echo nonsense; exit 1', 'it says nothing that dflint can read'],
  ];
  test.each(broken)('%s', async (body, problem) => {
    const { folder, path } = program(body);
    const message = `${path}: ${problem}; what it finds is left out`;
    const auto = await runOn(dockerfile, [], { PATH: `${folder}:/bin` });
    expect(auto).toMatchObject({ status: 0, err: `dflint: shellcheck: ${message}\n` });
    const required = await runOn(dockerfile, ['--shellcheck=required'], { PATH: `${folder}:/bin` });
    expect(required).toMatchObject({ status: 2, err: `dflint: shellcheck: ${message}\n` });
  });

  test('one that cannot be started', async () => {
    const { path } = program(working);
    chmodSync(path, 0o644);
    const { status, err } = await runOn(dockerfile, ['--shellcheck', path]);
    expect(status).toBe(2);
    expect(err).toContain('there is no such program');
  });

  test('one that does not end is stopped', async () => {
    const { path } = program('exec sleep 60');
    const shellcheck = openShellcheck({ cwd: root, env: { PATH: '/bin:/usr/bin' } }, 0.2);
    expect(await shellcheck.check(['#!/bin/sh\n'], { path })).toEqual(new Map());
    expect(shellcheck.problems[0]?.message).toContain('it was stopped');
  });
});

test('nothing is left in the folder for temporary files', async () => {
  const before = readdirSync(tmpdir()).filter((name) => name.startsWith('dflint-shellcheck-run-'));
  await runOn(dockerfile, [], { PATH: `${program(working).folder}:/bin` });
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith('dflint-shellcheck-run-'))).toEqual(before);
});

const real = [process.env['PEERS'] ?? '', ...(process.env['PATH'] ?? '').split(delimiter)]
  .map((folder) => join(folder, 'shellcheck'))
  .find((path) => path !== 'shellcheck' && existsSync(path));

describe.skipIf(real === undefined)('the real one (on PATH, or in the folder PEERS)', () => {
  const lint = async (text: string, ...words: readonly string[]) => {
    const { out, err } = await runOn(text, ['--preset=all', '--shellcheck', real ?? '', ...words]);
    expect(err).toBe('');
    return said(out);
  };

  test('all findings of a RUN, each at its place', async () => {
    expect(await lint('FROM debian:12\nRUN cd "$HOME"; \\\n  echo $HOME \\\n  `ls`\n')).toEqual([
      '2 SC2164',
      '3 SC2086',
      '4 SC2006',
      '4 SC2046',
    ]);
  });

  test.each([
    ['the shell of the base', 'FROM alpine:3.20\nRUN [[ -f /a ]] && make', []],
    ['the shell of the base', 'FROM fedora:41\nRUN [[ -f /a ]] && make', []],
    ['the shell of the base', 'FROM debian:12\nRUN [[ -f /a ]] && make', ['2 SC3010']],
    ['a #! line', 'FROM debian:12\nRUN <<EOF\n#!/bin/bash\n[[ -f /a ]] && make\nEOF', []],
    ['-e', 'FROM debian:12\nSHELL ["/bin/bash", "-ec"]\nRUN cd /a; ls', []],
    ['a variable of the Dockerfile', 'FROM debian:12\nARG version=1\nRUN curl "$version"', []],
    ['a variable of nobody', 'FROM debian:12\nRUN curl "$version"', ['2 SC2154']],
    ['a base that may set it', 'FROM example.com/team/base\nRUN curl "$version"', []],
    ['what each shell has', 'FROM debian:12\nRUN f() { local a=1; echo -n "$a"; }; f', []],
    ['what BusyBox has', 'FROM alpine:3.22\nRUN read -rt 1 x || let x=$RANDOM; cat <(echo -E "$x")', []],
    ['what BusyBox lacks', 'FROM alpine:3.22\nRUN read -ra x; echo "$x" "$UID"', ['2 SC3045', '2 SC2128', '2 SC3028']],
    ['echo -e', 'FROM debian:12\nRUN echo -e a', ['2 SC3037']],
    ['disabled above', 'FROM debian:12\n# shellcheck disable=SC2086\nRUN echo $HOME', []],
    ['disabled in a heredoc', 'FROM debian:12\nRUN <<EOF\n# shellcheck disable=SC2086\necho $HOME\nEOF', []],
    ['no fi', 'FROM debian:12\nRUN if true; then make', ['2 SC1046']],
  ])('%s: %j', async (_, text, expected) => {
    expect(await lint(`${text}\n`)).toEqual(expected);
  });
});
