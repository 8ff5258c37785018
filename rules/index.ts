// Made by test/generated.test.ts from the files of this folder: npm test -- -u
import buildToolsShipped from './build-tools-shipped.ts';
import buildVariableAtRuntime from './build-variable-at-runtime.ts';
import commandTargetMissing from './command-target-missing.ts';
import copiedPathNeverCreated from './copied-path-never-created.ts';
import copyLacksFrom from './copy-lacks-from.ts';
import devDependenciesShipped from './dev-dependencies-shipped.ts';
import developmentModeAtRuntime from './development-mode-at-runtime.ts';
import developmentPackageMissing from './development-package-missing.ts';
import dockerignoreGap from './dockerignore-gap.ts';
import fileNotWritableByUser from './file-not-writable-by-user.ts';
import gitDirectoryShipped from './git-directory-shipped.ts';
import hostNodeModulesCopied from './host-node-modules-copied.ts';
import ignoredFileCopied from './ignored-file-copied.ts';
import installWithoutLockfile from './install-without-lockfile.ts';
import leakedCredentialsFile from './leaked-credentials-file.ts';
import leakedNpmrc from './leaked-npmrc.ts';
import libcMismatch from './libc-mismatch.ts';
import missingDockerignore from './missing-dockerignore.ts';
import misspelledStage from './misspelled-stage.ts';
import nextStandaloneIncomplete from './next-standalone-incomplete.ts';
import nodeMissingAtRuntime from './node-missing-at-runtime.ts';
import nodeVersionMismatch from './node-version-mismatch.ts';
import packageCacheShipped from './package-cache-shipped.ts';
import packageManagerAsCommand from './package-manager-as-command.ts';
import portMismatch from './port-mismatch.ts';
import programLacksGlibc from './program-lacks-glibc.ts';
import rootUser from './root-user.ts';
import secretInBuildArg from './secret-in-build-arg.ts';
import secretInCommand from './secret-in-command.ts';
import secretMountDefeated from './secret-mount-defeated.ts';
import singleStageBuild from './single-stage-build.ts';
import sourceCopiedBeforeInstall from './source-copied-before-install.ts';
import stageReferencedByNumber from './stage-referenced-by-number.ts';
import testStageShips from './test-stage-ships.ts';
import unlockedInstall from './unlocked-install.ts';
import unnamedStage from './unnamed-stage.ts';
import unpinnedImage from './unpinned-image.ts';
import unreachableStage from './unreachable-stage.ts';
import userNeverUsed from './user-never-used.ts';
import userNotInImage from './user-not-in-image.ts';
import wholeContextShipped from './whole-context-shipped.ts';
import workspaceLinksBroken from './workspace-links-broken.ts';
import workspacePackagesLost from './workspace-packages-lost.ts';

export const rules = [
  buildToolsShipped,
  buildVariableAtRuntime,
  commandTargetMissing,
  copiedPathNeverCreated,
  copyLacksFrom,
  devDependenciesShipped,
  developmentModeAtRuntime,
  developmentPackageMissing,
  dockerignoreGap,
  fileNotWritableByUser,
  gitDirectoryShipped,
  hostNodeModulesCopied,
  ignoredFileCopied,
  installWithoutLockfile,
  leakedCredentialsFile,
  leakedNpmrc,
  libcMismatch,
  missingDockerignore,
  misspelledStage,
  nextStandaloneIncomplete,
  nodeMissingAtRuntime,
  nodeVersionMismatch,
  packageCacheShipped,
  packageManagerAsCommand,
  portMismatch,
  programLacksGlibc,
  rootUser,
  secretInBuildArg,
  secretInCommand,
  secretMountDefeated,
  singleStageBuild,
  sourceCopiedBeforeInstall,
  stageReferencedByNumber,
  testStageShips,
  unlockedInstall,
  unnamedStage,
  unpinnedImage,
  unreachableStage,
  userNeverUsed,
  userNotInImage,
  wholeContextShipped,
  workspaceLinksBroken,
  workspacePackagesLost,
] as const;
