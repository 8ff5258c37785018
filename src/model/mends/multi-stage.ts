/** A Node.js image of one stage, written as one that builds and one that ships what runs. */
import { buildCall, manifestScript } from '../../knowledge/index.ts';
import { createSource, offsetAt } from '../../syntax/index.ts';
import type { Build, Install, Stage } from '../build.ts';
import { textAt } from '../files/context-text.ts';
import { join } from '../files/path.ts';
import { isMadeForDevelopers } from '../shipped/made-for-developers.ts';
import { developmentStart } from '../start/development-start.ts';
import { purposeOf } from '../start/start.ts';
import { startedCommands } from '../start/started-commands.ts';
import type { Fix } from './fix.ts';
import { commandOf, type RuntimeParts, runtimeParts } from './runtime-parts.ts';
import { needsUser, omission, pruning, runtimeImage, runtimeText } from './runtime-stage.ts';
import { asWritten, type Block, blocksOf, lastLineOf } from './stage-blocks.ts';

/** Instructions that say how the container runs. */
const ofRuntime = new Set('ENV LABEL EXPOSE HEALTHCHECK STOPSIGNAL VOLUME USER ENTRYPOINT CMD'.split(' '));

/** Undefined where it is not certain what the program needs, or how the file is to be divided. */
export function multiStage(build: Build): Fix | undefined {
  const [stage, ...others] = build.stages;
  if (stage === undefined || others.length > 0 || build.file.faults.length > 0 || build.secrets.length > 0)
    return undefined;
  const { from, base, result } = stage;
  if (base.kind !== 'image' || base.reference.familiar !== 'node' || from.span.line !== from.span.endLine)
    return undefined;
  if (purposeOf(stage, build.path) !== 'runtime' || isMadeForDevelopers(build, stage)) return undefined;
  if (developmentStart(stage, build) !== undefined) return undefined;
  const source = createSource(build.file.source.text.replaceAll('\r\n', '\n'));
  const blocks = blocksOf(stage, source);
  const last = blocks?.at(-1);
  const plan = blocks === undefined ? undefined : planOf(blocks, stage, build);
  if (last === undefined || plan === undefined || result.workdir === undefined) return undefined;
  const lower = from.word === from.word.toLowerCase();
  const keyword = (text: string): string => (lower ? text.replace(/^[A-Z]+/, (word) => word.toLowerCase()) : text);
  const builder = stage.id === 'build' ? 'builder' : plan.parts === undefined ? 'deps' : 'build';
  const end = lastLineOf(last.step.instruction);
  const platform = from.platform === undefined ? '' : `--platform=${from.platform.raw} `;
  const as = from.name === undefined ? '' : ` ${from.as?.raw ?? 'AS'} ${from.name.raw}`;
  const lines = [
    `${from.word} ${platform}${from.image.raw} ${lower ? 'as' : 'AS'} ${builder}\n`,
    /^[ \t]*\n/.test(blocks?.[0]?.above ?? '') ? '\n' : '',
    plan.builds,
    ...plan.after.map((line) => `${keyword(line)}\n`),
    `\n${from.word} ${platform}${runtimeImage(stage, build)}${as}\n`,
    plan.runs(builder, keyword),
  ];
  const width = (source.text.split('\n', end)[end - 1] ?? '').length;
  const at = { line: from.span.line, column: from.span.column, endLine: end, endColumn: width + 1 };
  return {
    says: `Build in a stage ${builder} and ship what runs in one of its own`,
    safety: 'unsafe',
    edits: [{ at, text: lines.join('').replace(/\n$/, '') }],
  };
}

interface Plan {
  /** The stage that installs and builds, and what it does last. */
  readonly builds: string;
  readonly after: readonly string[];
  runs(builder: string, keyword: (text: string) => string): string;
  /** What is taken from a build; absent where the program is its own source. */
  readonly parts?: RuntimeParts;
}

function planOf(blocks: readonly Block[], stage: Stage, build: Build): Plan | undefined {
  const folder = stage.result.workdir;
  const work = blocks.filter(({ step }) => step.instruction.keyword === 'RUN');
  const installs = work.flatMap(({ step }) => step.commands.flatMap(({ install }) => install ?? []));
  const [install] = installs;
  if (folder === undefined || install === undefined || installs.some((each) => each.directory !== folder))
    return undefined;
  if (!blocks.every((block) => isPlain(block, blocks, folder)) || installs.some((each) => each.development !== 'yes')) {
    return undefined;
  }
  const isBuilt = work.some(({ step }) => step.commands.some((each) => isBuild(each)));
  const parts = isBuilt ? runtimeParts(stage, folder, build) : undefined;
  if (isBuilt) return parts === undefined ? undefined : builtPlan(blocks, folder, install, stage, parts);
  return installs.length === 1 ? sourcePlan(blocks, folder, install, stage, build) : undefined;
}

const isBuild = ({ name, arguments: rest, invocation }: Block['step']['commands'][number]): boolean =>
  buildCall([name, ...rest], invocation)?.ecosystem === 'Node.js';

