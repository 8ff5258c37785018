/** What each instruction of a Dockerfile of one stage is for: the build, the program, or both. */
import type { Command } from '../build.ts';
import { baseName } from '../files/path.ts';
import { accountCallOf, buildCallOf, systemPackageCallOf } from '../run/command-calls.ts';
import type { Block } from './stage-blocks.ts';
import { runtimePackages } from './system-packages.ts';

/** `work`: it installs and builds; `both`: the program needs what it brings, and the build may; `run`: the program alone. */
export type Role = 'work' | 'both' | 'run';

export interface RoledBlock extends Block {
  readonly role: Role;
  /** What stands for it in the stage that ships, where that is not the same. */
  readonly runText?: string;
}

/** Undefined where it is not known where an instruction belongs. `folder`: of the project. */
export function roledBlocks(blocks: readonly Block[], folder: string): readonly RoledBlock[] | undefined {
  const last = blocks.findLastIndex(({ step: { instruction, commands } }) =>
    instruction.keyword === 'RUN'
      ? commands.some(({ install, ...command }) => install !== undefined || isBuild(command) || isGenerator(command))
      : instruction.keyword === 'COPY',
  );
  const roled: RoledBlock[] = [];
  for (const [at, block] of blocks.entries()) {
    const found = roleOf(block, folder, at > last);
    if (found === undefined) return undefined;
    roled.push({ ...block, ...found });
  }
  return roled;
}

type Found = Pick<RoledBlock, 'role' | 'runText'>;

function roleOf(block: Block, folder: string, isBehind: boolean): Found | undefined {
  const { step } = block;
  const { instruction, before, after } = step;
  const first = step.stage.steps.find((each) => each.instruction.keyword === 'WORKDIR');
  switch (instruction.keyword) {
    case 'RUN':
      return roleOfRun(block, folder, isBehind);
    case 'COPY': {
      const { from, heredocs, destination } = instruction;
      const inside = before.workdir === folder || destination.text?.startsWith('/') === true;
      return from === undefined && heredocs.length === 0 && inside && isInside(destination.text, folder)
        ? { role: 'work' }
        : undefined;
    }
    case 'WORKDIR':
      if (isBehind) return { role: 'run' };
      return step === first || before.workdir === '/' || after.workdir === before.workdir
        ? { role: 'both' }
        : undefined;
    case 'USER':
      return { role: isBehind ? 'run' : 'both' };
    case 'ENV':
      return { role: isBehind ? 'run' : 'both' };
    case 'ARG':
      return { role: 'work' };
    case 'LABEL':
    case 'EXPOSE':
    case 'HEALTHCHECK':
    case 'STOPSIGNAL':
    case 'VOLUME':
    case 'ENTRYPOINT':
    case 'CMD':
      return { role: 'run' };
    default:
      return undefined;
  }
}

function roleOfRun(block: Block, folder: string, isBehind: boolean): Found | undefined {
  const { instruction, before, commands } = block.step;
  if (commands.length === 0 || instruction.onbuild !== undefined || commands.some(({ shell }) => shell.partial))
    return undefined;
  if (commands.every((command) => isWork(command))) {
    if (commands.some(({ runs }) => runs !== 'always')) return undefined;
    return before.workdir === folder || commands.every(isOfTools) ? { role: 'work' } : undefined;
  }
  if (commands.some((command) => command.install !== undefined || isBuild(command))) return undefined;
  if (commands.some(isSystem)) {
    if (!commands.every((each) => isSystem(each) || isTidying(each) || isOfTools(each))) return undefined;
    const text = runtimePackages(block);
    if (text === undefined) return undefined;
    return text === '' ? { role: 'work' } : { role: 'both', runText: text };
  }
  if (!commands.every((each) => isAccount(each) || isOfFolders(each))) return undefined;
  return { role: isBehind ? 'run' : 'both' };
}

const isInside = (to: string | undefined, folder: string): boolean =>
  to !== undefined && !to.includes('..') && (!to.startsWith('/') || `${to}/`.startsWith(`${folder}/`));

export const isBuild = (command: Omit<Command, 'install'>): boolean => buildCallOf(command)?.ecosystem === 'Node.js';

/** It writes into node_modules. */
const isGenerator = ({ invocation, arguments: rest }: Omit<Command, 'install'>): boolean =>
  invocation?.operation === 'exec' && rest.includes('prisma') && rest.includes('generate');

const isWork = (command: Command): boolean =>
  command.install?.node === true || isBuild(command) || isGenerator(command) || isOfTools(command);

/** Managers and tools of the build: `corepack enable`, `npm install -g pnpm`, `npm cache clean --force`. */
function isOfTools({ name, arguments: words, invocation }: Command): boolean {
  if (name === 'corepack') return /^(?:enable|prepare|use|install)$/.test(words[0] ?? '');
  if (invocation === undefined) return false;
  if (/^(?:cache|store)$/.test(invocation.subcommand) || invocation.operation === 'set-version') return true;
  return (
    invocation.operation === 'add' && invocation.global && invocation.packages.every((each) => ofBuilds.test(each))
  );
}

/** Global packages that no program needs when it runs, unless it is started by them. */
const ofBuilds =
  /^(?:npm|pnpm|yarn|corepack|typescript|turbo|nx|lerna|@nestjs\/cli|@angular\/cli|vite|webpack(?:-cli)?|node-gyp|rimraf|tsup|esbuild|serve|http-server)(?:@[\w.^~-]+)?$/;

const isSystem = (command: Command): boolean => systemPackageCallOf(command) !== undefined;

/** What goes with an install of system packages: their lists removed, `set -e`. */
const isTidying = ({ name, arguments: words }: Command): boolean =>
  name === 'set' ||
  (/^(?:apt-get|apt)$/.test(name ?? '') &&
    /^(?:clean|autoclean)$/.test(words.find((word) => word?.startsWith('-') === false) ?? '')) ||
  (name === 'rm' &&
    words.every((word) => word !== undefined && /^(?:-\w+|\/var\/(?:lib\/apt|cache)\/\S*|\/tmp\/\S*)$/.test(word)));

const isAccount = (command: Command): boolean => command.runs === 'always' && accountCallOf(command)?.unclear === false;

/** Folders and their owners, by paths that are written out. */
const isOfFolders = ({ name, arguments: words, runs }: Command): boolean =>
  runs === 'always' &&
  /^(?:mkdir|chown|chmod|chgrp|touch)$/.test(baseName(name ?? '')) &&
  words.every((word) => word !== undefined && !word.includes('node_modules'));
