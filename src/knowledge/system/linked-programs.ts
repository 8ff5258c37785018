/**
 * Compilers whose programs load the C library when they start, unless they are told otherwise.
 *
 * Sources: the Rust reference on linkage (static and dynamic C runtimes: glibc targets link dynamically), `go help environment`
 * and the documentation of the packages cmd/cgo, net and os/user (cgo is on where a C compiler is found);
 * https://bun.com/docs/bundler/executables (the program holds the Bun that runs the build, unless a target is named),
 * https://docs.deno.com/runtime/reference/cli/compile (its targets for Linux are all for glibc),
 * https://hexdocs.pm/mix/Mix.Tasks.Release.html (a release holds the Erlang that made it).
 */

type Words = readonly (string | undefined)[];

export interface LinkedProgram {
  readonly language: 'Rust' | 'Go' | 'Bun' | 'Deno' | 'Elixir';
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
  if (words.includes(undefined)) return undefined;
  const name = path?.slice(path.lastIndexOf('/') + 1);
  const operation = words.find((word) => word?.startsWith('-') === false && word.startsWith('+') === false);
  switch (name) {
    case 'cargo':
      if (operation !== 'build' || words.includes('--target') || words.includes('--target-dir')) return undefined;
      return linked('Rust', words.includes('--release') || words.includes('-r') ? 'target/release' : 'target/debug');
    case 'go':
      return operation === 'build' ? linked('Go', valueOf(words, '-o')) : undefined;
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
    default:
      return undefined;
  }
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
