/** The public face of the model: the Build, and the questions that rules ask of it. */
export { type AccountHistory, type Accounts, accountHistory, lacks } from './accounts.ts';
export type * from './build.ts';
export { type ShippedBuildTools, shippedBuildTools } from './build-tools.ts';
export { type LateBuildVariable, lateBuildVariables } from './build-variables.ts';
export { composeNamesAccount } from './compose-user.ts';
export { type DirectoryTake, directoryTakes, type Stowaway } from './context-exposure.ts';
export { type BuildOptions, createBuild } from './create-build.ts';
export { type CredentialLeak, credentialLeaks } from './credential-leaks.ts';
export { type PassedOver, passedOver } from './default-build.ts';
export {
  type DevelopmentStart,
  type DevelopmentVariable,
  developmentStarts,
  developmentVariables,
} from './development-mode.ts';
export { type DevelopmentTree, developmentTrees } from './development-trees.ts';
export { type DiscardedTree, discardedTrees } from './discarded-trees.ts';
export { type DriftingInstall, driftingInstalls, type LeftBehindLockfile } from './drifting-installs.ts';
export { type ForeignProgram, foreignPrograms } from './foreign-programs.ts';
export { type ShippedRepository, shippedRepositories } from './git-directory.ts';
export { coversProject, type HostModules, hostModules } from './host-modules.ts';
export { type IdleAccount, idleAccounts } from './idle-account.ts';
export { type IgnoredSource, ignoredSources } from './ignored-source.ts';
export { type LateInstall, lateInstalls } from './late-installs.ts';
export { type Launch, type LaunchedCommand, launchOf } from './launch.ts';
export { type LiteralSecret, literalSecrets } from './literal-secrets.ts';
export { type LostSource, lostSources } from './lost-source.ts';
export { type LostPackages, lostWorkspacePackages } from './lost-workspace-packages.ts';
export { type MisnamedStage, misnamedStages } from './misnamed-stage.ts';
export { type MissingAccount, missingAccounts } from './missing-accounts.ts';
export { type MissingNode, missingNodes } from './missing-node.ts';
export { type MissingScript, missingScripts } from './missing-script.ts';
export { type NeverCreated, neverCreated } from './never-created.ts';
export { type StandaloneApp, standaloneApps } from './next-standalone.ts';
export { type RefusedEngine, refusedEngines } from './node-engines.ts';
export { type ShippedCache, shippedCaches } from './package-caches.ts';
export { type PassedSecret, passedSecret } from './passed-secrets.ts';
export {
  chainOf,
  commandsIn,
  installsIn,
  originOf,
  type SecretExposure,
  type ShippedTree,
  secretExposures,
  shippedTrees,
} from './query.ts';
export { type Changes, type Rerun, rebuild, type StageRerun, type StepRerun } from './rebuild.ts';
export { type RootStart, rootStart } from './root-start.ts';
export { type PlacedSecret, type SecretPlace, secretPlaces } from './secret-places.ts';
export { callsFor, shipCandidates } from './ship-targets.ts';
export { type ShippedContext, shippedContexts } from './shipped-context.ts';
export { type FileGroup, groupFiles } from './shipped-files.ts';
export { type ImageCommand, type ShippedImage, shippedImage, type Unknown } from './shipped-image.ts';
export { type SingleStageBuild, singleStageBuilds } from './single-stage-build.ts';
export { type StageInput, type StageNode, type StageSource, stageGraph } from './stage-graph.ts';
export { dropsPrivileges, purposeOf, type StartingProgram, startingProgram, type TargetPurpose } from './start.ts';
export { type ForeignTree, foreignTrees } from './tree-platform.ts';
export { type ProbedPort, probedPorts, type UnexposedPort, unexposedPorts } from './unexposed-port.ts';
export { type UninstalledTool, uninstalledTools } from './uninstalled-tools.ts';
export { type UnreachableStage, unreachableStages } from './unreachable-stage.ts';
export { type UntouchedServer, untouchedServers } from './untouched-server.ts';
export { type UnwritableFile, unwritableFiles } from './unwritable.ts';
