/** The rules, which only those runs load that need them. */
import type { Rule } from '../rule.ts';

/** dflint's own, those of its engine among them. */
export async function loadRules(): Promise<readonly Rule[]> {
  const [{ rules }, { engineRules }] = await Promise.all([
    import('../../rules/index.ts'),
    import('../engine/engine-rules.ts'),
  ]);
  return [...rules, ...engineRules];
}
