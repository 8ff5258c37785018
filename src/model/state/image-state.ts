/** The state with which a stage starts, and what USER makes of it. */

import { baseImage, systemPath } from '../../knowledge/index.ts';
import type { FromInstruction, WordInstruction } from '../../syntax/index.ts';
import { parseImageReference } from '../../syntax/index.ts';
import type { Base, Rootfs, Stage, State, User, Value } from '../build.ts';
import type { BaseFiles } from '../files/base-files.ts';
import { remembered } from '../remembered.ts';
import { evaluate, type Lookup, renderText } from './environment.ts';
import { unknownText } from './unknown-text.ts';

/** The base of a FROM: an earlier stage, an image, nothing, or unresolved because of a variable. */
export function baseOf(from: FromInstruction, lookup: Lookup, escape: '\\' | '`', earlier: StageNames): Base {
  const text = evaluate(from.image, lookup, escape);
  if (text === undefined) return partlyKnownBase(renderText(from.image.raw, lookup, escape), from, earlier);
  if (text === '') return { kind: 'unresolved', text: from.image.raw };
  if (earlier.isNamedContext(text)) return { kind: 'unresolved', text };
  const stage = earlier.named(text);
  if (stage !== undefined) return { kind: 'stage', stage };
  if (text === 'scratch') return { kind: 'scratch' };
  const reference = parseImageReference(text);
  if (reference === undefined) return { kind: 'unresolved', text };
  const facts = baseImage(reference.familiar, reference.tag);
  return { kind: 'image', reference, text, ...(facts === undefined ? {} : { facts }) };
}

/** The stages before a FROM, by their names. */
export interface StageNames {
  /** Whether the build's caller puts a context of its own in the place of this name. */
  isNamedContext(name: string): boolean;
  named(name: string): Stage | undefined;
  /** Those whose names, lower-cased, hold these parts, with something between each two. */
  fitting(parts: readonly string[]): readonly Stage[];
}

/** Fewest characters of a stage's name that tell which one `builder-$VARIANT` means. */
const tellingPart = 3;

/**
 * A base whose name hangs on an argument that the build gets from outside: the one earlier stage that it can name, or one
 * of those for each platform that are all alike, else an image of a known name with whatever tag. U+FFFC stands for what is
 * not known.
 */
function partlyKnownBase(rendered: string, from: FromInstruction, earlier: StageNames): Base {
  const parts = rendered.split(unknownText);
  if (parts.join('').length >= tellingPart) {
    const fitting = earlier.fitting(parts.map((part) => part.toLowerCase()));
    const stage = fitting.length === 1 ? fitting[0] : oneOfAlike(from, fitting);
    if (stage !== undefined) return { kind: 'stage', stage };
  }
  const colon = rendered.lastIndexOf(':');
  const name = rendered.slice(0, colon);
  const reference =
    colon > rendered.lastIndexOf('/') && !name.includes(unknownText) ? parseImageReference(name) : undefined;
  if (reference === undefined) return { kind: 'unresolved', text: from.image.raw };
  const facts = baseImage(reference.familiar, rendered.slice(colon + 1).split('@', 1)[0]);
  return facts === undefined
    ? { kind: 'unresolved', text: from.image.raw }
    : { kind: 'image', reference, text: from.image.raw, openTag: true, facts };
}

const ofPlatform = /^TARGET(?:PLATFORM|OS|ARCH|VARIANT)$/;

/** `FROM alpine-$TARGETARCH`, where the stages for all platforms are one image and nothing else: what is true of one is true of each. */
function oneOfAlike({ image }: FromInstruction, stages: readonly Stage[]): Stage | undefined {
  if (!image.references.every((name) => ofPlatform.test(name))) return undefined;
  const kinds = new Set(
    stages.map(({ base, steps }) =>
      base.kind === 'image' && base.openTag !== true && base.facts !== undefined && steps.length === 0
        ? `${base.reference.familiar} ${JSON.stringify(base.facts)}`
        : undefined,
    ),
  );
  if (kinds.size !== 1 || kinds.has(undefined)) return undefined;
  return stages.find(({ id }) => id.includes('amd64')) ?? stages[0];
}

/** Whether a name starts with the first part, ends with the last, and has at least a character between each two. */
export function isMadeOf(name: string, parts: readonly string[]): boolean {
  const [first = '', ...rest] = parts;
  const last = rest.pop();
  if (last === undefined) return name === first;
  if (!name.startsWith(first)) return false;
  let from = first.length;
  for (const part of rest) {
    const at = name.indexOf(part, from + 1);
    if (at === -1) return false;
    from = at + part.length;
  }
  return name.length - last.length > from && name.endsWith(last);
}

