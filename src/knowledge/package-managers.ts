/** Reads calls of npm, yarn, pnpm and bun, whatever stands in front of them. */
import type { Invocation, Operation, PackageManager, Setting } from './invocation.ts';

type Words = readonly (string | undefined)[];

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

/** Operation of each subcommand; aliases as the managers' help lists them. */
const operations: Readonly<Record<PackageManager, ReadonlyMap<string, Operation>>> = {
  npm: table({
    install:
      'install i in ins inst insta instal isnt isnta isntal isntall add ci clean-install ic install-clean isntall-clean it install-test cit clean-install-test sit',
    remove: 'uninstall un unlink remove rm r',
    prune: 'prune',
    rebuild: 'rebuild rb',
    run: 'run run-script rum urn start stop restart test tst t',
    exec: 'exec x',
    'config-set': 'set',
    'cache-clean': 'cache',
    login: 'login adduser add-user',
    pack: 'pack publish',
    link: 'link ln',
  }),
  yarn: table({
    install: 'install',
    add: 'add',
    remove: 'remove',
    rebuild: 'rebuild',
    run: 'run start test',
    exec: 'dlx exec create',
    login: 'login',
    pack: 'pack publish',
    link: 'link unlink',
    'cache-clean': 'cache',
    prune: 'autoclean',
    other:
      'set up upgrade why info list init version versions audit outdated import generate-lock-entry check config plugin policies npm constraints stage patch patch-commit tag team owner bin licenses help dedupe node global workspace workspaces',
  }),
  pnpm: table({
    install: 'install i ci clean-install install-test it',
    add: 'add',
    remove: 'remove rm uninstall un',
    prune: 'prune',
    deploy: 'deploy',
    fetch: 'fetch',
    rebuild: 'rebuild rb',
    run: 'run run-script start test t',
    exec: 'exec dlx create',
    'config-set': 'set',
    'cache-clean': 'store cache',
    login: 'login adduser',
    pack: 'pack publish',
    link: 'link ln unlink',
    other:
      'config c get import update up audit outdated list ls why init env setup root bin patch patch-commit approve-builds self-update server licenses help',
  }),
  bun: table({
    install: 'install i ci',
    add: 'add a',
    remove: 'remove rm',
    run: 'run start test',
    exec: 'x create',
    pack: 'publish',
    link: 'link unlink',
    other: 'pm update outdated init build upgrade repl audit why patch info',
  }),
};

function table(rows: Partial<Record<Operation, string>>): ReadonlyMap<string, Operation> {
  const found = new Map<string, Operation>();
  for (const [operation, names] of Object.entries(rows) as [Operation, string][])
    for (const name of names.split(' ')) found.set(name, operation);
  return found;
}

/** Flags whose value is the next word. */
const valued: ReadonlySet<string> = new Set([
  ...[
    '--prefix',
    '-C',
    '--cwd',
    '--dir',
    '--filter',
    '-F',
    '--filter-prod',
    '--workspace',
    '-w:npm',
    '--userconfig',
    '--cache',
    '--registry',
  ],
  ...[
    '--omit',
    '--include',
    '--only',
    '--also',
    '--loglevel',
    '--location',
    '--store-dir',
    '--virtual-store-dir',
    '--modules-folder',
  ],
  ...[
    '--cache-folder',
    '--mutex',
    '--network-timeout',
    '--network-concurrency',
    '--fetch-timeout',
    '--fetch-retries',
    '--maxsockets',
  ],
  ...[
    '--package',
    '-p:exec',
    '-c:exec',
    '--call',
    '--install-strategy',
    '--lockfile-dir',
    '--reporter',
    '--tag',
    '--backend',
    '--from',
  ],
  ...[
    '--use-yarnrc',
    '--link-folder',
    '--global-folder',
    '--preferred-cache-folder',
    '--target',
    '--arch',
    '--platform',
    '--os',
    '--cpu',
    '--libc',
    '--node-linker',
  ],
  ...[
    '--workspace-concurrency',
    '--child-concurrency',
    '--config',
    '--cache-dir',
    '--trust-policy',
    '--mode',
    '--linker',
    '--script-shell',
  ],
]);

/** The call that these words are; undefined when they are no package manager's. An undefined word is not known. */
export function readInvocation(words: Words): Invocation | undefined {
  const [first, ...rest] = words;
  if (first === undefined) return undefined;
  const { name, version } = splitVersion(lastPart(first));
  const runner = runners.get(name);
  if (runner !== undefined) return readRunner(runner, rest);
  if (name === 'corepack') return readCorepack(rest);
  const manager = managerNames.get(name);
  return manager === undefined ? undefined : readCall(manager, version, rest);
}

