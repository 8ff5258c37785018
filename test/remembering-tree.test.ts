/** What the language server has seen of the files around a text, for as long as nothing of it changes. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { foundTree } from '../src/cli/disk-tree.ts';
import { rememberingTree } from '../src/cli/remembering-tree.ts';

const folder = mkdtempSync(join(tmpdir(), 'dflint-tree-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string): string => join(folder, name);

/** A tree that has been asked about the files of a project. */
function asked() {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(at('src'), { recursive: true });
  writeFileSync(at('package.json'), '{}');
  writeFileSync(at('src/index.ts'), '');
  const tree = rememberingTree(() => foundTree(folder));
  expect(tree.kind(at('yarn.lock'))).toBe('absent');
  expect(tree.read(at('package.json'))).toBe('{}');
  expect(tree.entries(at('src'))).toEqual(['index.ts']);
  return tree;
}

test.each<[string, () => void]>([
  ['a file that was looked for', () => writeFileSync(at('yarn.lock'), '')],
  ['a text that was read', () => writeFileSync(at('package.json'), '{"name":"shop"}')],
  ['a file that was read is gone', () => rmSync(at('package.json'))],
  ['a name in a folder', () => writeFileSync(at('src/other.ts'), '')],
  ['a folder that is gone', () => rmSync(at('src'), { recursive: true })],
  ['a link out of the folder', () => symlinkSync('/etc/hostname', at('yarn.lock'))],
])('%s makes it out of date', (_, change) => {
  const tree = asked();
  expect(tree.isCurrent()).toBe(true);
  change();
  expect(tree.isCurrent()).toBe(false);
  expect(tree.kind(at('yarn.lock'))).toBe('absent');
});

test('what nobody has asked about does not', () => {
  const tree = asked();
  writeFileSync(at('src/index.ts'), 'export {};');
  writeFileSync(at('README.md'), '');
  expect(tree.isCurrent()).toBe(true);
});

test('a tree that was asked very much is opened anew', () => {
  const tree = asked();
  for (let number = 0; number < 3000; number += 1) tree.kind(at(`file-${number}`));
  expect(tree.isCurrent()).toBe(false);
});
