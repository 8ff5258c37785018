/**
 * What a Dockerfile says, instruction by instruction, before anything is understood.
 * Names follow BuildKit's `frontend/dockerfile/instructions`.
 */
import type { Edit, Located, MappedText, Source, Span } from './source.ts';

/** A word of an instruction, split as BuildKit splits it, not expanded. */
export interface Word extends Located {
  /** What BuildKit expands: as written, quotes and escapes kept; the decoded string of a JSON array; a flag's value without its quotes. */
  readonly raw: string;
  /** With quotes and escapes removed; absent when a variable stands in it, so that its value is not known here. */
  readonly text?: string;
  /** The variables it names, in order, each once. */
  readonly references: readonly string[];
}

/** A leading `--name` or `--name=value`. */
export interface Flag extends Located {
  readonly name: string;
  /** Absent for a flag without `=`. Quotes removed as BuildKit removes them from flags. */
  readonly value?: Word;
}

export interface Heredoc extends Located {
  readonly name: string;
  /** False when any part of the delimiter is quoted: variables in the body stay as they are. */
  readonly expand: boolean;
  /** `<<-`: leading tabs are dropped. */
  readonly chomp: boolean;
  /** File descriptor, 0 unless written (`3<<EOF`). */
  readonly fd: number;
  /** The body as written, tabs not removed, each line with its line end; the terminator is not in it. */
  readonly content: string;
  /** The same with places, leading tabs removed when `chomp`: what a shell gets to read. */
  readonly body: MappedText;
}

export interface Comment extends Located {
  /** Without `#` and surrounding blanks. */
  readonly text: string;
}

/** `# syntax=`, `# escape=`, `# check=` at the top of the file. */
export interface Directive extends Located {
  /** Lower case. */
  readonly name: string;
  readonly value: string;
}

/** A `--mount` of RUN, as written: values hold variables unexpanded. */
export interface Mount extends Located {
  readonly type: 'bind' | 'cache' | 'tmpfs' | 'secret' | 'ssh';
  readonly id?: Word;
  readonly source?: Word;
  readonly target?: Word;
  readonly from?: Word;
  /** Environment variable that a secret is put in. */
  readonly env?: Word;
  readonly sharing?: 'shared' | 'private' | 'locked';
  /** Read-only: bind mounts are so unless `rw` is said, cache mounts are not. */
  readonly readonly: boolean;
  readonly required: boolean;
  /** `uid`, `gid` or `mode` is given. */
  readonly owned?: true;
  /** The number of the account that, beside root, is alone to use it (a cache when it is new); absent where a mode or a variable says. */
  readonly ownedBy?: string;
}

/** `NAME=value` or `NAME value` of ENV, LABEL and ARG. */
export interface Pair extends Located {
  readonly name: Word;
  /** Absent for `ARG NAME`. */
  readonly value?: Word;
  /** The old `ENV NAME value` form, which takes the rest of the line. */
  readonly legacy: boolean;
}

interface InstructionBase extends Located {
  /** The keyword as written. */
  readonly word: string;
  readonly keywordSpan: Span;
  readonly flags: readonly Flag[];
  /** Continuations joined, inner comments dropped; heredoc bodies are not in it. */
  readonly logical: MappedText;
  readonly heredocs: readonly Heredoc[];
  /** Comment lines right above, nearest last; an empty comment line ends the block. */
  readonly comments: readonly Comment[];
  /** Lines between its continued ones that hold nothing, comments aside. */
  readonly emptyLines: readonly Located[];
  /** The arguments as BuildKit's parser splits them; see `fixtures/buildkit-ast/README.md`. */
  readonly args: readonly string[];
  /** The arguments are a valid JSON array of strings. */
  readonly json: boolean;
  /** The ONBUILD instruction that holds this trigger. */
  readonly onbuild?: true;
}

