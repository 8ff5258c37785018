/** Pairs of an ENV that read what another pair of the same ENV sets: they see the value before it. */
import type { Pair } from '../../syntax/index.ts';
import type { Build, Located, Step, Value } from '../build.ts';
import { settingOf } from './environment.ts';
import { ownSteps, variablesIn } from './word-values.ts';
import { pairNumbers } from './written-pairs.ts';

export interface EarlyRead extends Located {
  readonly name: string;
  /** The pair that sets it. */
  readonly setBy: Pair;
  /** What the reader gets; absent when nothing has set it before. */
  readonly before?: Value;
}

export function* earlyReads(build: Build): Iterable<EarlyRead> {
  for (const stage of build.stages)
    for (const step of ownSteps(stage)) {
      const { instruction } = step;
      if (instruction.keyword !== 'ENV' || instruction.pairs.length < 2) continue;
      const { ofWord, lastOf } = pairNumbers(instruction);
      for (const { name, word, span } of variablesIn({ instruction, build })) {
        const reader = word === undefined ? undefined : ofWord.get(word);
        const setting = lastOf.get(name);
        const setBy = setting === undefined ? undefined : instruction.pairs[setting];
        if (reader === undefined || setting === undefined || setBy === undefined) continue;
        if (setting === reader || instruction.pairs[reader]?.name.text === name) continue;
        const before = settingOf(name, step.before);
        if (before === undefined) yield { span, name, setBy };
        else if (setting < reader && isChanged(setBy, before, step)) yield { span, name, setBy, before };
      }
    }
}

/** Whether the new value is certainly another one: a pair that builds on the old value leaves open which one is meant. */
function isChanged({ name, value }: Pair, before: Value, { after }: Step): boolean {
  const text = name.text === undefined ? undefined : after.env.get(name.text)?.text;
  if (text === undefined || text === before.text) return false;
  return name.text !== 'PATH' && value?.references.includes(name.text ?? '') !== true;
}
