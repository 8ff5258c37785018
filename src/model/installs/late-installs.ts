/** Installs of dependencies that run again whenever application source changes. */
import { feedsInstall, handlesFilesOnly, isLocalPackage } from '../../knowledge/index.ts';
import type { Build, CacheInput, Command, Install, Located, Stage } from '../build.ts';
import { relativeTo, resolve } from '../files/path.ts';
import { commandsIn } from '../query.ts';
import { remembered } from '../remembered.ts';
import { addressesMembersIn, setsFolderDependenciesIn } from '../run/command-calls.ts';
import { type Sift, sifted } from '../sifted.ts';
import { isOpenBase } from '../state/image-state.ts';
import { installScripts } from './install-scripts.ts';
import { isLeftToTheBuild } from './optional-install.ts';

/** An install that runs again whenever application source changes. */
export interface LateInstall {
  readonly command: Command;
  /** The source that reached the layer before it, in the order of the file; that of other projects after its own. */
  readonly sources: readonly CacheInput[];
  /** The call in two words: `npm ci`, `mvnw dependency:go-offline`. */
  readonly call: string;
  /** What it does again: `runs it`, `downloads all modules`. */
  readonly does: string;
  /** It takes more than an order of instructions to mend, or little is left to do. */
  readonly mild: boolean;
  /** The manifest comes in by an instruction of its own, for a fetch that nobody has written. */
  readonly manifest?: Located;
}

/** Installs for which application source, copied earlier in the stage or its parents, is part of the cache key. */
export function* lateInstalls(build: Build): Iterable<LateInstall> {
  const done = new Map<Stage, Set<string>>();
  for (const { install, by } of installsAndCalled(build)) {
    const before = sourcesBefore(install.command, install.manager, install.follows === undefined);
    const sources = unasked(install, build, before);
    const { stage } = install.command.step;
    const earlier = doneIn(stage, done);
    if (sources.length === 0) for (const key of keysOf(install)) earlier.add(key);
    else if (
      isLate(install) &&
      !isAgain(install, earlier) &&
      !prunesAfterBuild(install) &&
      !takesStored(install, earlier)
    )
      yield { command: install.command, call: callOf(by), does: 'runs it', ...ofWhichProject(sources, install) };
  }
}

interface CalledInstall {
  readonly install: Install;
  /** What installs: the command of the RUN, or that of a script that it calls. */
  readonly by: Command;
}

/** Those of the scripts of the project too, where such a script does nothing else. */
function* installsAndCalled(build: Build): Iterable<CalledInstall> {
  for (const command of commandsIn(build)) {
    if (command.install !== undefined) yield { install: command.install, by: command };
    else if (command.within?.every(({ install, name }) => install !== undefined || handlesFilesOnly(name)) === true)
      for (const by of command.within) if (by.install !== undefined) yield { install: by.install, by };
  }
}

