/**
 * Commands that make accounts: shadow's useradd and groupadd, Debian's adduser and addgroup, and BusyBox's.
 *
 * Sources: useradd(8), usermod(8), groupadd(8) of shadow; adduser(8) of Debian; loginutils/adduser.c and
 * loginutils/addgroup.c of BusyBox, where a system user without -G goes to `nogroup`.
 */
type Words = readonly (string | undefined)[];

export interface AccountCall {
  readonly users: readonly string[];
  readonly groups: readonly string[];
  /** A name is not known, so that any account may come of it. */
  readonly unclear: boolean;
  readonly system: boolean;
  /** As written. */
  readonly uid?: string;
  /** Of the group that it makes, as written. */
  readonly gid?: string;
  readonly home?: string;
  /** useradd leaves lastlog and faillog alone: `-l`. */
  readonly outOfLogs: boolean;
}

/** Flags that take the next word, by command. */
const valued: ReadonlyMap<string, RegExp> = new Map([
  [
    'useradd',
    /^(?:-[bcdefgGkKpPRsuZ]|--(?:base-dir|comment|home-dir|home|expiredate|inactive|gid|groups|skel|key|password|root|prefix|shell|uid|selinux-user))$/,
  ],
  [
    'usermod',
    /^(?:-[cdefgGlpPRsuvVwWZ]|--(?:comment|home|expiredate|inactive|gid|groups|login|password|root|prefix|shell|uid|selinux-user))$/,
  ],
  [
    'adduser',
    /^(?:-[hgsGukcbdKp]|--(?:home|shell|ingroup|uid|gid|gecos|comment|skel|firstuid|lastuid|firstgid|lastgid|conf|home-dir|groups|base-dir))$/,
  ],
  ['addgroup', /^(?:-[gu]|--(?:gid|firstgid|lastgid|conf))$/],
  ['groupadd', /^(?:-[gKpPRU]|--(?:gid|key|password|root|prefix|users))$/],
  ['groupmod', /^(?:-[gnpPRU]|--(?:gid|new-name|password|root|prefix|users))$/],
]);

/** What takes accounts away, and the flags of it that take the next word. */
const removing: ReadonlyMap<string, { readonly kind: 'user' | 'group'; readonly valued: RegExp }> = new Map([
  ['userdel', { kind: 'user', valued: /^(?:-[RP]|--(?:root|prefix))$/ }],
  ['deluser', { kind: 'user', valued: /^--(?:backup-to|conf)$/ }],
  ['groupdel', { kind: 'group', valued: /^(?:-[RP]|--(?:root|prefix))$/ }],
  ['delgroup', { kind: 'group', valued: /^--conf$/ }],
]);

export interface AccountRemoval {
  readonly kind: 'user' | 'group';
  /** Absent when a variable hides it. */
  readonly name: string | undefined;
}

/** The account that a command takes away or gives another name. `deluser USER GROUP` leaves both there. */
export function accountRemoval(words: Words): AccountRemoval | undefined {
  const [path, ...rest] = words;
  const command = path?.slice(path.lastIndexOf('/') + 1) ?? '';
  if (command === 'usermod' || command === 'groupmod') {
    const line = readLine(command, rest);
    const renames = command === 'usermod' ? has(line, '-l', '--login') : has(line, '-n', '--new-name');
    return renames ? { kind: command === 'usermod' ? 'user' : 'group', name: line.operands[0] } : undefined;
  }
  const removal = removing.get(command);
  if (removal === undefined) return undefined;
  const names = rest.filter(
    (word, at) => word === undefined || !(word.startsWith('-') || removal.valued.test(rest[at - 1] ?? '')),
  );
  if (names.length !== 1) return undefined;
  const kind = rest.includes('--group') ? 'group' : removal.kind;
  return { kind, name: names[0] };
}

/** Letters that are flags with a value only where a path follows: `-d` and `-h` differ between the programs. */
const pathValued = /^-[bdh]$/;

export interface Line {
  readonly flags: ReadonlyMap<string, string | undefined>;
  readonly operands: Words;
}

export function readLine(command: string, words: Words): Line {
  const flags = new Map<string, string | undefined>();
  const operands: (string | undefined)[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    if (word === undefined || !word.startsWith('-') || word === '-') operands.push(word);
    else if (/^-u\d/.test(word)) flags.set('-u', word.slice(2));
    else if (word.includes('=')) flags.set(word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1));
    else {
      const flag = spread(word, flags);
      const next = words[at + 1];
      const takes =
        valued.get(command)?.test(flag) === true &&
        (!pathValued.test(flag) || command !== 'adduser' || next?.startsWith('/') === true || next === undefined);
      flags.set(flag, takes ? next : '');
      if (takes) at += 1;
    }
  }
  return { flags, operands };
}

