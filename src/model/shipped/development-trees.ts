/** Dependency trees that ship with development packages to those who have no use for them. */
import { isIdleOmission } from '../../knowledge/index.ts';
import type { ShellWord } from '../../syntax/index.ts';
import type { Build, Command, DependencyTree, FileChange, Install, Located, Stage } from '../build.ts';
import { baseName, directoryName } from '../files/path.ts';
import { chainOf, originOf, shippedTrees } from '../query.ts';
import { developmentStart } from '../start/development-start.ts';
import { launchOf } from '../start/launch.ts';
import { isForOthers } from '../start/root-start.ts';
import { purposeOf, startingProgram } from '../start/start.ts';
import { type DevelopmentUse, developmentUse } from './development-use.ts';
import { isMadeForDevelopers } from './made-for-developers.ts';
import { omittedElsewhere } from './whole-on-purpose.ts';

export interface DevelopmentTree {
  readonly target: Stage;
  /** The tree; the project where it is not known whether its manager writes one. */
  readonly path: string;
  /** The change of the target's own chain that brings the tree in. */
  readonly change: FileChange;
  readonly install: Install;
  /** That of the install that made it. */
  readonly command: Command;
  /** Copies between the install and the target, the last one first. */
  readonly hops: readonly FileChange[];
  /** What the image starts, when that is or needs a tool for development itself. */
  readonly start?: Located;
  /** The same install elsewhere, without development packages. */
  readonly omitted?: Command;
  /** The option that is meant to leave them out, and that npm does not know. */
  readonly idle?: ShellWord;
  /** The manifest that may name some, by its name; it is not seen. */
  readonly unseen?: string;
  /** What tells that they are installed, where the variables that decide it are not known. */
  readonly use?: DevelopmentUse;
  /** Nothing leaves them out but, perhaps, a variable of the base image, which is not known. */
  readonly unlessBase: boolean;
  /** It may be meant. */
  readonly mild: boolean;
}

/** Images for developers and test runs are left out. */
export function* developmentTrees(build: Build): Iterable<DevelopmentTree> {
  for (const { target, path, change, tree, development } of shippedTrees(build)) {
    const unseen =
      development === 'unknown' && isLikelyToNameSome(tree.install, target) ? tree.install.reads[0] : undefined;
    const use = development === 'unknown' && unseen === undefined ? developmentUse(tree, build) : undefined;
    const isKnown = development === 'yes' || use !== undefined;
    const unlessBase = !isKnown && isLeftToBase(tree);
    if ((!isKnown && !unlessBase && unseen === undefined) || isMadeForDevelopers(build, target)) continue;
    const purpose = purposeOf(target, build.path);
    const start = purpose === 'development' ? startingProgram(target) : developmentStart(target, build);
    const omitted = omittedElsewhere(tree);
    if ((unseen !== undefined || unlessBase) && (purpose !== 'runtime' || omitted !== undefined)) continue;
    const idle = idleOmission(tree.install);
    yield {
      target,
      path: tree.install.linker === 'unknown' && !copiesByName(change) ? directoryName(path) : path,
      change,
      install: tree.install,
      command: tree.install.command,
      hops: hopsOf(change),
      mild:
        unseen !== undefined ||
        unlessBase ||
        purpose !== 'runtime' ||
        start !== undefined ||
        omitted !== undefined ||
        isForOthers(build, target),
      unlessBase,
      ...(unseen === undefined ? {} : { unseen: baseName(unseen) }),
      ...(use === undefined ? {} : { use }),
      ...(idle === undefined ? {} : { idle }),
      ...(start === undefined ? {} : { start }),
      ...(omitted === undefined ? {} : { omitted }),
    };
  }
}

/** As its install has made it. */
const isLeftToBase = ({ install, development, prunedBy }: DependencyTree): boolean =>
  development === 'unknown' && install.leftToBase === true && prunedBy === undefined;

/** The Gemfile of a small program names none, that which Rails generates does. */
function isLikelyToNameSome({ mayBringDevelopment, manager, command }: Install, target: Stage): boolean {
  if (mayBringDevelopment !== true || manager !== 'bundler') return mayBringDevelopment === true;
  const words = [...chainOf(command.step.stage), ...chainOf(target)]
    .flatMap(({ steps }) => steps.flatMap(({ commands }) => commands))
    .map(({ name, arguments: rest }) => [name, ...rest]);
  return [...words, ...(launchOf(target)?.commands ?? []).map((start) => start.words)].some((call) =>
    call.slice(0, 3).some((word) => /^(?:.*\/)?rails$/.test(word ?? '')),
  );
}

const idleOmission = ({ manager, command: { shell } }: Install): ShellWord | undefined =>
  manager === 'npm' ? shell.effective.find(({ text }) => text !== undefined && isIdleOmission(text)) : undefined;

/** COPY names node_modules itself: it is there then. */
const copiesByName = ({ step: { instruction } }: FileChange): boolean =>
  instruction.keyword === 'COPY' && instruction.sources.some(({ raw }) => raw.includes('node_modules'));

function hopsOf(change: FileChange): readonly FileChange[] {
  const origin = originOf(change);
  const hops: FileChange[] = [];
  for (let at = change.source; at !== undefined && at !== origin; at = at.source) hops.push(at);
  return hops;
}
