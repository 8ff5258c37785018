/** Another name for a stage or a variable, wherever it stands. */
import type { Build, Stage } from '../model/index.ts';
import { type Edit, offsetAt, type Span } from '../syntax/index.ts';
import type { Name, NamePlace } from './name.ts';
import { nameAt, namesIn, type Position } from './names.ts';

/** What would be renamed: where the cursor is, and the name as it is now. */
export interface Renameable {
  readonly span: Span;
  readonly text: string;
}

export type Renamed =
  | {
      readonly edits: readonly Edit[];
      /** Files of the project that have the old name and are not changed, as reports show them. */
      readonly alsoIn: readonly string[];
    }
  /** Why it cannot be. */
  | { readonly refused: string };

/** Whether the name at a place can be changed; undefined where there is none. */
export function renameable(build: Build, at: Position): Renameable | { readonly refused: string } | undefined {
  const found = nameAt(build, at);
  if (found === undefined) return undefined;
  const { name, place } = found;
  const refused = obstacle(name, build);
  if (refused !== undefined) return { refused };
  return { span: place.span, text: name.text };
}

export function rename(build: Build, at: Position, wanted: string): Renamed {
  const found = nameAt(build, at);
  if (found === undefined) return { refused: 'Neither a stage nor a variable stands here.' };
  const { name } = found;
  const refused = obstacle(name, build) ?? faultOf(wanted, name, build);
  if (refused !== undefined) return { refused };
  const edits = name.places.flatMap((place) => editAt(place, name, wanted, build));
  return { edits, alsoIn: [...new Set(name.mentions.flatMap(({ elsewhere }) => elsewhere?.path ?? []))].sort() };
}

function editAt(place: NamePlace, { stage }: Name, wanted: string, build: Build): readonly Edit[] {
  switch (place.written) {
    case 'name':
    case 'number':
      return [{ at: place.span, text: wanted }];
    case 'unnamed': {
      if (stage === undefined) return [];
      const { endLine: line, endColumn: column } = stage.from.image.span;
      return [{ at: { line, column, endLine: line, endColumn: column }, text: ` AS ${wanted}` }];
    }
    case 'value': {
      const source = stage === undefined ? undefined : defaultBehind(place.span, stage, build);
      return source === undefined ? [] : [{ at: source, text: wanted }];
    }
  }
}

/** What keeps a name from being changed, whatever the new one is. */
function obstacle(name: Name, build: Build): string | undefined {
  if (name.kind === 'outside') return `${name.text} is not set in this file: the base image or BuildKit sets it.`;
  const { stage } = name;
  if (stage === undefined) return undefined;
  const hidden = name.places.find(
    ({ written, span }) => written === 'value' && defaultBehind(span, stage, build) === undefined,
  );
  return hidden === undefined
    ? undefined
    : `Line ${hidden.span.line} names the stage ${name.text} by a variable, so that it cannot be renamed safely.`;
}

/** Where the name stands that `${BASE}` comes to: the default of an argument that nothing else uses so. */
function defaultBehind({ line, column, endLine, endColumn }: Span, stage: Stage, build: Build): Span | undefined {
  const { source, instructions } = build.file;
  const text = source.text.slice(offsetAt(source, line, column), offsetAt(source, endLine, endColumn));
  const [, name] = /^["']?\$(?:(?=\w)|\{)([A-Za-z_]\w*)\}?["']?$/.exec(text) ?? [];
  const value = name === undefined ? undefined : build.globalArguments.get(name);
  if (name === undefined || value === undefined || value.given === true) return undefined;
  const others = namesIn(build).find((each) => each.kind === 'argument' && each.text === name)?.places ?? [];
  const readers = others.filter(({ role }) => role === 'reference');
  if (readers.some(({ span }) => span.line !== line) || others.length - readers.length !== 1) return undefined;
  for (const instruction of instructions)
    if (instruction.keyword === 'ARG')
      for (const pair of instruction.pairs)
        if (pair.name.text === name && pair.value?.raw.toLowerCase() === stage.id) return pair.value.span;
  return undefined;
}

/** `ParseStage` of BuildKit's `instructions` package. */
const stageName = /^[a-z][a-z0-9\-_.]*$/;
const reserved: ReadonlySet<string> = new Set(['scratch', 'context']);
const variableName = /^[A-Za-z_][A-Za-z0-9_]*$/;

function faultOf(wanted: string, name: Name, build: Build): string | undefined {
  if (name.kind !== 'stage') {
    if (!variableName.test(wanted)) return `${JSON.stringify(wanted)} is no name of a variable: letters, digits and _.`;
    const taken = wanted !== name.text && namesIn(build).some(({ kind, text }) => kind !== 'stage' && text === wanted);
    return taken ? `There is a variable ${wanted} already.` : undefined;
  }
  const lower = wanted.toLowerCase();
  if (!stageName.test(lower))
    return `${JSON.stringify(wanted)} is no name of a stage: a letter, then letters, digits, - _ and dots.`;
  if (reserved.has(lower)) return `${wanted} is a name that BuildKit keeps for itself.`;
  if (build.stages.some((stage) => stage !== name.stage && stage.name !== undefined && stage.id === lower))
    return `There is a stage ${wanted} already.`;
  const isAskedFor =
    build.outsideReferences.some((reference) => reference.name.toLowerCase() === lower) && lower !== name.stage?.id;
  return isAskedFor ? `${wanted} is what this file calls an image or a context: the stage would hide it.` : undefined;
}