/** What the first of the stages stands on that one is based on. */
const rootOf: (base: Base) => Base = remembered(
  (base) => base,
  (base) => (base.kind === 'stage' ? rootOf(base.stage.base) : base),
);

/** `node:6-onbuild`: its ONBUILD instructions copy the project and install it, at the place of the FROM. */
const hasTriggers = ({ reference }: Extract<Base, { kind: 'image' }>): boolean =>
  /(?:^|-)onbuild(?:-|$)/.test(reference.tag ?? '');

/** Whether names that the Dockerfile does not set may be set by the base image, and files of the project be in it. */
export function isOpenBase(from: Base): boolean {
  const base = rootOf(from);
  return base.kind === 'unresolved' || (base.kind === 'image' && (base.facts === undefined || hasTriggers(base)));
}

/** What the base may hold that no instruction tells. */
export function filesOfBase(from: Base): BaseFiles {
  const base = rootOf(from);
  if (base.kind === 'scratch') return 'nothing';
  return isOpenBase(base) ? 'unknown' : 'system';
}

/** The state before there is any: no base, nothing known, nothing set. */
export const emptyState: State = {
  env: new Map(),
  args: new Map(),
  workdir: undefined,
  user: { span: { line: 1, column: 1, endLine: 1, endColumn: 1 }, identity: 'unknown', setBy: 'base' },
  shell: undefined,
  rootfs: {
    stat: () => ({ presence: 'absent' }),
    linkAt: () => undefined,
    under: () => [],
    trees: () => [],
    extent: () => 0,
    entries: () => [],
  },
  entrypoint: undefined,
  cmd: undefined,
  exposedPorts: new Map(),
  labels: new Map(),
  volumes: new Map(),
  stopSignal: undefined,
  healthcheck: undefined,
  onbuild: [],
  managers: new Map(),
  settings: new Map(),
};

/** The arguments that a stage goes on with: the ENV of the one before it stands over those of its own. */
function notSetBy({ env, args }: State): State['args'] {
  const names = [...args.keys()].filter((name) => env.has(name));
  return names.length === 0 ? args : new Map([...args].filter(([name]) => !env.has(name)));
}

/** `shell`: what a comment says of the shell of the base. */
export function initialState(
  stage: Omit<Stage, 'result' | 'steps' | 'layers'>,
  rootfs: Rootfs,
  shell: readonly string[] | undefined,
): State {
  const { base } = stage;
  if (base.kind === 'stage')
    return {
      ...base.stage.result,
      args: notSetBy(base.stage.result),
      rootfs,
      onbuild: [],
      ...(shell === undefined ? {} : { shell }),
    };
  const facts = base.kind === 'image' ? base.facts : undefined;
  return {
    ...emptyState,
    env: environmentOf(stage),
    workdir: isOpenBase(base) ? undefined : (facts?.workdir ?? '/'),
    user: userOfBase(stage),
    shell: shell ?? (facts?.os === 'windows' ? ['cmd', '/S', '/C'] : undefined),
    rootfs,
  };
}

function environmentOf(stage: Pick<Stage, 'base' | 'span'>): Map<string, Value> {
  const env = new Map<string, Value>();
  if (stage.base.kind === 'scratch') env.set('PATH', { span: stage.span, via: 'image', secrets: [], text: systemPath });
  const facts = stage.base.kind === 'image' ? stage.base.facts : undefined;
  for (const [name, text] of Object.entries(facts?.env ?? {}))
    env.set(name, { span: stage.span, via: 'image', secrets: [], ...(text === undefined ? {} : { text }) });
  return env;
}

function userOfBase(stage: Pick<Stage, 'base' | 'from'>): User {
  const { base } = stage;
  const at = stage.from;
  if (base.kind === 'scratch') return { span: at.span, identity: 'root', setBy: 'base' };
  const facts = base.kind === 'image' ? base.facts : undefined;
  const name = facts?.userName;
  return { span: at.span, identity: facts?.user ?? 'unknown', setBy: 'base', ...(name === undefined ? {} : { name }) };
}

/**
 * The user that a USER instruction sets. `name`, `uid`, `name:group`, `uid:gid`; the group does not
 * matter for being root, and an empty value is root (measured: `USER ${UNSET}`).
 */
export function userAfter(instruction: WordInstruction, lookup: Lookup, escape: '\\' | '`'): User {
  const name = evaluate(instruction.value, lookup, escape);
  if (name === undefined) return { span: instruction.span, identity: 'unknown', setBy: 'instruction' };
  const account = name.split(':', 1)[0]?.trim() ?? '';
  const identity = account === '' || account === 'root' || /^0+$/.test(account) ? 'root' : 'non-root';
  return { span: instruction.span, identity, name, setBy: 'instruction' };
}
