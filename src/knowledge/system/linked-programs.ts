/**
 * Compilers whose programs load the C library when they start, unless they are told otherwise.
 *
 * Sources: the Rust reference on linkage (static and dynamic C runtimes: glibc targets link dynamically), `go help environment`
 * and the documentation of the packages cmd/cgo, net and os/user (cgo is on where a C compiler is found);
 * https://bun.com/docs/bundler/executables (the program holds the Bun that runs the build, unless a target is named),
 * https://docs.deno.com/runtime/reference/cli/compile (its targets for Linux are all for glibc),
 * https://docs.oracle.com/en/java/javase/21/docs/specs/man/jlink.html (the runtime is that of the JDK that links it),
 * https://www.graalvm.org/latest/reference-manual/native-image/guides/build-static-executables/,
 * https://learn.microsoft.com/dotnet/core/rid-catalog (`linux-x64` is for glibc, `linux-musl-x64` is not),
 * https://hexdocs.pm/mix/Mix.Tasks.Release.html (a release holds the Erlang that made it).
 */

import { goOperands } from '../installers/go-packages.ts';

type Words = readonly (string | undefined)[];

export interface LinkedProgram {
  readonly language: 'Rust' | 'Go' | 'Bun' | 'Deno' | 'Elixir' | 'Java' | '.NET';
  /** Where the programs land: relative to the working directory, or absolute. */
  readonly output: string;
  /** What it needs: the C library of the image that made it, or glibc wherever it was made. */
  readonly needs: 'that of the image' | 'glibc';
  /** Where that comes from, in words. */
  readonly because: string;
}

/** Settings of compiler and linker have a say, and the version of the C library. */
export const isLinkedThere = ({ language }: LinkedProgram): boolean => language === 'Rust' || language === 'Go';

/** Words and variables that change what a program is linked with. */
const otherwise =
  /musl|crt-static|static|netgo|wasm|CGO_ENABLED|CARGO_BUILD_TARGET|CARGO_TARGET|RUSTFLAGS|GOOS|zig|-target/i;

/** Whether a text (an instruction, a variable with its value) may ask for another kind of program. */
export const linksOtherwise = (text: string): boolean => otherwise.test(text);

/** What a command makes that is linked with the C library of the image; undefined where that is not certain enough. */
export function linkedProgram([path, ...words]: Words): LinkedProgram | undefined {
  const name = path?.slice(path.lastIndexOf('/') + 1);
  if (name === 'jlink') return jlink(words);
  if (words.includes(undefined)) return undefined;
  const operation = words.find((word) => word?.startsWith('-') === false && word.startsWith('+') === false);
  switch (name) {
    case 'cargo':
      return linked('Rust', cargoPrograms(words));
    case 'go':
      return linked('Go', goProgram(words));
    case 'bun':
      if (operation !== 'build' || !words.includes('--compile') || targetsOther(words)) return undefined;
      return packed(
        'Bun',
        valueOf(words, '--outfile'),
        'that of the image',
        'the program holds the Bun of the image here',
      );
    case 'deno':
      if (operation !== 'compile' || targetsOther(words)) return undefined;
      return packed('Deno', valueOf(words, '--output') ?? valueOf(words, '-o'), 'glibc', 'Deno compiles for glibc');
    case 'mix':
      if (!words.some((word) => /^(?:distillery\.)?release,?$/.test(word ?? ''))) return undefined;
      return packed(
        'Elixir',
        valueOf(words, '--path') ?? '_build/prod/rel',
        'that of the image',
        'the release takes along the Erlang of the image here',
      );
    case 'native-image':
      return nativeImage(words);
    case 'dotnet':
      return operation === 'publish' ? dotnet(words) : undefined;
    default:
      return undefined;
  }
}

function cargoPrograms(words: Words): string | undefined {
  if (targetsOther(words) || words.some((word) => /^--target-dir(?:=|$)/.test(word ?? ''))) return undefined;
  const operation = words.find((word) => word?.startsWith('-') === false && word.startsWith('+') === false);
  if (operation === 'install') {
    if (valueOf(words, '--path') === undefined) return undefined;
    // Where the images of Rust have CARGO_HOME.
    return `${valueOf(words, '--root') ?? '/usr/local/cargo'}/bin`;
  }
  if (operation !== 'build' && operation !== 'b') return undefined;
  return words.includes('--release') || words.includes('-r') ? 'target/release' : 'target/debug';
}

