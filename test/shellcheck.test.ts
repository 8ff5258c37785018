/** Scripts as ShellCheck is given them, and what it says of them brought back to the Dockerfile. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unknownContext } from '../src/context/index.ts';
import { createBuild } from '../src/model/index.ts';
import { type OpenScript, openScripts, type ShellcheckComment } from '../src/shellcheck/index.ts';
import { readReport } from '../src/shellcheck/report.ts';
import { createSource, offsetAt, parseDockerfile, type Span } from '../src/syntax/index.ts';

const scriptsOf = (text: string): readonly OpenScript[] =>
  openScripts(createBuild(parseDockerfile(text), { context: unknownContext, path: 'Dockerfile' }));

/** What ShellCheck would read of `FROM debian:12` and these lines. */
const textsOf = (lines: string): readonly string[] => scriptsOf(`FROM debian:12\n${lines}`).map(({ text }) => text);

const cut = (text: string, { line, column, endLine, endColumn }: Span): string =>
  text.slice(offsetAt(createSource(text), line, column), offsetAt(createSource(text), endLine, endColumn));

/** The place of `part` in a script, as ShellCheck counts. */
function placeOf(part: string, { text }: OpenScript) {
  const start = text.indexOf(part);
  const pointsBefore = (at: number): number => [...text.slice(text.lastIndexOf('\n', at - 1) + 1, at)].length;
  const lineOf = (at: number): number => text.slice(0, at).split('\n').length;
  const end = start + part.length;
  return {
    line: lineOf(start),
    column: pointsBefore(start) + 1,
    endLine: lineOf(end),
    endColumn: pointsBefore(end) + 1,
  };
}

const comment = (place: ReturnType<typeof placeOf>, more: Partial<ShellcheckComment> = {}): ShellcheckComment => ({
  ...place,
  file: '0',
  level: 'warning',
  code: 2046,
  message: 'Quote this.',
  ...more,
});

/** What stands in the Dockerfile where ShellCheck finds `part` in its last script. */
function found(dockerfile: string, part: string): string | undefined {
  const script = scriptsOf(dockerfile).at(-1);
  if (script === undefined) return undefined;
  const [finding] = [...script.findings([comment(placeOf(part, script))])];
  return finding === undefined ? undefined : cut(dockerfile, finding.finding.at);
}

