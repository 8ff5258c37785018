/** `find … -delete` and `find … -exec rm`: which of the known files they take. */

import { baseName, directoryName, join, matchesComponent, relativeTo } from '../files/path.ts';
import { all, attempt, type Success } from './attempt.ts';
import { absolute, put, remove } from './file-changes.ts';
import { isEmpty, type Kind, kindAt, target } from './file-kinds.ts';
import { hasFlag } from './operands.ts';
import type { RunningCommand, RunWorld } from './run.ts';

type Words = readonly (string | undefined)[];

/** A path that `find` looks at. */
interface Seen {
  readonly path: string;
  /** As `find` writes it. */
  readonly written: string;
  readonly depth: number;
  readonly kind: Kind;
}

interface Test {
  matches(seen: Seen, world: RunWorld): boolean | undefined;
  /** Set where it asks for this name and no more. */
  readonly name?: string;
}

const not = (value: boolean | undefined): boolean | undefined => (value === undefined ? undefined : !value);

/** Names are looked up together, however many are asked for. */
function anyOf(tests: readonly Test[]): Test {
  const [only, more] = tests;
  if (only !== undefined && more === undefined) return only;
  const names = new Set(tests.map(({ name }) => name));
  const others = tests.filter(({ name }) => name === undefined);
  return {
    matches(seen, world) {
      if (names.has(baseName(seen.path))) return true;
      const results = others.map((test) => test.matches(seen, world));
      return results.includes(true) ? true : results.includes(undefined) ? undefined : false;
    },
  };
}

function allOf(tests: readonly Test[]): Test {
  const [only, more] = tests;
  if (only !== undefined && more === undefined) return only;
  return {
    matches(seen, world) {
      const results = tests.map((test) => test.matches(seen, world));
      return results.includes(false) ? false : results.includes(undefined) ? undefined : true;
    },
  };
}

const always: Test = { matches: () => true };
const unknown: Test = { matches: () => undefined };

