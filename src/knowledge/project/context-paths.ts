/** What a COPY source brings, told by its name alone. */

export type ContextPathKind =
  /** Manifests, lockfiles and what package managers read beside them. */
  | 'manifest'
  | 'lockfile'
  | 'manager-config'
  /** Configuration of tools, licence texts: small files that seldom change. */
  | 'tool-config'
  /** What installs may need: patches, schemas for code generators. */
  | 'install-input'
  /** Build output made outside of the build. */
  | 'artifact'
  | 'source'
  /** The whole context. */
  | 'whole'
  | 'unknown';

const lockfiles: ReadonlySet<string> = new Set([
  ...['package-lock.json', 'npm-shrinkwrap.json', 'yarn.lock', 'pnpm-lock.yaml', 'bun.lock', 'bun.lockb', 'deno.lock'],
  ...['Pipfile.lock', 'poetry.lock', 'uv.lock', 'pdm.lock', 'go.sum', 'Cargo.lock', 'composer.lock', 'Gemfile.lock'],
  ...[
    'packages.lock.json',
    'mix.lock',
    'gradle.lockfile',
    'pubspec.lock',
    'conda-lock.yml',
    'paket.lock',
    'gems.locked',
  ],
  ...['Gopkg.lock', 'rebar.lock', 'Package.resolved', 'cpanfile.snapshot', 'buildscript-gradle.lockfile'],
]);

const manifests: ReadonlySet<string> = new Set([
  ...[
    'package.json',
    'deno.json',
    'deno.jsonc',
    'jsr.json',
    'Pipfile',
    'pyproject.toml',
    'setup.cfg',
    'setup.py',
    'environment.yml',
  ],
  ...[
    'go.mod',
    'go.work',
    'go.work.sum',
    'Cargo.toml',
    'pom.xml',
    'build.gradle',
    'build.gradle.kts',
    'settings.gradle',
  ],
  ...[
    'settings.gradle.kts',
    'gradle.properties',
    'libs.versions.toml',
    'gradlew',
    'gradlew.bat',
    'mvnw',
    'mvnw.cmd',
    'gradle',
    '.mvn',
  ],
  ...['composer.json', 'symfony.lock', 'Gemfile', 'global.json', 'Directory.Build.props', 'Directory.Packages.props'],
  ...[
    'Directory.Build.targets',
    'nuget.config',
    'NuGet.Config',
    'mix.exs',
    'pubspec.yaml',
    'requirements',
    'constraints.txt',
  ],
  ...[
    'Gopkg.toml',
    'build.sbt',
    'project.clj',
    'deps.edn',
    'rebar.config',
    'Package.swift',
    'cpanfile',
    'dune-project',
  ],
  ...['gems.rb', 'paket.dependencies', 'paket.references', 'packages.config', 'stack.yaml', 'cabal.project'],
  ...['recipe.json', 'lombok.config'],
]);

const managerConfigs: ReadonlySet<string> = new Set([
  ...[
    '.npmrc',
    '.yarnrc',
    '.yarnrc.yml',
    '.yarn',
    '.pnp.cjs',
    '.pnp.js',
    '.pnp.loader.mjs',
    'pnpm-workspace.yaml',
    '.pnpmfile.cjs',
  ],
  ...[
    'pnpmfile.cjs',
    'lerna.json',
    'nx.json',
    'turbo.json',
    'rush.json',
    'bunfig.toml',
    '.pnpmrc',
    'pip.conf',
    '.bundle',
  ],
  ...[
    'common/config',
    '.nvmrc',
    '.node-version',
    '.tool-versions',
    '.python-version',
    '.ruby-version',
    'rust-toolchain',
    'rust-toolchain.toml',
  ],
]);

const artifactNames: ReadonlySet<string> = new Set([
  'dist',
  'build',
  'out',
  'output',
  'target',
  '.next',
  '.output',
  '.nuxt',
  'release',
  'artifacts',
  'vendor',
  'node_modules',
  'wheels',
  'wheelhouse',
]);

const sourceExtensions: ReadonlySet<string> = new Set([
  ...[
    'js',
    'mjs',
    'cjs',
    'jsx',
    'ts',
    'mts',
    'cts',
    'tsx',
    'vue',
    'svelte',
    'py',
    'go',
    'rs',
    'java',
    'kt',
    'scala',
    'rb',
    'php',
    'cs',
  ],
  ...[
    'fs',
    'c',
    'cc',
    'cpp',
    'h',
    'hpp',
    'ex',
    'exs',
    'erl',
    'clj',
    'swift',
    'dart',
    'html',
    'css',
    'scss',
    'proto',
    'graphql',
  ],
]);

const configLike =
  /(?:^|[.-])(?:config|rc|conf|setup)\.[\w.-]{1,60}$|^\.|^(?:tsconfig|jsconfig|webpack\.|gulpfile\.|gruntfile\.|knexfile\.|ormconfig\.)|\.d\.ts$|^(?:Makefile|LICENSE|LICENCE|README|CHANGELOG|NOTICE|Procfile|VERSION|Dockerfile|docker-compose|compose\.)/i;

/** Folders whose content an install may run or apply. */
const installFolders: ReadonlySet<string> = new Set(['patches', '.husky', 'prisma', '.changeset', 'manifests']);

/** Folders of tools that installs start: the wrappers of Gradle and Maven, yarn's releases, Rush. */
const managerFolders =
  /(?:^|\/)(?:\.yarn|\.mvn|\.bundle)(?:\/|$)|(?:^|\/)gradle(?:\/|$)|^common\/(?:config|scripts)(?:\/|$)/;

