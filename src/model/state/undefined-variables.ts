/** Variables that instructions read and that nothing has set. */
import { isSignal, mayImageSet, readPortSpec } from '../../knowledge/index.ts';
import { type ExpandedVariable, nearest, type Word } from '../../syntax/index.ts';
import type { Build, Located, Stage, State, Step } from '../build.ts';
import { remembered } from '../remembered.ts';
import { globalPairs } from '../stages/taken-images.ts';
import { predefinedArguments } from './environment.ts';
import { ownSteps, textAt, variablesIn } from './word-values.ts';
import { pairNumbers, type WrittenPair, writtenPairs } from './written-pairs.ts';

export interface UndefinedVariable extends Located {
  readonly name: string;
  readonly step: Step;
  /** The word that it stands in. */
  readonly word?: Word;
  /** The instruction as it names itself: `ENV`; `shell` is that of a RUN. */
  readonly reader: string;
  /** `$5`, `$$`: never a variable of a Dockerfile. */
  readonly parameter: boolean;
  /** Where the build stops at it: `demanded` by `${NAME:?}`; `refused`: the instruction takes no word that lacks it. */
  readonly stops?: 'demanded' | 'refused';
  /** The value of the variable itself: `extends` (`ENV P=$P:/x`), `whole` (`ENV P=$P`), `default` (`ARG P=$P`). */
  readonly own?: 'extends' | 'whole' | 'default';
  /** Where a variable of this name is that cannot be seen here; `built-in` ones have no place. */
  readonly hidden?: 'global' | 'built-in' | 'below' | 'other-stage';
  readonly declared?: Located;
  /** A variable that is set here and spelled nearly so. */
  readonly similar?: string;
  /** Whether it is certain that the base does not set it. */
  readonly certain: boolean;
}

/** What a value takes the place of when it is missing is no reading of it: `${NAME:-shop}`, `${NAME:+--shop}`. */
const provides = (operator: string | undefined): boolean => operator !== undefined && /^:?[-+]$/.test(operator);

const isParameter = (name: string): boolean => /^(?:\d+|[^\p{L}\p{Nd}_])$/u.test(name);

/** Files with more undefined variables than that are not written by hand, and hints cost time. */
const mostHints = 200;

/** Each variable once an instruction, where it is read first. */
export const undefinedVariables: (build: Build) => readonly UndefinedVariable[] = remembered(
  (build) => build.stages,
  (build) => [...findUndefined(build)],
);

function* findUndefined(build: Build): Iterable<UndefinedVariable> {
  const declarations = declarationsIn(build);
  let hints = mostHints;
  for (const stage of build.stages)
    for (const { step, unset } of unsetIn({ stage, build })) {
      const told = new Set<string>();
      for (const variable of unset) {
        const { name, operator, span, word } = variable;
        if (told.has(name)) continue;
        const own = ownReading(name, variable, step);
        const similar = hints > 0 ? similarTo(name, step.before) : undefined;
        hints -= 1;
        const hidden = hiddenOf(name, step, declarations);
        const certain = isParameter(name) || !mayBaseSet(stage, name);
        if (!certain && !isTelling(name, hidden?.hidden, similar, stage)) continue;
        told.add(name);
        yield {
          span,
          name,
          step,
          reader: step.instruction.keyword,
          parameter: isParameter(name),
          certain,
          ...(operator?.endsWith('?') === true
            ? { stops: 'demanded' }
            : certain && isRefused(variable, step, build)
              ? { stops: 'refused' }
              : {}),
          ...(own === undefined ? {} : { own }),
          ...hidden,
          ...(word === undefined ? {} : { word }),
          ...(similar === undefined ? {} : { similar: similar.name }),
        };
      }
    }
}

/** Whether the build stops at what is left of the word without it. */
function isRefused({ word }: ExpandedVariable, step: Step, build: Build): boolean {
  const { keyword } = step.instruction;
  if (word === undefined || !['EXPOSE', 'STOPSIGNAL', 'VOLUME'].includes(keyword)) return false;
  const text = textAt(word, step, build);
  if (text === undefined) return false;
  if (keyword === 'VOLUME') return text === '';
  if (keyword === 'STOPSIGNAL') return !isSignal(text);
  return text.split(/\s+/).some((each) => each !== '' && readPortSpec(each).refused !== undefined);
}

interface UnsetIn {
  readonly step: Step;
  readonly unset: readonly ExpandedVariable[];
}

/** By step those that nothing before it sets, nor the step itself. */
const unsetIn: (of: { readonly stage: Stage; readonly build: Build }) => readonly UnsetIn[] = remembered(
  ({ stage }) => stage,
  ({ stage, build }) =>
    ownSteps(stage).flatMap((step) => {
      const unset = variablesIn({ instruction: step.instruction, build }).filter(
        (variable) =>
          !provides(variable.operator) &&
          !isSet(variable.name, step.before) &&
          !isSetBeside(variable.name, variable, step),
      );
      return unset.length === 0 ? [] : [{ step, unset }];
    }),
);

