/** Downloads of package managers that are not to stay in a layer. */
import type { PackageCache } from '../../knowledge/index.ts';
import type { Edit } from '../../syntax/index.ts';
import type { Build, Command, Stage, Step } from '../build.ts';
import { isUntouched } from '../files/base-files.ts';
import { remembered } from '../remembered.ts';
import { systemPackageCallOf } from '../run/command-calls.ts';
import type { ShippedCache } from '../shipped/package-caches.ts';
import { type Fix, wordAs, wordBehind } from './fix.ts';
import { atEndOf } from './run-end.ts';

/** The fix for caches of one manager, each in the instruction that fills it; undefined unless all can go. */
export function emptiedCaches(build: Build, caches: readonly ShippedCache[]): Fix | undefined {
  const edits: Edit[] = [];
  const says = new Set<string>();
  for (const { cache, filledBy } of caches) {
    const mend = mendOf(build, cache, filledBy);
    if (mend === undefined) return undefined;
    edits.push(...mend.edits);
    says.add(mend.says);
  }
  return edits.length === 0 ? undefined : { says: [...says].join(', '), safety: 'safe', edits };
}

interface Mend {
  readonly says: string;
  readonly edits: readonly Edit[];
}

function mendOf(build: Build, cache: PackageCache, filledBy: Command): Mend | undefined {
  const { manager, program } = cache;
  const { step, shell } = filledBy;
  if (shell.partial || shell.elsewhere !== undefined || isTakenUpLater(build, manager, step)) return undefined;
  // Somebody else's files need sudo once more.
  if (shell.words.length !== shell.effective.length && manager !== 'pip') return undefined;
  if (cache.isOfCommand) return withoutFolder(build, cache, step);
  const flag = flags.get(manager);
  const calls = step.commands.filter((command) => verbOf(command, manager) !== undefined);
  if (flag !== undefined && !step.commands.some((command) => updatesApk(command)))
    return calls.length === 0 ? undefined : withFlag(calls, manager, flag);
  if (manager === 'apt' && !step.commands.some(installs)) return undefined;
  const command = cleaning(manager, program, filledBy);
  if (command === undefined) return undefined;
  const edit = atEndOf(build, step, command);
  return edit === undefined ? undefined : { says: `Add ${command}`, edits: [edit] };
}

/** The folder itself goes, where nothing but the cache is in it. */
function withoutFolder(build: Build, { paths: [path = ''] }: PackageCache, step: Step): Mend | undefined {
  // It cannot be taken away where it is made a mount.
  if (step.instruction.keyword !== 'RUN' || step.instruction.mounts.length > 0) return undefined;
  const isOwn = /^(?:\/[\w.-]+){2,}$/.test(path) && step.after.rootfs.under(path).length === 0;
  const command = `rm -rf ${path}`;
  const edit = isOwn && isUntouched(step.before.rootfs.stat(path)) ? atEndOf(build, step, command) : undefined;
  return edit === undefined ? undefined : { says: `Add ${command}`, edits: [edit] };
}

/** A flag that keeps a manager from filling its cache. */
const flags: ReadonlyMap<string, string> = new Map([
  ['apk', '--no-cache'],
  ['pip', '--no-cache-dir'],
  ['poetry', '--no-cache'],
  ['uv', '--no-cache'],
]);

function withFlag(calls: readonly Command[], manager: string, flag: string): Mend | undefined {
  const edits: Edit[] = [];
  for (const call of calls) {
    if (call.shell.partial || call.shell.elsewhere !== undefined) return undefined;
    const verb = verbOf(call, manager);
    const words = call.shell.effective;
    if (verb === undefined || words.some(({ text }) => text === flag)) continue;
    const update = manager === 'apk' ? words.find(({ text }) => text === '--update' || text === '-U') : undefined;
    edits.push(update === undefined ? wordBehind(call, verb, flag) : wordAs(call, update, flag));
  }
  return { says: `Add ${flag}`, edits };
}

