/** The public face of the model: the Build, and the questions that rules ask of it. */

export { type EndedSupport, isTemplateName, type LabelKind, labelKinds } from '../knowledge/index.ts';
export { templateMark } from '../syntax/index.ts';
export { type AccountHistory, type Accounts, accountHistory, lacks } from './accounts/accounts.ts';
export { type DroppedGroups, droppedGroups } from './accounts/dropped-groups.ts';
export { type IdleAccount, idleAccounts } from './accounts/idle-account.ts';
export { type MissingAccount, missingAccounts } from './accounts/missing-accounts.ts';
export { type NamedUser, namedUsers } from './accounts/named-users.ts';
export { type RootHome, rootHomes } from './accounts/root-home.ts';
export { type SparseLog, sparseLogs } from './accounts/sparse-logs.ts';
export { type TakenAccount, takenAccounts } from './accounts/taken-accounts.ts';
export { type UnwritableFile, unwritableFiles } from './accounts/unwritable.ts';
export type * from './build.ts';
export { type DirectoryTake, directoryTakes, type Stowaway } from './context/context-exposure.ts';
export { type IgnoredSource, ignoredSources } from './context/ignored-source.ts';
export { type MissingSource, missingSources } from './context/missing-source.ts';
export { type BuildOptions, createBuild } from './create-build.ts';
export {
  type HomelessCopy,
  homelessCopies,
  type RootOverlay,
  rootOverlays,
} from './files/copy-destinations.ts';
export { type CrowdedDestination, crowdedDestinations } from './files/crowded-destinations.ts';
export {
  type FlattenedDirectories,
  flattenedDirectories,
  type SameNamed,
  sameNamedSources,
} from './files/flattened-directories.ts';
export { type ReplacedLink, replacedLinks } from './files/linked-copies.ts';
export { type PlainAddition, plainAdditions } from './files/plain-additions.ts';
export { type PouredPackages, pouredPackages } from './files/poured-packages.ts';
export { type RelativeWorkdir, relativeWorkdirs } from './files/relative-workdirs.ts';
export { type RootOwnedCopy, rootOwnedCopies } from './files/root-owned-copies.ts';
export { type UnpackedArchive, unpackedArchives } from './files/unpacked-archives.ts';
export { type AptCall, aptCalls } from './installs/apt-calls.ts';
export { type TrustedKey, trustedKeys } from './installs/apt-keys.ts';
export { type ArchivedLists, archivedLists } from './installs/archived-releases.ts';
export { type BrokenLinks, brokenLinks } from './installs/broken-links.ts';
export { type LateBuildVariable, lateBuildVariables } from './installs/build-variables.ts';
export { type BustedInstall, bustedInstalls } from './installs/busted-installs.ts';
export { type UpgradedDistribution, upgradedDistributions } from './installs/distribution-upgrades.ts';
export {
  type DriftingInstall,
  driftingInstalls,
  type LeftBehindLockfile,
  renewals,
} from './installs/drifting-installs.ts';
export { type EarlyBuild, earlyBuilds } from './installs/early-builds.ts';
export { type EarlyInstall, earlyInstalls } from './installs/early-installs.ts';
export { type FetchedTool, fetchedTools } from './installs/fetched-tools.ts';
export { type FloatingManager, floatingManagers } from './installs/floating-managers.ts';
export { type ForeignManager, foreignManagers } from './installs/foreign-managers.ts';
export { foreignPackages } from './installs/foreign-packages.ts';
export { type ForeignSuite, foreignSuites } from './installs/foreign-suites.ts';
export { lateBuilds } from './installs/late-builds.ts';
export { type LateInstall, lateInstalls } from './installs/late-installs.ts';
export { type LateMember, lateMembers } from './installs/late-members.ts';
export { type Arrival, type LateTools, lateTools } from './installs/late-tools.ts';
export { type LooseInstall, looseInstalls } from './installs/loose-installs.ts';
export {
  type LostPackages,
  lostWorkspacePackages,
  type StrippedMember,
  strippedMembers,
} from './installs/lost-workspace-packages.ts';
export { type MissingInput, missingInputs } from './installs/missing-inputs.ts';
export { type MissingInstall, missingInstalls } from './installs/missing-installs.ts';
export { type MovingPackages, movingPackages } from './installs/moving-packages.ts';
export { type RefusedEngine, refusedEngines } from './installs/node-engines.ts';
export { type PythonMismatch, pythonMismatches } from './installs/python-versions.ts';
export { type RecommendedPackages, recommendedPackages } from './installs/recommended-packages.ts';
export { type RefusedDeploy, refusedDeploys } from './installs/refused-deploys.ts';
export { type RefusedLanguage, refusedLanguages } from './installs/refused-languages.ts';
export {
  type RefusedDownload,
  type RefusedManager,
  refusedDownloads,
  refusedManagers,
} from './installs/refused-managers.ts';
export { type RepeatedInstall, repeatedInstalls } from './installs/repeated-installs.ts';
export { type SecondNode, secondNodes } from './installs/second-nodes.ts';
export { type StaleIndex, staleIndexes } from './installs/stale-indexes.ts';
export { type StoreCopy, storeCopies } from './installs/store-copies.ts';
export { type StrandedLink, strandedLinks } from './installs/stranded-links.ts';
export { type StrandedMember, strandedMembers } from './installs/stranded-members.ts';
export { type StrayDependencies, strayDependencies } from './installs/stray-dependencies.ts';
export { type ForeignTree, foreignTrees } from './installs/tree-platform.ts';
export { type Downloader, type SecondDownloader, secondDownloaders } from './installs/two-downloaders.ts';
export { type UnansweredCall, unansweredCalls } from './installs/unanswered-calls.ts';
export { type FoundPurge, unansweredPurges } from './installs/unanswered-purges.ts';
export {
  supposedTools,
  type UninstalledTool,
  type UnstartableScript,
  uninstalledTools,
  unstartableScripts,
} from './installs/uninstalled-tools.ts';
export { type UnknownMember, unknownMembers } from './installs/unknown-members.ts';
export { type UnknownPackage, unknownPackages } from './installs/unknown-packages.ts';
export { type UnpinnedPackages, unpinnedPackages } from './installs/unpinned-packages.ts';
export { type UnreadByManager, unreadLockfiles } from './installs/unread-lockfiles.ts';
export { userByNumber } from './mends/account-numbers.ts';
export { usableCache } from './mends/cache-mounts.ts';
export { directiveInEffect } from './mends/directives.ts';
export { execForm } from './mends/exec-form.ts';
export type { Fix } from './mends/fix.ts';
export { frozenInstall, installOfLocked } from './mends/frozen-install.ts';
export { ignoreFile } from './mends/ignore-file.ts';
export { commentAbove } from './mends/joined-comments.ts';
export { asJson } from './mends/json-arrays.ts';
export { maintainerLabel } from './mends/key-values.ts';
export { manifestsFirst } from './mends/manifests-first.ts';
export { multiStage } from './mends/multi-stage.ts';
export { licenceByName, sourceThatIs, stageByName } from './mends/near-names.ts';
export { npmCommand, optionsHandedOn } from './mends/npm-words.ts';
export { ownedCopies } from './mends/owned-copies.ts';
export { emptiedCaches } from './mends/package-caches.ts';
export { productionInstall } from './mends/production-install.ts';
export { programItself } from './mends/program-itself.ts';
export { aptGet, checkedCurl, quietWget, withoutPointless } from './mends/program-words.ts';
export { meantByOverlay } from './mends/root-overlay.ts';
export {
  absoluteWorkdir,
  doubleQuoted,
  joinedRuns,
  spelledOut,
  withoutRecommended,
  withoutSudo,
  withPipefail,
} from './mends/run-words.ts';
export { mountedFile, mountedSecret, readableSecret } from './mends/secret-mounts.ts';
export { instructionsApart } from './mends/shell-tails.ts';
export { partedEnv, portAlone, withoutOverridden } from './mends/single-lines.ts';
export { stageNaming } from './mends/stage-names.ts';
export { stageSource } from './mends/stage-source.ts';
export { joinedWords, nodeAsImageHasIt, programByItsPath, wordsTakenApart } from './mends/start-words.ts';
export { toolsFirst } from './mends/tools-first.ts';
export { asTyped } from './mends/typeset-marks.ts';
export { accountAdvice, unprivilegedUser } from './mends/unprivileged-user.ts';
export { baseArgumentThatIs, dollarReference, variableThatIs } from './mends/variables.ts';
export { workdirForRun, workdirOfBase } from './mends/working-directory.ts';
export {
  chainOf,
  commandsIn,
  installsIn,
  isJudged,
  originOf,
  type SecretExposure,
  type ShippedTree,
  secretExposures,
  shipName,
  shippedTrees,
  targetOver,
} from './query.ts';
export { absentPrograms } from './run/absent-programs.ts';
export { type BuildMigration, buildMigrations } from './run/build-migrations.ts';
export { type CheckableScript, checkableScripts } from './run/checkable-scripts.ts';
export { type ConsecutiveRun, consecutiveRuns } from './run/consecutive-runs.ts';
export type { ShellDialect } from './run/dialects.ts';
export { type DirectoryChange, directoryChanges } from './run/directory-changes.ts';
export { type DoubleStar, doubleStars } from './run/double-stars.ts';
export { type EchoedSecret, echoedSecrets } from './run/echoed-secrets.ts';
export { type EndlessCommand, endlessCommands } from './run/endless-commands.ts';
export { type FaultyTest, faultyTests } from './run/faulty-tests.ts';
export type { Fetch } from './run/fetches.ts';
export { type FixedArchitecture, fixedArchitectures } from './run/fixed-architectures.ts';
export { type ForgivenWork, forgivenWork } from './run/forgiven-work.ts';
export { type GpuQuery, gpuQueries } from './run/gpu-queries.ts';
export { type LeftWork, leftWork } from './run/left-work.ts';
export { type LostFailure, lostFailures } from './run/lost-failures.ts';
export { type MissingFile, missingFiles } from './run/missing-files.ts';
export { type NoisyDownload, noisyDownloads } from './run/noisy-downloads.ts';
export {
  type LostScriptOption,
  lostScriptOptions,
  type UnknownNpmCommand,
  unknownNpmCommands,
} from './run/npm-calls.ts';
export { type PipedInstaller, pipedInstallers } from './run/piped-installers.ts';
export { type PointlessCommand, pointlessCommands } from './run/pointless-commands.ts';
export { type QuotedVariable, quotedVariables } from './run/quoted-variables.ts';
export { type ReplacedShell, replacedShells } from './run/replaced-shells.ts';
export { type ShellLessRun, shellLessRuns } from './run/shell-less-runs.ts';
export { type SudoCall, sudoCalls } from './run/sudo-calls.ts';
export { type UncheckedDownload, uncheckedDownloads } from './run/unchecked-downloads.ts';
export { type UnguardedPipe, unguardedPipes } from './run/unguarded-pipes.ts';
export { type UnpinnedDownload, unpinnedDownloads } from './run/unpinned-downloads.ts';
export { type UnreadableSecret, unreadableSecrets } from './run/unreadable-secrets.ts';
export { type UnusableCache, unusableCaches } from './run/unusable-caches.ts';
export {
  type KindredChecksum,
  kindredChecksums,
  type UnprotectedDownload,
  type UnverifiedDownload,
  unprotectedDownloads,
  unverifiedDownloads,
} from './run/unverified-downloads.ts';
export { type WholeBrace, wholeBraces } from './run/whole-braces.ts';
export { type WrittenCommand, type WrittenRun, writtenCommands, writtenRuns } from './run/written-runs.ts';
export { type ShippedBuildSetting, shippedBuildSettings } from './shipped/build-settings.ts';
export { type ShippedBuildTools, shippedBuildTools } from './shipped/build-tools.ts';
export { type CredentialLeak, credentialLeaks } from './shipped/credential-leaks.ts';
export { type DevelopmentTree, developmentTrees } from './shipped/development-trees.ts';
export { type DiscardedFiles, discardedFiles } from './shipped/discarded-files.ts';
export { type DiscardedTree, discardedTrees } from './shipped/discarded-trees.ts';
export { type ShippedRepository, shippedRepositories } from './shipped/git-directory.ts';
export {
  type FirstTake,
  firstTakes,
  type HostModules,
  hostModules,
  meetsInstall,
  projectTaken,
} from './shipped/host-modules.ts';
export { type KeptBuildCache, keptBuildCaches } from './shipped/kept-build-caches.ts';
export { type MalformedLabelKey, malformedLabelKeys } from './shipped/label-keys.ts';
export { type LabelFault, type LabelSchema, labelFaults } from './shipped/label-schema.ts';
export { type LastingBuildPackages, lastingBuildPackages } from './shipped/lasting-build-packages.ts';
export { type LeftArchive, leftArchives } from './shipped/left-archives.ts';
export { type LiteralSecret, literalSecrets } from './shipped/literal-secrets.ts';
export { missingPrismaClients } from './shipped/missing-prisma-client.ts';
export { type StandaloneApp, standaloneApps } from './shipped/next-standalone.ts';
export {
  type PerhapsShippedCache,
  perhapsShippedCaches,
  type ShippedCache,
  shippedCaches,
} from './shipped/package-caches.ts';
export { type PassedSecret, passedSecret } from './shipped/passed-secrets.ts';
export { type PrismaWithoutOpenssl, prismaWithoutOpenssl } from './shipped/prisma-without-openssl.ts';
export { type RepeatedContent, repeatedContent } from './shipped/repeated-content.ts';
export { type RewrittenTree, rewrittenTrees } from './shipped/rewritten-trees.ts';
export { type PlacedSecret, type SecretPlace, secretPlaces } from './shipped/secret-places.ts';
export { type ShadowedOutput, shadowedOutputs } from './shipped/shadowed-outputs.ts';
export { type ShippedContext, shippedContexts } from './shipped/shipped-context.ts';
export { type ShippedDebugger, shippedDebuggers } from './shipped/shipped-debuggers.ts';
export { type FileGroup, groupFiles } from './shipped/shipped-files.ts';
export { type ImageCommand, type ShippedImage, shippedImage, type Unknown } from './shipped/shipped-image.ts';
export { type ShippedToolkit, shippedToolkits } from './shipped/shipped-toolkits.ts';
export { type SingleStageBuild, singleStageBuilds } from './shipped/single-stage-build.ts';
export { triggeredSecrets } from './shipped/triggered-secrets.ts';
export { type UnlinkedTree, unlinkedTrees } from './shipped/unlinked-trees.ts';
export { type WorldWritable, worldWritable } from './shipped/world-writable.ts';
export {
  type InvalidBaseName,
  invalidBaseNames,
  type UndefinedBaseArgument,
  undefinedBaseArguments,
} from './stages/base-names.ts';
export { type BrokenForm, brokenArrays } from './stages/broken-arrays.ts';
export { type BuildPlatformLeak, buildPlatformLeaks } from './stages/build-platform.ts';
export { type PassedOver, passedOver } from './stages/default-build.ts';
export { type UnclearDescription, unclearDescriptions } from './stages/descriptions.ts';
export { type OddKeyword, oddKeywords } from './stages/instruction-casing.ts';
export { type JoinedComment, joinedComments } from './stages/joined-comments.ts';
export { directivesLost, type LostDirective } from './stages/lost-directives.ts';
export { type LostSource, lostSources } from './stages/lost-source.ts';
export { type MisnamedStage, misnamedStages } from './stages/misnamed-stage.ts';
export { type NeverCreated, neverCreated } from './stages/never-created.ts';
export { otherOutputs } from './stages/other-outputs.ts';
export { type OverriddenInstruction, overriddenInstructions } from './stages/overridden.ts';
export {
  type FixedPlatform,
  fixedPlatforms,
  type RefusedPlatform,
  redundantPlatforms,
  refusedPlatforms,
  type UnavailablePlatform,
  unavailablePlatforms,
} from './stages/platforms.ts';
export { type Changes, type Rerun, rebuild, type StageRerun, type StepRerun } from './stages/rebuild.ts';
export { type ImageOrigin, imageOrigins, isTrusted } from './stages/registries.ts';
export { type RepeatedLabel, repeatedLabels } from './stages/repeated-labels.ts';
export { type ShellTail, shellTails } from './stages/shell-tails.ts';
export { callsFor, shipCandidates } from './stages/ship-targets.ts';
export { type StageInput, type StageNode, type StageSource, stageGraph } from './stages/stage-graph.ts';
export { reachableFrom, stageCalled } from './stages/stage-references.ts';
export { type TakenImage, takenImages, type UnpinnedImage, unpinnedImages } from './stages/taken-images.ts';
export { type TypesetMark, typesetMarks } from './stages/typeset-marks.ts';
export { type UnreachableStage, unreachableStages } from './stages/unreachable-stage.ts';
export { type UnsupportedImage, unsupportedImages } from './stages/unsupported-images.ts';
export { type AbsentProbe, absentProbes } from './start/absent-probe.ts';
export { type BackgroundStart, backgroundStarts } from './start/background-starts.ts';
export { composeNamesAccount } from './start/compose-user.ts';
export { type DanglingInterpreter, danglingInterpreters } from './start/dangling-interpreters.ts';
export {
  type DevelopmentStart,
  type DevelopmentVariable,
  developmentStarts,
  developmentVariables,
  startsDevelopmentScript,
} from './start/development-mode.ts';
export { type ExposedWord, exposedWords } from './start/exposed-words.ts';
export { type FetchedManager, fetchedManagers } from './start/fetched-manager.ts';
export { type ForeignProgram, foreignPrograms, type TooNewProgram, tooNewPrograms } from './start/foreign-programs.ts';
export { dropsPrivileges } from './start/given-up-rights.ts';
export { type HastyProbe, hastyProbes } from './start/hasty-probes.ts';
export { type Launch, type LaunchedCommand, launchOf } from './start/launch.ts';
export { type LingeringScript, lingeringScripts } from './start/lingering-scripts.ts';
export { type LockedCommand, lockedCommands } from './start/locked-commands.ts';
export { type LoopbackBind, loopbackBinds } from './start/loopback-binds.ts';
export { type MisplacedConfiguration, misplacedConfigurations } from './start/misplaced-configurations.ts';
export { type MissingNode, missingNodes, startIsTakenForScript } from './start/missing-node.ts';
export { type MissingPackageScript, missingPackageScripts } from './start/missing-package-scripts.ts';
export { type MissingRuntime, missingRuntimes } from './start/missing-runtimes.ts';
export { type SchemalessRun, type SchemalessStart, schemalessRuns, schemalessStarts } from './start/missing-schema.ts';
export { type MissingScript, missingScripts } from './start/missing-script.ts';
export { signalsArrive } from './start/passed-signals.ts';
export { type PouredScript, pouredScripts } from './start/poured-script.ts';
export { type ProgramOffPath, programsOffPath } from './start/programs-off-path.ts';
export { type RefusedRuntime, refusedRuntimes } from './start/refused-runtimes.ts';
export { type RootStart, rootStart } from './start/root-start.ts';
export { type ShellFormStart, shellFormStarts } from './start/shell-form.ts';
export {
  purposeOf,
  type StartingProgram,
  shipsToRun,
  startingProgram,
  type TargetPurpose,
} from './start/start.ts';
export { type BuildAtStart, buildsAtStarts, type MigrationAtStart, migrationsAtStart } from './start/start-work.ts';
export { type StartWithoutPackages, startsWithoutPackages } from './start/starts-without-packages.ts';
export { type UnfitSignal, type UnknownSignal, unfitSignals, unknownSignals } from './start/stop-signals.ts';
export { type StrayArgument, strayArguments } from './start/stray-arguments.ts';
export { type ToolOffPath, toolsOffPath } from './start/tools-off-path.ts';
export { type UncopiedProgram, uncopiedPrograms } from './start/uncopied-programs.ts';
export { type ProbedPort, probedPorts, type UnexposedPort, unexposedPorts } from './start/unexposed-port.ts';
export { type UntouchedServer, untouchedServers } from './start/untouched-server.ts';
export { unwatchedTargets } from './start/unwatched-targets.ts';
export { type WordsInOne, wordsInOne } from './start/words-in-one.ts';
export { type EarlyRead, earlyReads } from './state/early-reads.ts';
export { type MistypedReference, mistypedReferences } from './state/mistyped-references.ts';
export { undefinedInShell } from './state/shell-reads.ts';
export { type SwallowedPair, type SwallowedSign, swallowedPairs, swallowedSigns } from './state/swallowed-pairs.ts';
export { type UndefinedVariable, undefinedVariables } from './state/undefined-variables.ts';
export { type UnusedArgument, unusedArguments } from './state/unused-arguments.ts';
export { type LegacyPair, legacyPairs } from './state/written-pairs.ts';
