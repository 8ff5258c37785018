/** Brace expansion, which bash, ksh and zsh do and dash and busybox do not. */

/** One word never gives more than this many. */
const mostWords = 1_000;

/**
 * The texts that `{a,b}` or `{1..3}` stands for. Undefined where quotes, escapes or expansions stand in it, or
 * where it would give too many.
 */
export function expandBraces(text: string): readonly string[] | undefined {
  if (/[$`"'\\]/.test(text)) return undefined;
  return expandText(text, 0);
}

function expandText(text: string, depth: number): readonly string[] | undefined {
  if (depth > 16) return undefined;
  const open = text.indexOf('{');
  const group = open === -1 ? undefined : readGroup(text, open);
  if (group === undefined) return [text];
  const inner = alternatives(group.elements, depth);
  const rest = expandText(text.slice(group.end), depth + 1);
  if (inner === undefined || rest === undefined || inner.length * rest.length > mostWords) return undefined;
  const head = text.slice(0, open);
  return inner.flatMap((one) => rest.map((other) => head + one + other));
}

function alternatives(elements: readonly string[], depth: number): readonly string[] | undefined {
  const [only] = elements;
  if (elements.length === 1 && only !== undefined) {
    const sequence = expandSequence(only);
    return sequence === undefined ? undefined : sequence.length > 0 ? sequence : [`{${only}}`];
  }
  const all: string[] = [];
  for (const element of elements) {
    const expanded = expandText(element, depth + 1);
    if (expanded === undefined || all.length + expanded.length > mostWords) return undefined;
    all.push(...expanded);
  }
  return all;
}

function readGroup(
  text: string,
  open: number,
): { readonly elements: readonly string[]; readonly end: number } | undefined {
  const elements: string[] = [];
  let level = 0;
  let start = open + 1;
  for (let at = open; at < text.length; at += 1) {
    const character = text[at];
    if (character === '{') level += 1;
    else if (character === ',' && level === 1) {
      elements.push(text.slice(start, at));
      start = at + 1;
    } else if (character === '}') {
      level -= 1;
      if (level === 0) return { elements: [...elements, text.slice(start, at)], end: at + 1 };
    }
  }
  return undefined;
}

/** `1..3`, `01..10..2`, `a..e`: empty when it is no sequence, undefined when it is too long. */
function expandSequence(text: string): readonly string[] | undefined {
  const match = /^(-?\d{1,15}|[A-Za-z])\.\.(-?\d{1,15}|[A-Za-z])(?:\.\.(-?\d{1,15}))?$/.exec(text);
  if (match === null) return [];
  const [, from = '', to = '', step = '1'] = match;
  const letters = /[A-Za-z]/.test(from);
  if (letters !== /[A-Za-z]/.test(to)) return [];
  const first = letters ? from.charCodeAt(0) : Number(from);
  const last = letters ? to.charCodeAt(0) : Number(to);
  const by = Math.max(1, Math.abs(Number(step)));
  if (Math.abs(last - first) / by >= mostWords) return undefined;
  const padded = !letters && (/^-?0\d/.test(from) || /^-?0\d/.test(to));
  const width = padded ? Math.max(from.length, to.length) : 0;
  const texts: string[] = [];
  for (let value = first; first <= last ? value <= last : value >= last; value += first <= last ? by : -by)
    texts.push(letters ? String.fromCharCode(value) : padNumber(value, width));
  return texts;
}

const padNumber = (value: number, width: number): string =>
  value < 0 ? `-${String(-value).padStart(width - 1, '0')}` : String(value).padStart(width, '0');
