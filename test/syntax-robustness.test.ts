/** Any input at all: no throw, places inside the file, linear time; and real files without a false fault. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { type Dockerfile, parseDockerfile, type Span } from '../src/syntax/index.ts';
import { millisecondsUsed } from './harness/processor-time.ts';
import { sharedPath } from './harness/shared.ts';

const root = join(fileURLToPath(import.meta.url), '../..');
const cases = join(root, 'fixtures/buildkit-ast/cases');
const corpus = sharedPath('corpus') ?? '';

/** A sequence of numbers below 1 that is the same in every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const pieces: readonly string[] = [
  ...[
    '\\',
    '\\\n',
    '\n',
    '`',
    '"',
    "'",
    '<<EOF',
    '<<-E\n',
    'EOF\n',
    '$',
    '${',
    '}',
    ':-',
    '${x#',
    '${x/a/b}',
    '#',
    '# c\n',
  ],
  ...[
    ' ',
    '\t',
    '\r',
    '\r\n',
    '--',
    '--from=',
    '--mount=type=secret,',
    '[',
    ']',
    '["a"',
    ',',
    '=',
    'RUN ',
    'FROM ',
    ' AS ',
  ],
  ...[
    'ENV ',
    'ARG ',
    'COPY ',
    'ONBUILD ',
    'HEALTHCHECK ',
    '&&',
    '<<',
    '\f',
    '\v',
    '\u0085',
    '\u00a0',
    '\u2028',
    'é',
    '\ud834',
  ],
  ...['\ufeff', '\0', '\\\\', '""', '<<"E', '-', '__proto__', 'constructor=', '# escape=`\n', '# syntax=x\n'],
];

function mutated(text: string, random: () => number): string {
  let result = text;
  for (let edits = 1 + Math.floor(random() * 4); edits > 0; edits -= 1) {
    const at = Math.floor(random() * (result.length + 1));
    const piece = pieces[Math.floor(random() * pieces.length)] ?? '';
    const dropped = random() < 0.4 ? Math.floor(random() * 5) : 0;
    result = result.slice(0, at) + (dropped > 0 ? '' : piece) + result.slice(at + dropped);
  }
  return result;
}

/** Every place in the file, of instructions, words, comments and faults. */
function* spansIn(value: unknown): Generator<Span> {
  if (Array.isArray(value)) for (const item of value) yield* spansIn(item);
  else if (typeof value === 'object' && value !== null) {
    if (isSpan(value)) yield value;
    for (const [key, item] of Object.entries(value)) if (key !== 'source' && key !== 'logical') yield* spansIn(item);
  }
}

function isSpan(value: object): value is Span {
  return 'line' in value && 'column' in value && 'endLine' in value && 'endColumn' in value;
}

function expectSound(file: Dockerfile): void {
  const lines = file.source.lineStarts.length;
  for (const { line, column, endLine, endColumn } of spansIn([file.instructions, file.comments, file.faults])) {
    const ordered = line < endLine || (line === endLine && column <= endColumn);
    if (line < 1 || column < 1 || endLine > lines || !ordered)
      expect.fail(`place ${line}:${column}-${endLine}:${endColumn} in ${JSON.stringify(file.source.text)}`);
  }
}

const seeds = readdirSync(cases)
  .filter((name) => name.endsWith('.Dockerfile'))
  .map((name) => readFileSync(join(cases, name), 'utf8'));

describe('mutated and random input', () => {
  test.each([1, 2, 3, 4])('mutations, seed %d', (seed) => {
    const random = generator(seed);
    for (let count = 0; count < 2500; count += 1) {
      const text = seeds[Math.floor(random() * seeds.length)] ?? '';
      expectSound(parseDockerfile(mutated(text, random)));
    }
  });

  test.each([5, 6])('pieces at random, seed %d', (seed) => {
    const random = generator(seed);
    for (let count = 0; count < 5000; count += 1) {
      const length = Math.floor(random() * 30);
      const text = Array.from({ length }, () => pieces[Math.floor(random() * pieces.length)]).join('');
      expectSound(parseDockerfile(text));
    }
  });
});

/** Inputs that a careless parser takes quadratic time or a deep stack for. */
const large: readonly (readonly [name: string, text: string])[] = [
  ['RUN lines', `FROM a\n${'RUN echo "hello world" && ls -la\n'.repeat(100_000)}`],
  ['stages', `FROM a\n${'FROM node AS x\nCOPY --from=x /a /b\n'.repeat(50_000)}`],
  ['comments', `${'# a comment\n'.repeat(100_000)}FROM a\n`],
  ['one continuation', `FROM a\nRUN echo \\\n${'  a && \\\n  # c\n\n'.repeat(35_000)}  b\n`],
  ['heredocs without an end', `FROM a\n${'RUN cat <<EOF\n'.repeat(100_000)}`],
  ['heredocs', `FROM a\n${'RUN cat <<EOF\nx\nEOF\n'.repeat(33_000)}`],
  ['open quotes', `FROM a\nENV A=${'"x'.repeat(200_000)}`],
  ['nested substitutions', `FROM a\nENV A=${'${a:-'.repeat(100_000)}`],
  ['carriage returns', `FROM a\nRUN x${'\r'.repeat(300_000)}y\n`],
  ['blanks in a directive', `# escape${' '.repeat(300_000)}x\nFROM a\n`],
  ['brackets', `FROM a\nCMD ${'['.repeat(300_000)}`],
  ['flags', `FROM a\nRUN ${'--mount=type=cache,target=/x '.repeat(20_000)}x`],
  ['digits', `FROM a\nHEALTHCHECK --interval=${'1'.repeat(300_000)} CMD x`],
  ['ONBUILD', `FROM a\n${'ONBUILD '.repeat(50_000)}`],
  ['unknown instructions', 'x\n'.repeat(100_000)],
];

test.each(large)('linear: %s', { timeout: 120_000 }, (_, text) => {
  const started = millisecondsUsed();
  parseDockerfile(text);
  expect(millisecondsUsed() - started).toBeLessThan(8000);
});

/** The one file of the corpus that BuildKit refuses: line 3 ends without `\` and line 4 starts with `&&`. */
const refused = new Map([['BretFisher__docker-mastery-for-nodejs__sample-result-orchestration-tests', [4]]]);
const projects = existsSync(corpus)
  ? readdirSync(corpus, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
  : [];

describe.skipIf(projects.length === 0)('real files (needs ../shared/corpus)', () => {
  const files = projects.flatMap((project) =>
    readdirSync(join(corpus, project), { recursive: true, encoding: 'utf8' })
      .filter((name) => /Dockerfile/i.test(name) && !name.endsWith('ignore'))
      .map((name): [string, string] => [project, join(corpus, project, name)]),
  );

  test('no fault but where BuildKit stops', () => {
    expect(files.length).toBeGreaterThan(500);
    for (const [project, path] of files) {
      const file = parseDockerfile(readFileSync(path, 'utf8'));
      expectSound(file);
      const lines = file.faults.map((fault) => fault.span.line);
      expect(lines, path).toEqual(refused.get(project) ?? []);
    }
  });
});
