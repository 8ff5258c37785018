/** The pairs of ENV, LABEL and ARG as they are written. */

import type { Pair, PairsInstruction, Word } from '../../syntax/index.ts';
import type { Build, Located, Stage, Step } from '../build.ts';
import type { Fix } from '../mends/fix.ts';
import { pairWithEquals } from '../mends/key-values.ts';
import { remembered } from '../remembered.ts';
import { ownSteps } from './word-values.ts';

export interface WrittenPair {
  readonly pair: Pair;
  /** The instruction that holds the pair; the trigger of an ONBUILD. */
  readonly instruction: PairsInstruction;
  readonly step: Step;
}

/** Every pair in these stages, those that ONBUILD leaves to other builds too. */
export function* writtenPairs(stages: Iterable<Stage>): Iterable<WrittenPair> {
  for (const stage of stages)
    for (const step of ownSteps(stage)) {
      const instruction = step.instruction.keyword === 'ONBUILD' ? step.instruction.trigger : step.instruction;
      if (instruction.keyword === 'ENV' || instruction.keyword === 'LABEL' || instruction.keyword === 'ARG')
        for (const pair of instruction.pairs) yield { pair, instruction, step };
    }
}

export interface LegacyPair extends Located {
  readonly keyword: PairsInstruction['keyword'];
  readonly name: string;
  /** The same with `=`, the value left out where it needs quotes. */
  readonly better: string;
  readonly fix?: Fix;
}

/** Pairs of the old form, name and value with a blank between. */
export function* legacyPairs(build: Build): Iterable<LegacyPair> {
  for (const { pair, instruction } of writtenPairs(build.stages)) {
    if (!pair.legacy) continue;
    const name = pair.name.raw;
    const value = pair.value?.raw ?? '';
    const better = /^[^\s"'\\]{1,40}$/.test(value) ? `${name}=${value}` : `${name}="…"`;
    const fix = pairWithEquals(pair);
    yield { span: pair.span, keyword: instruction.keyword, name, better, ...(fix === undefined ? {} : { fix }) };
  }
}

/** The numbers of the pairs of one instruction: by the words they are made of, and of the first and last that set a name. */
export interface PairNumbers {
  readonly ofWord: ReadonlyMap<Word, number>;
  readonly firstOf: ReadonlyMap<string, number>;
  readonly lastOf: ReadonlyMap<string, number>;
}

export const pairNumbers: (instruction: PairsInstruction) => PairNumbers = remembered(
  (instruction) => instruction,
  ({ pairs }) => {
    const ofWord = new Map<Word, number>();
    const firstOf = new Map<string, number>();
    const lastOf = new Map<string, number>();
    for (const [number, { name, value }] of pairs.entries()) {
      ofWord.set(name, number);
      if (value !== undefined) ofWord.set(value, number);
      if (name.text === undefined) continue;
      if (!firstOf.has(name.text)) firstOf.set(name.text, number);
      lastOf.set(name.text, number);
    }
    return { ofWord, firstOf, lastOf };
  },
);