export function findFiles(running: RunningCommand, world: RunWorld): Success {
  const words = running.arguments;
  const start = words.findIndex((word) => !/^-[LHP]$/.test(word ?? ''));
  const follows = words.slice(0, Math.max(0, start)).some((word) => word !== '-P');
  const first = words.findIndex((word, at) => at >= start && (word === undefined || /^[-(!]/.test(word)));
  const roots = words.slice(Math.max(0, start), first === -1 ? undefined : first);
  const expression = first === -1 ? [] : words.slice(first);
  const removal = removalIn(expression);
  if (removal === undefined || removal.perhaps) {
    if (expression.some((word) => /^-(exec|ok)/.test(word ?? '')) && running.workdir !== undefined)
      put(running, world, running.workdir, { kind: 'output', makes: 'anything' });
  }
  if (removal === undefined) return undefined;
  const takes = readExpression(expression.slice(0, removal.at));
  if (takes === undefined) return undefined;
  // GNU find refuses this, as it would delete what was to be passed over.
  const refused = removal.deletes && takes.prunes.length > 0 && !expression.includes('-depth');
  return all(
    (roots.length === 0 ? ['.'] : roots).map((root) => {
      const named = absolute(root, running);
      if (root === undefined || named === undefined) return undefined;
      const directory = follows || root.endsWith('/') ? target(named, world) : named;
      const kind = kindAt(directory, world);
      if (kind === 'absent') return false;
      const candidates = [...pathsBelow(directory, root, takes.names, world)];
      const passedOver = passedOverIn(candidates, removal.inDepth ? [] : takes.prunes, world);
      for (const seen of candidates) {
        if (seen.depth < takes.least || seen.depth > takes.most) continue;
        if (seen.depth === 0 && /(^|\/)\.$/.test(root)) continue;
        const over = passedOver(seen);
        const matches = over === true ? false : takes.test.matches(seen, world);
        if (matches === false || world.stat(seen.path).presence === 'absent') continue;
        const able =
          matches === undefined || over === undefined || removal.perhaps || refused
            ? { ...running, runs: 'sometimes' as const, arm: undefined }
            : running;
        if (seen.kind === 'directory' && !removal.recursive)
          attempt({ ...able, failure: 'open' }, removal.directories ? isEmpty(seen.path, world) : false, (certain) =>
            remove(certain, world, seen.path),
          );
        else remove(able, world, seen.path);
      }
      return undefined;
    }),
  );
}

interface Removal {
  /** Where in the expression it stands. */
  readonly at: number;
  /** Directories go with all that is in them. */
  readonly recursive: boolean;
  /** Empty directories go. */
  readonly directories: boolean;
  readonly deletes: boolean;
  /** It moves what it takes, perhaps to where it was. */
  readonly perhaps: boolean;
  /** What is in a directory comes before it, so that none is passed over. */
  readonly inDepth: boolean;
}

function removalIn(expression: Words): Removal | undefined {
  const at = expression.findIndex((word, place) => {
    if (word === '-delete') return true;
    const program = baseName(expression[place + 1] ?? '');
    return /^-exec(dir)?$/.test(word ?? '') && /^(?:rm|rmdir|mv)$/.test(program);
  });
  if (at === -1) return undefined;
  const deletes = expression[at] === '-delete';
  const program = baseName(expression[at + 1] ?? '');
  return {
    at,
    recursive:
      !deletes && (program === 'mv' || (program === 'rm' && hasFlag(expression.slice(at + 2), 'rR', '--recursive'))),
    directories: deletes || program === 'rmdir',
    perhaps: !deletes && program === 'mv',
    deletes,
    inDepth: deletes || expression.includes('-depth'),
  };
}

interface Expression {
  readonly test: Test;
  readonly least: number;
  readonly most: number;
  /** Names without a glob that it asks for: they may be there where nothing tells of them. */
  readonly names: readonly string[];
  /** Directories that are passed over, with all that is in them. */
  readonly prunes: readonly Test[];
}

/** Whether a path is below one that is passed over. */
function passedOverIn(
  candidates: readonly Seen[],
  prunes: readonly Test[],
  world: RunWorld,
): (seen: Seen) => boolean | undefined {
  const test = anyOf(prunes);
  const over = new Map<string, boolean | undefined>();
  if (prunes.length > 0)
    for (const seen of candidates) {
      const matches = test.matches(seen, world);
      if (matches !== false) over.set(seen.path, matches);
    }
  return ({ path, depth }) => {
    let perhaps: boolean | undefined = false;
    let above = path;
    for (let up = depth; up > 0 && over.size > 0; up -= 1) {
      above = directoryName(above);
      if (over.get(above) === true) return true;
      if (over.has(above)) perhaps = undefined;
    }
    return perhaps;
  };
}

/** The tests before the action; undefined where one of their words is not known. */
function readExpression(words: Words): Expression | undefined {
  let at = 0;
  let least = 0;
  let most = Number.POSITIVE_INFINITY;
  const names: string[] = [];
  const prunes: Test[] = [];
  let depth = 0;
  const readOr = (): Test => {
    const tests = [readAnd()];
    while (words[at] === '-o' || words[at] === '-or') {
      at += 1;
      tests.push(readAnd());
    }
    return anyOf(tests);
  };
  /** All alternatives but the last stand before an action of their own, and keep it from what they match. */
  const readBefore = (): Test => {
    const earlier: Test[] = [];
    let last = readAnd();
    for (; words[at] === '-o' || words[at] === '-or'; last = readAnd()) {
      at += 1;
      earlier.push(last);
    }
    const taken = anyOf(earlier);
    return earlier.length === 0 ? last : allOf([{ matches: (seen, world) => not(taken.matches(seen, world)) }, last]);
  };
  const readAnd = (): Test => {
    const tests: Test[] = [];
    const readNext = (): void => {
      if (words[at] === '-prune') prunes.push(allOf([...tests]));
      tests.push(readOne());
    };
    readNext();
    while (at < words.length && words[at] !== '-o' && words[at] !== '-or' && words[at] !== ')') {
      if (words[at] === '-a' || words[at] === '-and') at += 1;
      readNext();
    }
    return allOf(tests);
  };
  const readOne = (): Test => {
    let negated = false;
    for (; words[at] === '!' || words[at] === '-not'; at += 1) negated = !negated;
    const test = readPlain();
    return negated ? { matches: (seen, world) => not(test.matches(seen, world)) } : test;
  };
  const readPlain = (): Test => {
    const word = words[at];
    if (word === undefined) return always;
    at += 1;
    if (word === '(') {
      depth += 1;
      if (depth > mostNested) at = words.length;
      const inner = readOr();
      at += 1;
      return inner;
    }
    if (noValue.has(word)) return word === '-empty' ? empty : always;
    const value = words[at] ?? '';
    at += 1;
    if (word === '-maxdepth') most = Math.min(most, Number(value));
    if (word === '-mindepth') least = Math.max(least, Number(value));
    if (word === '-maxdepth' || word === '-mindepth') return always;
    if (word === '-name' && isPlain(value)) names.push(value);
    return testOf(word, value);
  };
  if (words.includes(undefined)) return undefined;
  const test = readBefore();
  return depth > mostNested ? undefined : { test, least, most, names, prunes };
}

/** Parentheses in one expression, which may stand in one another. */
const mostNested = 200;

const empty: Test = {
  matches: ({ path, kind }, world) => (kind === 'directory' ? isEmpty(path, world) : undefined),
};

const noValue: ReadonlySet<string> = new Set([
  ...['-depth', '-d', '-mount', '-xdev', '-print', '-print0', '-true', '-empty', '-prune', '-noleaf', '-L', '-H', '-P'],
]);

const kinds: ReadonlyMap<string, Kind> = new Map([
  ['f', 'file'],
  ['d', 'directory'],
  ['l', 'link'],
]);

function testOf(word: string, value: string): Test {
  switch (word) {
    case '-name':
      return {
        ...(isPlain(value) ? { name: value } : {}),
        matches: ({ path }) => matchesComponent(value, baseName(path)),
      };
    case '-iname':
      return { matches: ({ path }) => matchesComponent(value.toLowerCase(), baseName(path).toLowerCase()) };
    case '-path':
    case '-wholename':
      // A star takes slashes here.
      return { matches: ({ written }) => matchesComponent(value, written) };
    case '-type':
      return {
        matches: ({ kind }) =>
          kind === 'some' || kind === 'unknown' ? undefined : value.split(',').some((one) => kinds.get(one) === kind),
      };
    default:
      return unknown;
  }
}

const isPlain = (pattern: string): boolean => !/[*?[\\]/.test(pattern);

/** What stands below a directory as far as it is known, deepest first. */
function* pathsBelow(directory: string, root: string, names: readonly string[], world: RunWorld): Iterable<Seen> {
  const paths = new Set([directory, ...names.map((name) => join(directory, name))]);
  for (const change of world.under(directory)) addWithAbove(change.path);
  for (const entry of world.entries(directory)) addWithAbove(entry.path);
  const prefix = root.replace(/(?<!\/)\/+$/, '');
  for (const path of [...paths].sort().reverse()) {
    const inside = relativeTo(directory, path);
    if (inside === undefined) continue;
    const written = inside === '' ? root : `${prefix}/${inside}`;
    yield { path, written, depth: inside === '' ? 0 : inside.split('/').length, kind: kindAt(path, world) };
  }
  function addWithAbove(path: string): void {
    for (let at = path; relativeTo(directory, at) !== undefined && !paths.has(at); at = directoryName(at))
      paths.add(at);
  }
}
