/**
 * Scripts of file commands, one by one: the file system of the model is the one that a real shell has left behind. Where
 * the model does not know is listed, so that it knows the rest.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { answersTo, type LeftBehind, pathsIn, treeAfter } from './harness/left-behind.ts';
import { repository } from './harness/shared.ts';

const read = (name: string) => JSON.parse(readFileSync(join(repository, 'fixtures/shell-cases', name), 'utf8'));

const recorded: LeftBehind = read('left-behind.json');
const notKnown: Readonly<Record<string, readonly string[]>> = read('not-known.json');
const paths = pathsIn(recorded);

test.each(Object.entries(recorded.scripts))('%s', (script, outcome) => {
  if (outcome === null) return;
  expect(answersTo(script, treeAfter(recorded.tree, outcome), paths)).toEqual({
    wrong: [],
    open: notKnown[script] ?? [],
  });
});
