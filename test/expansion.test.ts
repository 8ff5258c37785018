/** Expansion of words; expected values are those of BuildKit v0.34's `shell.Lex` with the same variables. */
import { describe, expect, test } from 'vitest';
import { expand, expandWord, expandWords, type Lookup, parseDockerfile, referenceSpan } from '../src/syntax/index.ts';

const variables = new Map<string, string | undefined>([
  ['A', 'abc/abb.tar.gz'],
  ['EMPTY', ''],
  ['BLANKS', ' x  y '],
  ['UNKNOWN', undefined],
]);
const lookup: Lookup = (name) => (variables.has(name) ? variables.get(name) : null);
const backslash = { escape: '\\' } as const;

const known: readonly (readonly [raw: string, text: string])[] = [
  ['plain', 'plain'],
  ['$A', 'abc/abb.tar.gz'],
  ['${A}', 'abc/abb.tar.gz'],
  ['$MISSING', ''],
  ['x${MISSING}y', 'xy'],
  ['$', '$'],
  ['a$/b', 'a$/b'],
  ['$1', ''],
  ['$@x', 'x'],
  ['${MISSING:-w}', 'w'],
  ['${MISSING-w}', 'w'],
  ['${EMPTY:-w}', 'w'],
  ['${EMPTY-w}', ''],
  ['${A:+w}', 'w'],
  ['${A+w}', 'w'],
  ['${EMPTY:+w}', ''],
  ['${EMPTY+w}', 'w'],
  ['${MISSING+w}', ''],
  ['${A:?no}', 'abc/abb.tar.gz'],
  ['${EMPTY?no}', ''],
  ['${A#a*b}', 'c/abb.tar.gz'],
  ['${A##a*b}', '.tar.gz'],
  ['${A%.*}', 'abc/abb.tar'],
  ['${A%%.*}', 'abc/abb'],
  ['${A#nothing}', 'abc/abb.tar.gz'],
  ['${A/b/X}', 'aXc/abb.tar.gz'],
  ['${A//b/X}', 'aXc/aXX.tar.gz'],
  ['${A//b*./X}', 'aXgz'],
  ['${A/\\//-}', 'abc-abb.tar.gz'],
  ['${A/?b/}', 'c/abb.tar.gz'],
  ['${A/[a]/X}', 'abc/abb.tar.gz'],
  ['${MISSING:-${EMPTY:-${A%%/*}}}', 'abc'],
  ["'$A'", '$A'],
  ['"$A"', 'abc/abb.tar.gz'],
  ['"a b"\'c d\'', 'a bc d'],
  ['"it\'s"', "it's"],
  ['\\$A', '$A'],
  ['"\\$A \\" \\x"', '$A " \\x'],
  ["'\\'", '\\'],
  ['a\\', 'a'],
  ['\ufeffA', 'A'],
];

describe('known values', () => {
  test.each(known)('%s', (raw, text) => {
    expect(expandWord(raw, lookup, backslash)).toBe(text);
  });
});

describe('values that an unknown variable decides', () => {
  test.each([
    '$UNKNOWN',
    'a${UNKNOWN}b',
    '${UNKNOWN:-w}',
    '${UNKNOWN+w}',
    '${UNKNOWN#p}',
    '${UNKNOWN?m}',
    '${A/b/$UNKNOWN}',
  ])('%s is unknown', (raw) => {
    expect(expand(raw, lookup, backslash)).not.toHaveProperty('text');
    expect(expand(raw, lookup, backslash)).not.toHaveProperty('fault');
  });

  test.each([
    ['${A:-$UNKNOWN}', 'abc/abb.tar.gz'],
    ['${MISSING:+$UNKNOWN}', ''],
    ["'$UNKNOWN'", '$UNKNOWN'],
  ])('%s does not need it', (raw, text) => {
    expect(expandWord(raw, lookup, backslash)).toBe(text);
  });
});

describe('faults', () => {
  test.each([
    ['${}', 'bad substitution'],
    ['${:x}', 'bad substitution'],
    ['${A', "missing '}'"],
    ['${A:-x', "missing '}'"],
    ['${A/b', "missing '/'"],
    ['${A^^}', 'unsupported modifier (^)'],
    ['${A:0:3}', 'unsupported modifier (:0)'],
    ['${A:#p}', 'unsupported modifier (:#)'],
    ['${A#\\q}', 'invalid pattern'],
    ['"open', 'double-quote'],
    ["'open", 'single-quote'],
    ['${MISSING:?say why}', 'MISSING: say why'],
    ['${EMPTY:?}', 'EMPTY: is not allowed to be empty'],
  ])('%s', (raw, part) => {
    const expansion = expand(raw, lookup, backslash);
    expect(expansion.fault).toContain(part);
    expect(expansion).not.toHaveProperty('text');
  });
});

test('the escape character of the file', () => {
  expect(expandWord('C:\\dir`$A', lookup, { escape: '`' })).toBe('C:\\dir$A');
  expect(expandWord('`$A', lookup, backslash)).toBe('`abc/abb.tar.gz');
});

test('quotes are kept in the body of a heredoc', () => {
  expect(expandWord('"$A" \'$EMPTY\' \\$A', lookup, { ...backslash, literalQuotes: true })).toBe(
    '"abc/abb.tar.gz" \'\' $A',
  );
});

test('words are split after expansion, quotes hold them together', () => {
  expect(expandWords('a$BLANKS"b c" d', lookup, backslash)).toEqual(['a', 'x', 'y', 'b c', 'd']);
  expect(expandWords('$EMPTY', lookup, backslash)).toEqual([]);
  expect(expandWords('$UNKNOWN', lookup, backslash)).toBeUndefined();
});

test('references are told with their operators, in the order of the text', () => {
  const { references } = expand('$A${B:-$C}${D##x}${E//a/$F}', lookup, backslash);
  expect(references).toEqual([
    { name: 'A', start: 0, end: 2 },
    { name: 'B', start: 2, end: 10, operator: ':-' },
    { name: 'C', start: 7, end: 9 },
    { name: 'D', start: 10, end: 17, operator: '##' },
    { name: 'E', start: 17, end: 27, operator: '//' },
    { name: 'F', start: 24, end: 26 },
  ]);
});

test('the place of a reference in the file, over a continuation too', () => {
  const [, workdir] = parseDockerfile('FROM a\nWORKDIR /x/\\\n  y/${HOME_DIR}\n').instructions;
  if (workdir?.keyword !== 'WORKDIR') throw new Error('no WORKDIR');
  const [reference] = expand(workdir.value.raw, lookup, backslash).references;
  if (reference === undefined) throw new Error('no reference');
  expect(referenceSpan(workdir, workdir.value, reference)).toEqual({ line: 3, column: 5, endLine: 3, endColumn: 16 });
});

describe('any input', () => {
  test('nesting without end is unknown and takes no time', () => {
    expect(expandWord('${A:-'.repeat(100_000), lookup, backslash)).toBeUndefined();
    expect(expandWord(`${'${M:-'.repeat(50)}x${'}'.repeat(50)}`, lookup, backslash)).toBe('x');
  });

  test('a pattern that takes too long is unknown', () => {
    const long: Lookup = () => 'a'.repeat(20_000);
    const started = performance.now();
    expect(expandWord(`\${A//${'*a'.repeat(50)}b/}`, long, backslash)).toBeUndefined();
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
