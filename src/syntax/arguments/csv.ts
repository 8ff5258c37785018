/** The comma separated options of `--mount` and `--device`, as Go's encoding/csv reads one line. */
import type { PlacedText } from './draft.ts';

/** The fields, each with the places of its characters; undefined where quotes are misplaced or nothing stands. */
export function readFields(text: PlacedText): readonly PlacedText[] | undefined {
  const { text: line, positions } = text;
  if (line === '') return undefined;
  const fields: PlacedText[] = [];
  let at = 0;
  for (;;) {
    const field = line[at] === '"' ? readQuoted(line, at) : readPlain(line, at);
    if (field === undefined) return undefined;
    const places = field.indices.map((index) => positions[index] ?? text.end);
    const end = positions[field.end] ?? text.end;
    fields.push({ text: field.indices.map((index) => line[index]).join(''), positions: places, end });
    if (field.end >= line.length) return fields;
    at = field.end + 1;
  }
}

interface Field {
  /** Where its characters stand in the line. */
  readonly indices: readonly number[];
  /** Where the comma after it stands, or the end of the line. */
  readonly end: number;
}

function readPlain(line: string, start: number): Field | undefined {
  const comma = line.indexOf(',', start);
  const end = comma === -1 ? line.length : comma;
  const indices: number[] = [];
  for (let at = start; at < end; at += 1) {
    if (line[at] === '"') return undefined;
    indices.push(at);
  }
  return { indices, end };
}

function readQuoted(line: string, start: number): Field | undefined {
  const indices: number[] = [];
  for (let at = start + 1; at < line.length; at += 1) {
    if (line[at] === '"') {
      const next = line[at + 1];
      if (next === undefined || next === ',') return { indices, end: at + 1 };
      if (next !== '"') return undefined;
      at += 1;
    }
    indices.push(at);
  }
  return undefined;
}