const verbs: ReadonlyMap<string, readonly [program: RegExp, verb: RegExp]> = new Map([
  ['apk', [/^apk$/, /^add$/]],
  ['pip', [/^(?:pip|python)[\d.]*$/, /^(?:install|wheel|download)$/]],
  ['poetry', [/^poetry$/, /^(?:install|sync|update|add)$/]],
  ['uv', [/^uv$/, /^(?:install|sync|add)$/]],
]);

function verbOf({ shell, name }: Command, manager: string) {
  const [program, verb] = verbs.get(manager) ?? [];
  if (program === undefined || !program.test(name ?? '')) return undefined;
  return shell.effective.slice(1).find(({ text }) => text !== undefined && verb?.test(text) === true);
}

const updatesApk = ({ name, arguments: words }: Command): boolean =>
  name === 'apk' && words.some((word) => word === 'update' || word === 'upgrade' || word === 'fix');

/** Lists that nothing is installed from are a fault of another kind. */
const installs = (command: Command): boolean => systemPackageCallOf(command)?.operation === 'install';

function cleaning(manager: string, program: string | undefined, { step, name }: Command): string | undefined {
  const isRoot = step.before.user.identity === 'root';
  switch (manager) {
    case 'apt':
      return isRoot ? 'rm -rf /var/lib/apt/lists/*' : undefined;
    case 'apk':
      return isRoot ? 'rm -rf /var/cache/apk/*' : undefined;
    case 'pacman':
      return isRoot ? 'rm -rf /var/cache/pacman/pkg/*' : undefined;
    case 'rpm':
      return isRoot && program !== undefined ? `${program} clean ${program === 'zypper' ? '--all' : 'all'}` : undefined;
    case 'npm':
      return name === 'meteor' ? 'meteor npm cache clean --force' : 'npm cache clean --force';
    case 'yarn':
      return 'yarn cache clean';
    case 'composer':
      return name === 'composer' ? 'composer clear-cache' : undefined;
    case 'conda':
      return /^(?:conda|mamba|micromamba)$/.test(name ?? '') ? `${name} clean --all --yes` : undefined;
    default:
      return undefined;
  }
}

/** Another instruction that installs from what this one has fetched, or without the network. */
const isTakenUpLater = (build: Build, manager: string, { stage, span }: Step): boolean => {
  const takers = lastTakers(build.stages).get(stage);
  return Math.max(takers?.get(manager) ?? 0, takers?.get(offline) ?? 0) > span.line;
};

/** Stands for a manager whatever it is. */
const offline = '';

/**
 * By stage the lines of the last instructions in it, or in stages that stand on it, that take up what an earlier one
 * has fetched; by the manager that does it.
 */
const lastTakers = remembered(
  (stages: readonly Stage[]) => stages,
  (stages) => {
    const lines = new Map<Stage, Map<string, number>>();
    for (const stage of stages.toReversed()) {
      const own = lines.get(stage) ?? new Map<string, number>();
      lines.set(stage, own);
      for (const { commands, span } of stage.steps)
        for (const manager of takersIn(commands)) keepLast(own, manager, span.line);
      if (stage.base.kind !== 'stage') continue;
      const below = lines.get(stage.base.stage) ?? new Map<string, number>();
      lines.set(stage.base.stage, below);
      for (const [manager, line] of own) keepLast(below, manager, line);
    }
    return lines;
  },
);

const keepLast = (lines: Map<string, number>, manager: string, line: number): void =>
  void lines.set(manager, Math.max(lines.get(manager) ?? 0, line));

function* takersIn(commands: readonly Command[]): Iterable<string> {
  let isUpdated = false;
  for (const command of commands) {
    const { name, arguments: words } = command;
    if (words.some((word) => /^--(?:prefer-)?offline$/.test(word ?? ''))) yield offline;
    isUpdated ||= /^(?:apt|apt-get|aptitude|apk)$/.test(name ?? '') && words.includes('update');
    const call = isUpdated ? undefined : systemPackageCallOf(command);
    if (call?.operation !== 'install' || (call.manager !== 'apt' && call.manager !== 'apk')) continue;
    if (!words.some((word) => /^(?:--no-cache|-U|--update|--update-cache)$/.test(word ?? ''))) yield call.manager;
  }
}