export interface FromInstruction extends InstructionBase {
  readonly keyword: 'FROM';
  /** Empty in a FROM without arguments, which is a fault. */
  readonly image: Word;
  readonly platform?: Word;
  /** AS, as written. */
  readonly as?: Word;
  /** The name after AS, as written; stage names compare without case. */
  readonly name?: Word;
}

/** RUN, CMD, ENTRYPOINT, SHELL and the command of HEALTHCHECK. */
export interface CommandLine {
  readonly form: 'exec' | 'shell';
  /** Exec form: the strings of the JSON array, each a literal. */
  readonly exec: readonly Word[];
  /** Shell form: the text that is handed to the shell, heredoc bodies not included. */
  readonly line: MappedText;
}

export interface RunInstruction extends InstructionBase, CommandLine {
  readonly keyword: 'RUN';
  readonly mounts: readonly Mount[];
  readonly network?: Word;
  readonly security?: Word;
}

export interface CommandInstruction extends InstructionBase, CommandLine {
  readonly keyword: 'CMD' | 'ENTRYPOINT' | 'SHELL';
}

export interface CopyInstruction extends InstructionBase {
  readonly keyword: 'COPY' | 'ADD';
  /** Sources that are paths, globs or URLs; heredoc sources are in `heredocs`. */
  readonly sources: readonly Word[];
  readonly destination: Word;
  /** Words that are not meant for COPY: BuildKit takes them for sources, and the last for the destination. */
  readonly tail?: CopyTail;
  readonly from?: Word;
  readonly chown?: Word;
  readonly chmod?: Word;
  readonly link: boolean;
  readonly parents: boolean;
  readonly exclude: readonly Word[];
}

/** A comment behind the destination, or an operator of a shell with what follows it. */
export interface CopyTail {
  readonly kind: 'comment' | 'shell';
  /** Its first word. */
  readonly text: string;
  readonly span: Span;
}

export interface PairsInstruction extends InstructionBase {
  readonly keyword: 'ENV' | 'LABEL' | 'ARG';
  readonly pairs: readonly Pair[];
}

export interface WordInstruction extends InstructionBase {
  readonly keyword: 'USER' | 'WORKDIR' | 'STOPSIGNAL' | 'MAINTAINER';
  readonly value: Word;
}

export interface WordsInstruction extends InstructionBase {
  readonly keyword: 'EXPOSE' | 'VOLUME';
  readonly values: readonly Word[];
}

export interface HealthcheckInstruction extends InstructionBase {
  readonly keyword: 'HEALTHCHECK';
  /** Absent for HEALTHCHECK NONE. */
  readonly command?: CommandLine;
}

export interface OnbuildInstruction extends InstructionBase {
  readonly keyword: 'ONBUILD';
  readonly trigger: Instruction;
}

/** An instruction that BuildKit would refuse: an unknown keyword or arguments that cannot be read. */
export interface InvalidInstruction extends InstructionBase {
  readonly keyword: 'INVALID';
}

export type Instruction =
  | FromInstruction
  | RunInstruction
  | CommandInstruction
  | CopyInstruction
  | PairsInstruction
  | WordInstruction
  | WordsInstruction
  | HealthcheckInstruction
  | OnbuildInstruction
  | InvalidInstruction;

/** Something BuildKit refuses, with what it expects instead. */
export interface SyntaxFault extends Located {
  /** What is wrong and what BuildKit expects, one sentence, particulars included. */
  readonly message: string;
  /** What it is about, where others tell it apart: the order of instructions, what COPY takes from, what ONBUILD holds. */
  readonly about?: 'order' | 'copy-source' | 'trigger';
  /** A name, spelled as the nearest one that there is. */
  readonly respelled?: Edit;
}

/** A parsed file. Never partial: what cannot be read is a fault and an `INVALID` instruction. */
export interface Dockerfile {
  readonly source: Source;
  readonly escape: '\\' | '`';
  readonly directives: readonly Directive[];
  readonly comments: readonly Comment[];
  readonly instructions: readonly Instruction[];
  readonly faults: readonly SyntaxFault[];
}
