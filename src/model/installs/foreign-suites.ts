/** Archives of another release, or of another distribution, beside those of the base image. */
import {
  type DistributionRelease,
  isForeign,
  type RepositoryLine,
  releaseOfImage,
  repositoryLine,
} from '../../knowledge/index.ts';
import type { Build, Located, Stage } from '../build.ts';
import { chainOf } from '../query.ts';
import { type ReadCommand, readCommands } from '../run/fetches.ts';
import { writtenRuns } from '../run/written-runs.ts';

export interface ForeignSuite extends Located {
  readonly line: RepositoryLine;
  readonly base: DistributionRelease;
  /** The FROM that takes the base. */
  readonly from: Located;
}

/** Each line of sources that nothing keeps from the upgrade of every package. */
export function* foreignSuites(build: Build): Iterable<ForeignSuite> {
  for (const { step, script } of writtenRuns(build)) {
    const { text } = script.text;
    if (!text.includes('deb') && !text.includes('/alpine/')) continue;
    const origin = originOf(step.stage);
    const base = origin === undefined ? undefined : releaseOf(origin);
    if (origin === undefined || base === undefined || isPreferred(step.stage, build)) continue;
    const commands = readCommands(step, script);
    if (commands.some(isPreference)) continue;
    for (const [at, command] of commands.entries())
      for (const { span, line } of linesOf(command))
        if (isForeign(line, base) && !commands.slice(at + 1).some(removesSource))
          yield { span, line, base, from: origin.from.image };
  }
}

const originOf = (stage: Stage): Stage | undefined => chainOf(stage)[0];

function releaseOf({ base }: Stage): DistributionRelease | undefined {
  if (base.kind !== 'image' || base.openTag === true) return undefined;
  return releaseOfImage(base.reference.familiar, base.reference.tag ?? '');
}

const writers = new Set(['echo', 'printf', 'add-apt-repository', 'apt-add-repository']);

function* linesOf({ name, words, shell }: ReadCommand): Iterable<Located & { readonly line: RepositoryLine }> {
  if (name === 'cat' || name === 'tee')
    for (const { heredoc } of shell.redirects) {
      if (heredoc === undefined) continue;
      const line = firstLine(heredoc.text ?? heredoc.raw);
      if (line !== undefined) yield { span: heredoc.span, line };
    }
  if (name === undefined || !writers.has(name)) return;
  for (const [at, word] of words.entries()) {
    const line = firstLine(word);
    const written = shell.effective[at + 1];
    if (line !== undefined && written !== undefined) yield { span: written.span, line };
  }
  const [first] = words;
  const whole = first === 'deb' || first === 'deb-src' ? firstLine(words.join(' ')) : undefined;
  if (whole !== undefined) yield { span: shell.span, line: whole };
}

const firstLine = (text: string): RepositoryLine | undefined =>
  text
    .split(/\n|\\n/)
    .map(repositoryLine)
    .find((line) => line !== undefined);

/** Preferences or a default release say what is taken from where. */
const isPreferred = (stage: Stage, build: Build): boolean =>
  stage.result.rootfs.under('/etc/apt/preferences').length > 0 ||
  stage.result.rootfs.under('/etc/apt/preferences.d').length > 0 ||
  writtenRuns(build).some(
    ({ step, script }) => chainOf(stage).includes(step.stage) && /Default-Release|Pin-Priority/.test(script.text.text),
  );

const isPreference = ({ words }: ReadCommand): boolean => words.some((word) => word.includes('/etc/apt/preferences'));

/** The list is taken away again in the RUN that writes it. */
const removesSource = ({ name, words }: ReadCommand): boolean =>
  (name === 'rm' || name === 'sed' || name === 'mv') &&
  words.some((word) => /\/etc\/(?:apt\/sources\.list|apk\/repositories)/.test(word));
