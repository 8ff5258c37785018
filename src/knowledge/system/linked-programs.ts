/**
 * Compilers whose programs load the C library when they start, unless they are told otherwise.
 *
 * Sources: the Rust reference on linkage (static and dynamic C runtimes: glibc targets link dynamically), `go help environment`
 * and the documentation of the packages cmd/cgo, net and os/user (cgo is on where a C compiler is found).
 */

type Words = readonly (string | undefined)[];

export interface LinkedProgram {
  readonly language: 'Rust' | 'Go';
  /** Where the programs land: relative to the working directory, or absolute. */
  readonly output: string;
}

/** Words and variables that change what a program is linked with. */
const otherwise =
  /musl|crt-static|static|netgo|wasm|CGO_ENABLED|CARGO_BUILD_TARGET|CARGO_TARGET|RUSTFLAGS|GOOS|zig|-target/i;

/** Whether a text (an instruction, a variable with its value) may ask for another kind of program. */
export const linksOtherwise = (text: string): boolean => otherwise.test(text);

/** What a command makes that is linked with the C library of the image; undefined where that is not certain enough. */
export function linkedProgram([name, ...words]: Words): LinkedProgram | undefined {
  if (words.includes(undefined)) return undefined;
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
