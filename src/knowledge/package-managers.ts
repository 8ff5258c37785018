/** Reads calls of npm, yarn, pnpm and bun, whatever stands in front of them. */
import { type CommandLine, type Flags, mergeFlags, readCommandLine, switchOf, valueOf, type Words } from './flags.ts';
import { developmentBy, frozenBy, isBerryOnly, isClassicOnly, makesNoTree, writesNoLockfile } from './install-flags.ts';
import type { Invocation, Operation, PackageManager, Setting } from './invocation.ts';
import { isFrozenSubcommand, operationOf } from './subcommands.ts';

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

/**
 * The version that corepack or `yarn set version` chooses. Tags of yarn name yarn 2+ there, other than on
 * npm's registry: https://repo.yarnpkg.com/tags.
 */
function chosenVersion(manager: PackageManager, version: string): string {
  const plain = version.replace(/\+.*$/s, '');
  if (manager !== 'yarn') return plain;
  if (plain === 'classic') return '1';
  return /^(berry|stable|latest|canary)$/.test(plain) ? '>=2' : plain;
}

function emptyCall(manager: PackageManager, operation: Operation): Invocation {
  return {
    manager,
    operation,
    subcommand: '',
    global: false,
    workspaces: [],
    packages: [],
    settings: [],
    ignoreScripts: false,
    offline: false,
    noTree: false,
    noLockfile: false,
    berry: false,
    classic: false,
    uncertain: false,
  };
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
  const described = line.flags.has('--help') ? emptyCall(manager, 'other') : describe(manager, subcommand, line);
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

const directoryFlags: Readonly<Record<PackageManager, string>> = {
  npm: 'prefix',
  yarn: 'cwd',
  pnpm: 'dir',
  bun: 'cwd',
};

const directoryOf = (manager: PackageManager, flags: Flags): { readonly text?: string } | undefined =>
  valueOf(flags, directoryFlags[manager]);

/** `npm install .` installs the manifest's packages; with `-g` it installs the project itself. */
const isThisDirectory = (word: string): boolean => /^\.\/?$/.test(word);

function describe(manager: PackageManager, subcommand: string, line: CommandLine): Invocation {
  const { flags, operands } = line;
  const global =
    switchOf(flags, 'global') === true || subcommand === 'global' || valueOf(flags, 'location')?.text === 'global';
  const named = (/^(global|workspaces|set|policies)$/.test(subcommand) ? operands.slice(1) : operands)
    .filter((word) => word !== undefined)
    .filter((word) => global || manager === 'yarn' || !isThisDirectory(word));
  const base = operationOf(manager, subcommand, operands);
  const adds = base === 'install' && !isFrozenSubcommand(manager, subcommand) && subcommand !== 'install:yarn';
  const unknownOperand = operands.includes(undefined);
  const takesPackages = manager !== 'yarn' || /^(up|upgrade)$/.test(subcommand);
  const operation = adds && takesPackages && (named.length > 0 || unknownOperand) ? 'add' : base;
  const development = developmentBy(manager, operation, flags);
  const frozen = frozenBy(manager, subcommand, flags);
  const directory = directoryOf(manager, flags);
  const userConfig = valueOf(flags, 'userconfig')?.text;
  const version = operation === 'set-version' ? named.at(-1) : undefined;
  return {
    ...emptyCall(manager, operation),
    subcommand,
    global,
    workspaces: ['workspace', 'filter', 'filter-prod'].flatMap((name) =>
      (flags.get(`--${name}`) ?? []).map((value) => value ?? ''),
    ),
    packages: operation === 'add' || operation === 'focus' ? named : [],
    settings: operation === 'config-set' ? settingsOf(subcommand, operands, flags) : [],
    ignoreScripts: switchOf(flags, 'ignore-scripts') === true || valueOf(flags, 'mode')?.text === 'skip-build',
    offline: switchOf(flags, 'offline') === true,
    noTree: makesNoTree(flags),
    noLockfile: writesNoLockfile(manager, flags),
    berry: manager === 'yarn' && (operation === 'focus' || isBerryOnly(flags)),
    classic: manager === 'yarn' && (subcommand === 'global' || (operation === 'install' && isClassicOnly(flags))),
    uncertain: line.uncertain || development === 'unknown',
    ...(frozen === undefined ? {} : { frozen }),
    ...(development === undefined || development === 'unknown' ? {} : { development }),
    ...(directory === undefined ? {} : { directory }),
    ...scriptOf(operation, subcommand, operands),
    ...(userConfig === undefined ? {} : { userConfig }),
    ...(operation === 'deploy' && named.length > 0 ? { destination: named.at(-1) ?? '' } : {}),
    ...(version === undefined ? {} : { version: chosenVersion(manager, version) }),
  };
}

function scriptOf(operation: Operation, subcommand: string, operands: Words): { readonly script?: string } {
  if (operation !== 'run') return {};
  const [named] = operands;
  if (/^(run|run-script|rum|urn)$/.test(subcommand)) return named === undefined ? {} : { script: named };
  return { script: /^(t|tst)$/.test(subcommand) ? 'test' : subcommand };
}

/** `config set key value`, `config set key=value …`, `set key=value`. */
function settingsOf(subcommand: string, operands: Words, flags: Flags): readonly Setting[] {
  const words = subcommand === 'set' ? operands : operands.slice(1);
  const asked = valueOf(flags, 'location')?.text;
  const location = flags.has('--global') ? 'global' : flags.has('--home') ? 'user' : asked;
  const place = location === 'user' || location === 'project' || location === 'global' ? ({ location } as const) : {};
  const [key, value] = words;
  if (key !== undefined && !key.includes('=') && words.length >= 2) return [{ key, ...knownValue(value), ...place }];
  return words.flatMap((word) => {
    const equals = word?.indexOf('=') ?? -1;
    if (word === undefined || equals <= 0) return [];
    return [{ key: word.slice(0, equals), ...knownValue(word.slice(equals + 1)), ...place }];
  });
}

const knownValue = (value: string | undefined): { readonly value?: string } =>
  value === undefined || value.includes('\uFFFC') ? {} : { value };
