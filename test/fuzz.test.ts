/**
 * A short round of `npm run fuzz`, the same each time, and all inputs that once went wrong: those in `fixtures/fuzz` are
 * Dockerfiles, projects (JSON), and what is to take time in proportion however often it is repeated (growth.json).
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { inputOf } from './fuzz/inputs.ts';
import { faultsOf } from './fuzz/judge.ts';
import { minimised } from './fuzz/minimise.ts';
import { readSeeds } from './fuzz/seeds.ts';
import { repository } from './harness/shared.ts';

const scratch = mkdtempSync(join(tmpdir(), 'dflint-fuzz-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const fixtures = join(repository, 'fixtures/fuzz');
const read = (name: string): string => readFileSync(join(fixtures, name), 'utf8');
const named = (ending: string): readonly string[] => readdirSync(fixtures).filter((name) => name.endsWith(ending));

describe('what once went wrong', () => {
  test.each(named('.Dockerfile'))('%s', async (name) => {
    expect(await faultsOf({ kind: 'text', text: read(name) }, scratch)).toEqual([]);
  });

  const projects = named('.json').filter((name) => name !== 'growth.json');
  test.each(projects)('%s', async (name) => {
    expect(await faultsOf({ kind: 'project', ...JSON.parse(read(name)) }, join(scratch, 'project'))).toEqual([]);
  });

  interface Growth {
    readonly name: string;
    readonly before: string;
    readonly part: string;
    readonly after: string;
  }
  const growths: readonly Growth[] = JSON.parse(read('growth.json'));
  test.each(growths)('in proportion: $name', { timeout: 120_000 }, async ({ before, part, after }) => {
    const sized = (size: number): string => before + part.repeat(Math.ceil(size / part.length)) + after;
    expect(await faultsOf({ kind: 'growth', text: '', sized }, scratch)).toEqual([]);
  });
});

const seeds = readSeeds([join(repository, 'fixtures/rules'), join(repository, 'fixtures/buildkit-ast')]);
const rounds = 60;

test(`${rounds} inputs from seed 20261121`, { timeout: 180_000 }, async () => {
  const kinds = new Set<string>();
  for (let number = 20261121; number < 20261121 + rounds; number += 1) {
    const input = inputOf(number, seeds);
    kinds.add(input.kind);
    const faults = await faultsOf(input, join(scratch, 'project'));
    expect(faults, JSON.stringify(input, undefined, 1)).toEqual([]);
  }
  expect([...kinds].sort()).toEqual(['growth', 'project', 'text']);
});

test('the same number makes the same input', () => {
  for (const number of [1, 2, 3, 4, 5])
    expect(JSON.stringify(inputOf(number, seeds))).toBe(JSON.stringify(inputOf(number, seeds)));
});

test('what fails is made small', async () => {
  const text = 'FROM node:22\nRUN echo one\nUSER node\nRUN rm -rf /srv/shop/cart\nCMD ["node"]\n';
  expect(await minimised(text, async (each) => /rm.*cart/.test(each))).toBe('rmcart');
});
