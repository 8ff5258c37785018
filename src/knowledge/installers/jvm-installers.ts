/**
 * Installers of the Java world: Maven, Gradle, sbt, Leiningen, the Clojure CLI.
 *
 * Sources: https://maven.apache.org/plugins/maven-dependency-plugin/,
 * https://docs.gradle.org/current/userguide/viewing_debugging_dependencies.html,
 * https://docs.gradle.org/current/userguide/directory_layout.html, https://www.scala-sbt.org/1.x/docs/Command-Line-Reference.html,
 * https://clojure.org/reference/clojure_cli
 */
import { dependencyInstallOf, directoryGiven, flagsWithValue, type InstallerReader } from './installer.ts';

export const jvmFlags = flagsWithValue(
  '-f --file -s --settings -gs --global-settings -pl --projects -P --activate-profiles -T --threads -D -l --log-file ' +
    '-p --project-dir -b --build-file -c --settings-file -g --gradle-user-home -I --init-script -x --exclude-task ' +
    '--configuration --project-cache-dir --console --warning-mode --max-workers',
);

/** Goals that resolve what the pom names: of maven-dependency-plugin, of the go-offline plugins of others. */
const resolvingGoal =
  /(?:^|:)(?:maven-)?dependency(?:-plugin)?:(?:[\d.]+:)?(?:go-offline|resolve|resolve-plugins|copy-dependencies|sources)(?:@|$)|(?:^|[:-])go-offline(?:-maven-plugin)?(?::[\d.]+)?(?::resolve-dependencies)?(?:@|$)/;

const maven: InstallerReader = (call) => {
  if (!call.operands.some((word) => resolvingGoal.test(word ?? ''))) return undefined;
  const [file] = call.values('-f', '--file').map((word) => word?.replace(/(?:^|\/)[^/]*\.xml$/, ''));
  const [repository] = call.values('-Dmaven.repo.local');
  const [scope] = call.values('-DincludeScope', '-Dmdep.includeScope');
  return dependencyInstallOf('maven', {
    development: scope === 'runtime' || scope === 'compile' ? 'no' : 'unknown',
    reads: { manifests: ['pom.xml'], lockfiles: [] },
    offline: call.has('-o', '--offline'),
    writes: repository ?? '~/.m2/repository',
    ...directoryGiven(...(file === undefined || file === '' ? [] : [file])),
  });
};

/** The report `dependencies`, and the tasks that people write to download. */
const resolvingTask =
  /^(?:.*:)?(?:dependencies|androidDependencies|(?:resolve|download|get|cache|fetch|pull)(?:All)?(?:Dependencies|Deps|Libs))$/i;

const gradle: InstallerReader = (call) => {
  if (!call.operands.some((word) => resolvingTask.test(word ?? ''))) return undefined;
  const [home] = call.values('--gradle-user-home', '-g');
  return dependencyInstallOf('gradle', {
    frozen: 'with-lockfile',
    offline: call.has('--offline'),
    reads: {
      manifests: ['build.gradle', 'build.gradle.kts', 'settings.gradle', 'settings.gradle.kts', 'gradle.properties'],
      lockfiles: ['gradle.lockfile'],
    },
    writes: home ?? (call.situation.environment('GRADLE_USER_HOME') || '~/.gradle'),
    ...directoryGiven(...call.values('-p', '--project-dir')),
  });
};

const sbt: InstallerReader = (call) =>
  call.operands.some((word) => word !== undefined && /^(?:[\w-]+\/)?update(?:Classifiers)?$/.test(word))
    ? dependencyInstallOf('sbt', { reads: { manifests: ['build.sbt', 'project'], lockfiles: [] } })
    : undefined;

const leiningen: InstallerReader = (call) =>
  call.operands.includes('deps')
    ? dependencyInstallOf('lein', { reads: { manifests: ['project.clj'], lockfiles: [] }, writes: '~/.m2/repository' })
    : undefined;

/** `-P` prepares: it downloads and runs nothing. */
const clojure: InstallerReader = (call) =>
  call.has('-P')
    ? dependencyInstallOf('clojure', { reads: { manifests: ['deps.edn'], lockfiles: [] }, writes: '~/.m2/repository' })
    : undefined;

export const jvmInstallers: readonly (readonly [string, InstallerReader])[] = [
  ['mvn', maven],
  ['mvnw', maven],
  ['mvnd', maven],
  ['gradle', gradle],
  ['gradlew', gradle],
  ['sbt', sbt],
  ['lein', leiningen],
  ['clojure', clojure],
  ['clj', clojure],
];
