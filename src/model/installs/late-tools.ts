/** Packages of the system and global tools that are installed again whenever application source changes. */
import type { Word } from '../../syntax/index.ts';
import type { Build, Command, Stage, Step } from '../build.ts';
import { resolve } from '../files/path.ts';
import { perStageAlone } from '../per-stage.ts';
import { changesOf, originOf, stageNamedBy } from '../query.ts';
import { anyPackageCallOf, buildCallOf, toolInstallOf } from '../run/command-calls.ts';

export interface LateTools {
  readonly command: Command;
  /** The call in two words: `apt-get install`. */
  readonly call: string;
  /** How source reached the layer before it. */
  readonly source: Arrival;
  /** Later RUNs of the same stage that install more, and run again too. */
  readonly more: readonly Command[];
  /** It would be as well to leave it there: nobody needs the stage, or what it downloads stays in a cache mount. */
  readonly mild: boolean;
}

/** The copy of source, or of what another stage has built from it. */
export interface Arrival {
  readonly step: Step;
  /** Relative to the context root. */
  readonly path: string;
  readonly built?: true;
}

/** One for each stage: the first install that stands behind the source and needs none of it. */
export const lateTools = perStageAlone<LateTools>(function* (stage, build) {
  const found: LateInstallOf[] = [];
  let output: Arrival | undefined;
  for (const step of stage.steps) {
    const install = step.commands.length === 0 ? undefined : firstInstall(step);
    const source = install === undefined ? undefined : (sourceBefore(step) ?? output);
    if (install !== undefined && source !== undefined && !needsSource(step, source)) found.push({ ...install, source });
    output ??= outputOf(step, build);
  }
  const [first, ...more] = found;
  if (first !== undefined) yield { ...first, more: more.map(({ command }) => command), mild: isMild(stage, first) };
});

type LateInstallOf = Pick<LateTools, 'command' | 'call' | 'source'>;

/** The first install of a RUN that is certainly made, and stays. */
function firstInstall({ commands }: Step): Pick<LateTools, 'command' | 'call'> | undefined {
  for (const command of commands) {
    if (command.runs !== 'always' || isPreparation(command, commands)) continue;
    const call = toolInstallOf(command);
    if (call !== undefined) return commands.some(takesAway) ? undefined : { command, call };
  }
  return undefined;
}

/** `pip install -U pip setuptools wheel && pip install -r requirements.txt`: it goes where that goes. */
const isPreparation = ({ name, arguments: words }: Command, all: readonly Command[]): boolean =>
  /^pip3?$/.test(name ?? '') &&
  words.every((word) => /^(?:install|-.*|(?:pip|setuptools|wheel)(?:[=<>~].*)?)$/.test(word ?? '')) &&
  all.some(({ install }) => install !== undefined && install.adds.length === 0);

/** What comes for the length of one RUN comes for what the RUN does with the source. */
const takesAway = (command: Command): boolean => {
  const call = anyPackageCallOf(command);
  return call?.operation === 'remove' && (call.packages.length > 0 || call.open);
};

const sourceBefore = (step: Step): Arrival | undefined =>
  step.cacheInputs.find(
    (input) => input.holds === 'source' && input.through === undefined && !(input.mounted && input.step === step),
  );

/** A copy of what another stage has built from source. */
function outputOf(step: Step, build: Build): Arrival | undefined {
  const { instruction } = step;
  if (instruction.keyword !== 'COPY' || instruction.from === undefined) return undefined;
  const from = stageNamedBy(instruction.from, step.stage, build);
  if (from === undefined || !from.steps.at(-1)?.cacheInputs.some(({ holds }) => holds === 'source')) return undefined;
  const made = changesOf(step);
  const isBuilt = made.some(({ content }) => content?.kind === 'output') || takesWhatIsNamed(instruction.sources, from);
  return isBuilt ? { step, path: '', built: true } : undefined;
}

/** Whether a build of the stage names the file that it makes: `go build -o /bin/shop`. */
const takesWhatIsNamed = (sources: readonly Word[], { steps }: Stage): boolean =>
  steps.some(({ commands }) =>
    commands.some(
      (command) =>
        buildCallOf(command) !== undefined &&
        sources.some(
          ({ text }) => text !== undefined && command.arguments.some((word) => isSamePath(word, text, command.workdir)),
        ),
    ),
  );

const isSamePath = (word: string | undefined, path: string, workdir: string | undefined): boolean =>
  word !== undefined && !word.startsWith('-') && resolve(workdir ?? '/', word) === resolve('/', path);

/** Where package managers find their repositories and keys. */
const repositories = [
  '/etc/apt',
  '/etc/apk',
  '/etc/yum.repos.d',
  '/etc/pki',
  '/etc/zypp',
  '/usr/share/keyrings',
  '/etc/ssl',
  '/usr/local/share/ca-certificates',
];

/** The source brings the repository that it installs from. */
const needsSource = (step: Step, source: Arrival): boolean =>
  repositories.some((folder) =>
    step.after.rootfs.under(folder).some((change) => {
      const { content } = originOf(change);
      return content?.kind !== 'text' && change.step.span.line >= source.step.span.line;
    }),
  );

function isMild(stage: Stage, { command, source }: LateInstallOf): boolean {
  const { instruction } = command.step;
  return (
    !stage.reachable ||
    source.step.stage !== stage ||
    (instruction.keyword === 'RUN' && instruction.mounts.some(({ type }) => type === 'cache'))
  );
}
