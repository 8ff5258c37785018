/**
 * Content that two layers of an image hold: copied from the build context once more, by cp and mv to another place, or
 * packages copied over those that an install has put there.
 */
import { isStandardDirectory } from '../../knowledge/index.ts';
import type { CopyInstruction } from '../../syntax/index.ts';
import type { Build, FileChange, Located, Stage } from '../build.ts';
import { isGlob, relativeTo } from '../files/path.ts';
import { chainOf, changesOf } from '../query.ts';
import { remembered } from '../remembered.ts';
import { hasFlag } from '../run/operands.ts';
import { purposeOf } from '../start/start.ts';
import { type Size, sizeOf } from './earlier-layers.ts';

export interface RepeatedContent extends Located {
  readonly target: Stage;
  /** Where it lands, absolute. */
  readonly path: string;
  /** The change that brought it in first. */
  readonly first: FileChange;
  readonly size: Size;
  /** `install`: a tree of packages covers another one. */
  readonly how: 'copy' | 'cp' | 'mv' | 'install';
}

/** In images that run, once a place. */
export function* repeatedContent(build: Build): Iterable<RepeatedContent> {
  const told = new Set<Located['span']>();
  for (const target of build.targets) {
    if (purposeOf(target, build.path) !== 'runtime') continue;
    for (const { step, changes } of chainOf(target).flatMap(({ layers }) => layers)) {
      const largest = new Map<Located['span'], RepeatedContent>();
      for (const change of changes) {
        if (change.kind === 'removal' || told.has(change.span)) continue;
        const known = largest.get(change.span);
        if (known?.size === 'bulk') continue;
        // Made by the same instruction, in part at least.
        if (change.source?.step === step) told.add(change.span);
        const found =
          step.instruction.keyword === 'RUN'
            ? moved(change)
            : (copiedAgain(change, build) ?? copiedOverInstall(change));
        if (found === undefined) continue;
        const size = sizeOf(found.first, build.context);
        // Of what is only perhaps large, what was downloaded counts.
        const isEnough = size === 'bulk' || found.how === 'copy' || found.first.content?.kind === 'remote';
        if (size === undefined || !isEnough || (known !== undefined && size !== 'bulk')) continue;
        largest.set(change.span, { span: change.span, target, path: change.path, size, ...found });
      }
      for (const found of largest.values()) {
        told.add(found.span);
        yield found;
      }
    }
  }
}

type Found = Pick<RepeatedContent, 'first' | 'how'>;

/** The tree that an earlier layer holds at another place, or held until this command. */
function moved({ step, span, source }: FileChange): Found | undefined {
  const command = step.commands.find(({ shell }) => shell.span === span);
  if (source === undefined || source.step === step || command === undefined) return undefined;
  // Where the command does not stop the build, its source was there.
  if (source.runs !== 'always' || command.runs !== 'always' || source.content?.kind === 'secret') return undefined;
  if (isScattered(source)) return undefined;
  if (command.name === 'mv') return { first: source, how: 'mv' };
  const links = hasFlag(command.arguments, 'ls', '--link', '--symbolic-link', '--reflink');
  return command.name === 'cp' && !links ? { first: source, how: 'cp' } : undefined;
}

/** Unpacked over a directory that others use, too, so that nothing is known of what lies further down. */
function isScattered({ step, sequence, content }: FileChange): boolean {
  const layer = content?.kind === 'output' ? changesOf(step) : [];
  const made = layer.find((change) => change.sequence === sequence);
  return (
    made !== undefined &&
    (isStandardDirectory(made.path) || /^\/(?:tmp|var\/tmp|root|home|workspace)?$/.test(made.path))
  );
}

