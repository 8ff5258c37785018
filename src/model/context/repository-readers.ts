/** Whether a build reads the git repository that it is built from: it needs `.git` in its context then. */
import { isRepositoryCall, manifestScript, mayReadRepository } from '../../knowledge/index.ts';
import type { Build, Command } from '../build.ts';
import { textAt } from '../files/context-text.ts';
import { join, resolve } from '../files/path.ts';
import { commandsIn } from '../query.ts';
import { remembered } from '../remembered.ts';
import { calledProject } from '../run/called-project.ts';

/** A command of it does, the manifest or a setting of a project that it calls, or a script. */
export const readsRepository: (build: Build) => boolean = remembered(
  (build) => build.stages,
  (build) => {
    const judged = new Map<string, boolean>();
    const readsIn = (path: string, { step }: Command): boolean => {
      const known = judged.get(path);
      if (known !== undefined) return known;
      const text = textAt(path, step.before.rootfs, build);
      const reads = text !== undefined && mayReadRepository(text);
      if (text !== undefined) judged.set(path, reads);
      return reads;
    };
    return commandsIn(build).some(
      (command) =>
        isRepositoryCall([command.name, ...command.arguments]) ||
        filesFor(command, build).some((path) => readsIn(path, command)),
    );
  },
);

const settings = [
  ...['package.json', 'Makefile'],
  ...['next', 'vite', 'webpack', 'rollup', 'vue', 'nuxt', 'astro', 'docusaurus', 'gatsby', 'esbuild'].flatMap((tool) =>
    ['js', 'mjs', 'cjs', 'ts', 'mts'].map((ending) => `${tool}.config.${ending}`),
  ),
  ...['.vitepress/config.ts', '.vitepress/config.mts', '.vitepress/config.js', 'gatsby-config.js'],
];

const settingsOf: ReadonlyMap<string, readonly string[]> = new Map([
  ['make', ['Makefile', 'makefile', 'GNUmakefile']],
  ...['python', 'python3', 'pip', 'pip3', 'uv', 'poetry', 'hatch', 'pdm'].map((name): [string, readonly string[]] => [
    name,
    ['pyproject.toml', 'setup.py', 'setup.cfg'],
  ]),
  ...['mvn', 'mvnw', './mvnw'].map((name): [string, readonly string[]] => [name, ['pom.xml']]),
  ...['gradle', 'gradlew', './gradlew'].map((name): [string, readonly string[]] => [
    name,
    ['build.gradle', 'build.gradle.kts'],
  ]),
  ['cargo', ['Cargo.toml', 'build.rs']],
  ['dotnet', ['Directory.Build.props', 'GitVersion.yml', 'version.json']],
]);

/** The files that say what a command does, as far as they can be told from its words. */
function filesFor({ name, arguments: words, invocation, workdir, step }: Command, build: Build): readonly string[] {
  if (workdir === undefined || name === undefined) return [];
  const scripts = [name, ...words].flatMap((word) =>
    word !== undefined && /^[\w./-]+\.(?:sh|bash|[cm]?[jt]s|py|rb)$/.test(word) ? [resolve(workdir, word)] : [],
  );
  if (invocation !== undefined && (invocation.operation === 'run' || invocation.operation === 'exec')) {
    const folder = calledProject(invocation, workdir, step.before.rootfs, build) ?? workdir;
    return [
      ...scripts,
      ...settings.map((file) => join(folder, file)),
      ...scriptsOf(folder, invocation.script, step, build),
    ];
  }
  return [...scripts, ...(settingsOf.get(name) ?? []).map((file) => join(workdir, file))];
}

/** The files that a script of a manifest names: `node scripts/build.js`. */
function scriptsOf(
  folder: string,
  script: string | undefined,
  { before }: Command['step'],
  build: Build,
): readonly string[] {
  const manifest = script === undefined ? undefined : textAt(join(folder, 'package.json'), before.rootfs, build);
  if (manifest === undefined || script === undefined) return [];
  const text = ['pre', '', 'post'].map((prefix) => manifestScript(manifest, prefix + script) ?? '').join(' ');
  const words = text.match(/[\w./-]+/g) ?? [];
  return words.filter((word) => /\.(?:sh|bash|[cm]?[jt]s|py|rb)$/.test(word)).map((word) => resolve(folder, word));
}
