/** Everything that a Dockerfile gives a name, and which of it stands at a place. */
import type { Build, Span } from '../model/index.ts';
import type { Name, NamePlace } from './name.ts';
import { stageNames } from './stage-names.ts';
import { variableNames } from './variable-names.ts';

const known = new WeakMap<Build, readonly Name[]>();

/** Stages in their order, then variables as they first appear. */
export function namesIn(build: Build): readonly Name[] {
  const found = known.get(build);
  if (found !== undefined) return found;
  const made = [...stageNames(build), ...variableNames(build)];
  known.set(build, made);
  return made;
}

/** A place in a text: line and UTF-16 column, both from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface NameAt {
  readonly name: Name;
  readonly place: NamePlace;
}

/** What is named at a place; the end of a name counts as it, as where a cursor stands behind it. */
export function nameAt(build: Build, at: Position): NameAt | undefined {
  let nearest: NameAt | undefined;
  for (const name of namesIn(build))
    for (const place of name.places)
      if (place.written !== 'unnamed' && holds(place.span, at) && isNarrower(place.span, nearest?.place.span))
        nearest = { name, place };
  return nearest;
}

export const holds = ({ line, column, endLine, endColumn }: Span, at: Position): boolean =>
  (at.line > line || (at.line === line && at.column >= column)) &&
  (at.line < endLine || (at.line === endLine && at.column <= endColumn));

/** `${BASE}` may name a stage and be a variable: the variable is what stands inside. */
const isNarrower = (span: Span, than: Span | undefined): boolean =>
  than === undefined ||
  (span.line === than.line && span.endLine === than.endLine
    ? span.endColumn - span.column < than.endColumn - than.column
    : span.line >= than.line);
