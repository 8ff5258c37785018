// Made by test/generated.test.ts from the files of this folder: npm test -- -u
import accountAlreadyThere from './account-already-there.ts';
import addForLocalFile from './add-for-local-file.ts';
import aptInScript from './apt-in-script.ts';
import archiveLeftInLayer from './archive-left-in-layer.ts';
import archiveUnpackedByHand from './archive-unpacked-by-hand.ts';
import archivedDistribution from './archived-distribution.ts';
import asCasing from './as-casing.ts';
import backgroundWorkLost from './background-work-lost.ts';
import basePlatformMismatch from './base-platform-mismatch.ts';
import braceListInSh from './brace-list-in-sh.ts';
import brokenJsonArray from './broken-json-array.ts';
import buildAtStart from './build-at-start.ts';
import buildBeforeSource from './build-before-source.ts';
import buildCacheShipped from './build-cache-shipped.ts';
import buildOnlyEnvShipped from './build-only-env-shipped.ts';
import buildPackagesNeverRemoved from './build-packages-never-removed.ts';
import buildPlatformLeak from './build-platform-leak.ts';
import buildToolsShipped from './build-tools-shipped.ts';
import buildVariableAtRuntime from './build-variable-at-runtime.ts';
import buildWithoutInstall from './build-without-install.ts';
import cdInsteadOfWorkdir from './cd-instead-of-workdir.ts';
import checksumFromSameHost from './checksum-from-same-host.ts';
import chownDuplicatesLayer from './chown-duplicates-layer.ts';
import commandOnMissingFile from './command-on-missing-file.ts';
import commandTargetMissing from './command-target-missing.ts';
import commentAfterInstruction from './comment-after-instruction.ts';
import consecutiveRuns from './consecutive-runs.ts';
import contentCopiedTwice from './content-copied-twice.ts';
import copiedPathNeverCreated from './copied-path-never-created.ts';
import copyDestinationNotDirectory from './copy-destination-not-directory.ts';
import copyLacksFrom from './copy-lacks-from.ts';
import copyOntoRoot from './copy-onto-root.ts';
import copySourceMissing from './copy-source-missing.ts';
import copyWithoutWorkdir from './copy-without-workdir.ts';
import debuggerShipped from './debugger-shipped.ts';
import deletedInLaterLayer from './deleted-in-later-layer.ts';
import devDependenciesShipped from './dev-dependencies-shipped.ts';
import developmentModeAtRuntime from './development-mode-at-runtime.ts';
import developmentPackageMissing from './development-package-missing.ts';
import directiveWithoutEffect from './directive-without-effect.ts';
import distributionUpgraded from './distribution-upgraded.ts';
import dockerignoreGap from './dockerignore-gap.ts';
import downloadIgnoresHttpErrors from './download-ignores-http-errors.ts';
import duplicateStageName from './duplicate-stage-name.ts';
import emptyContinuation from './empty-continuation.ts';
import endOfLifeBase from './end-of-life-base.ts';
import exposedProtocolCasing from './exposed-protocol-casing.ts';
import failureForgiven from './failure-forgiven.ts';
import fileNotWritableByUser from './file-not-writable-by-user.ts';
import fixedPlatform from './fixed-platform.ts';
import foreignDistroSuite from './foreign-distro-suite.ts';
import gitDirectoryShipped from './git-directory-shipped.ts';
import glibcNewerThanRuntime from './glibc-newer-than-runtime.ts';
import globFlattensDirectories from './glob-flattens-directories.ts';
import globallyTrustedAptKey from './globally-trusted-apt-key.ts';
import globstarInSh from './globstar-in-sh.ts';
import gpuAskedForInBuild from './gpu-asked-for-in-build.ts';
import groupsDroppedByUser from './groups-dropped-by-user.ts';
import hardcodedArchitecture from './hardcoded-architecture.ts';
import healthcheckProgramMissing from './healthcheck-program-missing.ts';
import healthcheckTooFrequent from './healthcheck-too-frequent.ts';
import heredocWithoutErrexit from './heredoc-without-errexit.ts';
import hostNodeModulesCopied from './host-node-modules-copied.ts';
import ignoredFileCopied from './ignored-file-copied.ts';
import installBeforeManifest from './install-before-manifest.ts';
import installCacheBusted from './install-cache-busted.ts';
import installOutsideLockfile from './install-outside-lockfile.ts';
import installOutsideWorkspace from './install-outside-workspace.ts';
import installWithoutLockfile from './install-without-lockfile.ts';
import instructionCasing from './instruction-casing.ts';
import interactiveInstall from './interactive-install.ts';
import invalidBaseName from './invalid-base-name.ts';
import invalidPort from './invalid-port.ts';
import labelAgainstSchema from './label-against-schema.ts';
import labelSetTwice from './label-set-twice.ts';
import languageVersionMismatch from './language-version-mismatch.ts';
import leakedCredentialsFile from './leaked-credentials-file.ts';
import leakedNpmrc from './leaked-npmrc.ts';
import legacyEnvSwallowsPair from './legacy-env-swallows-pair.ts';
import legacyKeyValue from './legacy-key-value.ts';
import libcMismatch from './libc-mismatch.ts';
import linkCopyOverSymlink from './link-copy-over-symlink.ts';
import loopbackBind from './loopback-bind.ts';
import maintainer from './maintainer.ts';
import malformedLabelKey from './malformed-label-key.ts';
import malformedShellTest from './malformed-shell-test.ts';
import migrationAtStart from './migration-at-start.ts';
import migrationInBuild from './migration-in-build.ts';
import missingDockerignore from './missing-dockerignore.ts';
import missingHealthcheck from './missing-healthcheck.ts';
import missingPackageScript from './missing-package-script.ts';
import misspelledStage from './misspelled-stage.ts';
import mistypedVariableReference from './mistyped-variable-reference.ts';
import nextStandaloneIncomplete from './next-standalone-incomplete.ts';
import nginxConfigOutOfPlace from './nginx-config-out-of-place.ts';
import nodeInstalledTwice from './node-installed-twice.ts';
import nodeMissingAtRuntime from './node-missing-at-runtime.ts';
import nodeVersionMismatch from './node-version-mismatch.ts';
import nonExecutableCommand from './non-executable-command.ts';
import overriddenInstruction from './overridden-instruction.ts';
import packageCacheShipped from './package-cache-shipped.ts';
import packageManagerAsCommand from './package-manager-as-command.ts';
import packageManagerFetchedAtStart from './package-manager-fetched-at-start.ts';
import packageManagerMismatch from './package-manager-mismatch.ts';
import packageManagerRefusesNode from './package-manager-refuses-node.ts';
import packageManagerUnpinned from './package-manager-unpinned.ts';
import packagesInstalledTwice from './packages-installed-twice.ts';
import packagesMissingAtRuntime from './packages-missing-at-runtime.ts';
import packagesOutOfPlace from './packages-out-of-place.ts';
import pipeWithoutPipefail from './pipe-without-pipefail.ts';
import pipedInstaller from './piped-installer.ts';
import pnpmDeployRefused from './pnpm-deploy-refused.ts';
import pointlessCommand from './pointless-command.ts';
import portMismatch from './port-mismatch.ts';
import prismaClientMissing from './prisma-client-missing.ts';
import prismaWithoutOpenssl from './prisma-without-openssl.ts';
import programLacksGlibc from './program-lacks-glibc.ts';
import programNotInImage from './program-not-in-image.ts';
import progressInBuildLog from './progress-in-build-log.ts';
import pythonVersionMismatch from './python-version-mismatch.ts';
import recommendedPackagesInstalled from './recommended-packages-installed.ts';
import redundantPlatform from './redundant-platform.ts';
import relativeWorkdir from './relative-workdir.ts';
import reservedStageName from './reserved-stage-name.ts';
import rootHomeUnreachable from './root-home-unreachable.ts';
import rootOwnedCopy from './root-owned-copy.ts';
import rootUser from './root-user.ts';
import runWithoutShell from './run-without-shell.ts';
import scriptOptionsLost from './script-options-lost.ts';
import secretEchoed from './secret-echoed.ts';
import secretInBuildArg from './secret-in-build-arg.ts';
import secretInCommand from './secret-in-command.ts';
import secretMountDefeated from './secret-mount-defeated.ts';
import serverInBuild from './server-in-build.ts';
import shellFormCommand from './shell-form-command.ts';
import shellOperatorOutsideRun from './shell-operator-outside-run.ts';
import shellReplacedByLink from './shell-replaced-by-link.ts';
import singleQuotedVariable from './single-quoted-variable.ts';
import singleStageBuild from './single-stage-build.ts';
import sourceCopiedBeforeInstall from './source-copied-before-install.ts';
import sparseLoginLog from './sparse-login-log.ts';
import stageNameInCapitals from './stage-name-in-capitals.ts';
import stageReferencedByNumber from './stage-referenced-by-number.ts';
import stalePackageIndex from './stale-package-index.ts';
import startInBackground from './start-in-background.ts';
import startScriptWithoutExec from './start-script-without-exec.ts';
import strayCommandArgument from './stray-command-argument.ts';
import sudoInBuild from './sudo-in-build.ts';
import systemPackagesAfterSource from './system-packages-after-source.ts';
import testStageShips from './test-stage-ships.ts';
import toolkitImageShipped from './toolkit-image-shipped.ts';
import twoDownloaders from './two-downloaders.ts';
import typesetSyntax from './typeset-syntax.ts';
import unansweredPurge from './unanswered-purge.ts';
import unclearDescription from './unclear-description.ts';
import undefinedBaseArgument from './undefined-base-argument.ts';
import undefinedVariable from './undefined-variable.ts';
import unfitStopSignal from './unfit-stop-signal.ts';
import unknownDistroPackage from './unknown-distro-package.ts';
import unknownNpmCommand from './unknown-npm-command.ts';
import unknownWorkspaceMember from './unknown-workspace-member.ts';
import unlockedInstall from './unlocked-install.ts';
import unnamedStage from './unnamed-stage.ts';
import unpinnedDownload from './unpinned-download.ts';
import unpinnedImage from './unpinned-image.ts';
import unpinnedPackages from './unpinned-packages.ts';
import unpinnedToolInstall from './unpinned-tool-install.ts';
import unprotectedDownload from './unprotected-download.ts';
import unreachableStage from './unreachable-stage.ts';
import unreadableSecretMount from './unreadable-secret-mount.ts';
import unrenderedPlaceholder from './unrendered-placeholder.ts';
import untrustedRegistry from './untrusted-registry.ts';
import unusableCacheMount from './unusable-cache-mount.ts';
import unusedBuildArg from './unused-build-arg.ts';
import unverifiedDownload from './unverified-download.ts';
import userByName from './user-by-name.ts';
import userNeverUsed from './user-never-used.ts';
import userNotInImage from './user-not-in-image.ts';
import variableReadWhereSet from './variable-read-where-set.ts';
import versionedStorePath from './versioned-store-path.ts';
import volumeOnBuildOutput from './volume-on-build-output.ts';
import wholeContextShipped from './whole-context-shipped.ts';
import workspaceLinksBroken from './workspace-links-broken.ts';
import workspaceMemberNotInstalled from './workspace-member-not-installed.ts';
import workspacePackagesLost from './workspace-packages-lost.ts';
import worldWritableFile from './world-writable-file.ts';

