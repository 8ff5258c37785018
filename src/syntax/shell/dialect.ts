/** Which program reads the text of a RUN, decided before anything is parsed. */
import type { Interpreter } from './command.ts';
import { isPosixShell } from './inner.ts';
import { type ShellOptions, shellOptions } from './shell-options.ts';

/** What decides the interpreter of a shell form. */
export interface ShellInForce {
  /** The SHELL instruction in force; undefined for the default of the platform. */
  readonly shell: readonly string[] | undefined;
  /** The first line of a heredoc that is a script, when it begins with `#!`. */
  readonly shebang?: readonly string[];
  /** The base image is a Windows one: without SHELL, `cmd /S /C` reads the line. */
  readonly windows?: boolean;
}

const programs: ReadonlyMap<string, Interpreter> = new Map([
  ['powershell', 'powershell'],
  ['pwsh', 'powershell'],
  ['pwsh-preview', 'powershell'],
  ['cmd', 'cmd'],
  ...[
    ...['fish', 'csh', 'tcsh', 'nu', 'xonsh', 'elvish', 'rc', 'es', 'node', 'nodejs', 'deno', 'bun', 'tsx', 'ts-node'],
    ...[
      'python',
      'pypy',
      'ruby',
      'perl',
      'php',
      'lua',
      'luajit',
      'Rscript',
      'julia',
      'awk',
      'gawk',
      'sed',
      'expect',
      'make',
    ],
    ...[
      'tclsh',
      'guile',
      'groovy',
      'elixir',
      'escript',
      'osascript',
      'cat',
      'true',
      'zx',
      'ansible-playbook',
      'nix-shell',
    ],
  ].map((name): [string, Interpreter] => [name, 'other']),
]);

/**
 * The interpreter of a shell form. A program that runs another (`env`, `tini`, `conda run`) does not count when a
 * known one follows it; a program that is not known makes the script opaque.
 */
export function interpreterOf({ shell, shebang, windows = false }: ShellInForce): Interpreter {
  const line = shebang ?? shell;
  if (line === undefined || line.length === 0) return windows ? 'cmd' : 'posix';
  const [first, ...others] = line.map(interpreterNamed);
  const shells = others.filter((one) => one !== undefined && one !== 'other');
  return first ?? shells[0] ?? others.find((one) => one !== undefined) ?? 'unknown';
}

function interpreterNamed(word: string): Interpreter | undefined {
  const name = programName(word);
  if (isPosixShell(name)) return 'posix';
  return programs.get(name) ?? programs.get(name.replace(/(?<![\d.])[\d.]+$/, ''));
}

/** The last component of a path without `.exe`; Windows paths count. */
const programName = (word: string): string => {
  const name = word.slice(Math.max(word.lastIndexOf('/'), word.lastIndexOf('\\')) + 1);
  return /\.exe$/i.test(name) ? name.slice(0, -4).toLowerCase() : name;
};

/** The words of a `#!` line at the start of a text: the interpreter and its argument, which `env -S` splits. */
export function shebangOf(text: string): readonly string[] | undefined {
  const line = /^#![ \t]*([^\r\n]*)/.exec(text)?.[1];
  if (line === undefined) return undefined;
  const words = line.split(/[ \t]+/).filter((word) => word !== '');
  return words.length === 0 ? undefined : words;
}

/** The options that the SHELL in force, or a shebang, starts a POSIX shell with. */
export function optionsInForce({ shell, shebang }: ShellInForce): ShellOptions | undefined {
  const line = shebang ?? shell ?? [];
  const start = line.findIndex((word) => isPosixShell(programName(word)));
  return start === -1 ? undefined : shellOptions(line.slice(start + 1));
}

/** The name of the POSIX shell among the words of SHELL or a `#!` line; undefined when there is none. */
export const posixShellIn = (words: readonly string[]): string | undefined => words.map(programName).find(isPosixShell);
