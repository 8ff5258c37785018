/**
 * Builds for the Java platform and .NET, which fetch the dependencies of the project and what builds it.
 *
 * Sources: https://maven.apache.org/guides/introduction/introduction-to-the-lifecycle.html,
 * https://docs.gradle.org/current/userguide/java_plugin.html#sec:java_tasks,
 * https://www.scala-sbt.org/1.x/docs/Command-Line-Reference.html,
 * https://learn.microsoft.com/dotnet/core/tools/dotnet-publish#implicit-restore
 */
import { compiledFlags } from './compiled-installers.ts';
import type { BuildReader } from './fetching-builds.ts';
import { type InstallerCall, installerCall } from './installer.ts';
import { jvmFlags } from './jvm-installers.ts';

interface Tool {
  readonly ecosystem: string;
  /** What one of its words is when it builds. */
  readonly builds: RegExp;
  /** Flags with which it fetches nothing. */
  readonly without: readonly string[];
  readonly manifest: string;
  readonly isManifest: RegExp;
  readonly folderFlags: readonly string[];
}

const maven: Tool = {
  ecosystem: 'maven',
  builds:
    /^(?:(?:test-)?compile|test|package|prepare-package|verify|install|deploy|integration-test)$|^(?:spring-boot|quarkus|native|assembly|shade|jlink)[\w-]*:(?:[\w.]+:)?(?:build|repackage|compile|single|assembly|shade)/,
  without: ['-o', '--offline'],
  manifest: 'pom.xml',
  isManifest: /^pom.*\.xml\*?$/,
  folderFlags: ['-f', '--file'],
};

const gradle: Tool = {
  ecosystem: 'gradle',
  builds:
    /^(?:[\w.-]*:)*(?:build|buildFatJar|assemble\w*|classes|test|check|compile(?:Java|Kotlin|Groovy)|jar|war|boot(?:Jar|War)|(?:shadow|fat|uber)Jar|install(?:Shadow)?Dist|(?:shadow)?[dD]ist(?:Tar|Zip)|native(?:Compile|Build)|quarkusBuild)$/,
  without: ['--offline'],
  manifest: 'build.gradle',
  isManifest: /^(?:(?:build|settings)\.gradle(?:\.kts|\*)?|\*\.gradle(?:\.kts|\*)?)$/,
  folderFlags: ['-p', '--project-dir'],
};

const sbt: Tool = {
  ecosystem: 'sbt',
  builds: /^(?:[\w.-]+[/:])*(?:compile|test|package|packageBin|assembly|stage|dist|publishLocal)$/,
  without: [],
  manifest: 'build.sbt',
  isManifest: /^build\.sbt$/,
  folderFlags: [],
};

const dotnet: Tool = {
  ecosystem: 'nuget',
  builds: /^(?:build|publish|pack|test)$/,
  without: ['--no-restore', '--no-build'],
  manifest: '*.csproj',
  isManifest: /\.(?:cs|fs|vb)proj$|\.slnx?$/,
  folderFlags: [],
};

const reader =
  (tool: Tool, name: string, valued: ReadonlySet<string>): BuildReader =>
  (words) => {
    const call = installerCall(name, words, valued, { environment: () => null, setting: () => null });
    const asked = tool.ecosystem === 'nuget' ? call.operands.slice(0, 1) : call.operands;
    const verb = asked.find((word) => word !== undefined && tool.builds.test(word));
    if (verb === undefined || call.has(...tool.without)) return undefined;
    const directory = folderOf(call, tool);
    return {
      ecosystem: tool.ecosystem,
      call: `${name} ${verb}`,
      does: tool.ecosystem === 'nuget' ? 'downloads all packages' : 'downloads all dependencies',
      manifest: tool.manifest,
      isManifest: tool.isManifest,
      lockfile: tool.manifest,
      vendored: '.m2/repository',
      ...(directory === undefined || directory === '' ? {} : { directory }),
    };
  };

const folderOf = (call: InstallerCall, { folderFlags }: Tool): string | undefined =>
  call.values(...folderFlags)[0]?.replace(/(?:^|\/)[^/]*\.xml$/, '');

export const platformBuilds: readonly (readonly [string, BuildReader])[] = [
  ...['mvn', 'mvnw', 'mvnd'].map((name) => [name, reader(maven, name, jvmFlags)] as const),
  ...['gradle', 'gradlew'].map((name) => [name, reader(gradle, name, jvmFlags)] as const),
  ['sbt', reader(sbt, 'sbt', jvmFlags)],
  ['dotnet', reader(dotnet, 'dotnet', compiledFlags)],
];
