/** The fixtures of a rule: Dockerfiles and projects of `fixtures/rules/ID`, as the engine takes them. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { diskTree } from '../../src/cli/disk-tree.ts';
import { type FileTree, memoryTree } from '../../src/context/index.ts';
import type { LintInput } from '../../src/engine/lint.ts';
import type { Selection } from '../../src/engine/selection.ts';
import { optionsIn } from './markers.ts';
import { projectAt } from './project-evidence.ts';
import { repository } from './shared.ts';

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

/** The names of a rule's fixtures, each `bad-…` or `good-…`. */
export function fixturesOf(rule: string): readonly string[] {
  const folder = join(repository, 'fixtures/rules', rule);
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

/** A fixture with the options, targets and project that it is judged with; its markers are still in its text. */
export function fixtureAt(
  rule: string,
  name: string,
): { readonly text: string; readonly project: Omit<LintInput, 'text' | 'rules'> } {
  const path = join(repository, 'fixtures/rules', rule, name);
  const withContext = statSync(path).isDirectory();
  const file = withContext ? dockerfileIn(path) : 'Dockerfile';
  const text = readFileSync(withContext ? join(path, file) : path, 'utf8');
  const target = /^# --target (\S+)$/m.exec(text)?.[1];
  const selection: Selection = { presets: ['all'], options: optionsIn(text, rule) };
  return {
    text,
    project: {
      path: file,
      selection,
      ...(target === undefined ? {} : { targets: [target] }),
      ...(withContext ? projectAt(treeOf(path), path, file) : {}),
    },
  };
}