describe('what ShellCheck is given', () => {
  test('the shell of the base, the variables that occur, and the script', () => {
    expect(textsOf('ARG PORT\nENV HOST=a UNUSED=b\nRUN echo $HOST ${PORT} $http_proxy $other')).toEqual([
      '#!/bin/sh\nexport HOST=1\nexport PORT=1\nexport http_proxy=1\necho $HOST ${PORT} $http_proxy $other\n',
    ]);
  });

  test.each([
    ['FROM alpine:3.20\nRUN true', '#!/bin/busybox sh'],
    ['FROM node:22-alpine AS base\nFROM base\nRUN true', '#!/bin/busybox sh'],
    ['FROM fedora:41\nRUN true', '#!/bin/bash'],
    ['FROM eclipse-temurin:21-ubi9-minimal\nRUN true', '#!/bin/bash'],
    ['FROM example.com/team/base\nRUN true', '#!/bin/sh'],
    ['FROM alpine:3.20\nSHELL ["/bin/bash", "-c"]\nRUN true', '#!/bin/bash'],
    ['FROM debian:12\nSHELL ["/bin/ash", "-c"]\nRUN true', '#!/bin/busybox sh'],
    ['FROM debian:12\nSHELL ["/usr/bin/env", "ksh", "-c"]\nRUN true', '#!/bin/ksh'],
    ['# hadolint shell=/bin/bash\nFROM example.com/team/base\nRUN true', '#!/bin/bash'],
  ])('%j is read as %s', (text, shebang) => {
    expect(scriptsOf(text).map((script) => script.text)).toEqual([`${shebang}\ntrue\n`]);
  });

  test.each([
    'RUN ["sh", "-c", "echo $HOME"]',
    'SHELL ["pwsh", "-Command"]\nRUN echo $HOME',
    'SHELL ["/bin/zsh", "-c"]\nRUN echo $HOME',
    'SHELL ["python3", "-c"]\nRUN print("$HOME")',
    'RUN <<EOF\n#!/usr/bin/env python3\nprint("$HOME")\nEOF',
    'CMD echo $HOME',
  ])('%j is none for it', (lines) => {
    expect(textsOf(lines)).toEqual([]);
  });

  test('a Windows base has none', () => {
    expect(scriptsOf('FROM mcr.microsoft.com/windows/servercore:ltsc2022\nRUN dir %PATH%')).toEqual([]);
  });

  test('-e of SHELL and of a #! line', () => {
    expect(textsOf('SHELL ["/bin/bash", "-eo", "pipefail", "-c"]\nRUN cd /a; ls')).toEqual([
      '#!/bin/bash\nset -e\ncd /a; ls\n',
    ]);
    expect(textsOf('RUN <<EOF\n#!/bin/bash -e\ncd /a\nEOF')).toEqual(['#!/bin/bash\nset -e\ncd /a\n']);
  });

  test('ONBUILD RUN, and a trigger once where it is written', () => {
    expect(scriptsOf('FROM debian:12 AS base\nONBUILD RUN make\nFROM base').map(({ text }) => text)).toEqual([
      '#!/bin/sh\nmake\n',
    ]);
  });

  test('a trigger sees what triggers above it set', () => {
    expect(textsOf('ONBUILD ARG version\nONBUILD RUN curl $version')).toEqual([
      '#!/bin/sh\nexport version=1\ncurl $version\n',
    ]);
  });

  test('heredocs: a script, input of a command, with tabs dropped', () => {
    expect(textsOf('RUN <<EOF\n# shellcheck disable=SC2086\necho $HOME\nEOF')).toEqual([
      '#!/bin/sh\n# shellcheck disable=SC2086\necho $HOME\n',
    ]);
    expect(textsOf('RUN cat <<EOF > /a\nhello\nEOF')).toEqual(['#!/bin/sh\ncat <<EOF > /a\nhello\nEOF\n']);
    expect(textsOf('RUN <<-EOF\n\techo a\n\tEOF')).toEqual(['#!/bin/sh\necho a\n']);
  });

  test('what comments above a RUN and between its lines ask of ShellCheck', () => {
    const lines = '# shellcheck disable=SC2086\nRUN make && \\\n  # shellcheck disable=SC2046,SC2006\n  make install';
    expect(textsOf(lines)).toEqual(['#!/bin/sh\n# shellcheck disable=SC2086,SC2046,SC2006\nmake &&   make install\n']);
  });

  test('a secret that comes as a variable', () => {
    expect(textsOf('RUN --mount=type=secret,id=t,env=token curl $token')).toEqual([
      '#!/bin/sh\nexport token=1\ncurl $token\n',
    ]);
  });
});

describe('places in the Dockerfile', () => {
  test.each([
    ['continued lines', 'FROM debian:12\nRUN make && \\\n    cd $HOME \\\n    && ls', '$HOME', '$HOME'],
    ['over continued lines', 'FROM debian:12\nRUN cd \\\n  /a; ls', 'cd   /a', 'cd \\\n  /a'],
    ['comments between lines', 'FROM debian:12\nRUN make && \\\n # why $HOME\n\n cd $HOME', '$HOME', '$HOME'],
    ['CRLF', 'FROM debian:12\r\nRUN make && \\\r\n  cd $HOME; \\\r\n  ls\r\n', '$HOME', '$HOME'],
    ['CRLF in a heredoc', 'FROM debian:12\r\nRUN <<EOF\r\nmake\r\ncd $HOME\r\nEOF\r\n', '$HOME', '$HOME'],
    ['another escape', '# escape=`\nFROM debian:12\nRUN make && `\n  cd $HOME', '$HOME', '$HOME'],
    ['tabs', 'FROM debian:12\nRUN make && \\\n\t\tcd\t$HOME', '$HOME', '$HOME'],
    ['characters of two units', 'FROM debian:12\nRUN echo "😀日本" && cd $HOME', '$HOME', '$HOME'],
    ['a heredoc without its #!', 'FROM debian:12\nRUN <<EOF\n#!/bin/bash\ncd $HOME\nEOF', '$HOME', '$HOME'],
    ['a heredoc with tabs', 'FROM debian:12\nRUN <<-EOF\n\tmake\n\tcd $HOME\n\tEOF', '$HOME', '$HOME'],
    ['input of a command', 'FROM debian:12\nRUN cat <<EOF > /a && \\\n  cd /b\nhello $HOME\nEOF', '$HOME', '$HOME'],
    ['flags before the script', 'FROM debian:12\nRUN --network=none \\\n  cd $HOME', '$HOME', '$HOME'],
    ['ONBUILD', 'FROM debian:12\nONBUILD RUN cd $HOME', '$HOME', '$HOME'],
    ['exports before the script', 'FROM debian:12\nENV HOST=a\nRUN echo $HOST $HOME', '$HOME', '$HOME'],
  ])('%s', (_, dockerfile, part, expected) => {
    expect(found(dockerfile, part)).toBe(expected);
  });

  test('what stands in lines of ours is nowhere', () => {
    expect(found('FROM debian:12\nENV HOST=a\nRUN echo $HOST', 'export HOST')).toBeUndefined();
    expect(found('FROM debian:12\nRUN make', '/bin/sh')).toBeUndefined();
  });

  test('a place of no width, and one past the end, are the nearest character', () => {
    const dockerfile = 'FROM debian:12\nRUN if true; then \\\n  make';
    const [script] = scriptsOf(dockerfile);
    const at = (line: number, column: number) =>
      [...(script?.findings([comment({ line, column, endLine: line, endColumn: column })]) ?? [])].map(({ finding }) =>
        cut(dockerfile, finding.at),
      );
    expect(at(2, 1)).toEqual(['i']);
    expect(at(3, 1)).toEqual(['e']);
    expect(at(40, 7)).toEqual(['e']);
  });
});

