/** Words put into the commands of RUN, taken out of them, or put above them. */
import { type Edit, mappedSpan } from '../../syntax/index.ts';
import { accountHistory } from '../accounts/accounts.ts';
import type { Build, Step } from '../build.ts';
import type { RelativeWorkdir } from '../files/relative-workdirs.ts';
import type { RecommendedPackages } from '../installs/recommended-packages.ts';
import { chainOf } from '../query.ts';
import type { ConsecutiveRun } from '../run/consecutive-runs.ts';
import type { QuotedVariable } from '../run/quoted-variables.ts';
import type { SudoCall } from '../run/sudo-calls.ts';
import { firstUnguarded, type UnguardedPipe } from '../run/unguarded-pipes.ts';
import type { WholeBrace } from '../run/whole-braces.ts';
import { type Fix, wordBehind } from './fix.ts';
import { keywordAs, linesAbove } from './lines.ts';
import { isWrittenOut, writtenAt } from './written.ts';

/** `--no-install-recommends` for apt and its kin: something that was only recommended may be needed. */
export function withoutRecommended({ at, command, program }: RecommendedPackages): Fix | undefined {
  const flag = program === 'aptitude' ? '--without-recommends' : '--no-install-recommends';
  const { words, partial } = command.shell;
  if (partial || !words.some(({ span, text }) => span === at.span && text === 'install')) return undefined;
  // Where most write it: `install -y --no-install-recommends curl`.
  let last = at;
  for (const word of words.slice(words.findIndex(({ span }) => span === at.span) + 1)) {
    if (!/^(?:-[yq]+|--yes|--assume-yes|--quiet)$/.test(word.text ?? '') || word.span.line !== at.span.line) break;
    last = word;
  }
  return { says: `Add ${flag}`, safety: 'unsafe', edits: [wordBehind(command, last, flag)] };
}

/** The path that a relative WORKDIR leads to. */
export function absoluteWorkdir({ span, path, leadsTo, written }: RelativeWorkdir): Fix | undefined {
  if (leadsTo === undefined || written !== path || !/^[\w./@-]+$/.test(path)) return undefined;
  return { says: `Write ${leadsTo}`, safety: 'safe', edits: [{ at: span, text: leadsTo }] };
}

/** Double quotes, in which the shell reads variables: the other way of the test runs now. */
export function doubleQuoted(build: Build, { span }: QuotedVariable): Fix | undefined {
  const written = writtenAt(build, span);
  const inner = /^'([^'"\\`]*)'$/.exec(written)?.[1];
  const isInArray = build.file.instructions.some(
    (each) =>
      each.keyword === 'RUN' && each.form === 'exec' && each.span.line <= span.line && span.line <= each.span.endLine,
  );
  return inner === undefined || isInArray
    ? undefined
    : { says: 'Write double quotes', safety: 'unsafe', edits: [{ at: span, text: `"${inner}"` }] };
}

/** The words of a list in braces, which other programs get now. */
export function spelledOut(build: Build, { span, word, words = [] }: WholeBrace): Fix | undefined {
  const text = words.join(' ');
  if (words.length < 2 || !isWrittenOut(word, build) || !/^[\w./@:+= -]+$/.test(text)) return undefined;
  return { says: `Write ${text}`, safety: 'unsafe', edits: [{ at: span, text }] };
}

/** Takes `sudo` away from all that root runs in a RUN, where no option of it changes anything. */
export function withoutSudo({ command, does }: SudoCall): Fix | undefined {
  if (does !== 'nothing') return undefined;
  const edits: Edit[] = [];
  for (const { shell, holder } of command.run.commands) {
    const [first, second] = shell.words;
    if (!shell.words.some(({ text }) => text === 'sudo')) continue;
    if (first?.text !== 'sudo' || second?.text === undefined || holder !== undefined || shell.partial) return undefined;
    if (/^-|=/.test(second.text) || second.span.line !== first.span.line) return undefined;
    edits.push({ at: { ...first.span, endLine: second.span.line, endColumn: second.span.column }, text: '' });
  }
  return edits.length === 0 ? undefined : { says: 'Take sudo away', safety: 'safe', edits };
}

/** SHELL with pipefail above the first RUN of the stage that needs it. */
export function withPipefail(build: Build, { run: { step }, left }: UnguardedPipe): Fix | undefined {
  if (left.holder !== undefined) return undefined;
  const first = firstUnguarded(build).get(step.stage) ?? step;
  const { instruction, before } = first;
  if (instruction.keyword !== 'RUN' || instruction.form !== 'shell' || instruction.onbuild !== undefined)
    return undefined;
  if (before.shell !== chainOf(step.stage)[0]?.steps[0]?.before.shell) return undefined;
  const shell = shellOf(build, first);
  if (shell === undefined) return undefined;
  const line = `${keywordAs('SHELL', instruction)} ${shell}`;
  return { says: `Set ${line}`, safety: 'unsafe', edits: [linesAbove(instruction, [line])] };
}

/** That of the distribution, which its accounts tell; of Debian and its kin bash is an essential package. */
function shellOf(build: Build, { stage }: Step): string | undefined {
  const [root] = chainOf(stage);
  const start = root?.steps[0];
  if (start === undefined) return undefined;
  const { users, open } = accountHistory(build).before(start);
  if (open) return undefined;
  const isAlpine = users.has('cyrus');
  if (isAlpine && (users.has('_apt') || users.has('dbus'))) return undefined;
  return isAlpine ? '["/bin/ash", "-eo", "pipefail", "-c"]' : '["/bin/bash", "-o", "pipefail", "-c"]';
}

/** What one RUN leaves to the commands behind it in the same shell. */
const changesShell = /^\s*(?:cd|export|set|\.|source|umask|ulimit|unset|alias|exec|exit|trap|pushd|popd|eval|shopt)\b/;

/** Joins a RUN to the one above it by `&&`. */
export function joinedRuns({ run, previous }: ConsecutiveRun, build: Build): Fix | undefined {
  const both = [previous.instruction, run.instruction];
  if (both.some(({ form, heredocs, onbuild }) => form !== 'shell' || heredocs.length > 0 || onbuild !== undefined))
    return undefined;
  if (both.some(({ line: { text } }) => changesShell.test(text) || /[;&|#]|\\$/.test(text))) return undefined;
  if (run.instruction.comments.length > 0) return undefined;
  const first = previous.instruction.line;
  const second = run.instruction.line;
  const start = second.text.search(/\S/);
  if (start === -1) return undefined;
  const from = mappedSpan(first, 0, first.text.trimEnd().length);
  const to = mappedSpan(second, start, second.text.length);
  const at = { line: from.endLine, column: from.endColumn, endLine: to.line, endColumn: to.column };
  return {
    says: 'Join it to the RUN above',
    safety: 'unsafe',
    edits: [{ at, text: ` ${build.file.escape}\n    && ` }],
  };
}
