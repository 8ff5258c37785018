/** What the words of a command call. Many rules ask, and a text that is edited keeps most of its commands: each is read once. */
import {
  accountCall,
  addressesMembers,
  anyPackageCall,
  type BuildCall,
  buildCall,
  decompressCall,
  fetchingBuild,
  fileEffects,
  filledCache,
  type Invocation,
  managerSupply,
  type PackageCache,
  packageRequest,
  readInvocation,
  systemPackageCall,
  toolInstall,
  unpackCall,
} from '../../knowledge/index.ts';
import type { Command } from '../build.ts';
import { remembered } from '../remembered.ts';

/** `arguments` stays the same list for as long as the words do, which then tells the name, too. */
interface Called {
  readonly name?: string | undefined;
  readonly arguments: Command['arguments'];
  readonly invocation?: Invocation;
}

/** `read` for the name and the words of a command, kept with them; it must hang on nothing else. */
const ofWords = <Answer>(
  read: (words: readonly (string | undefined)[]) => Answer,
): ((command: Omit<Called, 'invocation'>) => Answer) =>
  remembered(
    (command) => command.arguments,
    (command) => read([command.name, ...command.arguments]),
  );

export const accountCallOf = ofWords(accountCall);
export const addressesMembersIn = ofWords(addressesMembers);
export const decompressCallOf = ofWords(decompressCall);
export const fileEffectsOf = ofWords(fileEffects);
/** A build that fetches what it needs, where no variable gives it flags. */
export const fetchingBuildOf = ofWords((words) => fetchingBuild(words, []));
export const readInvocationOf = ofWords(readInvocation);
export const packageRequestOf = ofWords(packageRequest);
export const unpackCallOf = ofWords(unpackCall);

export const systemPackageCallOf = ofWords(systemPackageCall);
/** The same, whatever root it works in. */
export const anyPackageCallOf = ofWords(anyPackageCall);

export const buildCallOf: (command: Called) => BuildCall | undefined = remembered(
  (command) => command.arguments,
  (command) => buildCall([command.name, ...command.arguments], command.invocation),
);

/** The cache of downloads that a command fills; of Yarn, without what is known of its version. */
export const filledCacheOf: (command: Called) => PackageCache | undefined = remembered(
  (command) => command.arguments,
  (command) => filledCache([command.name, ...command.arguments], command.invocation),
);

/** What a command does towards pnpm, or Yarn, as it is called by its name. */
export const supplyOf = {
  pnpm: ofWords((words) => managerSupply(words, 'pnpm')),
  yarn: ofWords((words) => managerSupply(words, 'yarn')),
};

export const toolInstallOf: (command: Called) => string | undefined = remembered(
  (command) => command.arguments,
  (command) => toolInstall([command.name, ...command.arguments], command.invocation),
);