/** Whether it is known where an instruction belongs. */
function isPlain({ step }: Block, blocks: readonly Block[], folder: string): boolean {
  const { instruction, before, commands } = step;
  const isLater = blocks.slice(blocks.findIndex((block) => block.step === step) + 1);
  if (instruction.keyword === 'RUN')
    return (
      commands.length > 0 &&
      before.workdir === folder &&
      commands.every(
        (command) =>
          command.runs === 'always' &&
          (command.install?.node === true || isBuild(command) || isAside(command.invocation) || isGenerator(command)),
      )
    );
  if (instruction.keyword === 'COPY')
    return (
      instruction.from === undefined &&
      instruction.heredocs.length === 0 &&
      before.workdir === folder &&
      isInside(instruction.destination.text, folder)
    );
  if (instruction.keyword === 'USER')
    return isLater.every(
      (block) => block.step.instruction.keyword !== 'RUN' && block.step.instruction.keyword !== 'COPY',
    );
  if (instruction.keyword === 'WORKDIR') return before.workdir === '/' || step.after.workdir === before.workdir;
  return instruction.keyword === 'ARG' || (ofRuntime.has(instruction.keyword) && instruction.keyword !== 'VOLUME');
}

const isInside = (to: string | undefined, folder: string): boolean =>
  to !== undefined && !to.includes('..') && (!to.startsWith('/') || `${to}/`.startsWith(`${folder}/`));

/** It does nothing for the program: `npm cache clean --force`, `corepack enable`. */
const isAside = (call: Block['step']['commands'][number]['invocation']): boolean =>
  call !== undefined && /^(?:cache|store)$/.test(call.subcommand);

/** It writes into node_modules. */
const isGenerator = ({ invocation, arguments: rest }: Block['step']['commands'][number]): boolean =>
  invocation?.operation === 'exec' && rest.includes('prisma') && rest.includes('generate');

/** The build as it stands; then what it made and what that needs, in a stage without the rest. */
function builtPlan(
  blocks: readonly Block[],
  folder: string,
  install: Install,
  stage: Stage,
  parts: RuntimeParts,
): Plan | undefined {
  const prune = parts.packages ? pruning(install, stage) : undefined;
  if (parts.packages && prune === undefined) return undefined;
  const last = lastIndex(blocks, new Set(['RUN', 'COPY']));
  const built = blocks.filter(
    ({ step }, at) => at <= last && (!ofRuntime.has(step.instruction.keyword) || step.instruction.keyword === 'ENV'),
  );
  return {
    builds: asWritten(built),
    after: prune === undefined ? [] : [`RUN ${prune}`],
    parts,
    runs: (builder, keyword) => {
      const owner = needsUser(stage) ? '--chown=node:node ' : '';
      const modules: RuntimeParts['copies'] = parts.packages ? [{ from: 'node_modules', to: './node_modules' }] : [];
      const all = [...parts.copies.slice(0, modules.length), ...modules, ...parts.copies.slice(modules.length)];
      const brought = all.map(({ from, to, owned }) =>
        keyword(`COPY --from=${builder} ${owned ? owner : ''}${join(folder, from)} ${to}`),
      );
      const { command, environment } = parts;
      const more = environment === undefined ? {} : { environment };
      return runtimeText({ blocks, folder, stage, keyword, brought, command, ...more });
    },
  };
}

const lastIndex = (blocks: readonly Block[], keywords: ReadonlySet<string>): number =>
  blocks.findLastIndex(({ step }) => keywords.has(step.instruction.keyword));

const runsInArray = ({ step: { instruction } }: Block): boolean =>
  instruction.keyword === 'RUN' && instruction.form === 'exec';

/** Packages from a stage of their own, the source as it was copied. */
function sourcePlan(
  blocks: readonly Block[],
  folder: string,
  install: Install,
  stage: Stage,
  build: Build,
): Plan | undefined {
  const flag = omission(install, stage);
  const last = lastIndex(blocks, new Set(['RUN']));
  const manifest = textAt(join(folder, 'package.json'), stage.result.rootfs, build);
  const scripts = ['preinstall', 'install', 'postinstall', 'prepare'].some(
    (name) => manifest !== undefined && manifestScript(manifest, name) !== null,
  );
  const block = blocks[last];
  if (flag === undefined || scripts || block === undefined || !install.separable || install.needsSource)
    return undefined;
  if (block.step.cacheInputs.some(({ holds }) => holds === 'source') || install.adds.length > 0) return undefined;
  const sources = blocks.filter(({ step }, at) => at > last && step.instruction.keyword === 'COPY');
  const [started, ...others] = startedCommands(stage, build);
  if (sources.length === 0 || started === undefined || others.length > 0 || started.words[0] !== 'node')
    return undefined;
  const line = block.text;
  const { span } = install.command.shell;
  const end = offsetAt(createSource(line), span.endLine - block.step.instruction.span.line + 1, span.endColumn);
  if (!/^[ \t]*(?:\\?\n|[;&|)]|$)/.test(line.slice(end)) || runsInArray(block)) return undefined;
  const omitting = { ...block, text: `${line.slice(0, end)} ${flag}${line.slice(end)}` };
  const before = blocks
    .slice(0, last)
    .filter(({ step }) => !ofRuntime.has(step.instruction.keyword) || step.instruction.keyword === 'ENV');
  const command = commandOf(started, stage, folder, build);
  return {
    builds: asWritten([...before, omitting]),
    after: [],
    runs: (builder, keyword) => {
      const whole = sources.some(
        ({ step: { instruction } }) =>
          instruction.keyword === 'COPY' && instruction.sources.some(({ text }) => text === '.' || text === './'),
      );
      const brought = [
        ...(whole ? [] : [keyword(`COPY --from=${builder} ${join(folder, 'package.json')} ./`)]),
        keyword(`COPY --from=${builder} ${join(folder, 'node_modules')} ./node_modules`),
        asWritten(sources).replace(/\n$/, ''),
      ];
      return runtimeText({ blocks, folder, stage, keyword, brought, command });
    },
  };
}
