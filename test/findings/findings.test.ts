/**
 * `RULE=root-user npm run findings`: what a rule says of `../shared/corpus`, for reading. Writes to the file
 * named by OUT, else prints. SEED picks SAMPLE of them at random, so that two readers see different ones. PRESET
 * leaves out what only a larger preset has.
 */
import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { rules } from '../../rules/index.ts';
import { presetNames } from '../../src/config/choices.ts';
import { lint } from '../../src/engine/lint.ts';
import { corpusFiles } from '../harness/corpus.ts';
import { judgementDay, sharedPath } from '../harness/shared.ts';

const corpus = sharedPath('corpus');
const { RULE, OUT, SAMPLE, SEED = '1', PRESET = 'all' } = process.env;
const presets = presetNames.filter((name) => name === PRESET);

test.skipIf(corpus === undefined)('findings', { timeout: 120_000 }, () => {
  const asked = rules.filter(({ id }) => RULE === undefined || RULE.split(',').includes(id));
  expect(asked, `no rule ${RULE}`).not.toEqual([]);
  expect(presets, `no preset ${PRESET}`).not.toEqual([]);
  const found: string[] = [];
  for (const { slug, name, text, context, evidence: said } of corpusFiles(corpus ?? '')) {
    const lines = text.split('\n');
    const quote = (line: number): string => `    ${line}: ${(lines[line - 1] ?? '').trim()}\n`;
    for (const { rule, severity, line, message, evidence } of lint({
      path: name,
      text,
      rules: asked,
      selection: { presets },
      context,
      today: judgementDay,
      evidence: said,
    }).findings)
      if (asked.some(({ id }) => id === rule))
        found.push(
          `${slug}/${name}:${line} ${severity} ${rule}: ${message}\n${quote(line)}${evidence.map(({ at, message: what }) => `  ${what}\n${quote(at.line)}`).join('')}`,
        );
  }
  const shown = SAMPLE === undefined ? found : sampleOf(found, Number(SAMPLE), Number(SEED));
  const output = `${shown.join('\n')}\n${shown.length} of ${found.length} findings\n`;
  if (OUT === undefined) console.log(output);
  else writeFileSync(OUT, output);
});

/** `size` of the items, the same ones for the same seed. */
function sampleOf(items: readonly string[], size: number, seed: number): readonly string[] {
  let state = seed;
  const keyed = items.map((item) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return { item, key: state };
  });
  return keyed
    .sort((one, other) => one.key - other.key)
    .slice(0, size)
    .map(({ item }) => item);
}
