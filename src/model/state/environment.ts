/** ENV and ARG: what a variable is worth at a step, and what words come to. */
import type { Pair, PairsInstruction, Word } from '../../syntax/index.ts';
import { expand, expandWord } from '../../syntax/index.ts';
import type { Secret, State, Value } from '../build.ts';
import type { GivenArguments } from './passed-arguments.ts';
import { unknownText } from './unknown-text.ts';

/**
 * Text of a variable; null where it is certainly not set (it expands to nothing), undefined where it
 * is not known: an ARG without a default, or anything that an unknown base image may set.
 */
export type Lookup = (name: string) => string | null | undefined;

/** Arguments that BuildKit sets by itself, https://docs.docker.com/reference/dockerfile/#predefined-args. */
export const predefinedArguments: ReadonlySet<string> = new Set([
  ...['TARGETPLATFORM', 'TARGETOS', 'TARGETARCH', 'TARGETVARIANT', 'TARGETSTAGE'],
  ...['BUILDPLATFORM', 'BUILDOS', 'BUILDARCH', 'BUILDVARIANT'],
]);

/**
 * What gives a variable its worth: ENV over every ARG before it, and over those of the stage that this one starts
 * from; an ARG over the ENV above it in its stage, for instructions and for RUN alike (measured by building it). One
 * that has no default may leave the ENV as it is, so that its worth is not known.
 */
export function settingOf(name: string, { env, args }: Pick<State, 'env' | 'args'>): Value | undefined {
  const set = env.get(name);
  const argument = args.get(name);
  if (set === undefined || argument === undefined) return set ?? argument;
  const isBelow = set.via === 'image' || argument.span.line > set.span.line;
  if (!isBelow) return set;
  return argument.text === undefined && set.secrets.length > 0
    ? { ...argument, secrets: [...argument.secrets, ...set.secrets] }
    : argument;
}

/** Variables as instructions and RUN see them. `open`: names not set here may come from the base. */
export function variablesOf(state: State, open: boolean): Lookup {
  return (name) => {
    const value = settingOf(name, state);
    if (value !== undefined) return value.text;
    return open ? undefined : null;
  };
}

/** Variables as FROM sees them: global ARGs only. */
export function globalVariables(globals: ReadonlyMap<string, Value>): Lookup {
  return (name) => {
    const value = globals.get(name);
    if (value !== undefined) return value.text;
    return predefinedArguments.has(name) ? undefined : null;
  };
}

/** Longer values are not kept: variables that double each other would grow without end. */
const longestValue = 65_536;

/** The value of a word with its variables expanded and quotes removed; undefined when it is not known. */
export function evaluate(word: Word, lookup: Lookup, escape: '\\' | '`'): string | undefined {
  const text = word.text ?? expandWord(word.raw, lookup, { escape });
  return text === undefined || text.length > longestValue ? undefined : text;
}

const isLong = ({ raw, text }: Word, lookup: Lookup, escape: '\\' | '`'): boolean =>
  (text?.length ?? 0) > longestValue || (text === undefined && expand(raw, lookup, { escape }).isTooLong === true);

/** The pairs of one ENV, LABEL or ARG as values. All pairs of one instruction see the state before it. */
export function valuesOf(
  instruction: PairsInstruction,
  state: State,
  lookup: Lookup,
  escape: '\\' | '`',
): Map<string, Value> {
  const values = new Map<string, Value>();
  for (const pair of instruction.pairs) {
    const name = evaluate(pair.name, lookup, escape);
    if (name === undefined || name === '') continue;
    values.set(name, valueOf(pair, instruction.keyword, state, lookup, escape));
  }
  return values;
}

function valueOf(
  pair: Pair,
  via: PairsInstruction['keyword'],
  state: State,
  lookup: Lookup,
  escape: '\\' | '`',
): Value {
  const secrets = pair.value === undefined ? [] : secretsIn(pair.value.references, state);
  const text = pair.value === undefined ? undefined : evaluate(pair.value, lookup, escape);
  const isTooLong = text === undefined && pair.value !== undefined && isLong(pair.value, lookup, escape);
  return { span: pair.span, via, secrets, ...(text === undefined ? {} : { text }), ...(isTooLong && { isTooLong }) };
}

/** The secrets that the values of these variables carry. */
export function secretsIn(names: Iterable<string>, state: State): readonly Secret[] {
  const found = new Set<Secret>();
  for (const name of names) for (const secret of settingOf(name, state)?.secrets ?? []) found.add(secret);
  return [...found];
}

/** What arguments are worth that come from outside or from before the first FROM. */
export interface Arguments {
  /** Given from outside. */
  readonly given: GivenArguments;
  readonly globals: ReadonlyMap<string, Value>;
}

/** What an ARG in a stage sets: what is given from outside, else its own default, else that of the global ARG of the same name. */
export function argumentsOf(
  instruction: PairsInstruction,
  state: State,
  { given, globals }: Arguments,
  lookup: Lookup,
  escape: '\\' | '`',
): Map<string, Value> {
  const set = new Map<string, Value>();
  const written = new Set(instruction.pairs.filter(({ value }) => value !== undefined).map(({ name }) => name.raw));
  for (const [name, value] of valuesOf(instruction, state, lookup, escape)) {
    const inherited = written.has(name) ? undefined : globals.get(name);
    if (given.has(name)) set.set(name, givenValue(value, given.get(name)));
    else set.set(name, inherited?.text === undefined ? value : { ...value, text: inherited.text });
  }
  return set;
}

function givenValue({ span, via, secrets }: Value, text: string | undefined): Value {
  return { span, via, secrets, given: true, ...(text === undefined ? {} : { text }) };
}

/** A heredoc body with its variables expanded; U+FFFC stands for what is not known. */
export function renderText(text: string, lookup: Lookup, escape: '\\' | '`'): string {
  let left = longestValue;
  return text.replace(/(\\?)\$(?:\{[^}\n]*(?:\}|$)|[A-Za-z_][A-Za-z0-9_]*)/gm, (reference, escaped: string) => {
    if (reference.includes('{') && !reference.endsWith('}')) return reference;
    if (escaped !== '') return reference.slice(1);
    const value = expandWord(reference, lookup, { escape });
    left -= value?.length ?? 0;
    return value === undefined || left < 0 ? unknownText : value;
  });
}
