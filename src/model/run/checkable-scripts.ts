/** The shell scripts of a file as another program can read them: each RUN in the dialect of the shell that runs it. */
import {
  type Comment,
  type Located,
  type MappedText,
  mappedSlice,
  optionsInForce,
  type RunInstruction,
  shebangOf,
} from '../../syntax/index.ts';
import type { Build, Step } from '../build.ts';
import { isOpenBase } from '../state/image-state.ts';
import { dialectOf, type ShellDialect } from './dialects.ts';
import { writtenRuns } from './written-runs.ts';

export interface CheckableScript extends Located {
  readonly instruction: RunInstruction;
  /** What the shell reads, a `#!` line left out. */
  readonly text: MappedText;
  /** `sh`: which shell that is, is not known. */
  readonly dialect: ShellDialect;
  /** The shell is started with -e. */
  readonly errexit: boolean;
  /** The base is not known: it may set any variable. */
  readonly isOpen: boolean;
  /** Whether a variable is set when the script starts, as far as the file tells. */
  isSet(name: string): boolean;
  /** Those right above the instruction and between its lines. */
  readonly comments: readonly Comment[];
}

/** Every RUN that a shell of the Bourne family reads, in shell form or with a heredoc for a script. */
export function* checkableScripts(build: Build): Iterable<CheckableScript> {
  for (const { step, instruction, script, span } of writtenRuns(build)) {
    if (instruction.form === 'exec' || script.interpreter !== 'posix') continue;
    const [heredoc] = instruction.heredocs;
    const shebang = script.text === heredoc?.body ? shebangOf(script.text.text) : undefined;
    const inForce = { shell: step.before.shell, ...(shebang === undefined ? {} : { shebang }) };
    const dialect = dialectOf(shebang ?? step.before.shell, step.stage.base);
    if (dialect === undefined) continue;
    yield {
      span,
      instruction,
      text: shebang === undefined ? script.text : withoutFirstLine(script.text),
      dialect,
      errexit: optionsInForce(inForce)?.errexit === true,
      isOpen: isOpenBase(step.stage.base),
      isSet: (name) => isSet(name, step, instruction),
      comments: [...instruction.comments, ...commentsIn(instruction, build.file.comments)],
    };
  }
}

/** `sorted` as they stand in the file. */
function commentsIn({ span }: Located, sorted: readonly Comment[]): readonly Comment[] {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.span.line ?? 0) < span.line) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while ((sorted[end]?.span.line ?? Number.POSITIVE_INFINITY) <= span.endLine) end += 1;
  return sorted.slice(low, end);
}

function withoutFirstLine(text: MappedText): MappedText {
  const end = text.text.indexOf('\n') + 1;
  return mappedSlice(text, end === 0 ? text.text.length : end, text.text.length);
}

/** Proxies are arguments that every build has, https://docs.docker.com/reference/dockerfile/#predefined-args. */
const isProxy = (name: string): boolean => /^(?:https?|ftp|no|all)_proxy$/i.test(name);

function isSet(name: string, { before, instruction }: Step, { mounts }: RunInstruction): boolean {
  if (before.env.has(name) || before.args.has(name) || isProxy(name)) return true;
  if (mounts.some(({ env }) => env?.text === name)) return true;
  // A trigger runs after the triggers above it.
  return (
    instruction.keyword === 'ONBUILD' &&
    before.onbuild.some(
      (trigger) =>
        (trigger.keyword === 'ARG' || trigger.keyword === 'ENV') &&
        trigger.pairs.some((pair) => pair.name.text === name),
    )
  );
}
