/** Files that stand below a USER and belong to root all the same. */
import type { Build, Located, Stage, Step } from '../build.ts';
import { chainOf } from '../query.ts';
import { ownSteps, textAt } from '../state/word-values.ts';
import { relativeTo, resolve } from './path.ts';

export interface RootOwnedCopy extends Located {
  readonly step: Step;
  /** As it stands in the image config, without its group. */
  readonly user: string;
  /** Another COPY of the stage that gives its files to that user. */
  readonly unlike?: Located;
}

/** Copies from the build context: those from a stage keep their owners. A chown further down makes good for it. */
export function* rootOwnedCopies(build: Build): Iterable<RootOwnedCopy> {
  const chowns = new Map(build.stages.map((stage) => [stage, chownsIn(stage)]));
  for (const stage of build.stages) {
    const copies = ownSteps(stage).filter(isOwnedByRoot);
    if (copies.length === 0) continue;
    const heirs = build.stages.filter((each) => chainOf(each).includes(stage));
    const later = heirs.flatMap((each) => chowns.get(each) ?? []);
    const owners = ownersIn(stage, build);
    for (const step of copies) {
      const [user = ''] = step.before.user.name?.split(':') ?? [];
      const path = destinationOf(step, build);
      const unlike = owners.get(user);
      if (path === undefined || later.some((chown) => changes(chown, path, step))) continue;
      yield { span: step.instruction.keywordSpan, step, user, ...(unlike === undefined ? {} : { unlike }) };
    }
  }
}

function isOwnedByRoot({ instruction, before }: Step): boolean {
  if (instruction.keyword !== 'COPY' && instruction.keyword !== 'ADD') return false;
  const { chown, chmod, from } = instruction;
  if (chown !== undefined || chmod !== undefined || from !== undefined) return false;
  return before.user.identity === 'non-root' && before.user.name !== undefined;
}

function destinationOf(step: Step, build: Build): string | undefined {
  const { instruction, before } = step;
  const to = 'destination' in instruction ? textAt(instruction.destination, step, build) : undefined;
  return to === undefined || before.workdir === undefined ? undefined : resolve(before.workdir, to);
}

/** The accounts that copies from the context are given to, by the first place that does. */
function ownersIn(stage: Stage, build: Build): ReadonlyMap<string, Located> {
  const owners = new Map<string, Located>();
  for (const step of stage.steps) {
    const { instruction } = step;
    if (!('chown' in instruction) || instruction.chown === undefined || instruction.from !== undefined) continue;
    const owner = textAt(instruction.chown, step, build)?.split(':', 1)[0];
    if (owner !== undefined && !owners.has(owner)) owners.set(owner, instruction.chown);
  }
  return owners;
}

interface Chown {
  readonly line: number;
  /** Absolute; undefined where one of them is not known. */
  readonly paths: readonly string[] | undefined;
}

const chownsIn = ({ steps }: Stage): readonly Chown[] =>
  steps.flatMap(({ commands, span }) =>
    commands
      .filter(({ name }) => name === 'chown')
      .map(({ arguments: words, workdir }) => {
        const known = words.filter((word) => word !== undefined);
        const open = workdir === undefined || known.length < words.length;
        return { line: span.line, paths: open ? undefined : known.map((word) => resolve(workdir, word)) };
      }),
  );

const changes = ({ line, paths }: Chown, copied: string, { span }: Step): boolean =>
  line > span.line &&
  (paths === undefined ||
    paths.some((path) => relativeTo(path, copied) !== undefined || relativeTo(copied, path) !== undefined));
