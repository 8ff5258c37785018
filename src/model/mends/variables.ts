/** Variables that are read under a name that nothing sets, or where their ARG is not seen. */
import type { Edit, Pair, Span } from '../../syntax/index.ts';
import type { Build, Step } from '../build.ts';
import { chainOf } from '../query.ts';
import { remembered } from '../remembered.ts';
import type { UndefinedBaseArgument } from '../stages/base-names.ts';
import type { MistypedReference } from '../state/mistyped-references.ts';
import { undefinedInShell } from '../state/shell-reads.ts';
import { type UndefinedVariable, undefinedVariables } from '../state/undefined-variables.ts';
import type { Fix } from './fix.ts';
import { keywordAs, linesAbove } from './lines.ts';
import { writtenAt } from './written.ts';

/** An ARG above the first that reads it, or the name that is nearly so; a build that stops can lose nothing. */
export function variableThatIs(build: Build, variable: UndefinedVariable): Fix | undefined {
  const { name, hidden, similar, span, stops, step, own } = variable;
  if (own === 'extends' || own === 'default') return undefined;
  const safety = stops ? 'safe' : 'unsafe';
  if (hidden === 'global' || hidden === 'built-in' || hidden === 'other-stage')
    return declaredAbove(build, name, step, hidden, safety);
  const edit = hidden === undefined && similar !== undefined ? respelled(build, span, name, similar) : undefined;
  return edit === undefined ? undefined : { says: `Write ${similar}`, safety, edits: [edit] };
}

function declaredAbove(
  build: Build,
  name: string,
  step: Step,
  hidden: UndefinedVariable['hidden'],
  safety: Fix['safety'],
): Fix | undefined {
  const { instruction, stage } = firstReader(build, name, step) ?? step;
  if (stage !== step.stage || instruction.onbuild !== undefined) return undefined;
  const pair = hidden === 'other-stage' ? declaredIn(build, name) : undefined;
  if (hidden === 'other-stage' && (pair?.value?.references.length ?? 1) > 0) return undefined;
  const text = pair === undefined ? name : writtenAt(build, pair.span);
  if (text.includes('\n')) return undefined;
  const line = `${keywordAs('ARG', instruction)} ${text}`;
  return { says: `Say ${line} in this stage`, safety, edits: [linesAbove(instruction, [line])] };
}

/** A stage has what the stages that it is built on declare. */
function firstReader(build: Build, name: string, { stage }: Step): Step | undefined {
  const readers = readersOf(build).get(name) ?? [];
  for (const each of chainOf(stage)) {
    const found = readers.filter((step) => step.stage === each).sort((one, other) => one.span.line - other.span.line);
    if (found[0] !== undefined) return found[0];
  }
  return undefined;
}

const readersOf: (build: Build) => ReadonlyMap<string, readonly Step[]> = remembered(
  (build) => build.stages,
  (build) => {
    const found = new Map<string, Step[]>();
    for (const { name, step } of [...undefinedVariables(build), ...undefinedInShell(build)]) {
      const others = found.get(name);
      if (others === undefined) found.set(name, [step]);
      else others.push(step);
    }
    return found;
  },
);

/** The one ARG of a stage that has the name, with its default. */
function declaredIn(build: Build, name: string): Pair | undefined {
  const pairs = build.stages.flatMap(({ steps }) =>
    steps.flatMap(({ instruction }) =>
      instruction.keyword === 'ARG' ? instruction.pairs.filter((pair) => pair.name.text === name) : [],
    ),
  );
  const [first] = pairs;
  return first !== undefined && pairs.every((pair) => writtenAt(build, pair.span) === writtenAt(build, first.span))
    ? first
    : undefined;
}

/** The ARG before the first FROM, or the name of one that is there. */
export function baseArgumentThatIs(build: Build, argument: UndefinedBaseArgument): Fix | undefined {
  const { name, similar, declaredInStage, fatal, span } = argument;
  const safety = fatal ? 'safe' : 'unsafe';
  const edit = similar === undefined ? undefined : respelled(build, span, name, similar);
  if (edit !== undefined) return { says: `Write ${similar}`, safety, edits: [edit] };
  const [first] = build.stages;
  const text = declaredInStage === undefined ? '' : writtenAt(build, declaredInStage.span);
  // Without a default it is still worth nothing.
  if (first === undefined || !/^\w+=[^\s$\\`]+$/.test(text)) return undefined;
  const line = `${keywordAs('ARG', first.from)} ${text}`;
  return { says: `Say ${line} before the first FROM`, safety, edits: [linesAbove(first.from, [line])] };
}

/** `${NAME}` for a name with another mark in front, or with one too many. */
export function dollarReference(build: Build, { span, name, text }: MistypedReference): Fix | undefined {
  const written = writtenAt(build, span);
  if (/['\\\n]/.test(written)) return undefined;
  const right =
    text === name ? written.replace(/(?<=^"?|:)PATH(?=:|"?$)/, '$PATH') : written.replace(text, () => `\${${name}}`);
  if (right === written) return undefined;
  return { says: `Read ${name}`, safety: 'unsafe', edits: [{ at: span, text: right }] };
}

/** The name alone, where the place begins with `$NAME` or `${NAME`. */
function respelled(build: Build, span: Span, name: string, right: string): Edit | undefined {
  const mark = /^\$\{?/.exec(writtenAt(build, span))?.[0];
  if (mark === undefined || !writtenAt(build, span).startsWith(`${mark}${name}`)) return undefined;
  const column = span.column + mark.length;
  return { at: { line: span.line, column, endLine: span.line, endColumn: column + name.length }, text: right };
}
