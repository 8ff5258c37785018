/** The names of a Dockerfile as plain data: where each is given, and where it is used. */
import type { Build, Located, Stage } from '../model/index.ts';
import { type Name, type NamePlace, namesIn, stageSpan } from '../outline/index.ts';
import type { Span } from '../syntax/index.ts';

export interface DockerfileSymbols {
  readonly stages: readonly StageSymbol[];
  /** As they first appear. */
  readonly variables: readonly VariableSymbol[];
}

export interface StageSymbol {
  readonly index: number;
  /** As written; absent for a stage without one. */
  readonly name?: string;
  /** From its FROM to the end of its last instruction. */
  readonly span: Span;
  /** What FROM names, variables replaced where they are known. */
  readonly base: string;
  readonly ships: boolean;
  /** A ship target needs it, itself included. */
  readonly needed: boolean;
  /** In the order of the file. */
  readonly places: readonly NameUse[];
  readonly mentions: readonly Mention[];
}

export interface VariableSymbol {
  readonly name: string;
  /** `outside`: nothing in the file sets it; the base image may, or BuildKit does. */
  readonly kind: Exclude<Name['kind'], 'stage'>;
  readonly places: readonly (NameUse & {
    /** What it is worth there; absent when not known. */
    readonly value?: string;
    /** The ARG or ENV that says so. */
    readonly setAt?: Span;
  })[];
  readonly mentions: readonly Mention[];
}

/** `written`: the name itself, the number of a stage, a variable that comes to its name, the FROM of one without a name. */
export type NameUse = Pick<NamePlace, 'role' | 'written' | 'span'>;

/** Where another file of the project names it. */
export interface Mention {
  /** As reports show it. */
  readonly path: string;
  readonly span: Span;
}

export function symbolsOf(build: Build | undefined): DockerfileSymbols {
  if (build === undefined) return { stages: [], variables: [] };
  const stages: StageSymbol[] = [];
  const variables: VariableSymbol[] = [];
  for (const name of namesIn(build))
    if (name.stage !== undefined) stages.push(stageSymbol(name, name.stage, build));
    else if (name.kind !== 'stage') variables.push(variableSymbol(name, name.kind));
  return { stages, variables };
}

const useOf = ({ role, written, span }: NamePlace): NameUse => ({ role, written, span });

const mentionsOf = (mentions: readonly Located[]): readonly Mention[] =>
  mentions.flatMap(({ span, elsewhere }) => (elsewhere === undefined ? [] : [{ path: elsewhere.path, span }]));

function stageSymbol({ places, mentions }: Name, stage: Stage, { targets }: Build): StageSymbol {
  const { index, name, base, reachable } = stage;
  return {
    index,
    ...(name === undefined ? {} : { name: name.raw }),
    span: stageSpan(stage),
    base: base.kind === 'stage' ? base.stage.id : base.kind === 'scratch' ? 'scratch' : base.text,
    ships: targets.includes(stage),
    needed: reachable,
    places: places.map(useOf),
    mentions: mentionsOf(mentions),
  };
}

const variableSymbol = ({ text, places, mentions }: Name, kind: VariableSymbol['kind']): VariableSymbol => ({
  name: text,
  kind,
  places: places.map((place) => ({
    ...useOf(place),
    ...(place.value?.text === undefined ? {} : { value: place.value.text }),
    ...(place.value === undefined || place.value.via === 'image' ? {} : { setAt: place.value.span }),
  })),
  mentions: mentionsOf(mentions),
});
