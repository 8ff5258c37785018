/**
 * The only door to the YAML parser of a project's files: loaded when a YAML or JSON file is to be read, never before.
 * It reads events: a document's tree takes four times as long (measured over the YAML files of the corpus).
 */
import {
  type AliasEvent,
  EVENT_ID,
  type Event,
  getScalarValue,
  type MappingEvent,
  parseEvents,
  SCALAR_STYLE,
  type ScalarEvent,
  type SequenceEvent,
  YAMLException,
} from 'js-yaml';
import type { Data, DataEntry } from './data.ts';

/** Aliases that name each other make a small file endless. */
const mostNodes = 20_000;
const deepest = 60;

interface Reading {
  readonly text: string;
  readonly events: readonly Event[];
  /** Index of the event that comes next. */
  next: number;
  /** By name, the latest one read: where it stands before its aliases, as YAML demands. */
  readonly anchors: Map<string, { readonly data: Data; readonly nodes: number }>;
  readonly lineOf: (offset: number) => number;
  nodes: number;
}

/** Reads YAML and JSON, aliases and merge keys resolved; undefined when the text is neither. Tags count for nothing. */
export function readYaml(text: string): Data | undefined {
  const read = eventsOf(text);
  if (read === undefined || read.events.filter(({ type }) => type === EVENT_ID.DOCUMENT).length !== 1) return undefined;
  return readNode({ ...read, next: 1, anchors: new Map(), lineOf: lineCounter(read.text), nodes: 0 });
}

/** Times that a bracket out of line is put right; each costs a reading of the file. */
const mostMends = 16;

/**
 * What closes a flow collection may stand in any column for Compose and GitHub, the parser wants it indented: spaces
 * are put before it, and the lines stay what they are.
 */
function eventsOf(given: string): { readonly text: string; readonly events: readonly Event[] } | undefined {
  let text = given;
  for (let mend = 0; mend <= mostMends; mend += 1)
    try {
      return { text, events: parseEvents(text, { maxDepth: deepest }) };
    } catch (error) {
      if (!(error instanceof YAMLException)) throw error;
      const at = error.mark?.position;
      if (error.reason !== 'deficient indentation' || at === undefined) return undefined;
      text =
        mend === 0
          ? text.replaceAll(/^[ \t]*(?=[\]}])/gm, indentation)
          : text.slice(0, at) + indentation + text.slice(at);
    }
  return undefined;
}

const indentation = ' '.repeat(2 * deepest);

/** 1-based lines of offsets that never go back. */
function lineCounter(text: string): (offset: number) => number {
  let line = 1;
  let end = text.indexOf('\n');
  return (offset) => {
    while (end !== -1 && end < offset) {
      line += 1;
      end = text.indexOf('\n', end + 1);
    }
    return line;
  };
}

function readNode(reading: Reading): Data {
  const event = reading.events[reading.next];
  reading.next += 1;
  const before = reading.nodes;
  reading.nodes += 1;
  if (event === undefined || event.type === EVENT_ID.DOCUMENT || event.type === EVENT_ID.POP)
    return { kind: 'text', line: reading.lineOf(0) };
  if (event.type === EVENT_ID.ALIAS) return aliased(event, reading);
  const data = readOwn(event, reading);
  if (event.anchorStart !== -1) reading.anchors.set(nameOf(event, reading), { data, nodes: reading.nodes - before });
  return data;
}

const nameOf = ({ anchorStart, anchorEnd }: Event & { anchorStart: number; anchorEnd: number }, { text }: Reading) =>
  text.slice(anchorStart, anchorEnd);

function aliased(event: AliasEvent, reading: Reading): Data {
  const line = reading.lineOf(event.anchorStart);
  const anchor = reading.anchors.get(nameOf(event, reading));
  reading.nodes += anchor?.nodes ?? 0;
  return anchor === undefined || reading.nodes > mostNodes ? { kind: 'text', line } : anchor.data;
}

function readOwn(event: MappingEvent | SequenceEvent | ScalarEvent, reading: Reading): Data {
  if (event.type === EVENT_ID.SCALAR) return readScalar(event, reading);
  const line = reading.lineOf(event.start);
  const data = event.type === EVENT_ID.MAPPING ? readMap(line, reading) : readList(line, reading);
  // The event that closes it.
  reading.next += 1;
  return data;
}

function readMap(line: number, reading: Reading): Data {
  const own = new Map<string, DataEntry>();
  const merged = new Map<string, DataEntry>();
  while (isOpen(reading)) {
    const key = reading.events[reading.next];
    const { line: keyLine } = readNode(reading);
    const value = readNode(reading);
    if (key?.type !== EVENT_ID.SCALAR) continue;
    const name = getScalarValue(reading.text, key);
    if (name === '<<') for (const [inner, entry] of mergeSources(value)) merged.set(inner, entry);
    else own.set(name, { line: keyLine, value });
  }
  return { kind: 'map', line, entries: new Map([...merged, ...own]) };
}

function readList(line: number, reading: Reading): Data {
  const items: Data[] = [];
  while (isOpen(reading)) items.push(readNode(reading));
  return { kind: 'list', line, items };
}

const isOpen = ({ events, next }: Reading): boolean => next < events.length && events[next]?.type !== EVENT_ID.POP;

/** Plain words that mean no value. */
const nulls: ReadonlySet<string> = new Set(['', '~', 'null', 'Null', 'NULL']);

function readScalar(event: ScalarEvent, reading: Reading): Data {
  const text = getScalarValue(reading.text, event);
  const line = reading.lineOf(Math.max(0, event.valueStart));
  return event.style === SCALAR_STYLE.PLAIN && nulls.has(text) ? { kind: 'text', line } : { kind: 'text', line, text };
}

/** What `<<` brings in: entries of a map, or of several, of which the first one with a key wins. */
function* mergeSources(data: Data): Iterable<readonly [string, DataEntry]> {
  if (data.kind === 'map') yield* data.entries;
  if (data.kind === 'list') for (const item of data.items.toReversed()) yield* mergeSources(item);
}
