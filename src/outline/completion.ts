/** What can be written at a place. */
import type { Build, Stage } from '../model/index.ts';
import { flagsOf, keywords, mountOptions, offsetAt, type Span, spanOf } from '../syntax/index.ts';
import { type Candidate, type Found, found, type NamedRule } from './candidate.ts';
import { inComment } from './comment-completion.ts';
import type { Position } from './names.ts';

export interface Completion {
  /** What a candidate takes the place of: what is written of it already. */
  readonly span: Span;
  readonly candidates: readonly Candidate[];
}

/** `rules`: what comments may name. */
export function completionsAt(build: Build, at: Position, rules: readonly NamedRule[]): Completion | undefined {
  const { source } = build.file;
  const offset = Math.min(offsetAt(source, at.line, at.column), source.text.length);
  const lineStart = source.lineStarts[at.line - 1] ?? 0;
  const line = source.text.slice(lineStart, offset);
  const answer = /^\s*#/.test(line) ? inComment(line, rules) : inInstruction(build, at, offset);
  if (answer === undefined || answer.candidates.length === 0) return undefined;
  return { span: spanOf(source, offset - answer.written, offset), candidates: answer.candidates };
}

function inInstruction(build: Build, at: Position, offset: number): Found | undefined {
  const { source, escape, instructions } = build.file;
  const own = instructions.find(({ span }) => span.line <= at.line && at.line <= span.endLine);
  const start = own === undefined ? offsetAt(source, at.line, 1) : offsetAt(source, own.span.line, own.span.column);
  const text = joined(source.text.slice(start, offset), escape);
  const variable = /\$(?:\{[#!]?)?(\w*)$/.exec(text)?.[1];
  if (variable !== undefined) return found(variable, variablesAt(build, at, /^\s*FROM\b/i.test(text)));
  if (own?.heredocs.some(({ body }) => spanOf(body.source, body.offsets[0] ?? 0, 0).line <= at.line) === true)
    return undefined;
  const keyword = /^\s*(?:ONBUILD\s+)?([A-Za-z]*)$/i.exec(text)?.[1];
  if (keyword !== undefined) return found(keyword, keywordCandidates);
  const [, head = '', rest = ''] = /^\s*(?:ONBUILD\s+)?([A-Za-z]+)\s+(.*)/is.exec(text) ?? [];
  return head === '' ? undefined : inArguments(head.toUpperCase(), rest, build, at);
}

/** What is written so far as one line: continuations joined, comments between them left out. */
const joined = (text: string, escape: string): string =>
  text
    .split(/\r?\n/)
    .filter((line, index) => index === 0 || !/^\s*#/.test(line))
    .map((line, index, lines) =>
      index < lines.length - 1 && line.trimEnd().endsWith(escape) ? line.trimEnd().slice(0, -1) : line,
    )
    .join('');

function inArguments(keyword: string, rest: string, build: Build, at: Position): Found | undefined {
  const words = rest.split(/\s+/);
  const word = words.at(-1) ?? '';
  const isFlagPlace = words.slice(0, -1).every((each) => each.startsWith('--'));
  const earlier = build.stages.filter(({ span }) => span.endLine < at.line);
  const current = keyword === 'FROM' ? earlier : earlier.slice(0, -1);
  if (isFlagPlace && word.startsWith('-')) {
    const from = (keyword === 'COPY' || keyword === 'ADD') && /^--from=["']?([^"']*)$/.exec(word)?.[1];
    if (typeof from === 'string') return found(from, stageCandidates(current));
    const mount = keyword === 'RUN' ? /^--mount=(?:.*,)?([^,]*)$/.exec(word)?.[1] : undefined;
    if (mount !== undefined) return inMount(mount, current);
    const value = /^--([\w-]+)=(\w*)$/.exec(word);
    if (value !== null) return found(value[2] ?? '', valuesOf(keyword, value[1] ?? ''));
    const used = new Set(words.slice(0, -1).map((each) => each.replace(/=.*/s, '')));
    return found(
      word,
      flagCandidates(keyword).filter(({ text }) => text === '--mount=' || !used.has(text.replace(/=$/, ''))),
    );
  }
  if (keyword !== 'FROM') return undefined;
  const plain = words.filter((each) => !each.startsWith('--'));
  if (plain.length === 1)
    return found(word, [...stageCandidates(earlier.filter(({ name }) => name !== undefined)), scratch]);
  return plain.length === 2 ? found(word, [{ kind: 'keyword', text: 'AS', detail: 'names the stage' }]) : undefined;
}

const scratch: Candidate = { kind: 'value', text: 'scratch', detail: 'an empty image' };

const stageCandidates = (stages: readonly Stage[]): readonly Candidate[] =>
  stages.map(({ name, index, from }) => ({
    kind: 'stage',
    text: name?.raw ?? String(index),
    detail: `FROM ${from.image.raw}, line ${from.span.line}`,
  }));

const flagCandidates = (keyword: string): readonly Candidate[] =>
  flagsOf(keyword).map(({ name, takesValue }) => ({
    kind: 'flag',
    text: takesValue ? `--${name}=` : `--${name}`,
    detail: `of ${keyword}`,
  }));

/** `bind` behind `type=`, the options before it. */
function inMount(text: string, stages: readonly Stage[]): Found {
  const [, name, written = ''] = /^(\w+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined)
    return found(
      text,
      [...mountOptions.keys()].map((option) => ({ kind: 'flag', text: `${option}=`, detail: 'of --mount' })),
    );
  if (name === 'from') return found(written, stageCandidates(stages));
  const values = mountOptions.get(name) ?? [];
  return found(
    written,
    values.map((value) => ({ kind: 'value', text: value, detail: `${name} of --mount` })),
  );
}

function valuesOf(keyword: string, flag: string): readonly Candidate[] {
  const known =
    keyword === 'RUN' && flag === 'network'
      ? ['default', 'none', 'host']
      : keyword === 'RUN' && flag === 'security'
        ? ['sandbox', 'insecure']
        : [];
  return known.map((value) => ({ kind: 'value', text: value, detail: `--${flag} of ${keyword}` }));
}

const keywordCandidates: readonly Candidate[] = keywords.map((text) => ({
  kind: 'keyword',
  text,
  detail: 'instruction',
}));

/** What a step at this place sees; FROM sees only the arguments before the first of them. */
function variablesAt({ globalArguments, stages }: Build, at: Position, ofFrom: boolean): readonly Candidate[] {
  const stage = stages.findLast(({ span }) => span.line <= at.line);
  const last = stage?.steps.findLast(({ span }) => span.line <= at.line);
  const here = last !== undefined && at.line <= last.span.endLine ? last.before : (last?.after ?? stage?.result);
  const state = ofFrom ? undefined : here;
  const seen = state === undefined ? globalArguments : new Map([...state.args, ...state.env]);
  return [...seen]
    .map(
      ([text, { via, text: value }]): Candidate => ({
        kind: 'variable',
        text,
        detail: `${via === 'image' ? 'base image' : via} ${value ?? ''}`.trim(),
      }),
    )
    .sort((one, other) => (one.text < other.text ? -1 : 1));
}