/** Less the files that a script of the install runs: it has to have them. */
function unasked(install: Install, build: Build, sources: readonly CacheInput[]): readonly CacheInput[] {
  if (sources.length === 0) return sources;
  const run = new Set(
    [...installScripts(install.command, build)].flatMap(({ text, folder }) =>
      text.split(/[\s;&|'"]+/).flatMap((word) => (/\.(?:[cm]?[jt]s|sh)$/.test(word) ? [resolve(folder, word)] : [])),
    ),
  );
  return run.size === 0 ? sources : sources.filter(({ destination }) => !run.has(destination));
}

/** The source of the project itself first. */
function ofWhichProject(sources: readonly CacheInput[], install: Install): Pick<LateInstall, 'sources' | 'mild'> {
  const project = install.directory ?? install.command.workdir;
  const { passed: own, others } = siftFor(
    install.command.step.stage,
    `beside ${project}`,
    (source) => !isBeside(source, project),
  )(sources);
  const mild =
    own.length === 0 ||
    sources.every(({ mounted, path }) => mounted || path.startsWith('turbo prune (full/')) ||
    !install.command.step.stage.reachable ||
    install.follows !== undefined ||
    install.needsSource ||
    isPrepared(install, sources) ||
    isLeftToTheBuild(install) ||
    linksMembers(install, sources);
  return { sources: others.length === 0 ? own : [...own, ...others], mild };
}

/** Members of a workspace or other folders, as other calls show: each of their manifests would have to come first. */
const linksMembers = ({ node, directory, command }: Install, sources: readonly CacheInput[]): boolean =>
  node &&
  ((!sources.some(({ through }) => through) && workspacesIn(command.step.stage).has(directory)) ||
    foldersLinkedIn(command.step.stage).has(directory));

/** Where calls of a stage address members of a workspace. */
const workspacesIn: (stage: Stage) => ReadonlySet<string | undefined> = remembered(
  (stage) => stage,
  (stage) => directoriesOf(stage, addressesMembersIn),
);

/** Where calls of a stage or of its bases make folders dependencies of the project. */
const foldersLinkedIn: (stage: Stage) => ReadonlySet<string | undefined> = remembered(
  (stage) => stage,
  (stage) => {
    const own = directoriesOf(stage, linksFolders);
    if (stage.base.kind !== 'stage') return own;
    const earlier = foldersLinkedIn(stage.base.stage);
    return own.size === 0 ? earlier : new Set([...earlier, ...own]);
  },
);

/** The folders that such commands work in. */
const directoriesOf = ({ steps }: Stage, isMeant: (command: Command) => boolean): ReadonlySet<string | undefined> =>
  new Set(
    steps.flatMap(({ commands }) =>
      commands.filter(isMeant).map(({ install, workdir }) => install?.directory ?? workdir),
    ),
  );

const linksFolders = (command: Command): boolean =>
  setsFolderDependenciesIn(command) || command.install?.adds.some(isLocalPackage) === true;

/**
 * The source that is part of the cache key of a command, less what an install of this ecosystem reads. `carried`: what
 * another stage passes on counts when it is the whole context. What it has built there does not: COPY --from is keyed on
 * content, which may come out the same, so that `rebuild` says of such an install that it may run.
 */
export const sourcesBefore = (command: Command, manager: string, carried = false): readonly CacheInput[] =>
  siftFor(
    command.step.stage,
    `read by ${manager} ${carried}`,
    ({ holds, through, path }) =>
      holds === 'source' &&
      (through === undefined || path.startsWith('turbo prune') || (carried && path === '.')) &&
      !feedsInstall(manager, path.replace(/\/$/, '')),
  )(command.step.cacheInputs).passed;

const siftersIn: (stage: Stage) => Map<string, Sift<CacheInput>> = remembered(
  (stage) => stage,
  () => new Map(),
);

/** From one install of a stage to the next the inputs grow: each is looked at once. */
function siftFor(stage: Stage, what: string, passes: (input: CacheInput) => boolean): Sift<CacheInput> {
  const known = siftersIn(stage);
  const sift = known.get(what) ?? sifted(passes);
  known.set(what, sift);
  return sift;
}

function callOf(command: Command): string {
  const [first, ...others] = command.arguments;
  if (command.invocation?.operation === 'focus') return 'yarn workspaces focus';
  const operand = command.invocation?.subcommand ?? others.find((word) => !word?.startsWith('-')) ?? '.';
  // `cpanm --installdeps .`, `clojure -P`: the option is what says it.
  const named = first?.startsWith('-') && operand !== '.' ? operand : first;
  return [command.name, named].join(' ').trim();
}

function isLate(install: Install): boolean {
  const { operation } = install.command.invocation ?? {};
  // Plugins that an argument of the build asks for come on top of what is there.
  if (operation === 'add' && install.command.runs === 'sometimes') return false;
  if (!install.separable || install.offline || operation === 'deploy' || operation === 'fetch') return false;
  return install.node ? !completesEarlierInstall(install) : install.follows === undefined;
}

/** The base image, which is not known, seems to bring the lockfile and may bring the packages: parts of a project whose lockfile is not seen to come in. */
const isPrepared = ({ node, lockfile, command }: Install, sources: readonly CacheInput[]): boolean =>
  node && lockfile !== 'present' && isOpenBase(command.step.stage.base) && sources.every(({ path }) => path !== '.');

/** A later install over a tree: it takes development packages out, or links what `pnpm fetch` has brought. */
const completesEarlierInstall = ({ follows, adds, development }: Install): boolean =>
  follows !== undefined &&
  adds.length === 0 &&
  (development === 'no' || follows.command.invocation?.operation === 'fetch');

/** `yarn workspaces focus --production` behind a script of the project, which has found its packages: they came another way. */
const prunesAfterBuild = ({ command: { invocation, step, workdir, span }, development }: Install): boolean =>
  invocation?.operation === 'focus' &&
  development === 'no' &&
  step.stage.steps.some(({ commands }) =>
    commands.some(
      (other) => other.invocation?.operation === 'run' && other.workdir === workdir && other.span.line < span.line,
    ),
  );

/** Production packages in place of all, out of the store that an install before the source has filled: nothing is downloaded. */
const takesStored = ({ manager, development, adds, command }: Install, earlier: ReadonlySet<string>): boolean =>
  development === 'no' &&
  adds.length === 0 &&
  command.arguments.includes('--prefer-offline') &&
  [...earlier].some((key) => key.startsWith(`${manager} `));

/** What was installed in a stage before source came in, its bases included. */
function doneIn(stage: Stage, done: Map<Stage, Set<string>>): Set<string> {
  const known = done.get(stage);
  if (known !== undefined) return known;
  const made = new Set(stage.base.kind === 'stage' ? doneIn(stage.base.stage, done) : []);
  done.set(stage, made);
  return made;
}

/** For Node.js only the install for production that stands for pruning, the tree removed by hand before it. */
function isAgain(install: Install, earlier: ReadonlySet<string>): boolean {
  const keys = keysOf(install);
  const { node, development, adds, directory } = install;
  if (node && (development !== 'no' || adds.length > 0 || directory === undefined)) return false;
  return keys.length > 0 && (keys.every((key) => earlier.has(key)) || isOfCopies(install, earlier));
}

/** It works on copies of manifests for which an install has run before: `cp package*.json dist/`. */
function isOfCopies({ manager, reads, command: { step } }: Install, earlier: ReadonlySet<string>): boolean {
  const copied = reads.map((path) => {
    const { source } = step.after.rootfs.stat(path).change ?? {};
    return source?.step.stage === step.stage ? source.path : undefined;
  });
  return copied.length > 0 && copied.every((path) => path !== undefined && earlier.has(`${manager} ${path}`));
}

/**
 * What tells one install from another. The same one again, after the source came in, finds its packages there:
 * it installs the project itself (`poetry install`, `uv sync`, `mix deps.get`).
 */
const keysOf = ({ manager, directory, reads }: Install): readonly string[] =>
  reads.length === 0 ? [`${manager} ${directory}`] : reads.map((path) => `${manager} ${path}`);

/** Neither in the directory of the project nor around it; the whole context holds that project too. */
export function isBeside({ path, destination, mounted }: CacheInput, project: string | undefined): boolean {
  if (mounted || project === undefined || path === '.') return false;
  return relativeTo(project, destination) === undefined && relativeTo(destination, project) === undefined;
}
