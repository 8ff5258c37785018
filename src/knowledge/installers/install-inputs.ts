/** Files that installs of one ecosystem read and that would be application source elsewhere. */

/**
 * By ecosystem: Mix compiles dependencies with the configuration of the project (https://hexdocs.pm/mix/Mix.Tasks.Deps.Compile.html),
 * Gradle builds its own logic first (https://docs.gradle.org/current/userguide/sharing_build_logic_between_subprojects.html),
 * sbt reads its build from `project`, a gemspec asks the source for the version, Poetry and PDM ask a package to be there.
 */
const inputs: ReadonlyMap<string, RegExp> = new Map([
  ['mix', /(?:^|\/)config$/],
  ['gradle', /(?:^|\/)(?:buildSrc|build-logic|buildLogic)(?:\/|$)/],
  ['sbt', /^project(?:\/|$)/],
  ['bundler', /(?:^|\/)version\.rb$|(?:^|\/)(?:vendor\/)?cache$|\.rb\.lock$/],
  ['poetry', /(?:^|\/)(?:__init__|_?version|__version__|__about__)\.py$/],
  ['pdm', /(?:^|\/)(?:__init__|_?version|__version__|__about__)\.py$/],
  ['uv', /(?:^|\/)(?:__init__|_?version|__version__|__about__)\.py$/],
  ['cargo', /(?:^|\/)build\.rs$/],
]);

/** Whether a path of the context, source by its name, is what an install of this ecosystem reads. */
export const feedsInstall = (ecosystem: string, path: string): boolean => inputs.get(ecosystem)?.test(path) ?? false;