/** What the same part of the context put at the same place, nothing having changed it since. */
function copiedAgain(change: FileChange, build: Build): Found | undefined {
  const { content, path, step } = change;
  const { instruction } = step;
  if (change.runs === 'sometimes') return undefined;
  const taken = takenAgain(change);
  if (taken !== undefined) return taken;
  if (content?.kind !== 'context' || !('sources' in instruction) || instruction.onbuild) return undefined;
  if (content.entry === 'file' && (instruction.chown !== undefined || instruction.chmod !== undefined))
    return undefined;
  const first = content.path === '' ? wholeBefore(change) : step.before.rootfs.stat(path).change;
  const known = first?.content;
  if (first === undefined || known?.kind !== 'context' || first.step === step || first.runs !== 'always')
    return undefined;
  if (known.path !== content.path || known.without.length > 0 || first.step.instruction.onbuild) return undefined;
  const entry = build.context.stat(content.path);
  // A stage may have it from elsewhere, what COPY names is there.
  if (entry === 'absent' || (entry === 'unknown' && change.source !== undefined)) return undefined;
  return { first, how: 'copy' };
}

/** What an earlier COPY of the same part of the same stage has put there, nothing having changed it since. */
function takenAgain({ path, step, source }: FileChange): Found | undefined {
  const { instruction } = step;
  if (instruction.keyword !== 'COPY' || instruction.from?.text === undefined || source === undefined) return undefined;
  const latest = step.before.rootfs.stat(path).change?.step;
  if (latest === undefined || latest === step) return undefined;
  const first = changesOf(latest).find((each) => brought(each, source, path));
  if (first === undefined || first.runs !== 'always') return undefined;
  const { instruction: earlier } = first.step;
  const isAlike =
    earlier.keyword === 'COPY' &&
    !isPartOfFolder(first, earlier) &&
    earlier.from?.text === instruction.from.text &&
    earlier.chown?.raw === instruction.chown?.raw &&
    earlier.chmod?.raw === instruction.chmod?.raw;
  return isAlike ? { first, how: 'copy' } : undefined;
}

/** The packages that the same manager has installed in a layer below, where another stage's tree comes in. */
function copiedOverInstall({ content, path, runs, step, source }: FileChange): Found | undefined {
  if (content?.kind !== 'dependencies' || source === undefined || runs !== 'always') return undefined;
  const first = step.before.rootfs.stat(path).change;
  if (first?.content?.kind !== 'dependencies' || first.runs !== 'always' || first.path !== path) return undefined;
  const { install } = first.content.tree;
  const isOwn = first.source === undefined && install.command.step === first.step && first.step.stage === step.stage;
  return isOwn && install.manager === content.tree.install.manager ? { first, how: 'install' } : undefined;
}

/** What a pattern takes out of a folder of which it is not known what it holds. */
const isPartOfFolder = ({ span }: FileChange, { sources }: CopyInstruction): boolean =>
  sources.some((word) => word.span === span && isGlob(word.raw));

/** Whether a change has brought the very content of a stage, or what holds it, to this place. */
const brought = (change: FileChange, source: FileChange, path: string): boolean =>
  change.source?.sequence === source.sequence &&
  relativeTo(change.source.path, source.path) !== undefined &&
  relativeTo(change.path, path) === relativeTo(change.source.path, source.path);

/** The first copy of the whole context to the same place that is still there. */
function wholeBefore({ step, path, sequence }: FileChange): FileChange | undefined {
  const { firsts, removals } = wholesOf(step.stage);
  const lastRemoval = removals.findLast((each) => each < sequence) ?? 0;
  const known = firsts.get(path);
  // Until something is taken away it stays the first, however often it is copied again.
  if (known !== undefined && known.foundAt > lastRemoval && known.foundAt <= sequence) return known.first;
  const first = step.before.rootfs
    .trees(path)
    .find((each) => each.path === path && each.content?.kind === 'context' && each.content.path === '');
  if (first !== undefined) firsts.set(path, { first, foundAt: sequence });
  return first;
}

interface Wholes {
  /** By place, with the sequence number at which it was looked for. */
  readonly firsts: Map<string, { readonly first: FileChange; readonly foundAt: number }>;
  /** Sequence numbers. */
  readonly removals: readonly number[];
}

const wholesOf: (stage: Stage) => Wholes = remembered(
  (stage) => stage.steps,
  ({ layers }) => ({
    firsts: new Map(),
    removals: layers.flatMap(({ changes }) =>
      changes.filter(({ kind }) => kind === 'removal').map(({ sequence }) => sequence),
    ),
  }),
);
