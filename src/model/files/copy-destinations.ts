/** Where COPY and ADD put things: destinations that hang on the base image, and the root. */
import { isOverlayImage } from '../../knowledge/index.ts';
import type { Build, CopyInstruction, Located, Stage, Step } from '../build.ts';
import { changesOf, isBasedOn, judgedStages, stageNamedBy } from '../query.ts';
import { remembered } from '../remembered.ts';
import { isOpenBase } from '../state/image-state.ts';
import { ownSteps, textAt } from '../state/word-values.ts';
import { normalise, resolve } from './path.ts';
import { isAbsolutePath } from './relative-workdirs.ts';

export interface Copy {
  readonly step: Step;
  readonly instruction: CopyInstruction;
}

/** Every COPY and ADD of the file, triggers left out. */
export const copiesIn = (build: Build): readonly Copy[] => build.stages.flatMap(copiesOf);

/** Those of one stage. */
export const copiesOf: (stage: Stage) => readonly Copy[] = remembered(
  (stage) => stage,
  (stage) =>
    ownSteps(stage).flatMap((step) => {
      const { instruction } = step;
      return instruction.keyword === 'COPY' || instruction.keyword === 'ADD' ? [{ step, instruction }] : [];
    }),
);

export interface HomelessCopy extends Located {
  readonly step: Step;
  readonly instruction: CopyInstruction;
  readonly path: string;
  /** Absolute; absent where the base is not known. */
  readonly leadsTo?: string;
  /** `own`: the base image has a working directory of its own, which may be meant; `none`: there is no base. */
  readonly base: 'root' | 'own' | 'none' | 'unknown';
  /** Whether any of it stands in an image that ships. */
  readonly ships: boolean;
}

/** Relative destinations in stages where no WORKDIR has been set, by the stages they are based on either. */
export function* homelessCopies(build: Build): Iterable<HomelessCopy> {
  const housed = new Set<object>();
  for (const stage of judgedStages(build)) {
    if (stage.base.kind === 'stage' && housed.has(stage.base.stage)) housed.add(stage);
    for (const step of stage.steps) {
      const { instruction, before } = step;
      if (instruction.keyword === 'WORKDIR') housed.add(stage);
      if (housed.has(stage)) break;
      if ((instruction.keyword !== 'COPY' && instruction.keyword !== 'ADD') || instruction.onbuild === true) continue;
      const path = textAt(instruction.destination, step, build);
      if (path === undefined || isAbsolutePath(path)) continue;
      const { workdir } = before;
      const root = rootOf(stage);
      yield {
        span: instruction.destination.span,
        step,
        instruction,
        path,
        ...(workdir === undefined ? {} : { leadsTo: resolve(workdir, path) }),
        base: root === 'scratch' ? 'none' : workdir === undefined ? 'unknown' : workdir === '/' ? 'root' : 'own',
        ships: ships(step, build),
      };
    }
  }
}

function ships(step: Step, build: Build): boolean {
  const changes = changesOf(step);
  return build.targets.some(
    (target) =>
      isBasedOn(target, step.stage) &&
      (changes.length === 0 || changes.some(({ path }) => target.result.rootfs.stat(path).presence !== 'absent')),
  );
}

function rootOf(stage: Stage): 'scratch' | 'open' | 'known' {
  let { base } = stage;
  while (base.kind === 'stage') base = base.stage.base;
  return base.kind === 'scratch' ? 'scratch' : isOpenBase(base) ? 'open' : 'known';
}

export interface RootOverlay extends Located {
  readonly step: Step;
  /** Absent where it is taken from an image. */
  readonly source?: Stage;
  readonly from: Located & { readonly name: string };
  /** `onto-nothing`: the image is flattened; `unknown`: an image that may be made for it; `another`: a stage with a system in it. */
  readonly mixes: 'onto-nothing' | 'unknown' | 'another';
}

/** COPY --from that puts the whole file system of one image over another. A stage that began with nothing holds only what is meant. */
export function* rootOverlays(build: Build): Iterable<RootOverlay> {
  for (const { step, instruction } of copiesIn(build)) {
    const { from, destination, sources } = instruction;
    const onto = from === undefined ? undefined : textAt(destination, step, build);
    const { workdir, rootfs } = step.before;
    if (from === undefined || onto === undefined || (workdir === undefined && !onto.startsWith('/'))) continue;
    if (resolve(workdir ?? '/', onto) !== '/') continue;
    const whole = sources.find((word) => isWhole(textAt(word, step, build)));
    if (whole === undefined) continue;
    const source = stageNamedBy(from, step.stage, build);
    if (source !== undefined && rootOf(source) === 'scratch') continue;
    const image = source?.base.kind === 'image' ? source.base.reference.familiar : (textAt(from, step, build) ?? '');
    if (isOverlayImage(image.replace(/@.*/s, '').replace(/:[^/:]*$/, ''))) continue;
    const ontoNothing = rootOf(step.stage) === 'scratch' && rootfs.under('/').length === 0;
    yield {
      step,
      ...(source === undefined ? {} : { source }),
      span: destination.span,
      from: { span: whole.span, name: textAt(from, step, build) ?? from.raw },
      mixes: ontoNothing ? 'onto-nothing' : source === undefined ? 'unknown' : 'another',
    };
  }
}

/** Of a source `/*` takes what `/` does. */
const isWhole = (source: string | undefined): boolean =>
  source !== undefined && source !== '' && ['/', '/*'].includes(normalise(`/${source}`));
