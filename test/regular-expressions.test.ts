/**
 * No regular expression of src and rules takes more than its share of time on a text. scslre judges each of them by its
 * automaton: repeats that can trade characters, and searches that start anew at each character. What takes several
 * characters to repeat it does not look for; texts that the parts of an expression suggest are tried instead.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { analyse } from 'scslre';
import { expect, test } from 'vitest';
import { parseAst } from 'vitest/node';
import { attack } from './harness/regex-attacks.ts';
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

const found = new Map<string, Found>();
for (const path of [...sources('src'), ...sources('rules')])
  for (const each of literalsOf(path)) found.set(String(each.expression), each);
const all = [...found.values()];

const reportsOf = ({ source, flags }: RegExp): readonly string[] =>
  analyse({ source, flags }).reports.map(({ type, character }) => `${type}: ${character.pick}`);

test('scslre finds no quantifier that trades characters, and no search that starts anew', () => {
  expect(all.length).toBeGreaterThan(1_000);
  const slow = all.flatMap(({ expression, where }) =>
    reportsOf(expression).map((report) => `${where} ${expression}: ${report}`),
  );
  expect(slow).toEqual([]);
});

/** Milliseconds of the processor that each expression is attacked for. */
const budget = 100;

test('none is slow on texts that its parts suggest', { timeout: 300_000 }, () => {
  const attempts = all.map(({ expression, where }) => ({ where, expression, ...attack(expression, budget) }));
  expect(attempts.filter(({ slow }) => slow !== undefined)).toEqual([]);
  const inFull = attempts.filter(({ tried, attacks }) => tried === attacks).length;
  // Of a few long ones not all texts are tried, on a busy machine of more.
  expect(inFull / all.length).toBeGreaterThan(0.8);
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
  /\.(?:whl|zip)(?:\[.*\])?$/,
  /(?:^|[/_.-])private[\w-]*\.pem$/,
  /(?:^|\/)dockerfile(?:[:@].*)?$/,
])('%s is found to be slow', { timeout: 60_000 }, (expression) => {
  expect(reportsOf(expression).length > 0 || attack(expression, 2_000).slow !== undefined).toBe(true);
});

test.each([/^[a-z]+$/, /(?<!\/)\/+$/, /@.*/s, /^-(?=[a-z]*f)[a-z]+$/, /\$\{([^{}]*)\}/g])(
  '%s is found to be quick',
  { timeout: 60_000 },
  (expression) => {
    expect(reportsOf(expression)).toEqual([]);
    expect(attack(expression, 2_000).slow).toBeUndefined();
  },
);
