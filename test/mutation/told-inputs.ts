/** What told.js judges mutants by: all that rules tell of their fixtures and variants. */
import { rules } from '../../rules/index.ts';
import { fixturesOf } from '../harness/rule-fixtures.ts';
import { rulesWithVariants, toldOfFixture, toldOfVariant, variantsOf } from '../harness/told.ts';

const variants = new Set(rulesWithVariants());

/** Each tells all that a rule says of one Dockerfile. */
export const inputs: readonly (() => string)[] = rules.flatMap((rule) => [
  ...fixturesOf(rule.id).map((name) => () => [...toldOfFixture(rule, name)].join('\n')),
  ...(variants.has(rule.id) ? variantsOf(rule.id) : []).map((text) => () => [...toldOfVariant(rule, text)].join('\n')),
]);