describe('findings', () => {
  const [script] = scriptsOf('FROM example.com/team/base\nRUN if true; then local a; echo -n $b');
  const said = (...comments: readonly Partial<ShellcheckComment>[]) =>
    script === undefined ? [] : [...script.findings(comments.map((more) => comment(placeOf('true', script), more)))];

  test.each([
    ['error', 'error', 'correctness', 'recommended'],
    ['warning', 'warning', 'correctness', 'strict'],
    ['info', 'info', 'style', 'strict'],
    ['style', 'info', 'style', 'all'],
  ] as const)('%s is %s', (level, severity, category, preset) => {
    const [finding] = said({ level });
    expect(finding?.rule).toMatchObject({ id: 'shellcheck/SC2046', severity, category, preset, confidence: 'likely' });
    expect(finding?.finding.message).toBe('Quote this');
  });

  test('a command in another place than was meant is for everyone', () => {
    expect(said({ code: 2164 })[0]?.rule.preset).toBe('recommended');
    expect(said({ code: 3010 })[0]?.rule.preset).toBe('strict');
  });

  test('a line that a message names is one of the Dockerfile, or left out', () => {
    const message = 'This pattern never matches because of a previous pattern on line 4.';
    const inHeredoc = scriptsOf('FROM debian:12\nRUN <<EOF\ncase $A in\na) ;;\na) ;;\nesac\nEOF')[0];
    const inLine = scriptsOf('FROM debian:12\nENV A=1 B=2\nRUN case $A$B in a) ;; \\\n a) ;; esac')[0];
    const messages = [inHeredoc, inLine].map((one) => {
      const [only] = one?.findings([comment(placeOf('a)', one), { message })]) ?? [];
      return only?.finding.message;
    });
    expect(messages).toEqual([
      'This pattern never matches because of a previous pattern on line 5',
      'This pattern never matches because of a previous pattern',
    ]);
  });

  test('what is no fault in a RUN is left out', () => {
    expect(said({ code: 1091 }, { code: 1090 }, { code: 2187 }, { code: 3043 }, { code: 2154 })).toEqual([]);
  });

  test('a script that cannot be read is one finding', () => {
    const unreadable = said(
      { code: 1009, level: 'info' },
      { code: 1073, level: 'error' },
      { code: 1046, level: 'error', message: 'No fi' },
      { code: 1072, level: 'error' },
      { code: 2086, level: 'info' },
    );
    expect(unreadable.map(({ rule }) => rule.id)).toEqual(['shellcheck/SC1046', 'shellcheck/SC2086']);
    expect(unreadable[0]?.finding.answers).toEqual([1046, 1009, 1073, 1072].map((code) => `shellcheck/SC${code}`));
  });
});

