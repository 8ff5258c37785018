/** Simple commands of a shell script, with places in the Dockerfile and with what decides whether they run. */
import type { Located, MappedText } from '../source.ts';

/** What reads a RUN body. Only `posix` (sh, ash, dash, bash, ksh, zsh) is parsed; the rest is opaque. */
export type Interpreter = 'posix' | 'powershell' | 'cmd' | 'other' | 'unknown';

export type ShellWordPart =
  | { readonly kind: 'literal'; readonly text: string; readonly quoted: boolean }
  /** `$NAME`, `${NAME}`, `${NAME:-word}`…; `operator` is absent for the plain forms. */
  | {
      readonly kind: 'parameter';
      readonly name: string;
      /**
       * As written (`:-`, `%%`, `//`, `^^` …), with the operand that follows; `//` keeps pattern, `/` and replacement in it.
       * `length` for `${#NAME}`, `indirect` for `${!NAME}`, `names` for `${!NAME*}`, `index` for `${NAME[…]}`.
       */
      readonly operator?: string;
      readonly operand?: ShellWord;
      readonly quoted: boolean;
    }
  /** `*`, `?`, `[…]` outside quotes, as written. */
  | { readonly kind: 'glob'; readonly text: string }
  /** `{a,b}`. */
  | { readonly kind: 'brace'; readonly text: string }
  /** `$(…)`, backticks, `<(…)`, `$((…))`: the value is not known before the command runs. */
  | { readonly kind: 'substitution'; readonly text: string };

export interface ShellWord extends Located {
  /** As written. */
  readonly raw: string;
  /** The value, quotes removed; absent when anything in it is expanded by the shell (a `~` counts as literal). */
  readonly text?: string;
  readonly parts: readonly ShellWordPart[];
}

export interface Assignment extends Located {
  readonly name: string;
  readonly value: ShellWord;
  /** `NAME+=value`. */
  readonly append: boolean;
}

export interface Redirect extends Located {
  /** `>`, `>>`, `<`, `>&`, `&>`, `<<`, `<<-`, `<<<` … */
  readonly operator: string;
  /** File descriptor, when written. */
  readonly fd?: number;
  readonly target: ShellWord;
  /** Body of `<<`; `parts` of the word tell its expansions. */
  readonly heredoc?: ShellWord;
}

/** The pattern of one arm of a `case` matches, and none of the arms before it does. */
export interface CaseGuard {
  readonly kind: 'case';
  readonly subject: ShellWord;
  readonly patterns: readonly ShellWord[];
  /** The arm before this one, which must not match, nor any before it. */
  readonly previous?: CaseGuard;
}

/**
 * The last of `tests` that runs ends with this status: conditions of if/elif/while, the left side of
 * `||`, what stands left of `&&`. Tests may be pseudo-commands, which stand in no script and have the index
 * -1: `[[ … ]]` and `(( … ))` with their brackets as words, `! command` with `!` as its first word,
 * `:` where nothing may run (an `if` without an arm that fits), and one without words where nothing is known.
 */
export interface StatusGuard {
  readonly kind: 'status';
  readonly tests: readonly ShellCommand[];
  readonly outcome: 'success' | 'failure';
  /** The left side of `&&` is no test: it counts as successful where nothing is known of it. */
  readonly expected?: true;
}

/** The body of a loop. */
export interface LoopGuard {
  readonly kind: 'loop';
  /** It runs at least once. */
  readonly certain: boolean;
  /** What `for` and `select` set on each round. */
  readonly variable?: string;
  /** What `for` goes through; absent where the number of rounds hangs on more than these words. */
  readonly words?: readonly ShellWord[];
  /** The subshells around the loop, as in the scope of a command. */
  readonly scope?: readonly number[];
}

/** Why a command may not run. All guards of a command must hold for it to run. */
export type Guard =
  | StatusGuard
  | CaseGuard
  | LoopGuard
  /** The body of a function, which runs where the function is called. */
  | { readonly kind: 'function'; readonly name: string };

/** Several commands joined by `|`, by identity. */
export interface Pipeline {
  readonly members: number;
  /** `pipefail` is in force: it fails when any of its members does. */
  readonly pipefail: boolean;
}

export interface ShellCommand extends Located {
  /** Source order over the whole script, the index of this command in `ShellScript.commands`. */
  readonly index: number;
  /** Command and arguments as written, wrappers (sudo, env, timeout …) included. */
  readonly words: readonly ShellWord[];
  /** Prefix assignments; the arguments of export, local and readonly that assign are here, too. */
  readonly assignments: readonly Assignment[];
  /** Own redirects and those of the groups and loops around it, innermost first. */
  readonly redirects: readonly Redirect[];
  /** What really runs: `words` without sudo, env, timeout, xargs, command, exec, time, nice, nohup and the like. */
  readonly effective: readonly ShellWord[];
  /** Assignments in effect: the prefix ones and those of `env A=1`. */
  readonly environment: readonly Assignment[];
  /** Whether it runs whenever the RUN gets to its end successfully; commands other than tests count as successful. */
  readonly runs: 'always' | 'sometimes';
  /**
   * What its failure leads to: the script fails with it; it is asked for or ignored (`|| true`); what is joined to it
   * by `&&` does not run, and the script goes on; or `set -e` decides.
   */
  readonly failure: 'ends the script' | 'absorbed' | 'skips' | 'open';
  readonly guards: readonly Guard[];
  /** Same number: members of one pipeline, in order. Unique in the script. */
  readonly pipeline: number;
  /** The innermost pipeline of several members around it in this script, and the member that it stands in. */
  readonly piped?: { readonly by: Pipeline; readonly member: number };
  /** Ids of the subshells, command substitutions and pipeline members around it, outermost first: a cd stays inside. */
  readonly scope: readonly number[];
  /** Index of the command that holds the command or process substitution around this one, which runs before it. */
  readonly within?: number;
  /**
   * The script that `sh -c '…'`, `bash -lc`, `su -c` or `eval` runs, when its text is a literal or has only
   * variables in it; the heredoc that a shell reads as its script.
   */
  readonly inner?: ShellScript;
  /** In `simpleCommands`: the shell or su around it whose script it is of; absent for the script's own commands. */
  readonly readBy?: string;
  /** The list that it stands in ends with `&`: the shell goes on, and does not hear how it ends. */
  readonly background?: true;
  /** The syntax around it could not be read to the end: offer no fix. */
  readonly partial: boolean;
}

export interface ShellScript {
  readonly interpreter: Interpreter;
  /** What is read; for exec form the words joined by blanks. */
  readonly text: MappedText;
  /** Every simple command in source order, those in substitutions included; not those of `inner` scripts. */
  readonly commands: readonly ShellCommand[];
  /** Set when the script could not be parsed to the end. */
  readonly fault?: string;
  /** `set -e`, `-o errexit` or a `sh -e` reaches the whole script. */
  readonly errexit: boolean;
}

/** A stretch of a script's text that the shell around it has already expanded. */
export interface Expansion {
  readonly start: number;
  readonly end: number;
  readonly part: ShellWordPart;
}
