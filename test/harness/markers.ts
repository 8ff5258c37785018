/**
 * Expectations written as comments of a fixture:
 *
 *     # want: RULE [as SEVERITY] [at "source text"] [says "part of the message"]
 *
 * stands above the line of the finding, other markers between them; `want+2`, `want-3` count lines from
 * the marker itself; `want@file` is a finding at the start of the file; `note` is a step of the evidence.
 */
export interface Marker {
  readonly kind: 'want' | 'note';
  readonly rule: string;
  /** 1-based line on which it is expected. */
  readonly line: number;
  readonly severity?: string;
  /** Source text that the finding covers. */
  readonly at?: string;
  readonly says?: string;
  /** Line of the marker itself, for messages. */
  readonly from: number;
}

const anyMarker = /^\s*#\s*(want|note)\b/;
const marker =
  /^\s*#\s*(want|note)(?:([+-]\d+)|(@file))?:\s+([a-z][a-z0-9-]*)(?:\s+as\s+(error|warning|info))?(?:\s+at\s+"((?:[^"\\]|\\.)*)")?(?:\s+says\s+"((?:[^"\\]|\\.)*)")?\s*$/;

/** Reads the markers of a fixture. Throws on a comment that starts like a marker and is none. */
export function readMarkers(text: string): { readonly markers: readonly Marker[]; readonly blanked: string } {
  const lines = text.split('\n');
  const markers: Marker[] = [];
  for (const [index, line] of lines.entries()) {
    if (!anyMarker.test(line)) continue;
    const match = marker.exec(line.replace(/\r$/, ''));
    if (match === null) throw new Error(`line ${index + 1}: malformed marker: ${line.trim()}`);
    const [, kind, relative, whole, rule = '', severity, at, says] = match;
    markers.push({
      kind: kind === 'note' ? 'note' : 'want',
      rule,
      line: whole !== undefined ? 1 : relative !== undefined ? index + 1 + Number(relative) : lineBelow(lines, index),
      from: index + 1,
      ...(severity === undefined ? {} : { severity }),
      ...(at === undefined ? {} : { at: at.replace(/\\(.)/g, '$1') }),
      ...(says === undefined ? {} : { says: says.replace(/\\(.)/g, '$1') }),
    });
  }
  return {
    markers,
    blanked: lines.map((line) => (anyMarker.test(line) ? line.replace(/#.*?(\r?)$/, '#$1') : line)).join('\n'),
  };
}

/** The next line that is not a marker. */
function lineBelow(lines: readonly string[], index: number): number {
  let at = index + 1;
  while (at < lines.length && anyMarker.test(lines[at] ?? '')) at += 1;
  return at + 1;
}

/** The options that a fixture gives its rule: `# --options {"json":1}`. */
export function optionsIn(text: string, rule: string): ReadonlyMap<string, unknown> {
  const options = /^# --options (.+)$/m.exec(text)?.[1];
  return new Map(options === undefined ? [] : [[rule, JSON.parse(options)]]);
}
