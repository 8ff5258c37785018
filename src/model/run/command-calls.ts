/** What the words of a command call. Many rules ask, and a text that is edited keeps most of its commands: each is read once. */
import {
  accountCall,
  accountRemoval,
  addressesMembers,
  anyPackageCall,
  buildCall,
  cargoOutput,
  consentCall,
  decompressCall,
  distributionUpgrade,
  environmentMade,
  fetchingBuild,
  fileEffects,
  filledCache,
  type Invocation,
  linkedProgram,
  managerSupply,
  packageRequest,
  readInvocation,
  recommendingInstall,
  runsOn,
  setsFolderDependencies,
  systemPackageCall,
  toolInstall,
  unpackCall,
  unpackedFiles,
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

/** The same where an answer hangs on the call of a package manager too, which the words tell. */
const ofCall = <Answer>(
  read: (words: readonly (string | undefined)[], invocation: Invocation | undefined) => Answer,
): ((command: Called) => Answer) =>
  remembered(
    (command) => command.arguments,
    (command) => read([command.name, ...command.arguments], command.invocation),
  );

export const accountCallOf = ofWords(accountCall);
export const accountRemovalOf = ofWords(accountRemoval);
export const addressesMembersIn = ofWords(addressesMembers);
export const cargoOutputOf = ofWords(cargoOutput);
export const consentCallOf = ofWords(consentCall);
export const decompressCallOf = ofWords(decompressCall);
export const distributionUpgradeOf = ofWords(distributionUpgrade);
/** The directory of the Python environment that it makes. */
export const environmentMadeBy = ofWords(environmentMade);
export const fileEffectsOf = ofWords(fileEffects);
/** A build that fetches what it needs, where no variable gives it flags. */
export const fetchingBuildOf = ofWords((words) => fetchingBuild(words, []));
export const readInvocationOf = ofWords(readInvocation);
export const packageRequestOf = ofWords(packageRequest);
export const linkedProgramOf = ofWords(linkedProgram);
export const recommendingInstallOf = ofWords(recommendingInstall);
export const runsOnIn = ofWords(runsOn);
export const setsFolderDependenciesIn = ofWords(setsFolderDependencies);
export const unpackCallOf = ofWords(unpackCall);
export const unpackedFilesOf = ofWords(unpackedFiles);

export const systemPackageCallOf = ofWords(systemPackageCall);
/** The same, whatever root it works in. */
export const anyPackageCallOf = ofWords(anyPackageCall);

export const buildCallOf = ofCall(buildCall);

/** The cache of downloads that a command fills; of Yarn, without what is known of its version. */
export const filledCacheOf = ofCall((words, invocation) => filledCache(words, invocation));

/** What a command does towards pnpm, or Yarn, as it is called by its name. */
export const supplyOf = {
  pnpm: ofWords((words) => managerSupply(words, 'pnpm')),
  yarn: ofWords((words) => managerSupply(words, 'yarn')),
};

export const toolInstallOf = ofCall(toolInstall);
