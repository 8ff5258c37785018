/** `RUN --mount`: option names, defaults and what BuildKit refuses, after its `commands_runmount.go`. */
import type { Mount, SyntaxFault, Word } from '../instruction.ts';
import type { Span } from '../source.ts';
import { didYouMean, nearest } from '../suggest.ts';
import { readFields } from './csv.ts';
import { checkedWord, type Draft, flagWord, type PlacedText } from './draft.ts';
import { isBoolean, isSize, isTrue, isUnsigned } from './go-values.ts';

const mountTypes = ['bind', 'cache', 'tmpfs', 'secret', 'ssh'] as const;
const sharingModes = ['shared', 'private', 'locked'] as const;
type MountType = (typeof mountTypes)[number];
type Sharing = (typeof sharingModes)[number];

/** Options by their other spellings. */
const synonyms: ReadonlyMap<string, string> = new Map([
  ['src', 'source'],
  ['dst', 'target'],
  ['destination', 'target'],
  ['ro', 'readonly'],
  ['rw', 'readwrite'],
]);
const plainOptions: ReadonlySet<string> = new Set(['id', 'source', 'target', 'from', 'env']);
const options: readonly string[] = [
  ...['type', 'from', 'source', 'target', 'readonly', 'id', 'sharing', 'required', 'size', 'mode', 'uid', 'gid'],
  ...['src', 'dst', 'destination', 'ro', 'rw', 'readwrite', 'env'],
];

const mountValues: Readonly<Record<string, readonly string[]>> = {
  type: mountTypes,
  sharing: sharingModes,
  readonly: ['true', 'false'],
  readwrite: ['true', 'false'],
  required: ['true', 'false'],
};

/** The options of `--mount` by the spelling that is usual, with their values where these are few. */
export const mountOptions: ReadonlyMap<string, readonly string[]> = new Map(
  [...options.filter((name) => !synonyms.has(name))].map((name) => [name, mountValues[name] ?? []]),
);

/** What has been read of one mount. `type` is undefined once a variable decides it. */
interface OpenMount {
  type: MountType | undefined;
  sharing?: Sharing;
  readonly?: boolean;
  required: boolean;
  /** The words of the options with a text of their own, by name. */
  readonly words: Map<string, Word>;
  /** mode, uid and gid, as given. */
  readonly ownership: Map<string, string | undefined>;
}

/** The mounts of a RUN. One that BuildKit refuses is noted; one whose type is not known is left out. */
export function readMounts(draft: Draft): readonly Mount[] {
  const mounts: Mount[] = [];
  for (const [index, flag] of draft.head.flags.entries()) {
    const span = draft.base.flags[index]?.span;
    if (span === undefined || !flag.text.startsWith('--mount=')) continue;
    const mount = readMount(draft, flag, span);
    if (mount !== undefined) mounts.push(mount);
  }
  return mounts;
}

function readMount(draft: Draft, flag: PlacedText, span: Span): Mount | undefined {
  const start = '--mount='.length;
  const text = { text: flag.text.slice(start), positions: flag.positions.slice(start), end: flag.end };
  const fields = readFields(text);
  if (fields === undefined) {
    const problem = text.text === '' ? 'none is given' : 'its quotes are misplaced';
    draft.refuse(span, `RUN --mount takes a comma separated list of options: ${problem}.`);
    return undefined;
  }
  const mount: OpenMount = { type: 'bind', required: false, words: new Map(), ownership: new Map() };
  for (const field of fields) {
    const fault = readOption(draft, mount, field);
    if (fault === undefined) continue;
    const at = field.text === '' ? span : flagWord(draft, field, 0, field.text.length, true).span;
    draft.refuse(at, fault, undefined, respelled(draft, field));
  }
  if (mount.type === undefined) return undefined;
  const fault = conflictIn(mount, mount.type);
  if (fault !== undefined) draft.refuse(span, fault);
  return { ...closed(mount, mount.type), span };
}

function respelled(draft: Draft, field: PlacedText): SyntaxFault['respelled'] {
  const key = field.text.split('=', 1)[0] ?? '';
  const name = key.toLowerCase();
  const near = options.includes(synonyms.get(name) ?? name) ? undefined : nearest(name, options);
  return near === undefined ? undefined : { at: flagWord(draft, field, 0, key.length, true).span, text: near };
}

/** Takes in one option; returns what BuildKit says against it. */
function readOption(draft: Draft, mount: OpenMount, field: PlacedText): string | undefined {
  const equals = field.text.indexOf('=');
  const key = (equals === -1 ? field.text : field.text.slice(0, equals)).toLowerCase();
  const name = synonyms.get(key) ?? key;
  if (equals === -1) return readBareOption(mount, name, field.text);
  const word = flagWord(draft, field, equals + 1, field.text.length);
  checkedWord(draft, word);
  if (name === 'from') {
    const dollar = word.raw.indexOf('$');
    if (dollar !== -1 && dollar !== word.raw.length - 1)
      return 'The option from of RUN --mount cannot hold variables: name a stage made with FROM instead.';
  }
  if (plainOptions.has(name)) {
    mount.words.set(name, word);
    return undefined;
  }
  if (!options.includes(name))
    return `RUN --mount has no option ${JSON.stringify(key)}${didYouMean(nearest(key, options))}.`;
  return readTypedOption(mount, name, word.text);
}