const lastPart = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

function splitVersion(word: string): { name: string; version: string | undefined } {
  const at = word.indexOf('@', 1);
  return at === -1 ? { name: word, version: undefined } : { name: word.slice(0, at), version: word.slice(at + 1) };
}

/** `npx -y pnpm@9 i` is a call of pnpm; `npx tsc` runs a package. */
function readRunner(runner: PackageManager, words: Words): Invocation {
  const at = words.findIndex((word, index) => isOperand(word, words[index - 1]));
  const target = at === -1 ? undefined : words[at];
  const { name, version } = splitVersion(target ?? '');
  const manager = managerNames.get(name);
  if (manager !== undefined) return readCall(manager, version, words.slice(at + 1));
  return { ...emptyCall(runner, 'exec'), packages: target === undefined ? [] : [target] };
}

const isOperand = (word: string | undefined, before: string | undefined): boolean =>
  word === undefined || (!word.startsWith('-') && !/^(-p|--package|-c|--call)$/.test(before ?? ''));

/** `corepack prepare pnpm@9 --activate` sets a version; `corepack pnpm i` is a call of pnpm. */
function readCorepack(words: Words): Invocation | undefined {
  const [first, ...rest] = words;
  const { name, version } = splitVersion(first ?? '');
  const manager = managerNames.get(name);
  if (manager !== undefined) return readCall(manager, version, rest);
  const named = rest.flatMap((word) => (word === undefined || word.startsWith('-') ? [] : [splitVersion(word)]));
  const chosen = named.find((each) => managerNames.has(each.name));
  const chosenManager = chosen === undefined ? undefined : managerNames.get(chosen.name);
  if (/^(prepare|use|install|hydrate)$/.test(first ?? '') && chosenManager !== undefined)
    return {
      ...emptyCall(chosenManager, 'set-version'),
      subcommand: first ?? '',
      ...(chosen?.version === undefined ? {} : { version: chosen.version.replace(/\+.*$/, '') }),
    };
  return undefined;
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

/** Flags and operands of a call, in order. */
interface ReadWords {
  readonly flags: ReadonlyMap<string, readonly (string | undefined)[]>;
  readonly operands: Words;
  readonly uncertain: boolean;
}

function readWords(manager: PackageManager, words: Words, stopAtOperand: number): ReadWords {
  const flags = new Map<string, (string | undefined)[]>();
  const operands: (string | undefined)[] = [];
  let uncertain = false;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    if (word === undefined) {
      uncertain = true;
      operands.push(undefined);
    } else if (word === '--') {
      operands.push(...words.slice(at + 1));
      break;
    } else if (word.startsWith('-') && word.length > 1) {
      const equals = word.indexOf('=');
      const name = equals === -1 ? word : word.slice(0, equals);
      const takesNext =
        equals === -1 && (valued.has(name) || valued.has(`${name}:${manager}`)) && at + 1 < words.length;
      const value = equals !== -1 ? word.slice(equals + 1) : takesNext ? words[at + 1] : 'true';
      if (takesNext) at += 1;
      flags.set(name, [...(flags.get(name) ?? []), value]);
    } else {
      operands.push(word);
      if (operands.length === stopAtOperand) {
        operands.push(...words.slice(at + 1));
        break;
      }
    }
  }
  return { flags, operands, uncertain };
}

function readCall(manager: PackageManager, version: string | undefined, words: Words): Invocation {
  const all = readWords(manager, words, Number.POSITIVE_INFINITY);
  const [subcommand = '', ...operands] = dropRecursive(manager, all);
  const nested = nestedCall(manager, version, subcommand, operands, words);
  if (nested !== undefined) return withWorkspace(nested, manager, all);
  const call = describe(manager, subcommand, operands, all);
  return version === undefined ? call : { ...call, version: call.version ?? version };
}

/** `pnpm recursive install`, `pnpm multi install`. */
const dropRecursive = (manager: PackageManager, { operands }: ReadWords): Words =>
  manager === 'pnpm' && /^(recursive|multi|m)$/.test(operands[0] ?? '') ? operands.slice(1) : operands;

