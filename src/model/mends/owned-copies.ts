/** Owners and modes said by COPY, in place of a RUN that gives them to all of a tree. */
import { modeCall, ownerCall } from '../../knowledge/index.ts';
import type { Edit } from '../../syntax/index.ts';
import { accountHistory } from '../accounts/accounts.ts';
import type { Build, Command, CopyInstruction, Step } from '../build.ts';
import { isGlob, join, relativeTo, resolve } from '../files/path.ts';
import { chainOf, changesOf } from '../query.ts';
import type { RewrittenTree } from '../shipped/rewritten-trees.ts';
import { isAllOf, withoutCommands } from './commands-out.ts';
import { behind, type Fix } from './fix.ts';
import { writtenAt } from './written.ts';

/** What a command gives to trees: the flag that does the same. */
interface Gift {
  readonly command: Command;
  readonly flag: 'chown' | 'chmod';
  readonly value: string;
  readonly paths: readonly string[];
}

/**
 * The fix for a RUN whose trees come by COPY and ADD of its stage alone. Folders that stood there before keep a
 * command without -R. Undefined where anything else is in them, or an account is not there yet.
 */
export function ownedCopies(build: Build, { command: { step } }: RewrittenTree): Fix | undefined {
  const gifts = step.commands.flatMap((command) => giftOf(command) ?? []);
  const edits: Edit[] = [];
  const flags = new Map<Step, Map<Gift['flag'], string>>();
  const gone: Command[] = [];
  let isWhole = true;
  for (const gift of gifts) {
    const parts = partsOf(gift, step);
    if (parts === undefined || isTouched(gift, parts.copies, step, gifts)) return undefined;
    isWhole &&= parts.isWhole;
    for (const copy of parts.copies) {
      const known = flags.get(copy) ?? new Map<Gift['flag'], string>();
      flags.set(copy, known.set(gift.flag, gift.value));
    }
    const kept = withoutRecursion(build, gift, parts.folders);
    if (kept === undefined) return undefined;
    if (kept === 'none') gone.push(gift.command);
    else edits.push(...kept);
  }
  const removed = gone.length === 0 ? [] : withoutCommands(build, step, gone);
  if (removed === undefined || flags.size === 0) return undefined;
  // Folders of a RUN that goes as a whole have to keep their owner.
  if (isAllOf(step, gone) && edits.length > 0) return undefined;
  for (const [copy, wanted] of flags) {
    const edit = withFlags(build, copy, wanted);
    if (edit === undefined) return undefined;
    edits.push(...edit);
  }
  const said = [...new Set([...flags.values()].flatMap((each) => [...each].map(([flag, to]) => `--${flag}=${to}`)))];
  const isSame = gifts.every(({ flag, value }) => flag === 'chmod' || value.includes(':'));
  return {
    says: `Copy with ${said.join(' and ')}`,
    safety: isSame && isWhole && isQuiet(step, [...flags.keys()], gifts.at(-1)?.command) ? 'safe' : 'unsafe',
    edits: [...edits, ...removed],
  };
}

function giftOf(command: Command): Gift | undefined {
  const { name, arguments: words, workdir } = command;
  if (name !== 'chown' && name !== 'chmod') return undefined;
  const owns = ownerCall(name, words);
  const modes = name === 'chmod' ? modeCall(name, words) : undefined;
  if (owns?.recursive !== true && modes?.recursive !== true) return undefined;
  const value = owns?.owner ?? modes?.mode ?? '';
  const paths = (owns ?? modes)?.paths ?? [];
  const known = paths.flatMap((path) =>
    path === undefined || isGlob(path) || (workdir === undefined && !path.startsWith('/'))
      ? []
      : [resolve(workdir ?? '/', path).replace(/(?<=.)\/$/, '')],
  );
  return { command, flag: name, value, paths: known.length === paths.length ? known : [] };
}

interface Parts {
  readonly copies: readonly Step[];
  /** Directories that instructions have made, the named ones among them. */
  readonly folders: readonly string[];
  /** Neither the base nor what is copied to a folder above may bring more of them. */
  readonly isWhole: boolean;
}

/** A tree that is made of more is left to a person: each COPY that brings a part of it would get the flag. */
const mostChanges = 100;

function partsOf({ paths, value, flag, command }: Gift, step: Step): Parts | undefined {
  const isPlain = flag === 'chown' ? /^[\w.-]+(?::[\w.-]+)?$/.test(value) : /^0?[0-7]{3}$/.test(value);
  if (!isPlain || paths.length === 0 || command.runs !== 'always') return undefined;
  const copies = new Set<Step>();
  const folders = new Set<string>();
  let isWhole = true;
  const start = chainOf(step.stage).find(({ steps }) => steps.length > 0)?.steps[0]?.before.rootfs;
  for (const path of paths) {
    const there = start?.stat(path);
    if (step.after.rootfs.extent(path) > mostChanges) return undefined;
    if (path === '/' || there === undefined || (there.presence !== 'absent' && there.fromBase !== true))
      return undefined;
    if (there.presence !== 'absent') {
      isWhole = false;
      folders.add(path);
    }
    for (const change of step.after.rootfs.trees(path)) {
      if (change.kind === 'removal' || change.runs !== 'always' || change.step.stage !== step.stage) return undefined;
      if (copyOf(change.step) === undefined) {
        if (change.content?.kind !== 'directory') return undefined;
        for (const folder of foldersTo(change.path, path)) folders.add(folder);
      } else if (changesOf(change.step).every((each) => paths.some((one) => relativeTo(one, each.path) !== undefined)))
        copies.add(change.step);
      else isWhole = false;
    }
  }
  return { copies: [...copies], folders: [...folders].sort(), isWhole };
}

