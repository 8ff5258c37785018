/** What a COPY of a whole file system is meant to bring. */
import type { Build, Step } from '../build.ts';
import type { RootOverlay } from '../files/copy-destinations.ts';
import type { Fix } from './fix.ts';
import { withoutLines } from './lines.ts';

/** The working directory that both stages have, or the stage itself as the base where nothing else has come in before. */
export function meantByOverlay(build: Build, { step, source, from, mixes, span }: RootOverlay): Fix | undefined {
  const { instruction, stage } = step;
  if (mixes !== 'another' || source === undefined || instruction.keyword !== 'COPY' || instruction.onbuild)
    return undefined;
  if (instruction.sources.length !== 1 || instruction.json) return undefined;
  const { workdir } = source.result;
  if (workdir !== undefined && workdir !== '/' && workdir === stage.result.workdir && /^[\w./@-]+$/.test(workdir))
    return {
      says: `Copy ${workdir}`,
      safety: 'unsafe',
      edits: [
        { at: from.span, text: workdir },
        { at: span, text: workdir },
      ],
    };
  const earlier = stage.steps.slice(0, stage.steps.indexOf(step));
  const { image, platform } = stage.from;
  const gone = earlier.every(setsOnly) && platform === undefined ? withoutLines([instruction], build) : undefined;
  if (gone === undefined || source.name === undefined) return undefined;
  const name = source.name.raw;
  return { says: `Begin FROM ${name}`, safety: 'unsafe', edits: [{ at: image.span, text: name }, gone] };
}

const setsOnly = ({ instruction }: Step): boolean =>
  /^(?:ARG|ENV|LABEL|WORKDIR|EXPOSE|USER)$/.test(instruction.keyword);