/** `yarn workspace api install`, `yarn workspaces foreach install`, `npm exec -- pnpm i`. */
function nestedCall(
  manager: PackageManager,
  version: string | undefined,
  subcommand: string,
  operands: Words,
  words: Words,
): Invocation | undefined {
  if (manager === 'yarn' && subcommand === 'workspace') {
    const inner = readCall('yarn', version, operands.slice(1));
    return { ...inner, workspaces: [...inner.workspaces, operands[0] ?? ''] };
  }
  if (manager === 'yarn' && subcommand === 'workspaces') {
    if (operands[0] === 'foreach' || operands[0] === 'run') return readCall('yarn', version, operands.slice(1));
    return undefined;
  }
  if (manager === 'npm' && (subcommand === 'exec' || subcommand === 'x')) {
    const target = splitVersion(operands[0] ?? '');
    const inner = managerNames.get(target.name);
    if (inner !== undefined) return readCall(inner, target.version, words.slice(words.indexOf(operands[0]) + 1));
  }
  return undefined;
}

const withWorkspace = (call: Invocation, manager: PackageManager, all: ReadWords): Invocation => {
  const directory = directoryOf(manager, all.flags);
  return directory === undefined || call.directory !== undefined ? call : { ...call, directory };
};

function directoryOf(manager: PackageManager, flags: ReadWords['flags']): { readonly text?: string } | undefined {
  const names = { npm: ['--prefix', '-C'], yarn: ['--cwd'], pnpm: ['-C', '--dir', '--prefix'], bun: ['--cwd'] }[
    manager
  ];
  for (const name of names) {
    const values = flags.get(name);
    if (values === undefined) continue;
    const text = values.at(-1);
    return text === undefined ? {} : { text };
  }
  return undefined;
}

function operationOf(manager: PackageManager, subcommand: string, operands: Words): Operation {
  if (subcommand === '') return manager === 'yarn' ? 'install' : 'other';
  if (manager === 'yarn' && subcommand === 'workspaces') return operands[0] === 'focus' ? 'focus' : 'other';
  if (manager === 'yarn' && subcommand === 'set' && operands[0] === 'version') return 'set-version';
  if (manager === 'yarn' && subcommand === 'policies' && operands[0] === 'set-version') return 'set-version';
  if (manager === 'yarn' && subcommand === 'global') return operands[0] === 'add' ? 'add' : 'other';
  if (subcommand === 'config' || (manager === 'npm' && subcommand === 'c')) return configOperation(operands[0]);
  const known = operations[manager].get(subcommand);
  if (known === 'prune' && manager === 'yarn') return 'other';
  if (
    known === 'install' &&
    operands.length > 0 &&
    manager !== 'yarn' &&
    !/^(ci|clean-install|ic|cit)$/.test(subcommand)
  )
    return 'add';
  if (known !== undefined) return known;
  return manager === 'npm' ? 'other' : 'run';
}

function configOperation(verb: string | undefined): Operation {
  if (verb === 'set') return 'config-set';
  return verb === 'delete' || verb === 'rm' || verb === 'unset' ? 'config-delete' : 'other';
}

function describe(manager: PackageManager, subcommand: string, operands: Words, all: ReadWords): Invocation {
  const { flags } = all;
  const operation = operationOf(manager, subcommand, operands);
  const has = (...names: readonly string[]): boolean => names.some((name) => truth(flags.get(name)) === true);
  const global = has('-g', '--global') || flags.get('--location')?.at(-1) === 'global' || subcommand === 'global';
  const frozen = frozenBy(manager, subcommand, flags);
  const development = developmentBy(manager, flags);
  const directory = directoryOf(manager, flags);
  const script = operation === 'run' ? scriptOf(subcommand, operands) : undefined;
  const named = (subcommand === 'global' ? operands.slice(1) : operands).filter((word) => word !== undefined);
  const userConfig = flags.get('--userconfig')?.at(-1);
  const destination = operation === 'deploy' ? named.at(-1) : undefined;
  const setVersion = operation === 'set-version' ? named.at(-1) : undefined;
  return {
    ...emptyCall(manager, operation),
    subcommand,
    global,
    workspaces: ['--filter', '-F', '--workspace', '-w', '--filter-prod'].flatMap((flag) =>
      (flags.get(flag) ?? []).map((value) => value ?? ''),
    ),
    packages: operation === 'add' || operation === 'exec' || operation === 'focus' ? named : [],
    settings: operation === 'config-set' ? settingsOf(subcommand, operands, flags) : [],
    ignoreScripts: has('--ignore-scripts'),
    offline: has('--offline', '--prefer-offline') && truth(flags.get('--offline')) !== false && flags.has('--offline'),
    noTree:
      has('--package-lock-only', '--lockfile-only', '--dry-run') || flags.get('--mode')?.at(-1) === 'update-lockfile',
    noLockfile:
      has('--no-package-lock', '--no-lockfile', '--pure-lockfile', '--no-save') ||
      truth(flags.get('--package-lock')) === false,
    berry:
      flags.has('--immutable') ||
      flags.has('--immutable-cache') ||
      operation === 'focus' ||
      flags.get('--inline-builds') !== undefined,
    classic: manager === 'yarn' && (flags.has('--pure-lockfile') || flags.has('--production') || flags.has('--prod')),
    uncertain: all.uncertain,
    ...(frozen === undefined ? {} : { frozen }),
    ...(development === undefined ? {} : { development }),
    ...(directory === undefined ? {} : { directory }),
    ...(script === undefined ? {} : { script }),
    ...(userConfig === undefined ? {} : { userConfig }),
    ...(destination === undefined ? {} : { destination }),
    ...(setVersion === undefined ? {} : { version: setVersion }),
  };
}