/** Without `-o` the program has the name of its package's directory; `go install` puts it below GOPATH, /go in the images of Go. */
function goProgram(words: Words): string | undefined {
  const [verb, ...packages] = goOperands(words).operands;
  if (verb === 'install') return '/go/bin';
  if (verb !== 'build') return undefined;
  const written = valueOf(words, '-o');
  const [only = '.'] = packages;
  if (written !== undefined || packages.length !== 1) return written;
  return /^\.\/(?:[\w-]+\/)*[\w-]+\/?$/.test(only) ? only.replace(/\/$/, '').replace(/^.*\//, '') : undefined;
}

/** Whether a path below the output, relative to it, is a program or holds one: `bin/java`, not `lib/security/cacerts`. */
export function holdsProgram({ language }: LinkedProgram, path: string): boolean {
  if (path === '' || (language !== 'Java' && language !== '.NET')) return true;
  if (language === 'Java') return /^bin(?:\/|$)/.test(path);
  return !/\/|\.(?:json|xml|config|dll|pdb|txt|md|html|css|js|so)$/i.test(path);
}

/** Modules of another JDK make a runtime for its platform. */
function jlink(words: Words): LinkedProgram | undefined {
  const modules = valueOf(words, '--module-path') ?? valueOf(words, '-p') ?? '/opt/java/openjdk/jmods';
  return /^\/opt\/java\/openjdk\//.test(modules) ? javaRuntime(valueOf(words, '--output')) : undefined;
}

/** A Java that was taken from an image, whole or in part. */
export const javaRuntime = (folder: string | undefined): LinkedProgram | undefined =>
  packed('Java', folder, 'that of the image', 'this Java is made for the C library of the image here');

function nativeImage(words: Words): LinkedProgram | undefined {
  if (words.some((word) => word?.startsWith('@') || word === '--shared' || word?.includes('static'))) return undefined;
  const output = valueOf(words, '-o') ?? valueOf(words, '-H:Name');
  return packed('Java', output, 'that of the image', 'native-image links with the C library of the image here');
}

/** Only what brings its own runtime: other programs start by the one that the image has. */
function dotnet(words: Words): LinkedProgram | undefined {
  const own = words.some(
    (word, at) =>
      (/^(?:--self-contained|--sc)(?:=true)?$/.test(word ?? '') && !/^false$/i.test(words[at + 1] ?? '')) ||
      /^[-/]+p(?:roperty)?:(?:SelfContained|PublishAot)=true$/i.test(word ?? ''),
  );
  const runtime = valueOf(words, '--runtime') ?? valueOf(words, '-r');
  if (!own || words.some((word) => /static/i.test(word ?? ''))) return undefined;
  const output = valueOf(words, '--output') ?? valueOf(words, '-o');
  if (runtime === undefined)
    return packed(
      '.NET',
      output,
      'that of the image',
      '.NET takes along the runtime for the C library of the image here',
    );
  return /^linux-(?:x64|x86|arm64|arm)$/.test(runtime)
    ? packed('.NET', output, 'glibc', `${runtime} asks for a program that loads glibc`)
    : undefined;
}

const targetsOther = (words: Words): boolean => words.some((word) => /^--target(?:=|$)/.test(word ?? ''));

/** `-o program`, `--outfile=program` */
function valueOf(words: Words, flag: string): string | undefined {
  const at = words.indexOf(flag);
  return at === -1 ? words.find((word) => word?.startsWith(`${flag}=`))?.slice(flag.length + 1) : words[at + 1];
}

const linked = (language: 'Rust' | 'Go', output: string | undefined): LinkedProgram | undefined =>
  packed(language, output, 'that of the image', `${language} links with the C library of the image here`);

const packed = (
  language: LinkedProgram['language'],
  output: string | undefined,
  needs: LinkedProgram['needs'],
  because: string,
): LinkedProgram | undefined => (output === undefined ? undefined : { language, output, needs, because });