describe('edits', () => {
  /** The Dockerfile after the edits that quote `part`. */
  function quoted(dockerfile: string, part: string): string | undefined {
    const script = scriptsOf(dockerfile).at(-1);
    if (script === undefined) return undefined;
    const place = placeOf(part, script);
    const { line, column, endLine, endColumn } = place;
    const start = { line, column, endLine: line, endColumn: column };
    const end = { line: endLine, column: endColumn, endLine, endColumn };
    const fix = {
      replacements: [
        { ...start, insertionPoint: 'afterEnd' as const, replacement: '"' },
        { ...end, insertionPoint: 'beforeStart' as const, replacement: '"' },
      ],
    };
    const [said] = [...script.findings([comment(place, { fix })])];
    const source = createSource(dockerfile);
    return said?.finding.fix?.edits.reduceRight(
      (text, { at, text: put }) =>
        text.slice(0, offsetAt(source, at.line, at.column)) +
        put +
        text.slice(offsetAt(source, at.endLine, at.endColumn)),
      dockerfile,
    );
  }

  test.each([
    ['FROM debian:12\nRUN cd $HOME', 'FROM debian:12\nRUN cd "$HOME"'],
    ['FROM debian:12\nRUN cd \\\n$HOME \\\n  && ls', 'FROM debian:12\nRUN cd \\\n"$HOME" \\\n  && ls'],
    ['FROM debian:12\r\nRUN cd $HOME\\\r\n && ls', 'FROM debian:12\r\nRUN cd "$HOME"\\\r\n && ls'],
    ['FROM debian:12\nRUN <<EOF\ncd $HOME\nEOF', 'FROM debian:12\nRUN <<EOF\ncd "$HOME"\nEOF'],
  ])('%j', (before, after) => {
    expect(quoted(before, '$HOME')).toBe(after);
  });

  test('one that runs over a line end is not made, nor are the others of it', () => {
    const dockerfile = 'FROM debian:12\nRUN cd `pw\\\nd`; ls';
    const [script] = scriptsOf(dockerfile);
    if (script === undefined) throw new Error('there is a script');
    const place = placeOf('`pwd`', script);
    const fix = { replacements: [{ ...place, insertionPoint: 'beforeStart' as const, replacement: '$(pwd)' }] };
    const [said] = [...script.findings([comment(place, { fix })])];
    expect(said?.finding.fix).toBeUndefined();
  });
});

test('whatever stands in the file and in the report, places are in the file', () => {
  const piece = fc.constantFrom(
    'RUN ',
    'ONBUILD ',
    '<<EOF',
    '\nEOF\n',
    '\\\n',
    '\r\n',
    '\n',
    '# shellcheck disable=all\n',
    'echo $A',
    '😀',
    '\t',
    '`',
    '"',
    'SHELL ["bash"]\n',
  );
  const spot = fc.record({
    line: fc.integer({ min: -1, max: 9 }),
    column: fc.integer({ min: -1, max: 60 }),
    endLine: fc.integer({ min: -1, max: 9 }),
    endColumn: fc.integer({ min: -1, max: 60 }),
  });
  const property = fc.property(fc.array(piece, { maxLength: 20 }), spot, (pieces, place) => {
    const text = `FROM debian:12\nENV A=1\nRUN ${pieces.join('')}`;
    const lines = text.split('\n');
    const replacement = { ...place, insertionPoint: 'beforeStart' as const, replacement: '"' };
    for (const script of scriptsOf(text))
      for (const { finding } of script.findings([comment(place, { fix: { replacements: [replacement] } })]))
        for (const { line, column, endLine, endColumn } of [
          finding.at,
          ...(finding.fix?.edits ?? []).map(({ at }) => at),
        ]) {
          expect(column >= 1 && column <= (lines[line - 1]?.length ?? -1) + 1).toBe(true);
          expect(endLine >= line && endColumn <= (lines[endLine - 1]?.length ?? -1) + 2).toBe(true);
        }
  });
  fc.assert(property, { numRuns: 200, seed: 1 });
});

test('many findings in a long RUN take time in proportion', { retry: 2 }, () => {
  const timed = (commands: number): number => {
    const [script] = scriptsOf(`FROM debian:12\nRUN true \\\n${' && echo $HOME \\\n'.repeat(commands)}`);
    const place = { line: 2, column: 9, endLine: 2, endColumn: 12 };
    const comments = Array.from({ length: commands }, (_, at) =>
      comment({ ...place, column: at * 15, endColumn: at * 15 + 4 }),
    );
    const start = performance.now();
    expect([...(script?.findings(comments) ?? [])].length).toBeGreaterThan(commands / 2);
    return performance.now() - start;
  };
  timed(1000);
  expect(timed(10_000)).toBeLessThan(40 * Math.max(timed(1000), 10));
});

test('a report that is none', () => {
  for (const text of ['', '[]', '{"comments":[{}]}', 'Segmentation fault']) expect(readReport(text)).toBeUndefined();
  expect(readReport('{"comments":[]}')).toEqual([]);
});
