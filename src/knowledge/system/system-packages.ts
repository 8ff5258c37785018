/**
 * Calls of the package managers of Linux distributions: what they install and remove.
 *
 * By their own manuals: apt-get(8), aptitude(8), apk(8) of apk-tools, dnf and microdnf of rpm-software-management,
 * tdnf of Photon, zypper(8), pacman(8).
 */

type Words = readonly (string | undefined)[];

export type SystemManager = 'apt' | 'apk' | 'rpm' | 'pacman';

export interface NamedPackage {
  /** Without version, release and architecture; a group of rpm packages as its id: `development-tools`. */
  readonly name: string;
  readonly version?: string;
  /** The word it stands in. */
  readonly written: string;
  /** A group or pattern of packages, which has no version. */
  readonly group?: true;
}

export interface SystemPackageCall {
  /** The program, without its directory. */
  readonly program: string;
  /** The operation as written: `install`, `add`, `groupinstall`; of pacman its flags. */
  readonly verb: string;
  /** Whose database it changes: dnf, yum and zypper share one. */
  readonly manager: SystemManager;
  readonly operation: 'install' | 'remove' | 'update-index';
  readonly packages: readonly NamedPackage[];
  /** There are words that are not known. */
  readonly open: boolean;
  /** The name for all of them together: `apk add --virtual`. */
  readonly virtual?: string;
  /** What was marked as brought by others goes, too. */
  readonly autoremove: boolean;
  /** Nothing stays in the cache of the package manager. */
  readonly keepsNoCache: boolean;
  /** It works in another root than `/`. */
  readonly otherRoot: boolean;
}

interface Dialect {
  readonly manager: SystemManager;
  readonly operations: ReadonlyMap<string, SystemPackageCall['operation'] | 'autoremove'>;
  /** Options whose value is the next word. */
  readonly valued: ReadonlySet<string>;
  readonly package: (word: string) => NamedPackage | undefined;
  /** Options that make it work in another root than `/`. */
  readonly otherRoot?: RegExp;
}

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));

const operationsOf = (install: string, remove: string, update: string): Dialect['operations'] =>
  new Map([
    ...install.split(' ').map((word) => [word, 'install'] as const),
    ...remove.split(' ').map((word) => [word, 'remove'] as const),
    ...update.split(' ').map((word) => [word, 'update-index'] as const),
    ['autoremove', 'autoremove'],
    ['autopurge', 'autoremove'],
  ]);

const named = (written: string, name: string | undefined, version: string | undefined): NamedPackage | undefined =>
  name === undefined || name === '' ? undefined : { name, written, ...(version === undefined ? {} : { version }) };

/** `curl`, `curl=8.5*`, `curl/bookworm-backports`, `libc6:i386`; `./tool.deb` is a file. */
function debianPackage(word: string): NamedPackage | undefined {
  if (/^[./]|\.deb$/.test(word)) return undefined;
  const [, name, version] = /^([^=/:]+)(?::[^=/]+)?(?:=(.*)|\/.*)?$/.exec(word) ?? [];
  return named(word, name, version);
}

/** `curl`, `curl=8.5.0-r0`, `nodejs~20`, `gcc>=13`, `tini@edge`; `tool.apk` is a file. */
function alpinePackage(word: string): NamedPackage | undefined {
  if (/^[/!]|\.apk$/.test(word)) return undefined;
  const [, name, version] = /^([^=<>~@]+)(?:[=<>~]+(?![=<>~])([^@]*))?(?:@.*)?$/s.exec(word) ?? [];
  return named(word, name, version);
}

