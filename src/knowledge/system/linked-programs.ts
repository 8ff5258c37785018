/**
 * Compilers whose programs load the C library when they start, unless they are told otherwise.
 *
 * Sources: the Rust reference on linkage (static and dynamic C runtimes: glibc targets link dynamically), `go help environment`
 * and the documentation of the packages cmd/cgo, net and os/user (cgo is on where a C compiler is found);
 * https://docs.oracle.com/en/java/javase/21/docs/specs/man/jlink.html (the runtime of the JDK that links it),
 * https://www.graalvm.org/latest/reference-manual/native-image/guides/build-static-executables/,
 * https://learn.microsoft.com/dotnet/core/rid-catalog (`linux-x64` is glibc), .../tools/dotnet-publish.
 */

type Words = readonly (string | undefined)[];

export interface LinkedProgram {
  readonly language: 'Rust' | 'Go' | 'Java' | '.NET';
  /** Where the programs land: relative to the working directory, or absolute. */
  readonly output: string;
  /** It is made for glibc, whatever the image has that makes it. */
  readonly named?: true;
}

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
  if (name === 'native-image') return nativeImage(words);
  if (name === 'dotnet') return dotnet(words);
  const operation = words.find((word) => word?.startsWith('-') === false && word.startsWith('+') === false);
  if (name === 'cargo' && operation === 'build' && !words.includes('--target') && !words.includes('--target-dir'))
    return {
      language: 'Rust',
      output: words.includes('--release') || words.includes('-r') ? 'target/release' : 'target/debug',
    };
  if (name !== 'go' || operation !== 'build') return undefined;
  const at = words.indexOf('-o');
  const output = at === -1 ? undefined : words[at + 1];
  return output === undefined ? undefined : { language: 'Go', output };
}

/** Whether a path below the output, relative to it, is a program or holds one: `bin/java`, not `lib/security/cacerts`. */
export function holdsProgram({ language }: LinkedProgram, path: string): boolean {
  if (path === '' || language === 'Rust' || language === 'Go') return true;
  if (language === 'Java') return /^bin(?:\/|$)/.test(path);
  return !/\/|\.(?:json|xml|config|dll|pdb|txt|md|html|css|js|so)$/i.test(path);
}

const valueOf = (words: Words, ...flags: readonly string[]): string | undefined => {
  for (const [at, word] of words.entries())
    for (const flag of flags) {
      if (word === flag) return words[at + 1];
      if (word?.startsWith(`${flag}=`)) return word.slice(flag.length + 1);
    }
  return undefined;
};

/** Modules of another JDK make a runtime for its platform. */
function jlink(words: Words): LinkedProgram | undefined {
  const output = valueOf(words, '--output');
  const modules = valueOf(words, '-p', '--module-path') ?? '/opt/java/openjdk/jmods';
  return output === undefined || !/^\/opt\/java\/openjdk\//.test(modules) ? undefined : { language: 'Java', output };
}

function nativeImage(words: Words): LinkedProgram | undefined {
  if (words.some((word) => word?.startsWith('@') || word === '--shared')) return undefined;
  const output = valueOf(words, '-o', '-H:Name');
  return output === undefined ? undefined : { language: 'Java', output };
}

/** Only what brings its own runtime: the host of other programs is that of the image. */
function dotnet(words: Words): LinkedProgram | undefined {
  const output = valueOf(words, '-o', '--output');
  if (words[0] !== 'publish' || output === undefined) return undefined;
  const own = words.some((word, at) =>
    /^(?:--self-contained|--sc)(?:=true)?$/.test(word ?? '') && !/^false$/i.test(words[at + 1] ?? '')
      ? true
      : /^[-/]+p(?:roperty)?:(?:SelfContained|PublishAot)=true$/i.test(word ?? ''),
  );
  const runtime = valueOf(words, '-r', '--runtime');
  if (!own) return undefined;
  if (runtime === undefined) return { language: '.NET', output };
  return /^linux-(?:x64|x86|arm64|arm)$/.test(runtime) ? { language: '.NET', output, named: true } : undefined;
}