/** True or false as a flag says; undefined when it does not stand there or its value is not known. */
function truth(values: readonly (string | undefined)[] | undefined): boolean | undefined {
  const value = values?.at(-1);
  if (value === undefined) return undefined;
  return value !== 'false' && value !== '0';
}

/** npm knows `npm ci` only: it takes `--frozen-lockfile` without a word and does not heed it. */
function frozenBy(manager: PackageManager, subcommand: string, flags: ReadWords['flags']): boolean | undefined {
  if (/^(ci|clean-install|ic|install-clean|isntall-clean|cit|clean-install-test)$/.test(subcommand)) return true;
  if (manager === 'npm') return undefined;
  for (const name of ['--frozen-lockfile', '--immutable']) if (flags.has(name)) return truth(flags.get(name));
  return flags.has('--no-frozen-lockfile') || flags.has('--no-immutable') ? false : undefined;
}

/** What the flags say of development packages; the last one counts where they contradict. Measured, see the truth table in the tests. */
function developmentBy(manager: PackageManager, flags: ReadWords['flags']): 'omit' | 'include' | undefined {
  const values = (name: string): readonly string[] =>
    (flags.get(name) ?? []).flatMap((value) => value?.split(',') ?? []);
  if (values('--include').includes('dev') || values('--also').some((value) => value.startsWith('dev')))
    return 'include';
  if (flags.has('--omit')) {
    if (values('--omit').includes('dev')) return 'omit';
    if (values('--omit').every((value) => value === '')) return 'include';
  }
  if (values('--only').some((value) => value.startsWith('prod'))) return 'omit';
  for (const name of ['--production', '--prod', ...(manager === 'pnpm' ? ['-P'] : [])]) {
    const said = truth(flags.get(name));
    if (said !== undefined) return said ? 'omit' : 'include';
  }
  if (
    flags.has('--no-production') ||
    flags.has('--no-prod') ||
    (manager === 'npm' && truth(flags.get('--dev')) === true)
  )
    return 'include';
  return manager === 'pnpm' && truth(flags.get('--no-dev')) === true ? 'omit' : undefined;
}

function scriptOf(subcommand: string, operands: Words): string | undefined {
  if (/^(run|run-script|rum|urn)$/.test(subcommand)) return operands[0];
  return subcommand === 't' || subcommand === 'tst' ? 'test' : subcommand;
}

/** `config set key value`, `config set key=value …`, `set key=value`. */
function settingsOf(subcommand: string, operands: Words, flags: ReadWords['flags']): readonly Setting[] {
  const words = subcommand === 'set' ? operands : operands.slice(1);
  const where = flags.get('--location')?.at(-1);
  const location =
    flags.has('-g') || flags.has('--global') ? 'global' : flags.has('-H') || flags.has('--home') ? 'user' : where;
  const place = location === 'user' || location === 'project' || location === 'global' ? ({ location } as const) : {};
  const [key, value] = words;
  if (key !== undefined && !key.includes('=') && words.length >= 2)
    return [{ key, ...(value === undefined ? {} : { value }), ...place }];
  return words.flatMap((word) => {
    const [, name, text] = /^([^=]+)=(.*)$/s.exec(word ?? '') ?? [];
    return name === undefined ? [] : [{ key: name, ...(text === undefined ? {} : { value: text }), ...place }];
  });
}
