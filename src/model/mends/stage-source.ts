/** The stage that a COPY takes its files from. */
import type { Build, Step } from '../build.ts';
import { isArrayWord } from '../query.ts';
import type { LostSource } from '../stages/lost-source.ts';
import { behind, type Fix } from './fix.ts';
import { givenName, stageNaming } from './stage-names.ts';

/** The fix that says it; undefined where not all that the COPY takes is of that stage. */
export function stageSource(build: Build, { stage, step }: LostSource, all: readonly LostSource[]): Fix | undefined {
  const { instruction } = step;
  if (instruction.keyword !== 'COPY' || instruction.onbuild || instruction.heredocs.length > 0) return undefined;
  const ofStage = all.filter((each) => each.step === step && each.stage === stage);
  if (ofStage.length !== instruction.sources.length) return undefined;
  if (build.stages.some((each) => each !== stage && each.name !== undefined && each.id === stage.id)) return undefined;
  const name = stage.name?.raw ?? givenName(build, stage);
  if (name === undefined) return undefined;
  const naming = stage.name === undefined ? stageNaming(build, stage)?.edits : [];
  if (ofStage.some(({ word, lacks }) => lacks !== undefined && isArrayWord(instruction, word))) return undefined;
  const stops = ofStage.some(({ word }) => isNotThere(word.raw, build, step));
  return {
    says: `Copy from stage ${name}`,
    safety: stops ? 'safe' : 'unsafe',
    edits: [
      ...(naming ?? []),
      behind(instruction.flags.at(-1)?.span ?? instruction.keywordSpan, ` --from=${name}`),
      ...ofStage.flatMap(({ word, path, lacks }) => (lacks === undefined ? [] : { at: word.span, text: path })),
    ],
  };
}

/** The build stops here as it is, so that nothing can be lost. */
function isNotThere(path: string, { context }: Build, { stage }: Step): boolean {
  const entry = context.stat(path.replace(/^\/+/, '').replace(/(?<!\/)\/+$/, ''));
  return stage.reachable && (entry === 'absent' || entry === 'ignored');
}
