/** The JSON form of arguments: `["a", "b"]`. */

export interface JsonString {
  /** Decoded. */
  readonly text: string;
  /** Offsets of the string in what was read, quotes included, the end exclusive. */
  readonly start: number;
  readonly end: number;
}

const stringLiteral = /"(?:[^"\\]|\\.)*(?:"|\\?$)/gsu;
const loneSurrogate = /\p{Surrogate}/gu;

/**
 * Reads `text` from `start` to `end`. Undefined when it is no JSON array, which BuildKit takes for the shell
 * form; `not-strings` when an element is not a string, which BuildKit refuses.
 */
export function readJsonArray(
  text: string,
  start: number,
  end: number,
): readonly JsonString[] | 'not-strings' | undefined {
  if (text[start] !== '[') return undefined;
  const body = text.slice(start, end);
  const values = decode(body);
  if (values === undefined) return undefined;
  const strings: JsonString[] = [];
  const literals = body.matchAll(stringLiteral);
  for (const value of values) {
    if (typeof value !== 'string') return 'not-strings';
    const literal = literals.next().value;
    if (literal === undefined) return 'not-strings';
    const from = start + literal.index;
    // Go decodes half of a surrogate pair to U+FFFD.
    strings.push({ text: value.replace(loneSurrogate, '\ufffd'), start: from, end: from + literal[0].length });
  }
  return strings;
}

function decode(body: string): readonly unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
