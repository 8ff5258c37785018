/** Builds that fetch the dependencies themselves, and do so again whenever application source changes. */
import { type FetchingBuild, fetchingBuild, isOpenCommand, manifestNeedsSource } from '../../knowledge/index.ts';
import type { Build, CacheInput, Command, Presence, Stage, Step } from '../build.ts';
import { textAt } from '../files/context-text.ts';
import { baseName, directoryName, join, resolve } from '../files/path.ts';
import { perStageAlone } from '../per-stage.ts';
import { chainOf, stageNamedBy } from '../query.ts';
import { fetchingBuildOf } from '../run/command-calls.ts';
import { isOpenBase } from '../state/image-state.ts';
import { isBeside, type LateInstall, sourcesBefore } from './late-installs.ts';

/** Where no call before them, no mount and no folder of the project has brought the dependencies. */
export const lateBuilds = perStageAlone<LateInstall>(function* ({ steps }, build) {
  const warm = new Set<string>();
  for (const { commands } of steps)
    for (const command of commands) {
      const made = madeBy(command);
      if (made === undefined || warm.has(made.ecosystem)) continue;
      warm.add(made.ecosystem);
      const found = lateBuild(command, made, build);
      if (found !== undefined) yield found;
    }
});

function lateBuild(command: Command, made: FetchingBuild, build: Build): LateInstall | undefined {
  const { step, workdir } = command;
  if (hasCacheMount(step) || workdir === undefined) return undefined;
  const directory = resolve(workdir, made.directory ?? '.');
  const sources = sourcesBefore(command, made.ecosystem).filter((source) => !isBeside(source, directory));
  if (sources.length === 0) return undefined;
  const project = projectOf(directory, made, step, build);
  if (project.asks === 'no' || isWarm(command, made, build)) return undefined;
  // Programs in Go may need nothing but the standard library; hardly any crate does.
  if (project.asks === 'unknown' && made.ecosystem === 'go') return undefined;
  const sure = project.asks === 'yes' && !project.needsSource && !isOpenBase(step.stage.base);
  const manifest = sure ? manifestBefore(sources, made, step) : undefined;
  const { call, does } = made;
  const mild = manifest === undefined || !step.stage.reachable;
  return { command, call, does, sources, mild, ...(manifest === undefined ? {} : { manifest }) };
}

/** An instruction that brings manifests alone, before all of the source. */
function manifestBefore([first]: readonly CacheInput[], made: FetchingBuild, { stage }: Step): Step | undefined {
  if (first?.step.stage !== stage || first.mounted) return undefined;
  return stage.steps
    .slice(0, stage.steps.indexOf(first.step))
    .find(
      ({ instruction }) =>
        (instruction.keyword === 'COPY' || instruction.keyword === 'ADD') &&
        instruction.from === undefined &&
        instruction.sources.some(({ raw }) => isManifest(baseName(raw), made)),
    );
}

const isManifest = (name: string, { manifest, isManifest: isOther }: FetchingBuild): boolean =>
  name === manifest || isOther?.test(name) === true;

function madeBy(command: Command): FetchingBuild | undefined {
  const { name, arguments: words, shell, step } = command;
  const own = shell.environment.find((each) => each.name === 'GOFLAGS');
  const flags = own === undefined ? step.before.env.get('GOFLAGS') : own.value;
  if (flags === undefined) return fetchingBuildOf(command);
  return fetchingBuild([name, ...words], flags.text === undefined ? [undefined] : flags.text.split(/\s+/));
}

const hasCacheMount = ({ instruction }: Step): boolean =>
  instruction.keyword === 'RUN' && instruction.mounts.some(({ type }) => type === 'cache');

interface Project {
  /** Whether there are dependencies. */
  readonly asks: 'yes' | 'no' | 'unknown';
  readonly needsSource: boolean;
}

