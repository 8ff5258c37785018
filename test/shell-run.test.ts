import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunInstruction } from '../src/syntax/instruction.ts';
import { parseDockerfile } from '../src/syntax/parse.ts';
import {
  commandScript,
  commandStates,
  evaluateTest,
  expandShellWord,
  expandShellWords,
  guardsHold,
  parseShell,
  runScript,
  type ShellScript,
  simpleCommands,
  type VariableLookup,
} from '../src/syntax/shell/index.ts';
import { createSource, type Source, type Span } from '../src/syntax/source.ts';
import { sharedPath } from './harness/shared.ts';

function runIn(text: string): { readonly run: RunInstruction; readonly source: Source } {
  const file = parseDockerfile(`FROM node:22\n${text}`);
  const run = file.instructions[1];
  if (run?.keyword !== 'RUN') throw new Error(`no RUN in ${text}`);
  return { run, source: file.source };
}

const lines = (script: ShellScript): readonly string[] =>
  [...simpleCommands(script)].map((command) => command.words.map((word) => word.raw).join(' '));

/** The text of a source at a span. */
function textAt(source: Source, span: Span): string {
  const start = (source.lineStarts[span.line - 1] ?? 0) + span.column - 1;
  const end = (source.lineStarts[span.endLine - 1] ?? 0) + span.endColumn - 1;
  return source.text.slice(start, end);
}

describe('what a RUN runs', () => {
  it.each<[string, readonly string[]]>([
    ['RUN npm ci && \\\n  # tests\n  npm test', ['npm ci', 'npm test']],
    ['RUN ["npm", "ci"]', ['npm ci']],
    ['RUN ["/bin/sh", "-c", "npm ci && npm test"]', ['npm ci', 'npm test']],
    ['RUN ["sudo", "-u", "node", "bash", "-lc", "npm ci"]', ['npm ci']],
    ['RUN <<EOF\nnpm ci\nnpm test\nEOF', ['npm ci', 'npm test']],
    ['RUN <<"EOF"\nnpm ci\nEOF', ['npm ci']],
    ['RUN <<-EOF\n\tnpm ci\n\tEOF', ['npm ci']],
    ['RUN <<EOF\n#!/bin/bash -e\nnpm ci\nEOF', ['npm ci']],
    ['RUN <<EOF\n#!/usr/bin/env python3\nimport os\nEOF', []],
    ['RUN python3 <<EOF\nimport os; os.system("npm ci")\nEOF', ['python3']],
    ['RUN bash <<EOF\nnpm ci\nEOF', ['npm ci']],
    ['RUN <<EOF bash -e\nnpm ci\nEOF', ['npm ci']],
    ['RUN cat <<A > /a && cat <<B > /b\n$(id)\nA\nb\nB', ['id', 'cat', 'cat']],
    ["RUN <<EOF\ncat <<'X' > /etc/app.conf\nnpm ci\nX\nnpm test\nEOF", ['cat', 'npm test']],
  ])('%s', (text, expected) => {
    const script = runScript(runIn(text).run, undefined);
    expect(script.fault).toBeUndefined();
    expect(lines(script)).toEqual(expected);
  });

  it('hands heredoc bodies to the redirects that read them', () => {
    const { run } = runIn("RUN cat <<A > /a && tee /b <<-'B'\nfirst $X\nA\n\tsecond $Y\nB");
    const [cat, tee] = runScript(run, undefined).commands;
    expect(cat?.redirects.map((redirect) => redirect.target.raw)).toEqual(['A', '/a']);
    expect(cat?.redirects[0]?.heredoc?.parts).toEqual([
      { kind: 'literal', text: 'first ', quoted: true },
      { kind: 'parameter', name: 'X', quoted: true },
      { kind: 'literal', text: '\n', quoted: true },
    ]);
    expect(cat?.redirects[0]?.heredoc?.span).toMatchObject({ line: 3, column: 1 });
    expect(tee?.redirects[0]?.heredoc?.text).toBe('second $Y\n');
  });

  it('reads CRLF files like others', () => {
    const { run, source } = runIn('RUN <<EOF\r\nnpm ci\r\ncat <<X > y\r\nz\r\nX\r\nnpm test\r\nEOF\r\n');
    const script = runScript(run, undefined);
    expect(script.fault).toBeUndefined();
    expect(script.commands.map((command) => textAt(source, command.span))).toEqual([
      'npm ci',
      'cat <<X > y',
      'npm test',
    ]);
  });

  it('is opaque under shells that are not POSIX', () => {
    const { run } = runIn('RUN npm ci && npm test');
    expect(runScript(run, ['powershell', '-Command'])).toMatchObject({ interpreter: 'powershell', commands: [] });
    expect(runScript(run, undefined, { windows: true })).toMatchObject({ interpreter: 'cmd', commands: [] });
    expect(runScript(run, ['/bin/bash', '-c'], { windows: true }).commands).toHaveLength(2);
    expect(runScript(runIn('RUN ["npm", "ci"]').run, ['powershell']).commands).toHaveLength(1);
  });

  it('takes errexit from SHELL and from the shebang', () => {
    const { run } = runIn('RUN npm ci; npm test');
    expect(runScript(run, ['/bin/bash', '-eo', 'pipefail', '-c']).errexit).toBe(true);
    expect(runScript(run, ['/bin/bash', '-o', 'pipefail', '-c']).errexit).toBe(false);
    expect(runScript(runIn('RUN <<EOF\n#!/bin/sh -e\na\nEOF').run, undefined).errexit).toBe(true);
  });

  it('knows the places of words in the exec form and in the scripts inside', () => {
    const { run, source } = runIn('RUN ["sh", "-c", "echo \\"a b\\" && npm ci"]');
    const script = runScript(run, undefined);
    expect(script.commands[0]?.words.map((word) => textAt(source, word.span))).toEqual([
      '"sh"',
      '"-c"',
      '"echo \\"a b\\" && npm ci"',
    ]);
    const [echo, npm] = simpleCommands(script);
    expect(echo?.words.map((word) => word.text)).toEqual(['echo', 'a b']);
    expect(npm && textAt(source, npm.span)).toBe('npm ci');
  });

  it('reads CMD, ENTRYPOINT and HEALTHCHECK', () => {
    const file = parseDockerfile(
      'FROM node:22\nHEALTHCHECK CMD curl -f http://x || exit 1\nENTRYPOINT ["tini", "--", "node", "server.js"]\nCMD npm start',
    );
    const scripts = file.instructions.flatMap((instruction) => {
      if (instruction.keyword === 'CMD' || instruction.keyword === 'ENTRYPOINT')
        return [commandScript(instruction, undefined)];
      return instruction.keyword === 'HEALTHCHECK' && instruction.command !== undefined
        ? [commandScript(instruction.command, undefined)]
        : [];
    });
    expect(scripts.map(lines)).toEqual([['curl -f http://x', 'exit 1'], ['tini -- node server.js'], ['npm start']]);
    expect(scripts[1]?.commands[0]?.effective.map((word) => word.text)).toEqual(['node', 'server.js']);
  });
});

