/** Source frames, wrapping and harmless text, on findings made by hand. */
import { describe, expect, test } from 'vitest';
import type { LintResult, ReportedFinding } from '../src/engine/lint.ts';
import { harmless, harmlessJson } from '../src/report/harmless.ts';
import { jsonReport } from '../src/report/json.ts';
import { textReport, textSummary } from '../src/report/text.ts';
import { displayWidth, wrap } from '../src/report/width.ts';
import type { Span } from '../src/syntax/index.ts';

function place(text: string, quoted: string): Span {
  const start = text.indexOf(quoted);
  const at = (offset: number) => {
    const before = text.slice(0, offset).split('\n');
    return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  };
  const { line: endLine, column: endColumn } = at(start + quoted.length);
  return { ...at(start), endLine, endColumn };
}

const found = (at: Span, more: Partial<ReportedFinding> = {}): ReportedFinding => ({
  rule: 'root-user',
  severity: 'warning',
  confidence: 'certain',
  category: 'security',
  answers: [],
  message: 'it runs as root',
  instead: 'Set USER.',
  evidence: [],
  ...at,
  ...more,
});

const result = (text: string, findings: readonly ReportedFinding[]): LintResult => ({
  path: 'Dockerfile',
  text,
  findings,
  suppressed: [],
  failures: [],
  stages: [],
  unknownTargets: [],
});

/** The source frame of one finding at the quoted text. */
const frameOf = (text: string, quoted: string, columns = 80): string[] =>
  textReport(result(text, [found(place(text, quoted))]), { columns })
    .split('\n')
    .filter((line) => /^ +(\d+ )?\|/.test(line));

test('header, frame, evidence, advice', () => {
  const text = 'FROM node:22\nRUN npm ci\nCMD ["node", "server.js"]\n';
  const at = place(text, 'FROM node:22');
  const evidence = [{ at: place(text, 'CMD'), message: 'this runs as root' }];
  expect(textReport(result(text, [found(at, { evidence })]))).toBe(
    [
      'Dockerfile:1:1 warning root-user: it runs as root',
      '  1 | FROM node:22',
      '    | ^^^^^^^^^^^^',
      '  line 3: this runs as root  | CMD ["node", "server.js"]',
      '  instead: Set USER.',
      '',
    ].join('\n'),
  );
});

describe('the underline stands below the place', () => {
  test.each([
    ['tabs', 'RUN\ta\tnpm', 'npm', ['  1 | RUN    a    npm', '    |             ^^^']],
    ['wide characters', 'RUN 日本 npm', 'npm', ['  1 | RUN 日本 npm', '    |          ^^^']],
    ['wide place', 'RUN 日本', '日本', ['  1 | RUN 日本', '    |     ^^^^']],
    ['emoji', 'RUN ✅🚀 npm', 'npm', ['  1 | RUN ✅🚀 npm', '    |          ^^^']],
    ['combining marks', 'RUN e\u0301 npm', 'npm', ['  1 | RUN e\u0301 npm', '    |       ^^^']],
    ['escape sequences', 'RUN \u001b[31m npm', 'npm', ['  1 | RUN \\u001b[31m npm', '    |                ^^^']],
    ['a byte order mark', '\ufeffFROM a', 'FROM', ['  1 | FROM a', '    | ^^^^']],
    ['CRLF', 'FROM a\r\nRUN b\r\n', 'RUN b', ['  2 | RUN b', '    | ^^^^^']],
  ])('%s', (_, text, quoted, expected) => expect(frameOf(text, quoted)).toEqual(expected));

  test.each([
    ['an empty file', '', { line: 1, column: 1, endLine: 1, endColumn: 1 }],
    ['past the last line', 'FROM a', { line: 9, column: 4, endLine: 12, endColumn: 1 }],
    ['past the end of the line', 'FROM a\n', { line: 1, column: 90, endLine: 1, endColumn: 95 }],
    ['inside a surrogate pair', 'RUN 🚀', { line: 1, column: 6, endLine: 1, endColumn: 7 }],
  ])('%s', (_, text, at) => {
    const [, underline] = frameOf2(text, at);
    expect(underline).toMatch(/^ +\| +\^+$/);
  });

  const frameOf2 = (text: string, at: Span) =>
    textReport(result(text, [found(at)]))
      .split('\n')
      .slice(1, 3);
});

test('a place of many lines shows its first ones', () => {
  const body = Array.from({ length: 12 }, (_, at) => `  step ${at}\n`).join('');
  const text = `RUN <<EOF\n${body}EOF\n`;
  expect(frameOf(text, text)).toEqual([
    '  1 | RUN <<EOF',
    '    | ^^^^^^^^^',
    '  2 |   step 0',
    '  3 |   step 1',
    '  4 |   step 2',
    '    | … 10 more lines',
  ]);
});

