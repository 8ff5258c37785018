/**
 * Many small Dockerfiles for one rule, each of which differs from the others in one thing: what the rule says of them, and
 * what its fix makes of them, word for word. `npm test -- -u` writes it anew, to be read as a change of behaviour.
 */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rules } from '../rules/index.ts';
import { repository } from './harness/shared.ts';
import { rulesWithVariants, toldOfVariant, variantsOf } from './harness/told.ts';

describe.each(rulesWithVariants())('%s', (id) => {
  const rule = rules.find((each) => each.id === id);

  test('is told', async () => {
    expect(rule).toBeDefined();
    const texts = variantsOf(id).map((text) => {
      const lines = [...toldOfVariant(rule, text)];
      return `${text}${lines.length === 0 ? '  nothing' : lines.join('\n')}\n`;
    });
    await expect(texts.join('\n')).toMatchFileSnapshot(join(repository, 'fixtures/golden/variants', `${id}.txt`));
  });
});
