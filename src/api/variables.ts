/** ARG and ENV: where each is given a value, and what reads that value. */
import type { Build, Located, State, Step, Value } from '../model/index.ts';
import {
  expand,
  expandedVariables,
  type Instruction,
  type MappedText,
  mappedSpan,
  offsetAt,
  type Pair,
  referenceSpan,
  type Source,
  type Span,
  spanOf,
} from '../syntax/index.ts';
import { shellVariables } from './shell-variables.ts';

/** One ARG or ENV of one name. */
export interface VariableSymbol {
  readonly name: string;
  readonly kind: 'ARG' | 'ENV';
  /** Of `NAME=value`. */
  readonly span: Span;
  readonly nameSpan: Span;
  /** Index of its stage; absent for an ARG above the first FROM. */
  readonly stage?: number;
  /** What it is worth from here on; absent when not known. */
  readonly value?: string;
  /** `ARG NAME` of a stage: index, among the variables, of the one above the first FROM that it takes its default from. */
  readonly inherits?: number;
  /** Where this value is read; the places of the names alone. */
  readonly references: readonly VariableReference[];
}

export interface VariableReference {
  readonly span: Span;
  /** Index of the stage that reads it. */
  readonly stage: number;
}

interface Definition {
  readonly pair: Pair;
  readonly kind: 'ARG' | 'ENV';
  readonly step?: Step;
  readonly references: VariableReference[];
}

export function variablesIn(build: Build): readonly VariableSymbol[] {
  const definitions = [...definitionsIn(build)];
  const byPlace = new Map(definitions.map((each) => [placeOf(each.pair), each]));
  const globals = new Map(
    definitions.flatMap((each) => (each.step === undefined ? [[each.pair.name.raw, each] as const] : [])),
  );
  for (const stage of build.stages) {
    const add = (found: Definition | undefined, span: Span): void => {
      found?.references.push({ span, stage: stage.index });
    };
    for (const { name, span } of namesIn(stage.from, build)) add(globals.get(name), span);
    for (const step of stage.steps)
      for (const { name, span, late } of readsOf(step, build)) {
        const value = seen(name, step.before, late);
        if (value !== undefined) add(byPlace.get(placeOf(value)), span);
      }
  }
  return definitions.map((each) => symbolOf(each, definitions, globals, build));
}

function* definitionsIn({ file, stages }: Build): Iterable<Definition> {
  for (const instruction of file.instructions)
    if (instruction.keyword === 'FROM') break;
    else if (instruction.keyword === 'ARG')
      for (const pair of instruction.pairs) yield { pair, kind: 'ARG', references: [] };
  for (const { steps } of stages)
    for (const step of steps) {
      const { instruction } = step;
      if (instruction.keyword !== 'ARG' && instruction.keyword !== 'ENV') continue;
      for (const pair of instruction.pairs) yield { pair, kind: instruction.keyword, step, references: [] };
    }
}

function symbolOf(
  { pair, kind, step, references }: Definition,
  all: readonly Definition[],
  globals: ReadonlyMap<string, Definition>,
  { globalArguments }: Build,
): VariableSymbol {
  const name = pair.name.text ?? pair.name.raw;
  const after = kind === 'ENV' ? step?.after.env : (step?.after.args ?? globalArguments);
  const value = after?.get(name)?.text;
  const global = step !== undefined && kind === 'ARG' && pair.value === undefined ? globals.get(name) : undefined;
  return {
    name,
    kind,
    span: pair.span,
    nameSpan: pair.name.span,
    ...(step === undefined ? {} : { stage: step.stage.index }),
    ...(value === undefined ? {} : { value }),
    ...(global === undefined ? {} : { inherits: all.indexOf(global) }),
    references,
  };
}

const placeOf = ({ span }: Located): string => `${span.line}:${span.column}`;

/** A build argument is gone when the container starts. */
function seen(name: string, { env, args }: State, late: boolean): Value | undefined {
  const value = env.get(name) ?? (late ? undefined : args.get(name));
  return value?.via === 'image' ? undefined : value;
}

interface Read {
  readonly name: string;
  readonly span: Span;
  /** When the container runs. */
  readonly late: boolean;
}

/** In the instruction, in the order of its parts. */
function* readsOf({ instruction, commands }: Step, build: Build): Iterable<Read> {
  const { escape, source } = build.file;
  for (const { name, span } of expandedVariables(instruction, escape))
    yield { name, span: nameSpan(span, name, source), late: false };
  const late = instruction.keyword !== 'RUN';
  // What a script sets itself is a variable of its own.
  const own = new Set(
    commands.flatMap(({ shell }) => [...shell.assignments, ...shell.environment].map(({ name }) => name)),
  );
  for (const text of shellTexts(instruction))
    for (const { name, start, end } of shellVariables(text.text))
      if (!own.has(name)) yield { name, span: mappedSpan(text, start, end), late };
}

/** What a shell reads: shell forms, and the scripts that RUN hands to one. */
function shellTexts(instruction: Instruction): readonly MappedText[] {
  switch (instruction.keyword) {
    case 'RUN':
      return instruction.form === 'exec' ? [] : [instruction.line, ...instruction.heredocs.map(({ body }) => body)];
    case 'CMD':
    case 'ENTRYPOINT':
      return instruction.form === 'exec' ? [] : [instruction.line];
    case 'HEALTHCHECK':
      return instruction.command?.form === 'shell' ? [instruction.command.line] : [];
    default:
      return [];
  }
}

function* namesIn(from: Build['stages'][number]['from'], { file }: Build): Iterable<Omit<Read, 'late'>> {
  for (const word of from.platform === undefined ? [from.image] : [from.platform, from.image])
    for (const reference of expand(word.raw, () => undefined, { escape: file.escape }).references) {
      const span = referenceSpan(from, word, reference);
      yield { name: reference.name, span: nameSpan(span, reference.name, file.source) };
    }
}

/** The name within `$NAME` or `${NAME…}`; the whole where it is not to be told. */
function nameSpan(span: Span, name: string, source: Source): Span {
  const start = offsetAt(source, span.line, span.column);
  const text = source.text.slice(start, offsetAt(source, span.endLine, span.endColumn));
  const at = ['${', '$'].map((sign) => [text.indexOf(sign + name), sign.length] as const).find(([index]) => index >= 0);
  if (at === undefined) return span;
  const from = start + at[0] + at[1];
  return spanOf(source, from, from + name.length);
}
