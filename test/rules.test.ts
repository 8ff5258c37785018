/** Every fixture of `fixtures/rules` holds exactly what its markers say. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rules } from '../rules/index.ts';
import { diskTree } from '../src/cli/disk-tree.ts';
import { type FileTree, memoryTree } from '../src/context/index.ts';
import type { Selection } from '../src/engine/selection.ts';
import { differences } from './harness/expect-markers.ts';
import { optionsIn, readMarkers } from './harness/markers.ts';
import { projectAt } from './harness/project-evidence.ts';
import { repository } from './harness/shared.ts';

const fixtures = join(repository, 'fixtures/rules');

/** A fixture's folder, with what git would not hold: `extra-files.json` gives path to text, as the cases of the oracle do. */
function treeOf(folder: string): FileTree {
  const list = join(folder, 'extra-files.json');
  if (!existsSync(list)) return diskTree;
  const extra: Record<string, string> = JSON.parse(readFileSync(list, 'utf8'));
  const files = memoryTree(new Map(Object.entries(extra).map(([path, text]) => [join(folder, path), text])));
  return {
    kind: (path) => (files.kind(path) === 'absent' ? diskTree.kind(path) : files.kind(path)),
    read: (path) => files.read(path) ?? diskTree.read(path),
    entries: (path) => [...new Set([...(diskTree.entries(path) ?? []), ...(files.entries(path) ?? [])])].sort(),
  };
}

/** `Dockerfile`, else the one called like `Dockerfile.dev`. */
const dockerfileIn = (folder: string): string =>
  readdirSync(folder).find((name) => /^Dockerfile(?:\.\w+)?$/.test(name)) ?? 'Dockerfile';

describe.each(rules.map((rule) => ({ id: rule.id, rule })))('$id', ({ id, rule }) => {
  const folder = join(fixtures, id);
  test.each(existsSync(folder) ? readdirSync(folder) : [])('%s', (name) => {
    const path = join(folder, name);
    const withContext = statSync(path).isDirectory();
    const file = withContext ? dockerfileIn(path) : 'Dockerfile';
    const text = readFileSync(withContext ? join(path, file) : path, 'utf8');
    const project = withContext ? projectAt(treeOf(path), path, file) : {};
    const target = /^# --target (\S+)$/m.exec(text)?.[1];
    const asked = target === undefined ? {} : { targets: [target] };
    const selection: Selection = { presets: ['all'], options: optionsIn(text, id) };
    expect(differences(text, [rule], { path: file, selection, ...asked, ...project })).toEqual([]);
    expect(name).toMatch(/^(bad|good)-/);
    expect(readMarkers(text).markers.some(({ kind }) => kind === 'want')).toBe(name.startsWith('bad-'));
  });
});

describe('markers', () => {
  test.each([
    '# want root-user',
    '# want: Root',
    '# want: root-user at FROM',
    '# note',
    '# want: root-user says "x',
    '# want+: root-user',
  ])('%j is malformed', (line) =>
    expect(() => readMarkers(`FROM node:22\n${line}\n`)).toThrow('line 2: malformed marker'),
  );

  test('a missing and an unwanted finding both fail', () => {
    expect(differences('FROM node:22\nUSER root\n', rules)).toHaveLength(1);
    expect(differences('# want: root-user\nFROM node:22\nUSER 1000\n', rules)).toEqual(['line 2: wanted root-user']);
  });
});
