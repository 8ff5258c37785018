/** Reads calls of npm, yarn, pnpm and bun, whatever stands in front of them. */
import { type CommandLine, mergeFlags, readCommandLine, type Words } from './flags.ts';
import type { Invocation, PackageManager } from './invocation.ts';
import { chosenVersion, describeCall, directoryOf, emptyCall } from './manager-call.ts';
import { operationOf } from './subcommands.ts';

const managerNames: ReadonlyMap<string, PackageManager> = new Map([
  ['npm', 'npm'],
  ['yarn', 'yarn'],
  ['yarnpkg', 'yarn'],
  ['pnpm', 'pnpm'],
  ['bun', 'bun'],
]);

/** Commands that run a package, and the manager they come with. */
const runners: ReadonlyMap<string, PackageManager> = new Map([
  ['npx', 'npm'],
  ['pnpx', 'pnpm'],
  ['bunx', 'bun'],
]);

/** How deep calls may stand in calls (`npx corepack pnpm recursive install`); what is deeper is a package to run. */
const deepest = 6;

/**
 * The call that these words are; undefined when they are no package manager's. An undefined word is not
 * known; U+FFFC in a word stands for a part that is not known, which counts in settings only.
 */
export const readInvocation = (words: Words): Invocation | undefined => readNested(words, deepest);

function readNested(words: Words, depth: number): Invocation | undefined {
  const [first] = words;
  if (first === undefined || depth === 0) return undefined;
  const { name, version } = splitVersion(programName(first));
  const manager = managerNames.get(name);
  if (manager !== undefined) return readCall({ manager, version, words: words.slice(1), depth });
  const runner = runners.get(name);
  if (runner !== undefined) return readRunner(runner, words.slice(1), depth);
  if (name === 'corepack') return readCorepack(words.slice(1), depth);
  // `meteor npm install` calls the npm that comes with Meteor: https://docs.meteor.com/cli/#meteornpm
  if (name === 'meteor')
    return /^(?:npm|npx)$/.test(words[1] ?? '') ? readNested(words.slice(1), depth - 1) : undefined;
  if (name === 'lerna') return readLerna(words.slice(1), depth);
  return name === 'node' || name === 'nodejs' ? readBundledManager(words.slice(1), depth) : undefined;
}

const programName = (path: string): string =>
  path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).replace(/\.(?:cmd|exe|ps1)$/i, '');

function splitVersion(word: string): { readonly name: string; readonly version: string | undefined } {
  const at = word.indexOf('@', 1);
  return at === -1 ? { name: word, version: undefined } : { name: word.slice(0, at), version: word.slice(at + 1) };
}

/** `node .yarn/releases/yarn-4.1.0.cjs install`, `node /opt/pnpm/bin/pnpm.cjs i`. */
function readBundledManager(words: Words, depth: number): Invocation | undefined {
  const at = words.findIndex((word) => word === undefined || !word.startsWith('-'));
  const file = programName(words[at] ?? '');
  const [, name, version] = /^(npm|yarn|pnpm)(?:-cli)?(?:-(\d[\w.]*?))?\.[cm]?js$/.exec(file) ?? [];
  const manager = managerNames.get(name ?? '');
  return manager === undefined ? undefined : readCall({ manager, version, words: words.slice(at + 1), depth });
}

/** `lerna bootstrap` (until version 7) installs what the manifests of all members say, with the client that lerna.json names. */
function readLerna(words: Words, depth: number): Invocation | undefined {
  if (words[0] !== 'bootstrap') return undefined;
  const client = words.find((word) => word?.startsWith('--npm-client='))?.slice('--npm-client='.length) ?? 'npm';
  const call = readNested([client, words.includes('--ci') ? 'ci' : 'install'], depth - 1);
  return call === undefined ? undefined : { ...call, subcommand: 'bootstrap', uncertain: true };
}

/** `npx -y pnpm@9 i` is a call of pnpm; `npx tsc` runs a package. */
function readRunner(manager: PackageManager, words: Words, depth: number): Invocation {
  const named = manager === 'pnpm' ? words : words.map((word) => runnerFlags.get(word ?? '') ?? word);
  const head = readCommandLine(manager, named, 0, 1);
  return runPackage(manager, '', head, words, depth);
}

const runnerFlags: ReadonlyMap<string, string> = new Map([
  ['-p', '--package'],
  ['-c', '--call'],
]);

