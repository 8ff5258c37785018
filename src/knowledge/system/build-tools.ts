/** System packages that serve to build programs, not to run them. */
import type { SystemManager } from './system-packages.ts';

/**
 * `compiler`: compilers and packages that bring one, tens to hundreds of megabytes; `helper`: programs of a build
 * without a compiler; `headers`: what a compiler reads.
 */
export type BuildToolKind = 'compiler' | 'helper' | 'headers';

const words = (...rows: readonly string[]): ReadonlySet<string> => new Set(rows.flatMap((row) => row.split(' ')));

/** By https://packages.debian.org, https://pkgs.alpinelinux.org and https://packages.fedoraproject.org. */
const compilers = words(
  'build-essential build-base alpine-sdk base-devel development-tools c-development development devel_basis devel_C_C++',
  'gcc g++ gcc-c++ gcc14-c++ gfortran gcc-gfortran gcc-multilib g++-multilib clang llvm llvm-dev cpp tcc binutils-dev',
  'go golang golang-go golang-bin rust rustc cargo rustup ghc ocaml nim zig crystal ldc dmd fpc gnat swiftlang',
  'maven gradle ant sbt leiningen debhelper',
);
const compilerPatterns: readonly RegExp[] = [
  /^(?:gcc|g\+\+|clang|llvm|gfortran|cpp)-?\d+(?:\.\d+)?(?:-dev|-c\+\+)?$/,
  /^(?:gcc-toolset-\d+|devtoolset-\d+)(?:-gcc.*)?$/,
  /^gcc-(?:x86-64|aarch64|arm)-linux-gnu.*|^crossbuild-essential-/,
  /^golang-1\.\d+(?:-go)?$/,
  /^dotnet-?\d*-sdk(?:-[\d.]+)?$/,
];
/** Programs in Java may want more of these than the compiler. */
const javaKits =
  /^openjdk-?\d+(?:-jdk(?:-headless)?)?$|^java-[\d.]+-openjdk-devel$|^default-jdk(?:-headless)?$|^(?:temurin|zulu)-?\d+-jdk$|^java-[\d.]+-amazon-corretto-(?:jdk|devel)$/;
const helpers = words(
  'make gmake cmake autoconf automake autotools-dev libtool bison flex pkg-config pkgconf pkgconf-pkg-config pkgconfig',
  'ninja ninja-build meson m4 nasm yasm patch binutils swig scons re2c gperf texinfo dpkg-dev fakeroot ccache node-gyp',
);

/**
 * Undefined for packages that programs may need when they run, as far as is known. Headers are in `-devel` where packages
 * are RPMs; on Debian that is a branch of a program (`winehq-devel`).
 */
export function buildToolKind(name: string, manager?: SystemManager): BuildToolKind | undefined {
  if (compilers.has(name) || compilerPatterns.some((pattern) => pattern.test(name))) return 'compiler';
  if (helpers.has(name) || javaKits.test(name)) return 'helper';
  if (/-devel$/.test(name)) return manager === 'apt' ? undefined : 'headers';
  return /-(?:dev|headers)$|^(?:linux|kernel)-headers/.test(name) ? 'headers' : undefined;
}

/**
 * npm packages that serve to build a project, with the programs that they bring: compilers, bundlers and task runners.
 * Source: their `bin` fields on the npm registry. Not here: what runs or serves programs too (tsx, ts-node, vite, next).
 */
const nodeTools: ReadonlyMap<string, readonly string[]> = new Map([
  ['typescript', ['tsc', 'tsserver']],
  ['turbo', ['turbo']],
  ['nx', ['nx']],
  ['lerna', ['lerna']],
  ['webpack', ['webpack']],
  ['webpack-cli', ['webpack', 'webpack-cli']],
  ['rollup', ['rollup']],
  ['esbuild', ['esbuild']],
  ['tsup', ['tsup']],
  ['gulp', ['gulp']],
  ['gulp-cli', ['gulp']],
  ['grunt-cli', ['grunt']],
  ['node-gyp', ['node-gyp']],
  ['rimraf', ['rimraf']],
  ['@angular/cli', ['ng']],
  ['@nestjs/cli', ['nest']],
  ['@vue/cli', ['vue']],
  ['@swc/cli', ['swc']],
  ['@vercel/ncc', ['ncc']],
]);

/** The package and the programs of a build tool installed as `typescript@5`; undefined for other packages. */
export function nodeBuildTool(
  wanted: string,
): { readonly name: string; readonly programs: readonly string[] } | undefined {
  const [name = wanted] = /^@?[^@]+/.exec(wanted) ?? [];
  const programs = nodeTools.get(name);
  return programs === undefined ? undefined : { name, programs };
}
