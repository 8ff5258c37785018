/** Texts that a regular expression may take too long for, made from what stands in it, and how long it does take. */

import { millisecondsUsed } from './processor-time.ts';

/** What one part of an expression takes, as samples of it; absent at `|` and where a group starts or ends. */
type Part = readonly string[] | undefined;

const escapes: ReadonlyMap<string, readonly string[]> = new Map([
  ['d', ['0']],
  ['w', ['a', '0']],
  ['s', [' ', '\n']],
  ['S', ['a']],
  ['D', ['a']],
  ['W', [' ']],
  ['n', ['\n']],
  ['t', ['\t']],
  ['r', ['\r']],
  ['b', []],
  ['B', []],
]);

const alphabet = [...'a0 /-._:=@A"\'\\${}[](),;#*\n\t<>|&~é'];

const token =
  /\\(?:u\{[^}]*\}|u[0-9a-f]{4}|x[0-9a-f]{2}|[pP]\{[^}]*\}|k<[^>]*>|.)|\[(?:\\.|[^\]\\])*\]|\(\?(?:[:=!]|<[=!]|<\w+>)|\{\d+(?:,\d*)?\}\??|[*+?]\??|./gisu;

const tokensOf = (source: string): readonly string[] => source.match(token) ?? [];

/** The parts of an expression in their order, groups opened. */
function partsOf(source: string): readonly Part[] {
  const parts: Part[] = [];
  for (const each of tokensOf(source)) {
    if (/^[()|]/.test(each)) parts.push(undefined);
    else if (/^(?:[*+?]|\{\d)/.test(each)) quantify(parts, each);
    else if (!/^[\^$]$/.test(each)) parts.push(samplesOf(each));
  }
  return parts;
}

/** Texts that lead from the start of an expression up to what it repeats without an end, and one turn into it. */
function* waysIntoRepeats(source: string, sample: 0 | -1): Iterable<string> {
  let way = '';
  let before = '';
  let skippedFrom: number | undefined;
  const starts: number[] = [];
  for (const each of tokensOf(source)) {
    const isRead = skippedFrom === undefined;
    if (each.startsWith('(')) {
      starts.push(way.length);
      if (isRead && /^\(\?(?:<?[=!])/.test(each)) skippedFrom = starts.length;
    } else if (each === ')') {
      if (skippedFrom === starts.length) skippedFrom = undefined;
      starts.pop();
    } else if (each === '|') {
      // Of the alternatives the first that takes something.
      if (starts.length === 0) way = '';
      else if (isRead && way.length > (starts.at(-1) ?? 0)) skippedFrom = starts.length;
    } else if (/^(?:[*+]|\{\d+,\})/.test(each)) {
      if (isRead) yield* [way, before];
    } else if (isRead && !/^(?:[?^$]|\{\d)/.test(each)) {
      before = way;
      way += samplesOf(each).at(sample) ?? '';
    }
  }
}

/** `{8,}` asks for more than one sample. */
function quantify(parts: Part[], token: string): void {
  const least = Number(/^\{(\d+)/.exec(token)?.[1] ?? 1);
  const last = parts.pop();
  parts.push(last === undefined || least < 2 ? last : last.map((sample) => sample.repeat(Math.min(least, 40))));
}

function samplesOf(token: string): readonly string[] {
  if (token === '.') return ['a'];
  const known = token.startsWith('\\') ? escapes.get(token.slice(1)) : undefined;
  if (known !== undefined) return known;
  if (/^\\(?:[pPk]|\d)/.test(token)) return [];
  if (!token.startsWith('[')) return [token.length > 2 ? codeOf(token) : token.slice(-1)];
  const taken = new RegExp(`^${token}$`, token.includes('\\p') || token.includes('\\u{') ? 'u' : '');
  const own = [...token.slice(1, -1)].filter((each) => taken.test(each));
  return [...new Set([...own.slice(0, 1), ...alphabet.filter((each) => taken.test(each)).slice(0, 2)])];
}

const codeOf = (escape: string): string =>
  String.fromCodePoint(Number.parseInt(escape.replace(/[^0-9a-f]/gi, ''), 16) || 0);

interface Attack {
  readonly before: string;
  readonly pump: string;
  readonly after: string;
}

/** What is repeated, behind what comes before it in the expression and in front of what it does not take. */
function* attacksOn(source: string): Iterable<Attack> {
  const parts = partsOf(source);
  const seen = new Set<string>();
  const pumps: { readonly before: string; readonly pump: string }[] = [];
  for (const [at, part] of parts.entries()) {
    if (part === undefined) continue;
    const earlier = parts.slice(0, at).flatMap((each) => each?.slice(0, 1) ?? []);
    const starts = ['', earlier.join(''), earlier.slice(-1).join(''), earlier.slice(-2).join('')];
    const next = parts.slice(at + 1).filter((each) => each !== undefined && each.length > 0);
    const add = (pump: string): void => void pumps.push(...starts.map((before) => ({ before, pump })));
    for (const sample of part) {
      add(sample);
      for (const other of next[0] ?? []) add(sample + other);
      const third = next[1]?.[0];
      if (third !== undefined) add(sample + (next[0]?.[0] ?? '') + third);
    }
    add(sequenceFrom(parts, at));
  }
  for (const way of [...waysIntoRepeats(source, 0), ...waysIntoRepeats(source, -1)])
    pumps.push({ before: '', pump: way });
  pumps.push({ before: '', pump: parts.map((part) => part?.[0] ?? '').join('') });
  // Those of several characters first: of one alone scslre knows.
  for (const { before, pump } of pumps.sort(
    (one, other) => Number(one.pump.length < 2) - Number(other.pump.length < 2),
  ))
    for (const after of /\.|\\n/.test(source) ? ['\0', '\n\0', '\0\n\0'] : ['\0']) {
      const key = JSON.stringify([before, pump, after]);
      if (pump === '' || seen.has(key)) continue;
      seen.add(key);
      yield { before, pump, after };
    }
}

/** The parts from one on up to the next group or `|`. */
function sequenceFrom(parts: readonly Part[], at: number): string {
  const end = parts.findIndex((part, index) => index > at && part === undefined);
  return parts
    .slice(at, end === -1 ? undefined : end)
    .map((part) => part?.[0] ?? '')
    .join('');
}

/** How often it is repeated: exponential work shows at the first, before it takes forever. */
const repeats = [16, 24] as const;
/** Characters at which quadratic work shows: more where it starts anew at each repeat only. */
const charactersFor = (pump: string): number => 8_000 * Math.min(4, pump.length);
/** Milliseconds: linear work on the longest text takes a hundredth of it. */
const mostTime = 6;
/** Not by chance. */
const certainTime = 2_000;

export interface SlowText extends Attack {
  readonly length: number;
  readonly milliseconds: number;
}

export interface Attempt {
  /** The first text found that the expression is slow on; undefined when it is quick on all that were tried. */
  readonly slow: SlowText | undefined;
  readonly tried: number;
  /** Of those that could have been. */
  readonly attacks: number;
}

/** `budget`: milliseconds of the processor, after which no other text is tried. */
export function attack(expression: RegExp, budget: number): Attempt {
  // What repeats nothing without an end takes no longer than it is itself.
  const attacks = repeatsWithoutEnd.test(expression.source) ? [...attacksOn(expression.source)] : [];
  const started = millisecondsUsed();
  for (const [tried, { before, pump, after }] of attacks.entries()) {
    if (millisecondsUsed() - started > budget) return { slow: undefined, tried, attacks: attacks.length };
    for (const count of [...repeats, Math.ceil(charactersFor(pump) / pump.length)]) {
      const text = before + pump.repeat(count) + after;
      let milliseconds = timeOf(expression, text);
      // The machine may have been busy: the fastest of some counts.
      for (let again = 0; milliseconds > mostTime && milliseconds < certainTime && again < 8; again += 1)
        milliseconds = Math.min(milliseconds, timeOf(expression, text));
      if (milliseconds <= mostTime) continue;
      return { slow: { before, pump, after, length: text.length, milliseconds }, tried, attacks: attacks.length };
    }
  }
  return { slow: undefined, tried: attacks.length, attacks: attacks.length };
}

const repeatsWithoutEnd = /[*+]|\{\d+,\}|\{\d*,?\d\d/;

function timeOf(expression: RegExp, text: string): number {
  const started = millisecondsUsed();
  if (expression.global) text.replace(expression, '');
  else expression.test(text);
  return millisecondsUsed() - started;
}
