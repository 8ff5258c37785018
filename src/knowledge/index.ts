/** What the world is like, as data with sources. */

export { type DatedFacts, datedFacts } from './dated-facts.ts';
export { isBareImage } from './images/bare-images.ts';
export {
  type BaseImageConfig,
  baseImageConfig,
  serverConfiguration,
  servesByItself,
} from './images/base-image-config.ts';
export { baseImageSize, type SizeClass } from './images/base-image-size.ts';
export { mayImageSet } from './images/base-image-variables.ts';
export { type BaseImageFacts, baseImage, isDistroless, systemPath } from './images/base-images.ts';
export { type EndedSupport, endedSupport } from './images/end-of-life.ts';
export {
  busyBoxLacks,
  type HttpClient,
  hasBusyBoxWget,
  isHttpClient,
  lacksClient,
  mayBringClient,
} from './images/http-clients.ts';
export { runtimeInterfaceClients } from './images/lambda.ts';
export { isOfficialImage } from './images/official-images.ts';
export { isOverlayImage } from './images/overlay-images.ts';
export { onlyPlatform, type Platform, parsePlatform, picksArchitecture, platformFault } from './images/platforms.ts';
export { movesByName, namesRelease } from './images/rolling-tags.ts';
export { isJdkImage, needsTools, sdkImage } from './images/sdk-images.ts';
export { isOwnDirectory, isStandardDirectory, isSystemDirectory, mayBeInBase } from './images/system-directories.ts';
export { cargoOutput } from './installers/cargo-output.ts';
export { dependencyInstall } from './installers/dependency-install.ts';
export { type FetchingBuild, fetchingBuild, isOpenCommand } from './installers/fetching-builds.ts';
export { feedsInstall } from './installers/install-inputs.ts';
export type { DependencyInstall, InstallerSetting, InstallerSituation } from './installers/installer.ts';
export { lockedCall } from './installers/locked-calls.ts';
export { manifestNamesDevelopment, manifestNeedsSource } from './installers/manifest-needs.ts';
export { nativeGemsIn } from './installers/native-gems.ts';
export { nativePythonPackages } from './installers/native-python.ts';
export type { PackageRequest } from './installers/package-request.ts';
export { packageRequest } from './installers/package-requests.ts';
export { environmentMade, isPythonManager } from './installers/python-installers.ts';
export {
  type ImagePython,
  imagePython,
  mayBringPython,
  moduleOfProgram,
  pythonOfFolder,
} from './installers/python-layout.ts';
export { toolInstall } from './installers/tool-install.ts';
export { installsDevelopmentFirst } from './installers/uv-run.ts';
export { type BuildVariable, buildVariable } from './node/build-variables.ts';
export {
  corepackHome,
  corepackPlaces,
  corepacksWithoutKey,
  isSignedAnew,
  type ManagerSupply,
  managerSupply,
  type ShimmedManager,
  shimmedManager,
} from './node/corepack.ts';
export { installsDevelopment, prunesDevelopment } from './node/development.ts';
export { isIdleOmission } from './node/install-flags.ts';
export { scriptsOfInstall } from './node/install-scripts.ts';
export type { Invocation, Operation, PackageManager, Setting } from './node/invocation.ts';
export { lockedDevelopment } from './node/locked-development.ts';
export { failsWithoutLockfile, isFrozen, lockfilesOf } from './node/lockfiles.ts';
export { managerCache, pnpmStoreFolder } from './node/manager-cache.ts';
export { type ManagerEngine, managerEngine } from './node/manager-engines.ts';
export { isNative, nativePackagesOf } from './node/native-packages.ts';
export { standaloneSettings } from './node/next-build.ts';
export {
  declaredManager,
  developmentPackages,
  hooksForDevelopment,
  installLinksFolders,
  installRunsScripts,
  lockfileManagerVersion,
  manifestScript,
  namedForDevelopment,
  namedPackages,
  namesMembers,
  nodeEngine,
  npmStopsAt,
  onlyForDevelopment,
  packageName,
  pnpmNamesMembers,
  productionPackages,
  scriptWords,
  type UnreadLockfile,
  unreadPnpmLockfile,
  workspacePackages,
  yarnNodeLinker,
} from './node/node-project.ts';
export { isInstaller, mayBringNode, type NodeRuntime, needsNode, nodeRuntime } from './node/node-runtime.ts';
export type { Situation } from './node/npm-config.ts';
export { isNpmCommand, isNpmOption, nearNpmCommand } from './node/npm-words.ts';
export { comesAsOptionalPeer } from './node/optional-peers.ts';
export { readInvocation } from './node/package-managers.ts';
export { isManagerPackage, type PackageWord, packageWord } from './node/package-words.ts';
export { patchFolder, pnpmPatches } from './node/patches.ts';
export {
  deploySettings,
  hoistsToTheRoot,
  keepsPackagesElsewhere,
  leavesUnlinked,
  pruneStripsMembers,
} from './node/pnpm-links.ts';
export { type StoredPackage, storedPackage } from './node/pnpm-store-paths.ts';
export {
  hasOwnPrismaClient,
  isPlainTool,
  lacksOpenssl,
  mayBringOpenssl,
  prismaCall,
  prismaSubcommand,
  prismaTellsSchema,
  usesPrismaEngine,
} from './node/prisma.ts';
export { runsInMembers, type ScriptCall, scriptCalls, wordsForScript } from './node/script-calls.ts';
export { scriptsRunTogether } from './node/script-runners.ts';
export { passesSignals, shellMakesWay } from './node/signals.ts';
export { firstTool, packageOfTool, packagesNamed, toolChoices } from './node/tool-packages.ts';
export { rangeIntervals, type VersionInterval, versionInterval } from './node/version-ranges.ts';
export { type MajorRange, majorOf, majorsOf } from './node/versions.ts';
export { addressesMembers, isLocalPackage, setsFolderDependencies } from './node/workspace-calls.ts';
export { manifestTakesMember, pnpmGlobs, pnpmTakesMember, workspaceGlobs } from './node/workspace-members.ts';
export { memberNamed } from './node/workspace-selectors.ts';
export {
  type DecompressCall,
  decompressCall,
  type UnpackCall,
  unpackCall,
  unpackedFiles,
} from './programs/archive-calls.ts';
export { type BuildCall, buildCall, compilesSource } from './programs/build-calls.ts';
export { isBuildSetting } from './programs/build-settings.ts';
export { commandVariableOf } from './programs/command-variable.ts';
export { fileEffects } from './programs/commands.ts';
export { runsCompiled } from './programs/compiled-start.ts';
export { checksContent, checksWho } from './programs/content-checks.ts';
export { type CurlCall, curlCall, isLocal, readsSource, redirects, refusesOther } from './programs/curl-call.ts';
export { bringsDatabase, databaseOf } from './programs/database-drivers.ts';
export { debuggerInstalled, isDebuggerPackage } from './programs/debuggers.ts';
export { asksForDevelopment, asksForProduction, plainlyProduction, setsVariable } from './programs/development-mode.ts';
export { type FetchCall, fetchCall, mayFetch, skipsCertificate } from './programs/fetch-calls.ts';
export { backgroundStart, isPlainNginx } from './programs/foreground.ts';
export { failsWithoutGpu, gpuQuery } from './programs/gpu-queries.ts';
export { lastsAsStart, runsOn } from './programs/lasting-programs.ts';
export { isLoopback, type LoopbackCause, loopbackCause, saysWhereToListen } from './programs/listening-address.ts';
export { type NamedPort, portAskedBy, portNamedIn } from './programs/listening-port.ts';
export { type Migration, migration } from './programs/migrations.ts';
export { type NginxContext, refusedDirective } from './programs/nginx-contexts.ts';
export { readsBraces, readsPatterns } from './programs/pattern-readers.ts';
export {
  type Failing,
  failsLeft,
  onNothing,
  readsProgram,
  runsPrograms,
  stopsReading,
} from './programs/pipe-ends.ts';
export { handlesFilesOnly, isBystander, makesNoContent } from './programs/plain-commands.ts';
export {
  isNamedByHadolint,
  type Pointless,
  pointless,
  type ServiceCall,
  serviceCall,
} from './programs/pointless-programs.ts';
export { type PortSpec, readPortSpec } from './programs/port-spec.ts';
export {
  type CommandPurpose,
  commandPurpose,
  dockerfilePurpose,
  type StagePurpose,
  stagePurpose,
} from './programs/purpose.ts';
export {
  architectureIn,
  isChecksumList,
  isMovingName,
  isPackageSource,
  isParcelOrProgram,
  isPlainData,
  isTrustAnchor,
  isWithin,
  lastPart,
  movingPart,
  namesContent,
  namesNewestRelease,
  namesVersion,
  type RemoteAddress,
  readAddress,
} from './programs/remote-address.ts';
export { isRepositoryCall, mayReadRepository } from './programs/repository-readers.ts';
export {
  givesAccounts,
  isContainerEngine,
  isHostTool,
  isLanguageRuntime,
  isParcel,
  isPrompt,
  serverMaster,
  supervisorCall,
} from './programs/root-programs.ts';
export { callsForFiles, isForWriting, namesDatabaseFile } from './programs/running-writers.ts';
export {
  archiveOperandOf,
  isProgramFolder,
  looksLikeScript,
  mayBeBuilt,
  type ScriptOperand,
  scriptOperandOf,
} from './programs/script-operand.ts';
export { lacksRuntime, mayBringRuntime } from './programs/script-runtimes.ts';
export { doesTheWork, succeedsAnyway } from './programs/unfailing-programs.ts';
export { isDeployedAddress, isVolatileVariable } from './programs/volatile-variables.ts';
export { namesAddress, wgetProgress } from './programs/wget-progress.ts';
export { isRemoteSource, unpacksByName } from './project/archives.ts';
export { isBulky, isOutputName, isTrifle } from './project/bulky-files.ts';
export {
  type ContextPathKind,
  describeContextPath,
  isTemplateName,
  namesLikeFile,
} from './project/context-paths.ts';
export { type LabelKeyFault, labelKeyFault } from './project/label-keys.ts';
export { type LabelKind, labelKinds, labelValueFault } from './project/label-values.ts';
export {
  imageLanguage,
  type LanguageDemand,
  type LanguageVersion,
  languageDemands,
  type ProjectCall,
  projectCall,
  runtimeDemand,
} from './project/language-demands.ts';
export type { LicenceFault } from './project/licences.ts';
export { clutterKind } from './project/project-clutter.ts';
export { isBuildOutputFolder, projectDirectory } from './project/project-directories.ts';
export { isAssignedSecret, secretsInWords, type WordSecret } from './secrets/command-secrets.ts';
export {
  type CredentialFile,
  type CredentialKind,
  credentialFile,
  isSampleFolder,
} from './secrets/credential-files.ts';
export { mayWriteCredential, writtenCredential } from './secrets/credential-writers.ts';
export { credentialsIn, npmAuthConfigKey } from './secrets/credentials.ts';
export { readsFromEnvironment } from './secrets/environment-readers.ts';
export { keysMadeBy } from './secrets/made-keys.ts';
export { isDatabaseAddress, isPlaceholder, secretName, secretValue } from './secrets/secrets.ts';
export { type AbsentProgram, absentProgram, bringersOf, runsOnNode } from './system/absent-programs.ts';
export {
  type AccountCall,
  type AccountRemoval,
  accountCall,
  accountRemoval,
  namesAccount,
} from './system/account-calls.ts';
export {
  accountsOfNothing,
  type BaseAccounts,
  baseAccounts,
  installsSystemPackages,
  isServiceAccount,
  packagesMayMake,
} from './system/accounts.ts';
export { isDistributionRing, isTrustedRing, trustsKey, writtenAmong } from './system/apt-keys.ts';
export { type ArchivedRelease, archivedRelease } from './system/archived-releases.ts';
export { type BuildToolKind, buildToolKind, nodeBuildTool } from './system/build-tools.ts';
export { spoilsCacheAt, turnsCacheOff, usesCacheAt } from './system/cache-mounts.ts';
export { type ConsentCall, consentCall } from './system/consent.ts';
export {
  type DistributionRelease,
  isForeign,
  type RepositoryLine,
  releaseOfImage,
  repositoryLine,
} from './system/distribution-suites.ts';
export { type DistributionUpgrade, distributionUpgrade, isRolling } from './system/distribution-upgrades.ts';
export { changesPlainFile, type ModeCall, type ModeEffect, modeCall, modeEffect } from './system/file-modes.ts';
export { glibcVersion, startsOnlySince } from './system/glibc-versions.ts';
export { type GroupMembership, groupMembership } from './system/group-members.ts';
export { type KnownAccount, knownAccounts } from './system/known-accounts.ts';
export {
  holdsProgram,
  isLinkedThere,
  javaRuntime,
  type LinkedProgram,
  linkedProgram,
  linksOtherwise,
} from './system/linked-programs.ts';
export { leavesLoginLogs, loginLogSize } from './system/login-logs.ts';
export { hasMergedUsr, linkOfMergedUsr } from './system/merged-usr.ts';
export { bringsNode } from './system/node-packages.ts';
export { type OwnerCall, ownerCall } from './system/owner-calls.ts';
export { cacheAt, cleansCache, filledCache, type PackageCache, placesCache } from './system/package-caches.ts';
export { type Distribution, distributionOf, type PackageSlip, packageSlip } from './system/package-slips.ts';
export {
  aptSettings,
  namesPackages,
  type RecommendingInstall,
  recommendingInstall,
  refusesRecommended,
} from './system/recommended-packages.ts';
export { isSignal, isUncatchable, type StopWish, signalName, stopWish } from './system/stop-signals.ts';
export {
  anyPackageCall,
  type NamedPackage,
  type SystemManager,
  type SystemPackageCall,
  systemPackageCall,
} from './system/system-packages.ts';
export { systemShell } from './system/system-shell.ts';
export { changesAccount, isPrivilegeDropper } from './system/user-changers.ts';