const corpus = sharedPath('corpus');
if (corpus === undefined) console.warn('skipped: ../shared/corpus is not there');

describe.skipIf(corpus === undefined)('every RUN of the corpus', () => {
  it('has its words where they are written, and no fault outside of Windows images', () => {
    let words = 0;
    const misplaced: string[] = [];
    const faults: string[] = [];
    for (const path of dockerfilesBelow(corpus ?? '')) {
      const text = readFileSync(path, 'utf8');
      const windows = /windows|nanoserver|powershell/i.test(text);
      const file = parseDockerfile(text);
      for (const run of file.instructions) {
        if (run.keyword !== 'RUN' || run.form === 'exec') continue;
        const script = runScript(run, undefined);
        if (script.fault !== undefined && !windows) faults.push(`${path}:${run.span.line} ${script.fault}`);
        if (windows) continue;
        for (const command of script.commands) {
          for (const { span, raw } of command.words) {
            if (span.line !== span.endLine) continue;
            words += 1;
            if (textAt(file.source, span) !== raw) misplaced.push(`${path}:${span.line} ${raw}`);
          }
        }
      }
    }
    expect(misplaced).toEqual([]);
    expect(faults).toEqual([]);
    expect(words).toBeGreaterThan(10_000);
  });
});

/** Asks all questions of a script that can be asked. */
function everything(text: string): void {
  const source = createSource(text);
  const mapped = { text, offsets: Array.from({ length: text.length + 1 }, (_, at) => at), source };
  const script = parseShell(mapped, 'posix');
  const lookup: VariableLookup = (name) => (name === 'X' ? 'x y' : name === 'Y' ? null : undefined);
  const misplaced = script.commands.filter(({ span }) => span.line < 1 || span.column < 1 || span.endLine < span.line);
  expect(misplaced).toEqual([]);
  for (const { command, lookup: visible } of commandStates(simpleCommands(script), '/app', lookup, '/root')) {
    guardsHold(command.guards, { lookup: visible, exists: () => undefined });
    evaluateTest(command, { lookup: visible });
    for (const word of command.words) {
      expandShellWord(word, visible);
      expandShellWords(word, visible, { globs: 'keep' });
    }
  }
}

