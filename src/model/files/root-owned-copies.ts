/** Files that stand below a USER and belong to root all the same. */
import type { Build, Located, Stage, Step } from '../build.ts';
import { chainOf } from '../query.ts';
import { ownSteps, textAt } from '../state/word-values.ts';
import { relativeTo, resolve } from './path.ts';

export interface RootOwnedCopy extends Located {
  readonly step: Step;
  /** As it stands in the image config. */
  readonly user: string;
  /** Another COPY of the stage that gives its files to that user. */
  readonly unlike?: Located;
}

/** Copies from the build context: those from a stage keep their owners. A chown further down makes good for it. */
export function* rootOwnedCopies(build: Build): Iterable<RootOwnedCopy> {
  for (const stage of build.stages)
    for (const step of ownSteps(stage)) {
      const { instruction, before } = step;
      if (instruction.keyword !== 'COPY' && instruction.keyword !== 'ADD') continue;
      const { chown, chmod, from, destination } = instruction;
      const { identity, name } = before.user;
      if (chown !== undefined || chmod !== undefined || from !== undefined) continue;
      if (identity !== 'non-root' || name === undefined) continue;
      const to = textAt(destination, step, build);
      if (to === undefined || before.workdir === undefined) continue;
      if (changesOwner(resolve(before.workdir, to), stage, step, build)) continue;
      const [account = ''] = name.split(':');
      const unlike = givenTo(account, stage, build);
      yield { span: instruction.keywordSpan, step, user: account, ...(unlike === undefined ? {} : { unlike }) };
    }
}

function givenTo(account: string, stage: Stage, build: Build): Located | undefined {
  for (const step of stage.steps) {
    const { instruction } = step;
    if (instruction.keyword !== 'COPY' && instruction.keyword !== 'ADD') continue;
    const owner = instruction.chown && textAt(instruction.chown, step, build);
    if (owner?.split(':', 1)[0] === account && instruction.from === undefined) return instruction.chown;
  }
  return undefined;
}

function changesOwner(path: string, stage: Stage, copy: Step, build: Build): boolean {
  const heirs = build.stages.filter((each) => chainOf(each).includes(stage));
  return heirs.some(({ steps }) =>
    steps.some(
      ({ commands, span }) =>
        span.line > copy.span.line &&
        commands.some(({ name, arguments: words, workdir }) => {
          if (name !== 'chown') return false;
          return words.some((word) => word === undefined || covers(word, workdir, path));
        }),
    ),
  );
}

const covers = (word: string, workdir: string | undefined, path: string): boolean =>
  workdir === undefined ||
  relativeTo(resolve(workdir, word), path) !== undefined ||
  resolve(workdir, word).startsWith(path);