/** A package is run: another package manager's call when it is one, `--package=pnpm@9` names its version. */
function runPackage(
  manager: PackageManager,
  subcommand: string,
  line: CommandLine,
  words: Words,
  depth: number,
): Invocation {
  const target = line.operands.at(-1);
  const wanted = (line.flags.get('--package') ?? []).filter((each) => each !== undefined);
  const inner = target === undefined ? undefined : readNested([target, ...words.slice(line.end)], depth - 1);
  if (inner !== undefined) {
    const version = wanted.map(splitVersion).find(({ name }) => name === inner.manager)?.version;
    return inner.version !== undefined || version === undefined ? inner : { ...inner, version };
  }
  const packages = wanted.length > 0 ? wanted : target === undefined ? [] : [target];
  const directory = directoryOf(manager, line.flags);
  return {
    ...emptyCall(manager, 'exec'),
    subcommand,
    packages,
    uncertain: line.uncertain,
    ...(directory === undefined ? {} : { directory }),
  };
}

/** `corepack prepare pnpm@9 --activate` sets a version; `corepack pnpm i` is a call of pnpm. */
function readCorepack(words: Words, depth: number): Invocation | undefined {
  const [first = '', ...rest] = words;
  if (managerNames.has(splitVersion(first).name)) return readNested(words, depth - 1);
  if (!/^(prepare|use|install|hydrate|up)$/.test(first)) return undefined;
  for (const word of rest) {
    if (word === undefined || word.startsWith('-')) continue;
    const { name, version } = splitVersion(word);
    const manager = managerNames.get(name);
    if (manager === undefined) continue;
    const call = { ...emptyCall(manager, 'set-version'), subcommand: first };
    return version === undefined ? call : { ...call, version: chosenVersion(manager, version) };
  }
  return undefined;
}

/** A call of a manager, its name taken off. */
interface Call {
  readonly manager: PackageManager;
  readonly version: string | undefined;
  readonly words: Words;
  readonly depth: number;
}

function readCall(call: Call): Invocation {
  const { manager, version, words, depth } = call;
  const head = readCommandLine(manager, words, 0, 1);
  const [subcommand = ''] = head.operands;
  const nested = depth > 1 ? readNestedCall(call, subcommand, head) : undefined;
  if (nested !== undefined) return nested;
  const asked = head.flags.has('--version') || head.flags.has('--help');
  if (asked || head.operands.includes(undefined))
    return { ...emptyCall(manager, 'other'), subcommand, uncertain: head.uncertain };
  const guess = operationOf(manager, subcommand, []);
  if (guess === 'exec') {
    const more = readCommandLine(manager, words, head.end, subcommand === 'node' || subcommand === 'build' ? 0 : 1);
    return runPackage(manager, subcommand, { ...more, flags: mergeFlags(head.flags, more.flags) }, words, depth);
  }
  const isScript = guess === 'run' && manager !== 'npm';
  const most = !isScript ? undefined : /^(run|run-script)$/.test(subcommand) ? 1 : 0;
  const rest = readCommandLine(manager, words, head.end, most);
  const line = {
    ...rest,
    flags: mergeFlags(head.flags, rest.flags),
    uncertain: rest.uncertain && !isScript,
  };
  const described = line.flags.has('--help') ? emptyCall(manager, 'other') : describeCall(manager, subcommand, line);
  return version === undefined ? described : { ...described, version: described.version ?? version };
}

/** `yarn workspace api install`, `yarn workspaces foreach install`, `pnpm recursive install`: the flags before it stay. */
function readNestedCall(call: Call, subcommand: string, head: CommandLine): Invocation | undefined {
  const { manager, words } = call;
  const again = (rest: Words): Invocation => readCall({ ...call, words: rest, depth: call.depth - 1 });
  if (manager === 'pnpm' && /^(recursive|multi|m)$/.test(subcommand))
    return again([...words.slice(0, head.end - 1), ...words.slice(head.end)]);
  if (manager !== 'yarn') return undefined;
  const before = words.slice(0, head.end - 1);
  const following = readCommandLine(manager, words, head.end, 1);
  const [verb] = following.operands;
  if (subcommand === 'workspace') {
    const inner = again([...before, ...words.slice(following.end)]);
    return { ...inner, workspaces: [...inner.workspaces, verb ?? ''] };
  }
  if (subcommand !== 'workspaces') return undefined;
  if (verb === 'run') return again([...before, 'run', ...words.slice(following.end)]);
  if (verb !== 'foreach') return undefined;
  const flags = readCommandLine(manager, words, following.end, 1);
  return { ...again([...before, ...words.slice(flags.end - flags.operands.length)]), berry: true };
}