export const isSet = (name: string, { env, args }: State): boolean =>
  env.has(name) || args.has(name) || name === 'PATH';

/** Another pair of the same ENV sets it, or an earlier one of the same ARG: that is another fault, or none. */
function isSetBeside(name: string, { word }: ExpandedVariable, { instruction }: Step): boolean {
  if (word === undefined || (instruction.keyword !== 'ENV' && instruction.keyword !== 'ARG')) return false;
  const { ofWord, firstOf, lastOf } = pairNumbers(instruction);
  const reader = ofWord.get(word) ?? 0;
  const first = firstOf.get(name);
  if (first === undefined) return false;
  return instruction.keyword === 'ARG' ? first < reader : first !== reader || lastOf.get(name) !== reader;
}

function ownReading(name: string, { word, span }: ExpandedVariable, { instruction }: Step): UndefinedVariable['own'] {
  if (word === undefined || (instruction.keyword !== 'ENV' && instruction.keyword !== 'ARG')) return undefined;
  const pair = instruction.pairs[pairNumbers(instruction).ofWord.get(word) ?? -1];
  if (pair?.value !== word || pair.name.text !== name) return undefined;
  if (instruction.keyword === 'ARG') return 'default';
  const length = span.line === span.endLine ? span.endColumn - span.column : 0;
  return word.raw.replaceAll('"', '').length > length ? 'extends' : 'whole';
}

export function mayBaseSet({ base }: Stage, name: string): boolean {
  if (base.kind === 'stage') return mayBaseSet(base.stage, name);
  if (base.kind === 'scratch') return false;
  return base.kind === 'unresolved' || base.facts?.os !== 'linux' || mayImageSet(base.reference.familiar, name);
}

/** Whether a variable is missing although the base image, which is not known, could set one of this name. */
function isTelling(
  name: string,
  hidden: UndefinedVariable['hidden'],
  similar: SimilarName | undefined,
  { from }: Stage,
): boolean {
  if (similar?.close === true || hidden === 'built-in') return true;
  return hidden === 'global' && !from.image.references.includes(name);
}

interface SimilarName {
  readonly name: string;
  /** One letter, two letters in the wrong order or the case alone make the difference. */
  readonly close: boolean;
}

const shortest = 4;
const lettersOf = (name: string): string => [...name.toLowerCase()].sort().join('');

function similarTo(name: string, { env, args }: State): SimilarName | undefined {
  const withoutNumbers = name.replaceAll(/\d+/g, '');
  const options = ['PATH', ...env.keys(), ...args.keys()].filter(
    (option) => option.length >= shortest && option.replaceAll(/\d+/g, '') !== withoutNumbers,
  );
  const sameLetters = options.find((option) => lettersOf(option) === lettersOf(name));
  if (sameLetters !== undefined && name.length >= shortest) return { name: sameLetters, close: true };
  if (name.length <= shortest) return undefined;
  const one = nearest(name, options, 1);
  if (one !== undefined) return { name: one, close: true };
  const two = name.length > 2 * shortest ? nearest(name, options) : undefined;
  return two === undefined ? undefined : { name: two, close: false };
}

export type Declarations = ReadonlyMap<string, readonly (Located & { readonly step?: Step })[]>;

/** Every ARG and ENV by name, global ARGs without a step. */
export const declarationsIn: (build: Build) => Declarations = remembered((build) => build.stages, findDeclarations);

function findDeclarations(build: Build): Declarations {
  const found = new Map<string, (Located & { step?: Step })[]>();
  const note = ({ pair, step }: Pick<WrittenPair, 'pair'> & { step?: Step }): void => {
    const place = { span: pair.span, ...(step === undefined ? {} : { step }) };
    const known = found.get(pair.name.text ?? '');
    if (known === undefined) found.set(pair.name.text ?? '', [place]);
    else known.push(place);
  };
  for (const pair of globalPairs(build)) note({ pair });
  for (const { pair, instruction, step } of writtenPairs(build.stages))
    if (instruction.keyword !== 'LABEL' && step.instruction === instruction) note({ pair, step });
  return found;
}

export function hiddenOf(
  name: string,
  { stage, span }: Step,
  declarations: Declarations,
): Pick<UndefinedVariable, 'hidden' | 'declared'> | undefined {
  const places = declarations.get(name) ?? [];
  const global = places.find((place) => place.step === undefined);
  if (global !== undefined) return { hidden: 'global', declared: global };
  if (predefinedArguments.has(name)) return { hidden: 'built-in' };
  const below = places.find((place) => place.step?.stage === stage && place.span.line > span.line);
  if (below !== undefined) return { hidden: 'below', declared: below };
  const elsewhere = places.find((place) => place.step !== undefined && place.step.stage !== stage);
  return elsewhere === undefined ? undefined : { hidden: 'other-stage', declared: elsewhere };
}
