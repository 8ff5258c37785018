/** Secrets that ONBUILD brings into the images that are built upon this one. */
import { isPlaceholder, secretName, secretValue } from '../../knowledge/index.ts';
import type { Build, Secret } from '../build.ts';
import { judgedStages } from '../query.ts';
import { basesOf } from '../run/written-commands.ts';
import { writtenPairs } from '../state/written-pairs.ts';

/** Those of triggers that no stage of the file runs: such a stage has them itself. */
export function* triggeredSecrets(build: Build): Iterable<Secret> {
  const parents = basesOf(build);
  for (const { pair, instruction, step } of writtenPairs(judgedStages(build))) {
    if (step.instruction === instruction || instruction.keyword === 'LABEL' || parents.has(step.stage)) continue;
    const name = pair.name.text;
    const text = pair.value?.text;
    const isShaped = text !== undefined && secretValue(text) !== undefined;
    if (name === undefined || (!isShaped && (!secretName(name) || text === ''))) continue;
    const value = text === undefined ? 'none' : isShaped || !isPlaceholder(text) ? 'literal' : 'placeholder';
    yield { span: pair.span, name, via: instruction.keyword, value, stage: step.stage, uses: [], alsoMounted: false };
  }
}
