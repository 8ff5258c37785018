/** What commands other than Node.js package managers do to files, and which of them install dependencies. */

type Words = readonly (string | undefined)[];

const nameOf = (words: Words): string | undefined => words[0]?.slice(words[0].lastIndexOf('/') + 1);

/** Commands that leave the files of a project alone: system packages, accounts, permissions, output, tests. */
const inert: ReadonlySet<string> = new Set([
  ...[
    'apk',
    'apt',
    'apt-get',
    'apt-key',
    'apt-mark',
    'aptitude',
    'dpkg',
    'yum',
    'dnf',
    'microdnf',
    'rpm',
    'zypper',
    'pacman',
    'add-apt-repository',
  ],
  ...[
    'adduser',
    'useradd',
    'usermod',
    'addgroup',
    'groupadd',
    'groupmod',
    'deluser',
    'passwd',
    'chpasswd',
    'chown',
    'chmod',
    'chgrp',
    'setcap',
  ],
  ...[
    'echo',
    'printf',
    'true',
    'false',
    ':',
    'set',
    'unset',
    'export',
    'local',
    'readonly',
    'test',
    '[',
    '[[',
    'exit',
    'return',
    'break',
    'continue',
  ],
  ...[
    'cd',
    'pushd',
    'popd',
    'pwd',
    'ls',
    'cat',
    'head',
    'tail',
    'grep',
    'egrep',
    'wc',
    'sort',
    'uniq',
    'tr',
    'cut',
    'sleep',
    'date',
    'whoami',
    'id',
  ],
  ...[
    'corepack',
    'ldconfig',
    'update-ca-certificates',
    'locale-gen',
    'update-locale',
    'update-alternatives',
    'fc-cache',
    'which',
    'type',
    'command',
  ],
  ...[
    'trap',
    'umask',
    'ulimit',
    'eval',
    'exec',
    'sync',
    'env',
    'printenv',
    'uname',
    'hostname',
    'dirname',
    'basename',
    'readlink',
    'realpath',
    'du',
    'df',
  ],
  ...[
    'sha256sum',
    'sha512sum',
    'md5sum',
    'gpg',
    'gpgconf',
    'dirmngr',
    'pip',
    'pip3',
    'gem',
    'go',
    'cargo',
    'rustup',
    'strip',
    'ssh-keyscan',
    'kill',
    'pkill',
  ],
  ...[
    'source',
    '.',
    'shift',
    'read',
    'wait',
    'file',
    'stat',
    'diff',
    'cmp',
    'tput',
    'a2enmod',
    'a2dismod',
    'a2ensite',
    'docker-php-ext-install',
    'nvm',
    'n',
  ],
]);

/** Builders and bundlers: they write output, never manifests or lockfiles. */
const builders: ReadonlySet<string> = new Set([
  ...[
    'tsc',
    'vite',
    'webpack',
    'rollup',
    'esbuild',
    'next',
    'nest',
    'ng',
    'nuxt',
    'nuxi',
    'astro',
    'remix',
    'parcel',
    'swc',
    'babel',
    'ncc',
    'gulp',
    'grunt',
  ],
  ...[
    'turbo',
    'nx',
    'lerna',
    'prisma',
    'tsup',
    'sass',
    'vue-cli-service',
    'react-scripts',
    'make',
    'cmake',
    'gcc',
    'cc',
    'g++',
    'mvn',
    'gradle',
    'dotnet',
    'javac',
  ],
  ...[
    'node',
    'sed',
    'awk',
    'jq',
    'yq',
    'perl',
    'python',
    'python3',
    'node-gyp',
    'node-prune',
    'modclean',
    'gzip',
    'brotli',
    'chmodx',
    'protoc',
    'buf',
  ],
]);

/**
 * What a command may do to files: `none`; `build-output`, new files but no manifests or lockfiles;
 * `anything`. Scripts and unknown programs may do anything.
 */
export function fileEffects(words: Words): 'none' | 'build-output' | 'anything' {
  const name = nameOf(words);
  if (name === undefined) return 'anything';
  if (inert.has(name)) return 'none';
  return builders.has(name) || name.startsWith('node_modules') || (words[0]?.includes('node_modules/.bin/') ?? false)
    ? 'build-output'
    : 'anything';
}

export interface DependencyInstall {
  /** `pip`, `bundler`, `go` … */
  readonly ecosystem: string;
  /** It needs manifests only, so that it can run before the source is copied. */
  readonly separable: boolean;
}

/** Commands of other ecosystems that download what a manifest names. */
export function dependencyInstall(words: Words): DependencyInstall | undefined {
  const name = nameOf(words);
  const rest = words.slice(1);
  const sub = rest.find((word) => word === undefined || !word.startsWith('-'));
  switch (name) {
    case 'pip':
    case 'pip3':
      return sub === 'install' ? pipInstall(rest) : undefined;
    case 'python':
    case 'python3':
      return rest[0] === '-m' && rest[1] === 'pip' && rest[2] === 'install' ? pipInstall(rest.slice(2)) : undefined;
    case 'pipenv':
      return sub === 'install' || sub === 'sync' ? { ecosystem: 'pipenv', separable: true } : undefined;
    case 'poetry':
      return sub === 'install' ? { ecosystem: 'poetry', separable: true } : undefined;
    case 'uv':
      if (sub === 'pip') return rest.includes('install') ? pipInstall(rest) : undefined;
      return sub === 'sync' ? { ecosystem: 'uv', separable: rest.includes('--no-install-project') } : undefined;
    case 'go':
      return sub === 'mod' && rest.includes('download') ? { ecosystem: 'go', separable: true } : undefined;
    case 'cargo':
      return sub === 'fetch' ? { ecosystem: 'cargo', separable: true } : undefined;
    case 'mvn':
    case 'mvnw':
      return rest.some((word) => /^dependency:(go-offline|resolve)/.test(word ?? ''))
        ? { ecosystem: 'maven', separable: true }
        : undefined;
    case 'gradle':
    case 'gradlew':
      return sub === 'dependencies' ? { ecosystem: 'gradle', separable: true } : undefined;
    case 'composer':
      return sub === 'install' ? { ecosystem: 'composer', separable: true } : undefined;
    case 'bundle':
      return sub === 'install' || (sub === undefined && rest.length === 0)
        ? { ecosystem: 'bundler', separable: true }
        : undefined;
    case 'dotnet':
      return sub === 'restore' ? { ecosystem: 'nuget', separable: true } : undefined;
    case 'mix':
      return sub === 'deps.get' ? { ecosystem: 'mix', separable: true } : undefined;
    default:
      return undefined;
  }
}

/** `pip install -r file` reads a manifest; `pip install .` builds the source; named packages are neither. */
function pipInstall(words: Words): DependencyInstall | undefined {
  const fromFile = words.some(
    (word) => word === '-r' || word === '--requirement' || /^(-r.|--requirement=)/.test(word ?? ''),
  );
  return fromFile ? { ecosystem: 'pip', separable: true } : undefined;
}
