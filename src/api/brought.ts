/** What an instruction takes from the build context, another stage or image, and where it puts it. */
import { type Build, type RootfsEntry, rebuild, type StageSource, type Step, stageGraph } from '../model/index.ts';
import { copyFacts } from '../outline/index.ts';

/** Entries beyond that are counted, not listed. */
const mostEntries = 1000;

export interface Brought {
  /** Line on which the instruction starts. */
  readonly line: number;
  readonly instruction: string;
  /** Where it takes from; `stage`: a number. */
  readonly from: readonly (
    | { readonly kind: 'context' | 'remote' | 'scratch' }
    | { readonly kind: 'stage'; readonly stage: number }
    | { readonly kind: 'image'; readonly name: string }
  )[];
  /** What stands in the image because of it, sorted by path; empty where nothing is known of that, or for a mount. */
  readonly files: readonly BroughtFile[];
  /** How many more there are. */
  readonly more: number;
  /** Lines of the steps that run again, or may, when what it takes changes; its own among them. */
  readonly reruns: readonly number[];
}

export interface BroughtFile {
  /** Absolute, in the image. */
  readonly path: string;
  readonly kind: RootfsEntry['kind'];
  readonly presence: RootfsEntry['presence'];
  /** Whether all that stands below it is listed, too. */
  readonly listed: boolean;
  /** The path in the build context that it comes from. */
  readonly source?: string;
}

/** Undefined where the instruction on a line takes nothing from elsewhere. */
export function broughtBy(line: number, build: Build): Brought | undefined {
  const step = build.stages.flatMap(({ steps }) => steps).find(({ span }) => span.line <= line && line <= span.endLine);
  if (step === undefined) return undefined;
  const { instruction, stage, span } = step;
  const isCopy = instruction.keyword === 'COPY' || instruction.keyword === 'ADD';
  if (!isCopy && instruction.keyword !== 'RUN') return undefined;
  const only = { ...build, stages: [{ ...stage, steps: [step] }] };
  const inputs = stageGraph(only).flatMap((node) => node.inputs.filter(({ via }) => via !== 'base'));
  if (inputs.length === 0 && !isCopy) return undefined;
  const entries = isCopy ? copyFacts(build, step).brings : [];
  const files = entries.map(fileOf).sort((one, other) => (one.path < other.path ? -1 : 1));
  return {
    line: span.line,
    instruction: instruction.keyword,
    from: inputs.map(({ from }) => sourceOf(from)),
    files: files.slice(0, mostEntries),
    more: Math.max(0, files.length - mostEntries),
    reruns: rerunLines(build, step),
  };
}

function sourceOf(from: StageSource): Brought['from'][number] {
  if (from.kind === 'stage') return { kind: 'stage', stage: from.stage.index };
  return from.kind === 'image' ? { kind: 'image', name: from.name } : { kind: from.kind };
}

function fileOf({ path, kind, presence, listed, change }: RootfsEntry): BroughtFile {
  const { content } = change;
  const below = path.slice(change.path === '/' ? 0 : change.path.length).replace(/^\//, '');
  const source =
    content?.kind === 'context' ? [content.path, below].filter((part) => part !== '').join('/') : undefined;
  return { path, kind, presence, listed, ...(source === undefined ? {} : { source: source || '.' }) };
}

function rerunLines(build: Build, step: Step): readonly number[] {
  const stages = rebuild(build, { paths: [], buildArguments: [], secrets: [], steps: new Set([step]) });
  return stages.flatMap(({ steps }) => steps.filter(({ runs }) => runs !== 'no').map((each) => each.step.span.line));
}
