/** The only door to the YAML parser: loaded when a YAML or JSON file is to be read, never before. */
import { type Alias, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, Scalar } from 'yaml';
import type { Data, DataEntry } from './data.ts';

/** Aliases that name each other make a small file endless. */
const mostNodes = 20_000;
const deepest = 60;

interface Reading {
  readonly lines: LineCounter;
  /** By name, the latest one read: where it stands before its aliases, as YAML demands. */
  readonly anchors: Map<string, unknown>;
  left: number;
}

/** Reads YAML and JSON, aliases and merge keys resolved; undefined when the text is neither. Tags count for nothing. */
export function readYaml(text: string): Data | undefined {
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, {
      lineCounter: lines,
      logLevel: 'silent',
      strict: false,
      uniqueKeys: false,
      merge: false,
    });
    if (document.errors.length > 0 || document.contents === null) return undefined;
    return dataOf(document.contents, { lines, anchors: new Map(), left: mostNodes }, 0);
  } catch {
    return undefined;
  }
}

function dataOf(node: unknown, reading: Reading, depth: number): Data {
  reading.left -= 1;
  const line = lineOf(node, reading);
  if (reading.left < 0 || depth > deepest) return { kind: 'text', line };
  if (isAlias(node)) return dataOf(reading.anchors.get(node.source), reading, depth + 1);
  if (isNode(node) && node.anchor !== undefined) reading.anchors.set(node.anchor, node);
  if (isMap(node)) {
    const own = new Map<string, DataEntry>();
    const merged = new Map<string, DataEntry>();
    for (const { key, value } of node.items) {
      const name = isScalar(key) ? String(key.source ?? key.value) : undefined;
      if (name === undefined) continue;
      const read = dataOf(value, reading, depth + 1);
      if (name === '<<') for (const [inner, entry] of mergeSources(read)) merged.set(inner, entry);
      else own.set(name, { line: lineOf(key, reading), value: read });
    }
    return { kind: 'map', line, entries: new Map([...merged, ...own]) };
  }
  if (isSeq(node)) return { kind: 'list', line, items: node.items.map((item) => dataOf(item, reading, depth + 1)) };
  if (!isScalar(node) || node.value === null) return { kind: 'text', line };
  const below = node.type === Scalar.BLOCK_LITERAL || node.type === Scalar.BLOCK_FOLDED;
  return { kind: 'text', line: below ? line + 1 : line, text: node.source ?? String(node.value) };
}

/** What `<<` brings in: entries of a map, or of several, of which the first one with a key wins. */
function* mergeSources(data: Data): Iterable<readonly [string, DataEntry]> {
  if (data.kind === 'map') yield* data.entries;
  if (data.kind === 'list') for (const item of data.items.toReversed()) yield* mergeSources(item);
}

function lineOf(node: unknown, { lines }: Reading): number {
  const offset = isNode(node) || isAlias(node) ? node.range?.[0] : undefined;
  return offset === undefined ? 1 : Math.max(1, lines.linePos(offset).line);
}

const isNode = (node: unknown): node is Exclude<Node, Alias> => isScalar(node) || isMap(node) || isSeq(node);
