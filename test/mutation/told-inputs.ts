/** What told.js judges mutants by: all that rules tell of their fixtures and variants, and what is answered of real builds. */
import { join } from 'node:path';
import { rules } from '../../rules/index.ts';
import { answers } from '../harness/answers.ts';
import { ownCases, readCase } from '../harness/oracle-cases.ts';
import { fixturesOf } from '../harness/rule-fixtures.ts';
import { rulesWithVariants, toldOfFixture, toldOfVariant, variantsOf } from '../harness/told.ts';

const variants = new Set(rulesWithVariants());

/** Each tells all of one Dockerfile. */
export const inputs: readonly (() => string)[] = [
  ...rules.flatMap((rule) => [
    ...fixturesOf(rule.id).map((name) => () => [...toldOfFixture(rule, name)].join('\n')),
    ...(variants.has(rule.id) ? variantsOf(rule.id) : []).map(
      (text) => () => [...toldOfVariant(rule, text)].join('\n'),
    ),
  ]),
  ...ownCases.names().map((name) => () => [...answers(readCase(join(ownCases.folder, name), name).build)].join('\n')),
];
