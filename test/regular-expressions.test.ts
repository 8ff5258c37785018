/** No regular expression of src and rules takes more than its share of time on any text that its parts suggest. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseAst } from 'vitest/node';
import { slowTextFor } from './harness/regex-attacks.ts';
import { repository } from './harness/shared.ts';

const sources = (folder: string): readonly string[] =>
  readdirSync(join(repository, folder))
    .map((name) => `${folder}/${name}`)
    .flatMap((path) => (statSync(join(repository, path)).isDirectory() ? sources(path) : [path]))
    .filter((path) => path.endsWith('.ts'));

interface Found {
  readonly expression: RegExp;
  readonly where: string;
}

/** All regular expressions that stand in a file as such. */
function* literalsOf(path: string): Iterable<Found> {
  const text = readFileSync(join(repository, path), 'utf8');
  for (const node of nodesIn(parseAst(text, { lang: 'ts' }))) {
    if (!isLiteral(node)) continue;
    const line = text.slice(0, node.start).split('\n').length;
    yield { expression: new RegExp(node.regex.pattern, node.regex.flags), where: `${path}:${line}` };
  }
}

function* nodesIn(value: unknown): Iterable<object> {
  if (typeof value !== 'object' || value === null) return;
  yield value;
  for (const each of Object.values(value)) yield* nodesIn(each);
}

interface Literal {
  readonly start: number;
  readonly regex: { readonly pattern: string; readonly flags: string };
}

const isLiteral = (node: object): node is Literal =>
  'type' in node && node.type === 'Literal' && 'regex' in node && typeof node.regex === 'object';

test('all in src and rules', { timeout: 300_000 }, () => {
  const found = new Map<string, Found>();
  for (const path of [...sources('src'), ...sources('rules')])
    for (const each of literalsOf(path)) found.set(String(each.expression), each);
  expect(found.size).toBeGreaterThan(1_000);
  const slow = [...found.values()].flatMap(({ expression, where }) => {
    const text = slowTextFor(expression);
    return text === undefined ? [] : [{ where, expression: String(expression), ...text }];
  });
  expect(slow).toEqual([]);
});

test.each([
  /^(a+)+$/,
  /\s*x$/,
  /fpm.*alpine/,
  /\/+$/,
  /"((?:\\["\\]|[^"])*)"/,
  /^(?:[\w./]|\$\w+)+$/,
  /\$\{\{\s*(.*?)\s*\}\}/g,
  /^-[a-z]*f[a-z]*$/,
  /^\[a\]\s*\n\s*b/m,
])('%s is found to be slow', (expression) => {
  expect(slowTextFor(expression)).toBeDefined();
});

test.each([/^[a-z]+$/, /(?<!\/)\/+$/, /@.*$/s, /^-(?=[a-z]*f)[a-z]+$/, /\$\{([^{}]*)\}/g])(
  '%s is found to be quick',
  (expression) => {
    expect(slowTextFor(expression)).toBeUndefined();
  },
);
