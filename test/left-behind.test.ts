/** What `model-left-behind` holds the model against is what a real shell does: `npm test -- -u` writes it anew. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { shell } from './harness/file-scripts.ts';
import { answersTo, type LeftBehind, leftBehind, pathsIn, treeAfter } from './harness/left-behind.ts';
import { repository } from './harness/shared.ts';

if (shell === undefined) console.warn('skipped: no dash to ask');

const folder = join(repository, 'fixtures/shell-cases');

/** A line for each entry. */
const listed = (each: object): string =>
  `{\n${Object.entries(each)
    .map(([key, value]) => `    ${JSON.stringify(key)}: ${JSON.stringify(value)}`)
    .join(',\n')}\n  }`;

test.skipIf(shell === undefined)('a real shell leaves behind what is recorded', { timeout: 120_000 }, async () => {
  const { tree, scripts } = leftBehind(shell ?? '');
  const text = `{\n  "tree": ${listed(tree)},\n  "scripts": ${listed(scripts)}\n}\n`;
  await expect(text).toMatchFileSnapshot(join(folder, 'left-behind.json'));
});

describe('of what is recorded', () => {
  test('the model leaves open what is listed', async () => {
    const recorded: LeftBehind = JSON.parse(readFileSync(join(folder, 'left-behind.json'), 'utf8'));
    const paths = pathsIn(recorded);
    const open = Object.entries(recorded.scripts).flatMap(([script, outcome]) => {
      const answers = outcome === null ? [] : answersTo(script, treeAfter(recorded.tree, outcome), paths).open;
      return answers.length === 0 ? [] : [[script, answers] as const];
    });
    await expect(`${listed(Object.fromEntries(open)).replaceAll('\n  ', '\n')}\n`).toMatchFileSnapshot(
      join(folder, 'not-known.json'),
    );
  });
});
