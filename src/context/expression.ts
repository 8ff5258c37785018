/**
 * The part of Go's regular expressions that patterns of .dockerignore can become.
 *
 * Go runs them in linear time. JavaScript does not, and `**` many times in a line would stall it; so they
 * are run here, all ways through the expression at once.
 */

export type PathTest = (path: string) => boolean;

type Takes = (character: string) => boolean;
type Holds = (before: string, after: string) => boolean;

interface Step {
  readonly takes: Takes;
  /** `x*`: stays where it is after taking a character. */
  readonly repeats: boolean;
  /** How many steps further one may go without taking anything. */
  readonly skips: readonly number[];
  /** Zero width: may be passed between two such characters, `''` at the ends. */
  readonly holds?: Holds;
}

const nothing: Takes = () => false;
const notNewline: Takes = (character) => character !== '\n';
const anything: Step = { takes: () => true, repeats: true, skips: [1] };
const one = (takes: Takes): Step => ({ takes, repeats: false, skips: [] });
const literal = (wanted: string): Step => one((character) => character === wanted);
const assertion = (holds: Holds): Step => ({ takes: nothing, repeats: false, skips: [], holds });

/**
 * Reads literals, `.`, classes, escapes, `*`, `^`, `|` and the group `(.*` + `/)?`, to be matched as a whole.
 * Undefined for what Go refuses, and for `\Q`, `\p`, `\x`, octal escapes and `[[:name:]]`, which no path calls for.
 */
export function readExpression(expression: readonly string[]): PathTest | undefined {
  const branches = alternatives(expression).map((branch, at, all) => {
    const steps = readSteps(branch);
    // `^a|b|c$`: only the first is bound to the start, only the last to the end.
    return steps && [...(at === 0 ? [] : [anything]), ...steps, ...(at === all.length - 1 ? [] : [anything])];
  });
  if (branches.includes(undefined)) return undefined;
  return (path) => branches.some((steps) => steps !== undefined && run(steps, [...path]));
}

/** The parts between `|` outside of classes. */
function alternatives(expression: readonly string[]): readonly (readonly string[])[] {
  const found: string[][] = [[]];
  let inClass = false;
  for (let at = 0; at < expression.length; at += 1) {
    const character = expression[at] ?? '';
    if (character === '|' && !inClass) {
      found.push([]);
      continue;
    }
    if (character === '[') inClass = true;
    else if (character === ']') inClass = false;
    found.at(-1)?.push(character);
    if (character === '\\') found.at(-1)?.push(expression[++at] ?? '');
  }
  return found;
}

function readSteps(expression: readonly string[]): readonly Step[] | undefined {
  const steps: Step[] = [];
  let at = 0;
  while (at < expression.length) {
    if (expression[at] === '(') {
      steps.push(
        { takes: nothing, repeats: false, skips: [1, 3] },
        { takes: notNewline, repeats: true, skips: [1] },
        literal('/'),
      );
      at += '(.*/)?'.length;
      continue;
    }
    const read = readStep(expression, at);
    if (read === undefined) return undefined;
    at = read.next;
    if (expression[at] === '*') {
      steps.push({ ...read.step, repeats: true, skips: [1] });
      at += 1;
    } else steps.push(read.step);
  }
  return steps;
}

function readStep(
  expression: readonly string[],
  at: number,
): { readonly step: Step; readonly next: number } | undefined {
  const character = expression[at] ?? '';
  switch (character) {
    case '^':
      return { step: assertion((before) => before === ''), next: at + 1 };
    case '.':
      return { step: one(notNewline), next: at + 1 };
    case '[':
      return readClass(expression, at + 1);
    case '\\': {
      const step = readEscape(expression[at + 1] ?? '');
      return step === undefined ? undefined : { step, next: at + 2 };
    }
    default:
      return { step: literal(character), next: at + 1 };
  }
}

const isDigit: Takes = (character) => /^[0-9]$/.test(character);
const isSpace: Takes = (character) => /^[\t\n\f\r ]$/.test(character);
const isWord: Takes = (character) => /^\w$/.test(character);