/** What the name of a COPY source (path or glob, relative to the context) says of what it brings. */
export function describeContextPath(path: string): ContextPathKind {
  const clean = path
    .replace(/^(?:\.?\/)+/, '')
    .replace(/(?<!\/)\/+$/, '')
    .replace(/(?:^|\/)\.$/, '');
  if (/^(?:|\.|\*|\*\*|\*\*\/\*|\.\/\*)$/.test(clean)) return 'whole';
  const parts = clean.split('/');
  const name = parts.at(-1) ?? '';
  const bare = name.replace(/(?<![*?])[*?]+$/, '');
  if (lockfiles.has(bare)) return 'lockfile';
  if (isManifest(name) || manifests.has(bare) || mixConfig.test(clean)) return 'manifest';
  if (managerConfigs.has(bare) || name.startsWith('.pnp.') || managerFolders.test(clean)) return 'manager-config';
  if (parts.some((part) => installFolders.has(part)) || /\.prisma$/.test(name)) return 'install-input';
  if (parts.includes('.git')) return 'source';
  if (parts.some((part) => artifactNames.has(part))) return 'artifact';
  return /[*?[]/.test(name) ? globKind(name, parts.length) : fileKind(name);
}

const isManifest = (name: string): boolean =>
  /^(?:requirements|constraints|reqs)[^/]*\.(?:txt|in|pip)$/i.test(name) ||
  /^package.*\.json$/.test(name) ||
  /\.(?:csproj|fsproj|vbproj|sln|slnx|props|targets|gemspec|cabal)$/.test(name) ||
  /\.gradle(?:\.kts)?$/.test(name);

/** Files with which Mix compiles dependencies: `config/config.exs`, `config/${MIX_ENV}.exs`. */
const mixConfig = /(?:^|\/)config\/[^/]*\.exs$/;

/** Beginnings of globs that take manifests and lockfiles: `package*`, `yarn.*`, `.npm*`. */
const manifestGlob =
  /^(?:package[*?.[]|(?:pack|pnpm|yarn|npm|bun|Gemfile|Pipfile|poetry|composer|Cargo|go|requirements|mix|tsconfig|\.npm|\.yarn|\.pnpm)[^/]*[*?[])/;

const configGlob =
  /^\*\.(?:json|toml|ya?ml|lock|config\.[\w*]+|csproj|fsproj|sln|props|gradle|kts|cabal|xml|txt|mod|sum|rc|md)$/;

function globKind(name: string, depth: number): ContextPathKind {
  if (manifestGlob.test(name)) return 'manifest';
  if (configGlob.test(name) || /^\.[*?]/.test(name)) return 'tool-config';
  const extension = name.slice(name.lastIndexOf('.') + 1);
  if (sourceExtensions.has(extension)) return configLike.test(name) ? 'tool-config' : 'source';
  if (depth > 1 && /^\*+$/.test(name)) return 'source';
  return artifactExtension.test(name) ? 'artifact' : 'unknown';
}

const artifactExtension = /\.(?:jar|war|ear|whl|tgz|gz|xz|zip|tar|deb|rpm|apk|exe|dll|so|wasm|node)$/;

function fileKind(name: string): ContextPathKind {
  if (configLike.test(name)) return 'tool-config';
  if (accessFile.test(name)) return 'manager-config';
  const dot = name.lastIndexOf('.');
  if (dot <= 0) return /^(?:scripts|tools|docker|bin|hack|ci)$/.test(name) ? 'unknown' : 'source';
  const extension = name.slice(dot + 1).toLowerCase();
  if (sourceExtensions.has(extension)) return 'source';
  if (artifactExtension.test(name)) return 'artifact';
  return configExtensions.has(extension) ? 'tool-config' : 'unknown';
}

/** With which an install reaches repositories of others. */
const accessFile =
  /^(?:id_(?:rsa|dsa|ecdsa|ed25519)(?:\.pub)?|known_hosts|[._]?netrc|\.git-credentials|\.gitconfig|\.ssh|deploy[-_]key)$/;

const configExtensions: ReadonlySet<string> = new Set(
  'json json5 jsonc yaml yml toml ini cfg conf lock txt md xml properties env sh bash pem crt key cnf sql template'.split(
    ' ',
  ),
);

/** Names without an extension that are files all the same. */
const plainFiles =
  /^(Makefile|Dockerfile|Containerfile|LICENSE|LICENCE|NOTICE|README|CHANGELOG|Procfile|VERSION|Gemfile|Rakefile|Pipfile|Brewfile|Jenkinsfile|Caddyfile|Vagrantfile|gradlew|mvnw|id_(?:rsa|dsa|ecdsa|ed25519)|netrc|kubeconfig|go\.mod|go\.sum|yarn\.lock|entrypoint|CODEOWNERS|AUTHORS)$/i;

/** Whether a path looks like a file and not like a directory: an extension, or a name known to be a file's. */
export function namesLikeFile(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (plainFiles.test(name)) return true;
  if (
    /^\.(npmrc|yarnrc|nvmrc|env|gitignore|dockerignore|babelrc|eslintrc|prettierrc|netrc|pypirc|pgpass|git-credentials|dockercfg|dockerconfigjson|editorconfig|node-version|tool-versions|python-version)(?:[-_][\w-]*)?$/.test(
      name,
    )
  )
    return true;
  return /[^.]\.[A-Za-z0-9]{1,8}$/.test(name) && !/\.(d|git|github|next|yarn|mvn|app|io)$/.test(name);
}

/** Whether a file is meant for a template engine: `Dockerfile.j2`, `Dockerfile.tmpl`, `Dockerfile-template`. */
export const isTemplateName = (path: string): boolean =>
  /[.-](?:j2|jinja2?|erb|ejs|eex|tmpl|tpl|template|in|mustache|hbs|handlebars|njk|gotmpl|liquid|twig)$/i.test(path);