export const rules = [
  accountAlreadyThere,
  addForLocalFile,
  aptInScript,
  archiveLeftInLayer,
  archiveUnpackedByHand,
  archivedDistribution,
  asCasing,
  backgroundWorkLost,
  basePlatformMismatch,
  braceListInSh,
  brokenJsonArray,
  buildAtStart,
  buildBeforeSource,
  buildCacheShipped,
  buildOnlyEnvShipped,
  buildPackagesNeverRemoved,
  buildPlatformLeak,
  buildToolsShipped,
  buildVariableAtRuntime,
  buildWithoutInstall,
  cdInsteadOfWorkdir,
  checksumFromSameHost,
  chownDuplicatesLayer,
  commandOnMissingFile,
  commandTargetMissing,
  commentAfterInstruction,
  consecutiveRuns,
  contentCopiedTwice,
  copiedPathNeverCreated,
  copyDestinationNotDirectory,
  copyLacksFrom,
  copyOntoRoot,
  copySourceMissing,
  copyWithoutWorkdir,
  debuggerShipped,
  deletedInLaterLayer,
  devDependenciesShipped,
  developmentModeAtRuntime,
  developmentPackageMissing,
  directiveWithoutEffect,
  distributionUpgraded,
  dockerignoreGap,
  downloadIgnoresHttpErrors,
  duplicateStageName,
  emptyContinuation,
  endOfLifeBase,
  exposedProtocolCasing,
  failureForgiven,
  fileNotWritableByUser,
  fixedPlatform,
  foreignDistroSuite,
  gitDirectoryShipped,
  glibcNewerThanRuntime,
  globFlattensDirectories,
  globallyTrustedAptKey,
  globstarInSh,
  gpuAskedForInBuild,
  groupsDroppedByUser,
  hardcodedArchitecture,
  healthcheckProgramMissing,
  healthcheckTooFrequent,
  heredocWithoutErrexit,
  hostNodeModulesCopied,
  ignoredFileCopied,
  installBeforeManifest,
  installCacheBusted,
  installOutsideLockfile,
  installOutsideWorkspace,
  installWithoutLockfile,
  instructionCasing,
  interactiveInstall,
  invalidBaseName,
  invalidPort,
  labelAgainstSchema,
  labelSetTwice,
  languageVersionMismatch,
  leakedCredentialsFile,
  leakedNpmrc,
  legacyEnvSwallowsPair,
  legacyKeyValue,
  libcMismatch,
  linkCopyOverSymlink,
  loopbackBind,
  maintainer,
  malformedLabelKey,
  malformedShellTest,
  migrationAtStart,
  migrationInBuild,
  missingDockerignore,
  missingHealthcheck,
  missingPackageScript,
  misspelledStage,
  mistypedVariableReference,
  nextStandaloneIncomplete,
  nginxConfigOutOfPlace,
  nodeInstalledTwice,
  nodeMissingAtRuntime,
  nodeVersionMismatch,
  nonExecutableCommand,
  overriddenInstruction,
  packageCacheShipped,
  packageManagerAsCommand,
  packageManagerFetchedAtStart,
  packageManagerMismatch,
  packageManagerRefusesNode,
  packageManagerUnpinned,
  packagesInstalledTwice,
  packagesMissingAtRuntime,
  packagesOutOfPlace,
  pipeWithoutPipefail,
  pipedInstaller,
  pnpmDeployRefused,
  pointlessCommand,
  portMismatch,
  prismaClientMissing,
  prismaWithoutOpenssl,
  programLacksGlibc,
  programNotInImage,
  progressInBuildLog,
  pythonVersionMismatch,
  recommendedPackagesInstalled,
  redundantPlatform,
  relativeWorkdir,
  reservedStageName,
  rootHomeUnreachable,
  rootOwnedCopy,
  rootUser,
  runWithoutShell,
  scriptOptionsLost,
  secretEchoed,
  secretInBuildArg,
  secretInCommand,
  secretMountDefeated,
  serverInBuild,
  shellFormCommand,
  shellOperatorOutsideRun,
  shellReplacedByLink,
  singleQuotedVariable,
  singleStageBuild,
  sourceCopiedBeforeInstall,
  sparseLoginLog,
  stageNameInCapitals,
  stageReferencedByNumber,
  stalePackageIndex,
  startInBackground,
  startScriptWithoutExec,
  strayCommandArgument,
  sudoInBuild,
  systemPackagesAfterSource,
  testStageShips,
  toolkitImageShipped,
  twoDownloaders,
  typesetSyntax,
  unansweredPurge,
  unclearDescription,
  undefinedBaseArgument,
  undefinedVariable,
  unfitStopSignal,
  unknownDistroPackage,
  unknownNpmCommand,
  unknownWorkspaceMember,
  unlockedInstall,
  unnamedStage,
  unpinnedDownload,
  unpinnedImage,
  unpinnedPackages,
  unpinnedToolInstall,
  unprotectedDownload,
  unreachableStage,
  unreadableSecretMount,
  unrenderedPlaceholder,
  untrustedRegistry,
  unusableCacheMount,
  unusedBuildArg,
  unverifiedDownload,
  userByName,
  userNeverUsed,
  userNotInImage,
  variableReadWhereSet,
  versionedStorePath,
  volumeOnBuildOutput,
  wholeContextShipped,
  workspaceLinksBroken,
  workspaceMemberNotInstalled,
  workspacePackagesLost,
  worldWritableFile,
] as const;