const perlClasses: ReadonlyMap<string, Takes> = new Map([
  ['d', isDigit],
  ['D', (character: string) => !isDigit(character)],
  ['s', isSpace],
  ['S', (character: string) => !isSpace(character)],
  ['w', isWord],
  ['W', (character: string) => !isWord(character)],
]);

const assertions: ReadonlyMap<string, Holds> = new Map([
  ['A', (before: string) => before === ''],
  ['z', (_: string, after: string) => after === ''],
  ['b', (before: string, after: string) => isWord(before) !== isWord(after)],
  ['B', (before: string, after: string) => isWord(before) === isWord(after)],
]);

const controls: ReadonlyMap<string, string> = new Map([
  ['a', '\x07'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
]);

function readEscape(character: string): Step | undefined {
  const holds = assertions.get(character);
  if (holds !== undefined) return assertion(holds);
  const takes = perlClasses.get(character);
  if (takes !== undefined) return one(takes);
  const wanted = escapedCharacter(character);
  return wanted === undefined ? undefined : literal(wanted);
}

/** The character that an escape stands for, when it stands for one. */
function escapedCharacter(character: string): string | undefined {
  const code = character.codePointAt(0) ?? 0x80;
  return code < 0x80 && !/[A-Za-z0-9]/.test(character) ? character : controls.get(character);
}

function readClass(
  expression: readonly string[],
  start: number,
): { readonly step: Step; readonly next: number } | undefined {
  const negated = expression[start] === '^';
  const first = negated ? start + 1 : start;
  const members: Takes[] = [];
  let at = first;
  while (expression[at] !== ']' || at === first) {
    if (expression[at] === '[' && expression[at + 1] === ':') return undefined;
    const perl = expression[at] === '\\' ? perlClasses.get(expression[at + 1] ?? '') : undefined;
    if (perl !== undefined) {
      members.push(perl);
      at += 2;
      continue;
    }
    const low = readMember(expression, at);
    if (low === undefined) return undefined;
    const isRange = expression[low.next] === '-' && expression[low.next + 1] !== ']';
    const high = isRange ? readMember(expression, low.next + 1) : low;
    if (high === undefined || high.code < low.code) return undefined;
    members.push((character) => {
      const code = character.codePointAt(0) ?? 0;
      return low.code <= code && code <= high.code;
    });
    at = high.next;
  }
  return { step: one((character) => members.some((member) => member(character)) !== negated), next: at + 1 };
}

function readMember(expression: readonly string[], at: number): { code: number; next: number } | undefined {
  const escaped = expression[at] === '\\';
  const place = escaped ? at + 1 : at;
  const character = escaped ? escapedCharacter(expression[place] ?? '') : expression[place];
  const code = character?.codePointAt(0);
  return code === undefined ? undefined : { code, next: place + 1 };
}

/** Whether the steps take all characters: every state that can be reached, a character at a time. */
function run(steps: readonly Step[], characters: readonly string[]): boolean {
  /** The round in which a state was last reached, so that each is followed once a round. */
  const reachedIn = new Uint32Array(steps.length + 1);
  let states = [0];
  for (let round = 1; round <= characters.length + 1; round += 1) {
    const before = characters[round - 2] ?? '';
    const character = characters[round - 1] ?? '';
    const next: number[] = [];
    const pending = states;
    for (let state = pending.pop(); state !== undefined; state = pending.pop()) {
      if (reachedIn[state] === round) continue;
      reachedIn[state] = round;
      const step = steps[state];
      if (step === undefined) continue;
      for (const skip of step.skips) pending.push(state + skip);
      if (step.holds?.(before, character) === true) pending.push(state + 1);
      if (character !== '' && step.takes(character)) next.push(step.repeats ? state : state + 1);
    }
    if (round > characters.length) return reachedIn[steps.length] === round;
    if (next.length === 0) return false;
    states = next;
  }
  return false;
}
