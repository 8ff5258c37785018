/** The instructions of the stage that ships. */
import { productionPackages } from '../../knowledge/index.ts';
import { textAt } from '../files/context-text.ts';
import { join } from '../files/path.ts';
import type { RuntimeParts } from './runtime-parts.ts';
import { asWritten, type Block } from './stage-blocks.ts';
import type { PlannedStage } from './stage-plan.ts';
import type { RoledBlock } from './stage-roles.ts';

export interface RuntimeText extends PlannedStage {
  /** Puts the keyword of an instruction into the case of the file. */
  readonly keyword: (text: string) => string;
  /** The instructions that bring files in. */
  readonly brought: readonly string[];
  readonly command: RuntimeParts['command'];
  readonly environment?: string;
}

const variables = new Set(['ENV', 'LABEL']);
const starts = new Set(['ENTRYPOINT', 'CMD']);
const others = new Set('RUN WORKDIR EXPOSE HEALTHCHECK STOPSIGNAL VOLUME ENTRYPOINT CMD'.split(' '));

/** What follows FROM, each line with its end. */
export function runtimeText(given: RuntimeText): string {
  const { blocks, stage, keyword, brought, command, environment } = given;
  const named = blocks.filter(({ step }) => variables.has(step.instruction.keyword) && !isOfManagers(step.instruction));
  const late = lateBlocks(given);
  const isSet = (text: string): boolean => stage.result.env.has(text.replace(/=.*/, ''));
  const added = ['NODE_ENV=production', ...(environment === undefined ? [] : [environment])].filter(
    (each) => !isSet(each),
  );
  const first = late.findIndex(({ step }) => starts.has(step.instruction.keyword));
  const begin = first === -1 ? late.length : first;
  const last = late.slice(begin).map((block) =>
    command !== undefined && block.step.instruction.keyword === 'CMD'
      ? {
          ...block,
          text: `${block.step.instruction.word} [${command.map((word) => JSON.stringify(word)).join(', ')}]`,
        }
      : block,
  );
  const user = needsUser(given)
    ? `${keyword(`USER ${stage.base.kind === 'image' && stage.base.reference.familiar === 'oven/bun' ? 'bun' : 'node'}`)}\n`
    : '';
  const isAiry = standsApart(blocks);
  const groups = [
    ...setupTexts(given),
    [asWritten(argumentsFor(named, blocks)), ...added.map((each) => `${keyword(`ENV ${each}`)}\n`), closed(named)].join(
      '',
    ),
    brought.map((line) => `${line}\n`).join(''),
    isAiry ? asWritten(late.slice(0, begin)) : closed(late.slice(0, begin)),
    user,
    isAiry ? asWritten(last) : closed(last),
  ];
  return groups.filter((each) => each !== '').join(isAiry ? '\n' : '');
}

/** Most instructions have an empty line above them. */
export const standsApart = (blocks: readonly Block[]): boolean =>
  blocks.filter(({ above }) => /^[ \t]*\n/.test(above)).length * 2 > blocks.length;

/** What runs before the files come in: packages of the distribution, accounts, folders. */
function setupTexts({ blocks, folder, keyword }: RuntimeText): readonly string[] {
  const texts: string[] = [];
  let isThere = false;
  for (const block of blocks.filter(({ role }) => role === 'both')) {
    const { instruction, after } = block.step;
    if (instruction.keyword === 'RUN') texts.push(closed([{ ...block, text: block.runText ?? block.text }]));
    if (instruction.keyword !== 'WORKDIR' || after.workdir !== folder || isThere) continue;
    texts.push(`${keyword(`WORKDIR ${folder}`)}\n`);
    isThere = true;
  }
  return isThere ? texts : [...texts, `${keyword(`WORKDIR ${folder}`)}\n`];
}

/** How the container runs, in the order of the file; the account that the build took on stays that of the program. */
function lateBlocks({ blocks, stage }: RuntimeText): readonly RoledBlock[] {
  const isOther = ({ step, role }: RoledBlock): boolean => role === 'run' && others.has(step.instruction.keyword);
  if (isRoot(stage)) return blocks.filter(isOther);
  const users = blocks.filter(({ step }) => step.instruction.keyword === 'USER');
  const own = users.some(({ role }) => role === 'run');
  const early = own ? [] : users.slice(-1);
  return [
    ...early,
    ...blocks.filter((block) => isOther(block) || (own && block.role === 'run' && users.includes(block))),
  ];
}

/** Where pnpm keeps its programs: nothing of it is in the stage that ships. */
const isOfManagers = (instruction: Block['step']['instruction']): boolean =>
  instruction.keyword === 'ENV' &&
  instruction.pairs.every(({ name, value }) => name.raw === 'PNPM_HOME' || /PNPM_HOME/.test(value?.raw ?? ''));

/** Without blank lines in front: what stood there stands elsewhere now. */
const closed = (blocks: readonly Block[]): string =>
  asWritten(blocks.map((block) => ({ ...block, above: block.above.replace(/^(?:[ \t]*\n)+/, '') })));

/** The ARGs that the values of others are made of. */
const argumentsFor = (named: readonly Block[], blocks: readonly Block[]): readonly Block[] =>
  blocks.filter(({ step: { instruction } }) => {
    if (instruction.keyword !== 'ARG') return false;
    const names = instruction.pairs.map(({ name }) => name.raw);
    return named.some(
      ({ step }) =>
        step.instruction.keyword !== 'INVALID' &&
        'pairs' in step.instruction &&
        step.instruction.pairs.some(({ value }) => value?.references.some((name) => names.includes(name)) === true),
    );
  });

const isRoot = (stage: PlannedStage['stage']): boolean => stage.result.user.identity !== 'non-root';

/**
 * The stage starts as root, so that the account of the image takes over; not so where folders are made for it, which
 * belong to root.
 */
export const needsUser = ({ stage, blocks }: PlannedStage): boolean =>
  isRoot(stage) &&
  blocks.every(
    ({ step: { instruction }, role }) =>
      instruction.keyword !== 'VOLUME' && (instruction.keyword !== 'RUN' || role !== 'run'),
  );

/** The image of the same release that has no compilers. Debian's programs and libraries stay where they may be called. */
export function runtimeImage({ stage, build, bringsPackages }: PlannedStage): string {
  const { base, from, result } = stage;
  const { raw } = from.image;
  if (
    base.kind !== 'image' ||
    base.reference.familiar !== 'node' ||
    base.openTag === true ||
    base.reference.digest !== undefined
  )
    return raw;
  const { tag } = base.reference;
  const manifest =
    result.workdir === undefined ? undefined : textAt(join(result.workdir, 'package.json'), result.rootfs, build);
  const native = [...(manifest === undefined ? [] : productionPackages(manifest).keys())].some((name) =>
    /^(?:canvas|puppeteer|playwright|prisma|@prisma\/client|node-gyp|oracledb|simple-git|nodegit|gm|fluent-ffmpeg)$/.test(
      name,
    ),
  );
  if (native || bringsPackages || result.healthcheck !== undefined || /["'\\]/.test(raw)) return raw;
  if (tag === undefined || tag === 'latest') return `${raw.replace(/:latest$/, '')}:slim`;
  return /^(?:lts|current|\d[\d.]*|[a-z]+|(?:lts|current|\d[\d.]*)-(?:bookworm|bullseye|trixie|buster))$/.test(tag) &&
    tag !== 'slim' &&
    tag !== 'alpine'
    ? `${raw}-slim`
    : raw;
}