function projectOf(directory: string, made: FetchingBuild, { before }: Step, build: Build): Project {
  const { rootfs } = before;
  if (made.asks === undefined) return { asks: 'yes', needsSource: needsModules(directory, made, rootfs, build) };
  const folder = nearest(made.manifest, directory, (path) => rootfs.stat(path).presence);
  const workspace = made.workspace !== undefined && presenceAbove(made.workspace, directory, before) === 'present';
  if (folder === undefined || rootfs.stat(join(folder, made.vendored)).presence === 'present')
    return { asks: workspace ? 'unknown' : 'no', needsSource: false };
  const path = join(folder, made.manifest);
  const text = textAt(path, rootfs, build);
  if (text !== undefined && !made.asks.test(text)) return { asks: workspace ? 'unknown' : 'no', needsSource: false };
  const lockfile = presenceAbove(made.lockfile, directory, before);
  // Every module that asks for others has one; a crate gets its lockfile when it is built.
  if (lockfile === 'absent' && made.ecosystem === 'go' && !workspace) return { asks: 'no', needsSource: false };
  const needsSource = workspace || (text !== undefined && manifestNeedsSource(path, text));
  return { asks: lockfile === 'present' || text !== undefined ? 'yes' : 'unknown', needsSource };
}

function needsModules(directory: string, made: FetchingBuild, rootfs: Step['before']['rootfs'], build: Build): boolean {
  const path = join(directory, made.manifest);
  const text = textAt(path, rootfs, build);
  return text !== undefined && manifestNeedsSource(path, text);
}

const presenceAbove = (name: string, directory: string, { rootfs }: Step['before']): Presence => {
  const folder = nearest(name, directory, (path) => rootfs.stat(path).presence);
  return folder === undefined ? 'absent' : rootfs.stat(join(folder, name)).presence;
};

/** The folder, this one or above, in which a file stands or may stand. */
function nearest(name: string, directory: string, presence: (path: string) => Presence): string | undefined {
  let doubtful: string | undefined;
  for (let at = directory; ; at = directoryName(at)) {
    const found = presence(join(at, name));
    if (found === 'present') return at;
    if (found === 'unknown') doubtful ??= at;
    if (at === '/') return doubtful;
  }
}

/** Whether something before it has fetched them, or may have. */
function isWarm(command: Command, made: FetchingBuild, build: Build): boolean {
  const { step } = command;
  const { stage } = step;
  const { base, steps } = stage;
  if (base.kind === 'stage' && fetches(base.stage, made)) return true;
  const earlier = [
    ...chainOf(stage)
      .slice(0, -1)
      .flatMap((each) => each.steps),
    ...steps.slice(0, steps.indexOf(step)),
  ];
  return installs(step, made) || earlier.some((each) => warms(each, made, build));
}

function warms(step: Step, made: FetchingBuild, build: Build): boolean {
  const { stage, instruction } = step;
  if (instruction.keyword === 'COPY' && instruction.from !== undefined) {
    const from = stageNamedBy(instruction.from, stage, build);
    return from === undefined
      ? instruction.sources.some(({ raw }) =>
          /pkg\/mod|cargo|target|vendor|\.m2|\.gradle|\.nuget|\.ivy2|coursier/.test(raw),
        )
      : fetches(from, made);
  }
  return installs(step, made) || step.commands.some((command) => mayFetch(command, made));
}

/** An install that needs the source as the build does has done nothing yet where the source comes first. */
const installs = ({ commands }: Step, made: FetchingBuild): boolean =>
  commands.some(
    (command) =>
      command.install?.manager === made.ecosystem && (command.install.separable || !hasSource(command, made)),
  );

/** Before the source, from manifests or in words that nobody here can read. */
const mayFetch = (command: Command, made: FetchingBuild): boolean =>
  !hasSource(command, made) &&
  (madeBy(command)?.ecosystem === made.ecosystem ||
    (command.step.cacheInputs.length > 0 && isOpenCommand(command.name, command.arguments)));

const hasSource = (command: Command, made: FetchingBuild): boolean => sourcesBefore(command, made.ecosystem).length > 0;

const fetches = (stage: Stage, made: FetchingBuild): boolean =>
  chainOf(stage).some(({ steps }) =>
    steps.some(({ commands }) =>
      commands.some(
        (command) => command.install?.manager === made.ecosystem || madeBy(command)?.ecosystem === made.ecosystem,
      ),
    ),
  );
