/** The labels of what ships, beside what a project asks of them. */
import { type LabelKind, type LicenceFault, labelValueFault } from '../../knowledge/index.ts';
import type { Pair } from '../../syntax/index.ts';
import type { Build, Located, Stage, Step } from '../build.ts';
import { chainOf } from '../query.ts';
import { isOpenBase } from '../state/image-state.ts';
import { textAt } from '../state/word-values.ts';

export interface LabelSchema {
  readonly labels: Readonly<Record<string, LabelKind>>;
  /** Whether no other label may be there. */
  readonly only: boolean;
}

export interface LabelFault extends Located {
  readonly name: string;
  readonly fault: 'missing' | 'superfluous' | 'empty' | 'kind';
  /** What the schema asks for. */
  readonly kind?: LabelKind;
  readonly value?: string;
  readonly licence?: LicenceFault;
  /** The base image, which is not known, may bring a label that is missing. */
  readonly mayBeInBase?: true;
}

interface SetLabel {
  readonly pair: Pair;
  readonly step: Step;
}

/** Of each label that stages set one after the other, the last one counts. */
export function* labelFaults(build: Build, { labels, only }: LabelSchema): Iterable<LabelFault> {
  const told = new Set<Pair>();
  const kinds = new Map(Object.entries(labels));
  for (const target of build.targets) {
    const set = labelsOf(target, build);
    if (set !== undefined)
      for (const [name, kind] of kinds) {
        const mayBeInBase = isOpenBase(target.base) ? ({ mayBeInBase: true } as const) : {};
        if (!set.has(name)) yield { span: target.from.image.span, name, fault: 'missing', kind, ...mayBeInBase };
      }
    for (const [name, label] of set ?? []) {
      if (told.has(label.pair)) continue;
      told.add(label.pair);
      const kind = kinds.get(name);
      if (kind !== undefined) yield* faultsOfValue(name, kind, label, build);
      else if (only) yield { span: label.pair.name.span, name, fault: 'superfluous' };
    }
  }
}

/** Undefined when a variable that is not known stands for a key: any label may be there. */
function labelsOf(target: Stage, build: Build): ReadonlyMap<string, SetLabel> | undefined {
  const found = new Map<string, SetLabel>();
  for (const stage of chainOf(target))
    for (const step of stage.steps) {
      if (step.instruction.keyword !== 'LABEL') continue;
      for (const pair of step.instruction.pairs) {
        const name = textAt(pair.name, step, build);
        if (name === undefined) return undefined;
        found.set(name, { pair, step });
      }
    }
  return found;
}

function* faultsOfValue(name: string, kind: LabelKind, { pair, step }: SetLabel, build: Build): Iterable<LabelFault> {
  const { value: word } = pair;
  if (word === undefined || word.references.some((each) => comesFromOutside(each, step))) return;
  const value = textAt(word, step, build);
  const fault = value === undefined ? undefined : labelValueFault(kind, value);
  if (value === undefined || fault === undefined) return;
  const place = word.raw === '' ? pair.span : word.span;
  if (typeof fault === 'object') yield { span: place, name, fault: 'kind', kind, value, licence: fault };
  else yield { span: place, name, fault, kind, value };
}

/** A build argument whose default is there to be replaced. */
const comesFromOutside = (name: string, { before }: Step): boolean => {
  const argument = before.args.get(name);
  return argument !== undefined && argument.given !== true;
};
