/** COPY and ADD of several sources onto one name. */
import { namesLikeFile } from '../../knowledge/index.ts';
import type { Build, CopyInstruction, Located, Step } from '../build.ts';
import { perStageAlone } from '../per-stage.ts';
import { stageNamedBy } from '../query.ts';
import { textAt } from '../state/word-values.ts';
import { copiesOf } from './copy-destinations.ts';
import { isDirectoryAt } from './copy-target.ts';
import { isGlob, normalise, resolve } from './path.ts';
import { isAbsolutePath } from './relative-workdirs.ts';

export interface CrowdedDestination extends Located {
  readonly path: string;
  /** How many files or directories are put there. */
  readonly sources: number;
  /** What the first of them is: a directory makes the destination one, a file is overwritten by the next. */
  readonly first: 'file' | 'directory' | 'unknown';
  readonly instruction: CopyInstruction;
}

/** Ends in `/`, `.` or `..`: BuildKit takes it for a directory (measured). */
const namesDirectory = /(?:^|[/\\])\.{0,2}$/;

/** Destinations of several sources that are not written as a directory, and where none stands. */
export const crowdedDestinations = perStageAlone<CrowdedDestination>(function* (stage, build) {
  for (const { step, instruction } of copiesOf(stage)) {
    if (instruction.parents) continue;
    const kinds = sourceKinds(instruction, step, build);
    const path = kinds.length > 1 ? textAt(instruction.destination, step, build) : undefined;
    if (path === undefined || namesDirectory.test(path) || standsDirectory(path, step, build)) continue;
    const [first = 'unknown'] = kinds;
    yield { span: instruction.destination.span, path, sources: kinds.length, first, instruction };
  }
});

function standsDirectory(path: string, { before }: Step, build: Build): boolean {
  const { workdir, rootfs } = before;
  if (workdir === undefined && !isAbsolutePath(path)) return false;
  const target = resolve(workdir ?? '/', path);
  return target === workdir || isDirectoryAt(rootfs, target, build.context);
}

type Kind = CrowdedDestination['first'];

/** One for each thing that is put there; a glob counts as what it takes, where that is known. */
function sourceKinds(instruction: CopyInstruction, step: Step, build: Build): readonly Kind[] {
  const { from, sources, heredocs } = instruction;
  const stage = stageNamedBy(from, step.stage, build);
  const kinds: Kind[] = [];
  for (const word of sources) {
    const text = textAt(word, step, build);
    if (text === undefined) kinds.push('unknown');
    else if (stage !== undefined)
      kinds.push(isDirectoryAt(stage.result.rootfs, resolve('/', text), build.context) ? 'directory' : byName(text));
    else if (from !== undefined) kinds.push(byName(text));
    else kinds.push(...kindsInContext(text, build));
  }
  for (const _ of heredocs) kinds.push('file');
  return kinds;
}

function kindsInContext(text: string, { context }: Build): readonly Kind[] {
  const path = normalise(text).replace(/^\//, '');
  const matched = isGlob(path) ? context.match(path) : undefined;
  return (matched ?? [path]).map((each) => {
    const entry = context.stat(each);
    return entry === 'file' || entry === 'directory' ? entry : byName(text);
  });
}

/** Of what a glob without a context takes, the first may be a directory. */
const byName = (text: string): Kind => (text.endsWith('/') ? 'directory' : namesLikeFile(text) ? 'file' : 'unknown');
