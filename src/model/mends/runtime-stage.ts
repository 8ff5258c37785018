/** The instructions of the stage that ships, and what makes its packages those of production. */
import { productionPackages } from '../../knowledge/index.ts';
import type { Build, Install, Stage } from '../build.ts';
import { textAt } from '../files/context-text.ts';
import { join } from '../files/path.ts';
import type { RuntimeParts } from './runtime-parts.ts';
import { asWritten, type Block } from './stage-blocks.ts';

export interface RuntimeText {
  readonly blocks: readonly Block[];
  readonly folder: string;
  readonly stage: Stage;
  /** Puts the keyword of an instruction into the case of the file. */
  readonly keyword: (text: string) => string;
  /** The instructions that bring files in. */
  readonly brought: readonly string[];
  readonly command: RuntimeParts['command'];
  readonly environment?: string;
}

const variables = new Set(['ENV', 'LABEL']);
const starts = new Set(['ENTRYPOINT', 'CMD']);
const others = new Set('EXPOSE HEALTHCHECK STOPSIGNAL USER ENTRYPOINT CMD'.split(' '));

/** What follows FROM, each line with its end. */
export function runtimeText({ blocks, folder, stage, keyword, brought, command, environment }: RuntimeText): string {
  const named = blocks.filter(({ step }) => variables.has(step.instruction.keyword));
  const late = blocks
    .filter(({ step }) => others.has(step.instruction.keyword))
    .filter(({ step }) => step.instruction.keyword !== 'USER' || needsUser(stage) === false);
  const isSet = (text: string): boolean => stage.result.env.has(text.replace(/=.*/, ''));
  const added = ['NODE_ENV=production', ...(environment === undefined ? [] : [environment])].filter(
    (each) => !isSet(each),
  );
  const first = late.findIndex(({ step }) => starts.has(step.instruction.keyword));
  const last = late.slice(first).map((block) =>
    command !== undefined && block.step.instruction.keyword === 'CMD'
      ? {
          ...block,
          text: `${block.step.instruction.word} [${command.map((word) => JSON.stringify(word)).join(', ')}]`,
        }
      : block,
  );
  const user = needsUser(stage) ? `${keyword('USER node')}\n` : '';
  return [
    `${keyword(`WORKDIR ${folder}`)}\n`,
    asWritten(argumentsFor(named, blocks)),
    ...added.map((each) => `${keyword(`ENV ${each}`)}\n`),
    closed(named),
    ...brought.map((line) => `${line}\n`),
    closed(late.slice(0, first)),
    user,
    closed(last),
  ].join('');
}

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

/** The stage starts as root, so that the account of the image takes over. */
export const needsUser = (stage: Stage): boolean => stage.result.user.identity !== 'non-root';

/** The image of the same release that has no compilers. Debian's programs and libraries stay where they may be called. */
export function runtimeImage(stage: Stage, build: Build): string {
  const { base, from, result } = stage;
  const { raw } = from.image;
  if (base.kind !== 'image' || base.openTag === true || base.reference.digest !== undefined) return raw;
  const { tag } = base.reference;
  const manifest =
    result.workdir === undefined ? undefined : textAt(join(result.workdir, 'package.json'), result.rootfs, build);
  const native = [...(manifest === undefined ? [] : productionPackages(manifest).keys())].some((name) =>
    /^(?:canvas|puppeteer|playwright|prisma|@prisma\/client|node-gyp|oracledb|simple-git|nodegit|gm|fluent-ffmpeg)$/.test(
      name,
    ),
  );
  if (native || result.healthcheck !== undefined || /["'\\]/.test(raw)) return raw;
  if (tag === undefined || tag === 'latest') return `${raw.replace(/:latest$/, '')}:slim`;
  return /^(?:lts|current|\d[\d.]*|[a-z]+|(?:lts|current|\d[\d.]*)-(?:bookworm|bullseye|trixie|buster))$/.test(tag) &&
    tag !== 'slim' &&
    tag !== 'alpine'
    ? `${raw}-slim`
    : raw;
}

/** npm knows `--omit` from version 7 on, which Node.js brings since 15. */
function isOld({ base }: Stage): boolean {
  const release = base.kind === 'image' ? /^\d+/.exec(base.reference.tag ?? '')?.[0] : undefined;
  return release !== undefined && Number(release) < 15;
}

/** The flag that leaves development packages out. */
export function omission({ manager, version, command }: Install, stage: Stage): string | undefined {
  if (command.invocation?.development !== undefined || command.invocation?.uncertain === true) return undefined;
  if (manager === 'npm') return isOld(stage) ? '--production' : '--omit=dev';
  if (manager === 'pnpm') return '--prod';
  return manager === 'yarn' && version?.startsWith('1') === true ? '--production' : undefined;
}

/** The command that takes development packages out of node_modules again. */
export function pruning({ manager, version, command }: Install, stage: Stage): string | undefined {
  if (command.invocation?.uncertain === true) return undefined;
  if (manager === 'npm') return isOld(stage) ? 'npm prune --production' : 'npm prune --omit=dev';
  if (manager === 'pnpm') return 'CI=true pnpm prune --prod';
  return manager === 'yarn' && version?.startsWith('1') === true
    ? 'yarn install --production --ignore-scripts --prefer-offline'
    : undefined;
}