/** Notes the letters of `-rms`; the last of them may take the next word, as `-ms /bin/bash` has it. */
function spread(word: string, flags: Map<string, string | undefined>): string {
  if (!/^-[a-zA-Z]{2,}$/.test(word)) return word;
  for (const letter of word.slice(1, -1)) flags.set(`-${letter}`, '');
  return `-${word.at(-1)}`;
}

const has = ({ flags }: Line, ...names: readonly string[]): boolean => names.some((name) => flags.has(name));
const named = (names: Words): readonly string[] =>
  names.filter((name) => name !== undefined).filter((name) => name !== '');

/** The accounts that a command makes; undefined for commands that make none. */
export function accountCall(words: Words): AccountCall | undefined {
  const [path, ...rest] = words;
  const command = path?.slice(path.lastIndexOf('/') + 1) ?? '';
  if (!valued.has(command)) return command === 'newusers' ? { ...nothing, unclear: true } : undefined;
  const line = readLine(command, rest);
  const made = madeBy(command, line);
  const uid = line.flags.get('-u') ?? line.flags.get('--uid');
  const gid = /^(?:addgroup|groupadd)$/.test(command) ? (line.flags.get('-g') ?? line.flags.get('--gid')) : undefined;
  const home = line.flags.get('--home') ?? line.flags.get('--home-dir') ?? line.flags.get('-d') ?? line.flags.get('-h');
  return {
    users: named(made.users),
    groups: named(made.groups),
    unclear: [...line.operands, ...made.users, ...made.groups].includes(undefined),
    system: has(line, '-r', '-S', '--system'),
    outOfLogs: command === 'useradd' && has(line, '-l', '--no-log-init'),
    ...(uid === undefined ? {} : { uid }),
    ...(gid === undefined ? {} : { gid }),
    ...(home === undefined || home === '' ? {} : { home }),
  };
}

const nothing: AccountCall = { users: [], groups: [], unclear: false, system: false, outOfLogs: false };

function madeBy(command: string, line: Line): { readonly users: Words; readonly groups: Words } {
  const [first, second] = line.operands;
  const none = { users: [], groups: [] };
  switch (command) {
    case 'useradd': {
      if (has(line, '-D', '--defaults')) return none;
      const own = !has(line, '-g', '--gid', '-N', '--no-user-group');
      return { users: [first], groups: own || has(line, '-U') ? [first] : [] };
    }
    case 'adduser': {
      // `adduser USER GROUP` puts an account that is there into a group.
      if (second !== undefined && line.flags.size === 0) return none;
      if (has(line, '--group') && !has(line, '--system')) return { users: [], groups: [first] };
      const withoutOwn =
        has(line, '-G', '--ingroup', '--gid') || (has(line, '-S', '--system') && !has(line, '--group'));
      return { users: [first], groups: withoutOwn ? [] : [first] };
    }
    case 'addgroup':
      return second !== undefined && line.flags.size === 0 ? none : { users: [], groups: [first] };
    case 'groupadd':
      return { users: [], groups: [first] };
    case 'usermod':
      return has(line, '-l', '--login')
        ? { users: [line.flags.get('-l') ?? line.flags.get('--login')], groups: [] }
        : none;
    default:
      return has(line, '-n', '--new-name')
        ? { users: [], groups: [line.flags.get('-n') ?? line.flags.get('--new-name')] }
        : none;
  }
}

/** Commands that make an account ready for use without using it. */
const preparing = new Set(
  (
    'useradd adduser usermod groupadd addgroup groupmod gpasswd passwd chpasswd chage chown chgrp install mkdir setfacl ' +
    'getent id grep deluser userdel delgroup groupdel test ['
  ).split(' '),
);

/** Whether a command does something with an account that is there: runs as it, or writes its name somewhere. */
export function namesAccount(words: Words, account: string): boolean {
  const [path, ...rest] = words;
  if (preparing.has(path?.slice(path.lastIndexOf('/') + 1) ?? '')) return false;
  return rest.some((word) => word === undefined || mentions(word, account));
}

/** A name as a word of its own, not as a part of a path or of another word. */
function mentions(text: string, account: string): boolean {
  for (let at = text.indexOf(account); at !== -1; at = text.indexOf(account, at + 1))
    if (!/[\w./-]/.test(text[at - 1] ?? ' ') && !/[\w/.-]/.test(text[at + account.length] ?? ' ')) return true;
  return false;
}
