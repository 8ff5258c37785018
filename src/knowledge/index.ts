/** What the world is like, as data with sources. */
export { type AccountCall, accountCall, namesAccount } from './account-calls.ts';
export {
  accountsOfNothing,
  type BaseAccounts,
  baseAccounts,
  installsSystemPackages,
  isServiceAccount,
  packagesMayMake,
} from './accounts.ts';
export { type BaseImageConfig, baseImageConfig, serverConfiguration, servesByItself } from './base-image-config.ts';
export { baseImageSize, type SizeClass } from './base-image-size.ts';
export { type BaseImageFacts, baseImage, systemPath } from './base-images.ts';
export { type BuildCall, buildCall } from './build-calls.ts';
export { type BuildToolKind, buildToolKind } from './build-tools.ts';
export { type BuildVariable, buildVariable } from './build-variables.ts';
export { isAssignedSecret, secretsInWords, type WordSecret } from './command-secrets.ts';
export { fileEffects } from './commands.ts';
export { type ContextPathKind, describeContextPath, namesLikeFile } from './context-paths.ts';
export { type CredentialFile, type CredentialKind, credentialFile, isSampleFolder } from './credential-files.ts';
export { writtenCredential } from './credential-writers.ts';
export { credentialsIn, npmAuthConfigKey } from './credentials.ts';
export { dependencyInstall } from './dependency-install.ts';
export { installsDevelopment, prunesDevelopment } from './development.ts';
export { asksForDevelopment, asksForProduction, plainlyProduction, setsVariable } from './development-mode.ts';
export { isOwnDirectory } from './directories.ts';
export { readsFromEnvironment } from './environment-readers.ts';
export { feedsInstall } from './install-inputs.ts';
export type { DependencyInstall, InstallerSetting, InstallerSituation } from './installer.ts';
export type { Invocation, Operation, PackageManager, Setting } from './invocation.ts';
export { runtimeInterfaceClients } from './lambda.ts';
export { type LinkedProgram, linkedProgram, linksOtherwise } from './linked-programs.ts';
export { type NamedPort, portAskedBy, portNamedIn } from './listening-port.ts';
export { failsWithoutLockfile, isFrozen, lockfilesOf } from './lockfiles.ts';
export { manifestNamesDevelopment, manifestNeedsSource } from './manifest-needs.ts';
export { isNative, nativePackagesOf } from './native-packages.ts';
export {
  declaredManager,
  developmentPackages,
  installLinksFolders,
  installRunsScripts,
  lockfileManagerVersion,
  manifestScript,
  nodeEngine,
  onlyForDevelopment,
  pnpmNamesMembers,
  productionPackages,
  yarnNodeLinker,
} from './node-project.ts';
export { mayBringNode, type NodeRuntime, needsNode, nodeRuntime } from './node-runtime.ts';
export type { Situation } from './npm-config.ts';
export { isOfficialImage } from './official-images.ts';
export { cleansCache, filledCache, type PackageCache } from './package-caches.ts';
export { readInvocation } from './package-managers.ts';
export { hoistsToTheRoot } from './pnpm-links.ts';
export { clutterKind } from './project-clutter.ts';
export { projectDirectory } from './project-directories.ts';
export { type CommandPurpose, commandPurpose, dockerfilePurpose, type StagePurpose, stagePurpose } from './purpose.ts';
export { isContainerEngine, isLanguageRuntime, isPrompt, serverMaster } from './root-programs.ts';
export { mayBeBuilt, type ScriptOperand, scriptOperandOf } from './script-operand.ts';
export { sdkImage } from './sdk-images.ts';
export { isPlaceholder, secretName, secretValue } from './secrets.ts';
export { isStandardDirectory, isSystemDirectory, mayBeInBase } from './system-directories.ts';
export {
  type NamedPackage,
  type SystemManager,
  type SystemPackageCall,
  systemPackageCall,
} from './system-packages.ts';
export { firstTool } from './tool-packages.ts';
export { type MajorRange, majorOf, majorsOf } from './versions.ts';