/** `gcc`, `gcc-11.4.1`, `gcc-11.4.1-3.el9.x86_64`, `@development-tools`; an address or `tool.rpm` is a file. */
function rpmPackage(word: string): NamedPackage | undefined {
  if (/^[./]|\.rpm$|:\/\//.test(word)) return undefined;
  if (word.startsWith('@')) return group(word, word.slice(1));
  if (/^(?:pattern|product|patch):/.test(word)) return group(word, word.slice(word.indexOf(':') + 1));
  const [plain = '', compared] = word.split(/[<>=]+/);
  const bare = plain.trim().replace(/\.(?:x86_64|aarch64|i[36]86|noarch|ppc64le|s390x)$/, '');
  if (compared !== undefined) return named(word, bare, compared.trim());
  const parts = bare.split('-');
  const released = isVersion(parts.at(-2)) && /^[\w.*]*$/.test(parts.at(-1) ?? '') && /\d/.test(parts.at(-1) ?? '');
  const length = released && parts.length > 2 ? 2 : isVersion(parts.at(-1)) && parts.length > 1 ? 1 : 0;
  return length === 0
    ? named(word, bare, undefined)
    : named(word, parts.slice(0, -length).join('-'), parts.slice(-length).join('-'));
}

const isVersion = (text: string | undefined): boolean => text !== undefined && /^\d[\w.+~^:*]*$/.test(text);

/** Groups go by id or by title: `Development Tools` is `development-tools`. */
const groupId = (title: string): string => title.trim().toLowerCase().replaceAll(/\s+/g, '-');

function group(written: string, title: string): NamedPackage | undefined {
  const found = named(written, groupId(title), undefined);
  return found === undefined ? undefined : { ...found, group: true };
}

const archPackage = (word: string): NamedPackage | undefined =>
  named(word, /^(?:[\w-]+\/)?([^=<>/]+)/.exec(word)?.[1], undefined);

const apt: Dialect = {
  manager: 'apt',
  operations: operationsOf('install reinstall satisfy', 'remove purge', 'update'),
  valued: set('-t --target-release --default-release -o --option -c --config-file -a --host-architecture'),
  package: debianPackage,
};

const rpm: Dialect = {
  manager: 'rpm',
  operations: operationsOf(
    'install localinstall reinstall in groupinstall',
    'remove erase rm groupremove',
    'makecache update upgrade up',
  ),
  valued: set(
    '-c --config -x --exclude --excludepkgs -e --errorlevel -d --debuglevel --repo --repoid -r --from --setopt ' +
      '--releasever -R --randomwait --enablerepo --disablerepo --enableplugin --disableplugin --installroot --forcearch ' +
      '--arch --downloaddir --destdir --comment --advisory --repofrompath --rpmverbosity',
  ),
  package: rpmPackage,
  otherRoot: /^--(?:installroot|root)(?:=|$)/,
};

const dialects: ReadonlyMap<string, Dialect> = new Map<string, Dialect>([
  ...['apt', 'apt-get', 'aptitude', 'apt-fast'].map((name) => [name, apt] as const),
  ...['dnf', 'dnf5', 'yum', 'microdnf', 'tdnf'].map((name) => [name, rpm] as const),
  [
    'zypper',
    {
      ...rpm,
      valued: set('-t --type -r --repo --from -c --config -C --root -R -p --plus-repo --releasever --installroot'),
    },
  ],
  [
    'apk',
    {
      manager: 'apk',
      operations: operationsOf('add', 'del', 'update'),
      valued: set(
        '-t --virtual -X --repository -p --root --keys-dir --repositories-file --arch --wait --cache-dir --cache-max-age',
      ),
      package: alpinePackage,
      otherRoot: /^(?:-p|--root)(?:=|$)/,
    },
  ],
]);

/** Reads a call; undefined for other commands, for other operations, and where it works in another root. */
export function systemPackageCall(words: Words): SystemPackageCall | undefined {
  const call = anyPackageCall(words);
  return call?.otherRoot === true ? undefined : call;
}

/** The same, whatever root it works in. */
export function anyPackageCall(words: Words): SystemPackageCall | undefined {
  const [first, ...rest] = words;
  const name = first?.slice(first.lastIndexOf('/') + 1);
  if (name === 'pacman') return pacmanCall(rest);
  const dialect = name === undefined ? undefined : dialects.get(name);
  if (name === undefined || dialect === undefined) return undefined;
  const { operands, virtual, pattern } = sorted(rest, dialect);
  const verb = operands.findIndex((word) => word !== undefined);
  const groupVerb = operands[verb] === 'group' || operands[verb] === 'groups';
  const at = groupVerb ? verb + 1 : verb;
  const operation = dialect.operations.get(operands[at] ?? '');
  if (operation === undefined) return undefined;
  const targets = operands.slice(at + 1);
  const groups = pattern || groupVerb || /^group/.test(operands[at] ?? '');
  const packages = targets.flatMap((word) => {
    if (word === undefined) return [];
    const found = groups ? group(word, word.replace(/^@/, '')) : dialect.package(word);
    return found === undefined ? [] : [found];
  });
  return {
    program: name,
    verb: operands[at] ?? '',
    manager: dialect.manager,
    operation: operation === 'autoremove' ? 'remove' : operation,
    packages,
    open: operands.includes(undefined),
    autoremove: operation === 'autoremove' || rest.some((word) => word !== undefined && /^--auto-?remove$/.test(word)),
    keepsNoCache: rest.includes('--no-cache'),
    otherRoot: rest.some((word) => word !== undefined && dialect.otherRoot?.test(word)),
    ...(virtual === undefined ? {} : { virtual }),
  };
}

/** The operation and what it is for, without options and their values; undefined for other commands. */
export function packageOperands([first, ...rest]: Words): Words | undefined {
  const dialect = dialects.get(first?.slice(first.lastIndexOf('/') + 1) ?? '');
  return dialect === undefined ? undefined : sorted(rest, dialect).operands;
}

interface Sorted {
  readonly operands: Words;
  readonly virtual?: string;
  /** `zypper install -t pattern`. */
  readonly pattern: boolean;
}

/** Operands without options and their values. */
function sorted(rest: Words, dialect: Dialect): Sorted {
  const operands: (string | undefined)[] = [];
  let virtual: string | undefined;
  let pattern = false;
  for (let at = 0; at < rest.length; at++) {
    const word = rest[at];
    if (word === undefined || !word.startsWith('-') || word === '-') {
      operands.push(word);
      continue;
    }
    const [option = word, value] = /^(--[^=]+)=(.*)$/s.exec(word)?.slice(1) ?? [word];
    const next = value ?? (dialect.valued.has(option) ? rest[++at] : undefined);
    if (dialect.manager === 'apk' && (option === '-t' || option === '--virtual')) virtual = next;
    pattern ||= next === 'pattern';
  }
  return { operands, pattern, ...(virtual === undefined ? {} : { virtual }) };
}

/** `pacman -Sy --noconfirm base-devel`, `pacman -Rns gcc`. */
function pacmanCall(rest: Words): SystemPackageCall | undefined {
  const flags = rest.filter((word) => word?.startsWith('-'));
  const operation = flags.some((flag) => /^-[a-z]*S|^--sync$/.test(flag ?? ''))
    ? 'install'
    : flags.some((flag) => /^-[a-z]*R|^--remove$/.test(flag ?? ''))
      ? 'remove'
      : undefined;
  if (operation === undefined || flags.some((flag) => /^-S[a-z]*[csil]/.test(flag ?? ''))) return undefined;
  const operands = rest.filter((word) => word === undefined || !word.startsWith('-'));
  const packages = operands.flatMap((word) => (word === undefined ? [] : (archPackage(word) ?? [])));
  return {
    program: 'pacman',
    verb: flags[0] ?? '',
    manager: 'pacman',
    operation: operation === 'install' && operands.length === 0 ? 'update-index' : operation,
    packages,
    open: operands.includes(undefined),
    autoremove: flags.some((flag) => /^-R[a-z]*s/.test(flag ?? '')),
    keepsNoCache: false,
    otherRoot: flags.some((flag) => /^--root|^-r$/.test(flag ?? '')),
  };
}
