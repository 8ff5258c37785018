/** The public face of the model: the Build, and the questions that rules ask of it. */
export type * from './build.ts';
export { type BuildOptions, createBuild } from './create-build.ts';
export { type LostSource, lostSources } from './lost-source.ts';
export {
  chainOf,
  commandsIn,
  type CredentialLeak,
  credentialLeaks,
  installsIn,
  type LateInstall,
  lateInstalls,
  originOf,
  type SecretExposure,
  secretExposures,
  type ShippedTree,
  shippedTrees,
} from './query.ts';
export { dropsPrivileges, purposeOf, type StartingProgram, startingProgram, type TargetPurpose } from './start.ts';