function dockerfilesBelow(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /dockerfile/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

describe('robustness', () => {
  const scripts = [
    'set -eux; if [ -f yarn.lock ]; then yarn --frozen-lockfile; elif [ -f package-lock.json ]; then npm ci; else exit 1; fi',
    'for p in a "b c" $X; do (cd "$p" && npm ci) || exit 1; done > log 2>&1',
    'case "$(uname -m)" in x86_64|amd64) A=x64;; *) echo `id` >&2; exit 1;; esac && echo ${A:-${B%%.*}}',
    'f() { local x=$1; npm i "$x"; }; f lodash | tee >(cat) <<EOF && sh -c "npm ci && rm -rf $X"\n$(id) `ls` ${Y}\nEOF',
    '[[ -n "$X" && $Y =~ ^a.*$ ]] && while read -r l; do echo {a,b}$l; done < <(ls *.js) &',
    "bash -lc 'eval \"echo '\"'\"'x'\"'\"'\"' <<< $((1 + $(n))) ; ! time a | b || { c; } >> d",
  ];
  const pieces = [
    '$(',
    ')',
    '`',
    '"',
    "'",
    '${',
    '}',
    '<<E\n',
    '\nE\n',
    '&&',
    '||',
    ';',
    '|',
    '{',
    '\\',
    '\n',
    'if ',
    ' fi',
    '[[',
    ']]',
    '((',
    '))',
    '😀',
    '\0',
    '\r\n',
    '$',
    '#',
    '*',
    'case ',
    'esac',
    'do ',
    'done',
  ];

  it('reads any mutation of a script without throwing', () => {
    let seed = 42;
    const random = (below: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((seed / 2_147_483_648) * below);
    };
    for (let round = 0; round < 4_000; round += 1) {
      let text = scripts[random(scripts.length)] ?? '';
      for (let change = random(4); change >= 0; change -= 1) {
        const at = random(text.length);
        text = text.slice(0, at) + (pieces[random(pieces.length)] ?? '') + text.slice(at + random(4));
      }
      everything(text);
    }
  });

  it.each<[string, string]>([
    ['substitutions', `${'$('.repeat(5_000)}id${')'.repeat(5_000)}`],
    ['open substitutions', '$('.repeat(5_000)],
    ['backticks', '`'.repeat(5_001)],
    ['groups', '{ '.repeat(5_000)],
    ['subshells', '( '.repeat(5_000)],
    ['parameters', '${X:-'.repeat(5_000)],
    ['conditions', 'if a; then '.repeat(5_000)],
    ['braces', `echo ${'{a,'.repeat(5_000)}`],
    ['quotes', `echo ${'"'.repeat(5_001)}`],
    ['inner shells', `${"sh -c '".repeat(50)}`],
    ['arithmetic', `echo $((${'('.repeat(5_000)}1${')'.repeat(5_000)}))`],
    ['brackets', `[[ ${'( '.repeat(5_000)} a ]]`],
  ])('survives 5,000 nested %s', (_, text) => {
    everything(text);
  });

  it('reads 10,000 commands', () => {
    const text = Array.from({ length: 10_000 }, (_, at) => `npm i p${at}`).join(' && ');
    const mapped = {
      text,
      offsets: Array.from({ length: text.length + 1 }, (_, at) => at),
      source: createSource(text),
    };
    expect(parseShell(mapped, 'posix').commands).toHaveLength(10_000);
    everything(text);
  });

  it.each<[string, (count: number) => string]>([
    ['commands', (count) => Array.from({ length: count }, (_, at) => `npm i p${at}`).join(' && ')],
    ['lines', (count) => Array.from({ length: count }, (_, at) => `cd d${at}; A=${at}; echo $A > f`).join('\n')],
    ['fallbacks', (count) => Array.from({ length: count }, (_, at) => `npm i p${at}`).join(' || ')],
    ['tests', (count) => Array.from({ length: count }, (_, at) => `[ -f p${at} ] && A=${at}`).join('; ')],
    ['arms', (count) => `case $X in ${Array.from({ length: count }, (_, at) => `a${at}) A=${at};;`).join(' ')} esac`],
    [
      'elifs',
      (count) =>
        `if a; then b; ${Array.from({ length: count }, (_, at) => `elif [ -f ${at} ]; then c`).join('; ')}; fi`,
    ],
    ['subshells', (count) => Array.from({ length: count }, (_, at) => `(cd d${at}; npm ci)`).join('; ')],
    ['substitutions', (count) => `echo ${Array.from({ length: count }, () => '$(id)').join(' ')}`],
    ['words', (count) => `echo ${'"a$X"b '.repeat(count)}`],
    ['functions', (count) => Array.from({ length: count }, (_, at) => `f${at}() { npm ci; }; f${at}`).join('; ')],
    ['early exits', (count) => Array.from({ length: count }, (_, at) => `[ -f ${at} ] && exit 0`).join('; ')],
    ['inner scripts', (count) => Array.from({ length: count }, () => 'sh -c "npm ci && npm test $X"').join('; ')],
  ])('takes time in proportion to the number of %s', (_, script) => {
    const timeOf = (count: number): number => {
      const text = script(count);
      const start = performance.now();
      everything(text);
      return performance.now() - start;
    };
    timeOf(1_000);
    const small = Math.min(timeOf(1_000), timeOf(1_000), timeOf(1_000));
    const large = Math.min(timeOf(5_000), timeOf(5_000), timeOf(5_000));
    // Five times the size takes 25 times as long where time grows with the square.
    expect(large).toBeLessThan(Math.max(small, 50) * 15);
  });
});
