/** What commands other than Node.js package managers do to the files of a project. */

type Words = readonly (string | undefined)[];

const names = (...rows: readonly string[]): ReadonlySet<string> => new Set(rows.flatMap((row) => row.split(' ')));

/** Commands that make no file in a project: system packages, accounts, permissions, output, tests, edits in place. */
const inert = names(
  'apk apt apt-get apt-key apt-mark apt-cache apt-config aptitude dpkg dpkg-reconfigure dpkg-divert dpkg-query',
  'debconf-set-selections yum yum-config-manager dnf microdnf tdnf rpm zypper pacman add-apt-repository snap brew',
  'adduser useradd usermod userdel addgroup groupadd groupmod delgroup deluser passwd chpasswd chsh gpasswd chage',
  'chown chmod chgrp setcap getcap setfacl echo printf true false : set unset export local readonly declare typeset',
  'test [ [[ (( exit return break continue shift read wait trap umask ulimit shopt alias let expr seq cd pushd popd',
  'pwd ls cat head tail grep egrep fgrep rg wc sort uniq tr cut rev nl fold column comm paste od xxd base64 less',
  'sleep date whoami id uname hostname arch nproc getconf getent dirname basename readlink realpath du df stat file',
  'diff cmp which whereis type command hash printenv env ps kill pkill pgrep sync tput clear time sed awk gawk jq yq',
  'corepack ldconfig update-ca-certificates update-ca-trust locale-gen localedef update-locale update-alternatives',
  'fc-cache fc-list sha1sum sha256sum sha512sum shasum md5sum gpg gpgconf gpgv dirmngr ssh-keyscan strip ldd',
  'pip pip3 pipx gem rustup rustc nvm n fnm volta a2enmod a2dismod a2ensite a2dissite docker-php-ext-install',
  'docker-php-ext-enable docker-php-ext-configure docker-php-source pecl phpenmod setup-timezone service systemctl',
  'source . ping nslookup dig tini dumb-init',
);

/** Compilers, bundlers and installers of other ecosystems: new files, never manifests or lockfiles of Node.js. */
const builders = names(
  'tsc vite webpack webpack-cli rollup esbuild next nest ng nuxt nuxi astro remix parcel swc babel ncc gulp grunt',
  'turbo nx lerna prisma tsup sass vue-cli-service react-scripts vue-tsc tsc-alias unbuild esno drizzle-kit graphql-codegen',
  'cmake gcc cc g++ c++ clang ld ar mvn mvnw gradle gradlew dotnet javac jar sbt go cargo rake bundle composer poetry',
  'pipenv uv pdm mix rebar3 stack cabal ghc swift dart flutter msbuild node-gyp node-prune modclean gzip gunzip brotli',
  'zip xz bzip2 protoc buf openssl ssh-keygen keytool jlink jdeps upx terser csso svgo',
);

/**
 * What a command may do to files: `none`; `build-output`, new files but no manifests or lockfiles;
 * `anything`. Scripts, interpreters and unknown programs may do anything.
 */
export function fileEffects(words: Words): 'none' | 'build-output' | 'anything' {
  const [first] = words;
  if (first === undefined) return 'anything';
  const name = first.slice(first.lastIndexOf('/') + 1);
  if (words.length === 2 && /^(?:--version|-v|-V|version|--help)$/.test(words[1] ?? '')) return 'none';
  if (first.includes('node_modules/.bin/')) return 'build-output';
  if (first.startsWith('./') || first.startsWith('../'))
    return /^(?:mvnw|gradlew)$/.test(name) ? 'build-output' : 'anything';
  if (inert.has(name)) return 'none';
  return builders.has(name) ? 'build-output' : 'anything';
}
