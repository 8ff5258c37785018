/** `find … -delete` and `find … -exec rm`: which of the known files they take. */

import { baseName, directoryName, join, matchesComponent, relativeTo } from '../files/path.ts';
import { all, attempt, type Success } from './attempt.ts';
import { absolute, put, remove } from './file-changes.ts';
import { isEmpty, type Kind, kindAt } from './file-kinds.ts';
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
  const first = words.findIndex((word) => word === undefined || /^[-(!]/.test(word));
  const roots = first === -1 ? words : words.slice(0, first);
  const expression = first === -1 ? [] : words.slice(first);
  const removal = removalIn(expression);
  if (removal === undefined) {
    if (expression.some((word) => /^-(exec|ok)/.test(word ?? '')) && running.workdir !== undefined)
      put(running, world, running.workdir, { kind: 'output', makes: 'anything' });
    return undefined;
  }
  const takes = readExpression(expression.slice(0, removal.at));
  if (takes === undefined) return undefined;
  return all(
    (roots.length === 0 ? ['.'] : roots).map((root) => {
      const directory = absolute(root, running);
      if (root === undefined || directory === undefined) return undefined;
      const kind = kindAt(directory, world);
      if (kind === 'absent') return false;
      for (const seen of pathsBelow(directory, root, takes.names, world)) {
        if (seen.depth < takes.least || seen.depth > takes.most) continue;
        const matches = takes.test.matches(seen, world);
        if (matches === false || world.stat(seen.path).presence === 'absent') continue;
        const able = matches === undefined ? { ...running, runs: 'sometimes' as const, arm: undefined } : running;
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
}

function removalIn(expression: Words): Removal | undefined {
  const at = expression.findIndex((word, place) => {
    if (word === '-delete') return true;
    const program = baseName(expression[place + 1] ?? '');
    return /^-exec(dir)?$/.test(word ?? '') && (program === 'rm' || program === 'rmdir');
  });
  if (at === -1) return undefined;
  const deletes = expression[at] === '-delete';
  const program = baseName(expression[at + 1] ?? '');
  return {
    at,
    recursive: !deletes && program === 'rm' && hasFlag(expression.slice(at + 2), 'rR', '--recursive'),
    directories: deletes || program === 'rmdir',
  };
}

interface Expression {
  readonly test: Test;
  readonly least: number;
  readonly most: number;
  /** Names without a glob that it asks for: they may be there where nothing tells of them. */
  readonly names: readonly string[];
}

/** The tests before the action; undefined where one of their words is not known. */
function readExpression(words: Words): Expression | undefined {
  let at = 0;
  let least = 0;
  let most = Number.POSITIVE_INFINITY;
  const names: string[] = [];
  let depth = 0;
  const readOr = (): Test => {
    const tests = [readAnd()];
    while (words[at] === '-o' || words[at] === '-or') {
      at += 1;
      tests.push(readAnd());
    }
    return anyOf(tests);
  };
  const readAnd = (): Test => {
    const tests = [readOne()];
    while (at < words.length && words[at] !== '-o' && words[at] !== '-or' && words[at] !== ')') {
      if (words[at] === '-a' || words[at] === '-and') at += 1;
      tests.push(readOne());
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
    if (noValue.has(word)) return word === '-empty' ? empty : word === '-prune' ? unknown : always;
    const value = words[at] ?? '';
    at += 1;
    if (word === '-maxdepth') most = Math.min(most, Number(value));
    if (word === '-mindepth') least = Math.max(least, Number(value));
    if (word === '-maxdepth' || word === '-mindepth') return always;
    if (word === '-name' && isPlain(value)) names.push(value);
    return testOf(word, value);
  };
  if (words.includes(undefined)) return undefined;
  const test = readOr();
  return depth > mostNested ? undefined : { test, least, most, names };
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