describe('a long line is cut around the place', () => {
  const line = `RUN ${'a'.repeat(100)} npm ci ${'b'.repeat(100)}`;
  test.each([40, 60, 80, 200])('%i columns', (columns) => {
    const [source = '', underline = ''] = frameOf(line, 'npm ci', columns);
    expect(displayWidth(source)).toBeLessThanOrEqual(columns);
    const start = underline.indexOf('^');
    expect(source.slice(start, start + 6)).toBe('npm ci');
    expect(underline.trimEnd().length - start).toBe(6);
  });

  test('many places on one very long line take time in proportion', () => {
    const count = 20_000;
    const text = `RUN ${'npm ci; '.repeat(count)}`;
    const findings = Array.from({ length: count }, (_, at) => ({
      ...found({ line: 1, column: 5 + at * 8, endLine: 1, endColumn: 11 + at * 8 }),
      message: `this is install ${at}`,
    }));
    const started = performance.now();
    expect(textReport(result(text, findings)).split('npm ci').length).toBeGreaterThan(count);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe('what matters most is seen first, what repeats is said once', () => {
  const at = (line: number) => ({ line, column: 1, endLine: line, endColumn: 5 });
  const text = 'FROM a\nFROM b\nFROM c\nFROM d\n';
  const info = { rule: 'floating', severity: 'info', instead: 'Name a release.' } as const;

  test('errors before warnings before infos, the places in order', () => {
    const report = textReport(
      result(text, [
        { ...found(at(1)), ...info },
        { ...found(at(2)), severity: 'warning' },
        { ...found(at(3)), severity: 'error' },
        { ...found(at(4)), ...info },
      ]),
    );
    expect(report.match(/^\S+ \w+/gm)).toEqual([
      'Dockerfile:3:1 error',
      'Dockerfile:2:1 warning',
      'Dockerfile:1:1 info',
      'Dockerfile:4:1 info',
    ]);
  });

  test('of infos, and of warnings that say the same, the first is shown whole; the advice is given once', () => {
    const report = textReport(
      result(text, [
        { ...found(at(1)), ...info, message: 'a floats' },
        { ...found(at(2)), ...info, message: 'b floats' },
        { ...found(at(3)), severity: 'warning', message: 'this fails' },
        { ...found(at(4)), severity: 'warning', message: 'this fails' },
      ]),
    );
    expect(report).toContain('b floats\n  instead: Name a release.\n');
    expect(report.match(/\d \| FROM \w/g)).toEqual(['3 | FROM c', '1 | FROM a']);
    expect(report.match(/instead:/g)).toHaveLength(2);
  });

  test('warnings that say different things are each shown whole', () => {
    const report = textReport(
      result(text, [
        { ...found(at(1)), severity: 'warning', message: 'a fails' },
        { ...found(at(2)), severity: 'warning', message: 'b fails' },
      ]),
    );
    expect(report.match(/\d \| FROM \w/g)).toEqual(['1 | FROM a', '2 | FROM b']);
  });
});

describe('prose is broken at blanks', () => {
  test.each([
    ['one two three', 9, '  ', '  ', ['  one two', '  three']],
    ['one two', 8, 'Dockerfile:1:1:', '  ', ['Dockerfile:1:1:', '  one', '  two']],
    ['abcdefghijkl m', 6, '', '', ['abcdefghijkl', 'm']],
    ['日本 日本 日本', 9, '', '', ['日本 日本', '日本']],
    ['', 9, '  ', '  ', ['']],
  ])('%j at %i', (text, columns, lead, hanging, lines) => expect(wrap(text, columns, lead, hanging)).toEqual(lines));
});

test.each([
  ['\u001b[31m', '\\u001b[31m'],
  ['a\nb\tc\r', 'a\\u000ab\\u0009c\\u000d'],
  ['\u009b\u007f', '\\u009b\\u007f'],
  ['\u202e\u2066\u200b\u2028', '\\u202e\\u2066\\u200b\\u2028'],
  ['\ud800', '\\ud800'],
  ['\u{e0041}', '\\u{e0041}'],
  ['Größe 日本 🚀', 'Größe 日本 🚀'],
])('%j is shown as %s', (text, shown) => expect(harmless(text)).toBe(shown));

test('a message cannot start a line of its own', () => {
  const at = { line: 1, column: 1, endLine: 1, endColumn: 2 };
  const forged = found(at, { message: 'x\nDockerfile:1:1 error forged: y', evidence: [{ at, message: 'a\r\nb' }] });
  const lines = textReport(result('FROM a\n', [forged])).split('\n');
  expect(lines.filter((line) => line.startsWith('Dockerfile:'))).toHaveLength(1);
  expect(lines).toContainEqual(expect.stringMatching(/^ {2}line 1: a b {2}\|/));
});

test('JSON says the same, with nothing in it that steers a terminal', () => {
  const text = 'a\u202e\u009b\u007f\u{e0041}';
  const report = jsonReport([result('', [found({ line: 1, column: 1, endLine: 1, endColumn: 1 }, { message: text })])]);
  expect(report).not.toMatch(/[\u007f-\u009f\p{Cf}]/u);
  expect(JSON.parse(report).files[0].findings[0].message).toBe(text);
  expect(harmlessJson('{"a":\n1}')).toBe('{"a":\n1}');
});

test('the summary counts', () => {
  const at = { line: 1, column: 1, endLine: 1, endColumn: 1 };
  const info = found(at, { severity: 'info' });
  expect(textSummary([result('', [found(at), found(at), info])])).toBe('1 file: 2 warnings, 1 info\n');
  expect(textSummary([result('', []), result('', [])])).toBe('2 files: nothing to report\n');
});