function readBareOption(mount: OpenMount, name: string, written: string): string | undefined {
  if (name === 'readonly' || name === 'readwrite') mount.readonly = name === 'readonly';
  else if (name === 'required') return setRequired(mount, true);
  else return `The option ${JSON.stringify(written)} of RUN --mount must have a value: name=value.`;
  return undefined;
}

/** Reads an option with a value of a certain form; an unknown `value` is taken for a good one. */
function readTypedOption(mount: OpenMount, name: string, value: string | undefined): string | undefined {
  const wrong = (expected: string) =>
    `The option ${name} of RUN --mount takes ${expected}, not ${JSON.stringify(value)}.`;
  switch (name) {
    case 'type': {
      mount.type = mountTypes.find((type) => type === value?.toLowerCase());
      return value === undefined || mount.type !== undefined ? undefined : wrong(mountTypes.join(', '));
    }
    case 'sharing': {
      const sharing = sharingModes.find((mode) => mode === value?.toLowerCase());
      if (sharing !== undefined) mount.sharing = sharing;
      return value === undefined || sharing !== undefined ? undefined : wrong(sharingModes.join(', '));
    }
    case 'readonly':
    case 'readwrite':
      if (value !== undefined && !isBoolean(value)) return wrong('true or false');
      if (value !== undefined) mount.readonly = isTrue(value) === (name === 'readonly');
      return undefined;
    case 'required':
      if (value !== undefined && !isBoolean(value)) return wrong('true or false');
      return setRequired(mount, value !== undefined && isTrue(value));
    case 'size':
      if (mount.type !== undefined && mount.type !== 'tmpfs')
        return `The option size of RUN --mount is for type=tmpfs only.`;
      return value === undefined || isSize(value) ? undefined : wrong('a size such as 64m');
    default:
      mount.ownership.set(name, value);
      if (name === 'mode') return value === undefined || isUnsigned(value, 8) ? undefined : wrong('an octal number');
      return value === undefined || isUnsigned(value, 10) ? undefined : wrong('a number');
  }
}

function setRequired(mount: OpenMount, required: boolean): string | undefined {
  if (mount.type !== undefined && mount.type !== 'secret' && mount.type !== 'ssh')
    return 'The option required of RUN --mount needs type=secret or type=ssh before it.';
  mount.required = required;
  return undefined;
}

/** What BuildKit says against options that do not go together. */
function conflictIn(mount: OpenMount, type: MountType): string | undefined {
  const { words, ownership, sharing } = mount;
  const given = (name: string) => words.has(name) && words.get(name)?.text !== '';
  const [owner] = ownership.keys();
  if (owner !== undefined && (type === 'bind' || type === 'tmpfs'))
    return `RUN --mount=type=${type} cannot have the option ${owner}.`;
  if (type === 'secret') {
    if (given('from')) return 'RUN --mount=type=secret cannot have the option from.';
    if (!given('source') && !given('target') && !given('id'))
      return 'RUN --mount=type=secret needs an id, source or target.';
    if (given('source') && given('id')) return 'RUN --mount=type=secret cannot have both id and source.';
  }
  if (sharing !== undefined && type !== 'cache')
    return `The option sharing of RUN --mount is for type=cache, not type=${type}.`;
  return undefined;
}

/** Caches are made with mode 0755, secrets with 0400, SSH sockets with 0600, for root unless `uid` says otherwise: https://docs.docker.com/reference/dockerfile/#run---mount */
function ownedBy(ownership: OpenMount['ownership']): Pick<Mount, 'ownedBy'> {
  const uid = ownership.has('uid') ? ownership.get('uid') : '0';
  return ownership.has('mode') || uid === undefined ? {} : { ownedBy: uid };
}

function closed({ words, sharing, readonly, required, ownership }: OpenMount, type: MountType): Omit<Mount, 'span'> {
  const id = words.get('id');
  const source = words.get('source');
  const target = words.get('target');
  const from = words.get('from');
  const env = words.get('env');
  return {
    type,
    ...(ownership.size === 0 ? {} : { owned: true }),
    ...ownedBy(ownership),
    ...(id === undefined ? {} : { id }),
    ...(source === undefined ? {} : { source }),
    ...(target === undefined ? {} : { target }),
    ...(from === undefined ? {} : { from }),
    ...(env === undefined ? {} : { env }),
    ...(sharing === undefined ? {} : { sharing }),
    readonly: readonly ?? (type !== 'cache' && type !== 'tmpfs'),
    required,
  };
}