/** Whether anything between the copies and the command gives a part of it another owner or mode, which then would last. */
function isTouched(
  { command, flag, paths }: Gift,
  copies: readonly Step[],
  step: Step,
  gifts: readonly Gift[],
): boolean {
  const { steps } = step.stage;
  const first = Math.min(...copies.map((copy) => steps.indexOf(copy)));
  const own = step.commands.slice(0, step.commands.indexOf(command));
  const between = steps.slice(first, steps.indexOf(step)).flatMap(({ commands }) => commands);
  return [...between, ...own].some((other) => {
    if (gifts.some((gift) => gift.command === other)) return false;
    const call = flag === 'chown' ? ownerCall(other.name, other.arguments) : modeCall(other.name, other.arguments);
    return call?.paths.some((word) => {
      const path =
        word === undefined || isGlob(word) || (other.workdir === undefined && !word.startsWith('/'))
          ? undefined
          : resolve(other.workdir ?? '/', word);
      if (path === undefined) return true;
      return paths.some((one) => relativeTo(one, path) !== undefined || relativeTo(path, one) !== undefined);
    });
  });
}

/** Those that `mkdir -p` has made on the way, too. */
function foldersTo(folder: string, from: string): readonly string[] {
  const names = (relativeTo(from, folder) ?? '').split('/').filter((name) => name !== '');
  return [from, ...names.map((_, at) => join(from, names.slice(0, at + 1).join('/')))];
}

const copyOf = ({ instruction }: Step): CopyInstruction | undefined =>
  instruction.keyword === 'COPY' || instruction.keyword === 'ADD' ? instruction : undefined;

/** The command for the folders alone; `none` where there are none. */
function withoutRecursion(build: Build, gift: Gift, folders: readonly string[]): readonly Edit[] | 'none' | undefined {
  if (folders.length === 0) return 'none';
  const { words } = gift.command.shell;
  const [program, second] = words;
  const last = words.at(-1);
  if (program?.text !== gift.flag || second === undefined || last === undefined || folders.length > mostFolders)
    return undefined;
  if (words.some((word) => writtenAt(build, word.span) !== word.raw)) return undefined;
  const named = folders.map((folder) => {
    const at = gift.paths.indexOf(folder);
    return at === -1 ? folder : (words[words.length - gift.paths.length + at]?.raw ?? folder);
  });
  const at = { ...second.span, endLine: last.span.endLine, endColumn: last.span.endColumn };
  return [{ at, text: [gift.value, ...named].join(' ') }];
}

/** More of them are a tree that is better left to one word. */
const mostFolders = 4;

/** The flags behind those that are there; undefined where another is there, or a name would not be known. */
function withFlags(build: Build, step: Step, wanted: ReadonlyMap<Gift['flag'], string>): readonly Edit[] | undefined {
  const instruction = copyOf(step);
  if (instruction === undefined || instruction.onbuild) return undefined;
  const added: string[] = [];
  for (const [flag, value] of wanted) {
    const there = instruction[flag];
    if (there !== undefined && there.text !== value) return undefined;
    if (there === undefined) added.push(` --${flag}=${value}`);
    if (flag === 'chown' && !isKnownTo(build, step, instruction, value)) return undefined;
  }
  if (added.length === 0) return [];
  return [behind(instruction.flags.at(-1)?.span ?? instruction.keywordSpan, added.join(''))];
}

/** A copy that gives what it brings to an account; undefined where it names another one, or does not know this one. */
export const ownedBy = (build: Build, step: Step, account: string): readonly Edit[] | undefined =>
  withFlags(build, step, new Map([['chown', account]]));

function isKnownTo(build: Build, step: Step, { link }: CopyInstruction, owner: string): boolean {
  const [user = '', group = ''] = owner.split(':');
  const isNumber = (name: string): boolean => name === '' || /^\d+$/.test(name);
  if (isNumber(user) && isNumber(group)) return true;
  const { users, groups } = accountHistory(build).before(step);
  return !link && (isNumber(user) || users.has(user)) && (isNumber(group) || groups.has(group));
}

/** Nothing that runs between them, nor before in the same RUN, may mind who owns the files. */
function isQuiet(step: Step, copies: readonly Step[], last: Command | undefined): boolean {
  const { steps } = step.stage;
  const first = Math.min(...copies.map((copy) => steps.indexOf(copy)));
  return steps
    .slice(first, steps.indexOf(step) + 1)
    .filter(({ instruction }) => instruction.keyword === 'RUN')
    .every((run) => {
      const until = run === step && last !== undefined ? run.commands.indexOf(last) : run.commands.length;
      return run.commands.slice(0, until).every(isOfAccounts);
    });
}

const isOfAccounts = ({ name }: Command): boolean =>
  /^(?:ch(?:own|mod|grp)|(?:add|del)?(?:user|group)(?:add|mod)?|mkdir|set|apk|apt-get|rm)$/.test(name ?? '');
