/** Where a COPY may go that stands before an install. */
import type { CopyInstruction, Edit } from '../../syntax/index.ts';
import type { Build, Command, Step } from '../build.ts';
import { between, writtenAt } from './written.ts';

/** Those on the lines right above: they go where it goes. */
export const commentsOf = ({ comments, span }: CopyInstruction): CopyInstruction['comments'] =>
  comments.filter((comment, index) => comment.span.line === span.line - comments.length + index);

/** Whether what stands between the COPY and the install, or before the install in its RUN, may use the source. */
export function isNeededBetween(copies: readonly Step[], run: Step): boolean {
  const { steps } = run.stage;
  const [first] = copies;
  const found = steps.slice(first === undefined ? 0 : steps.indexOf(first), steps.indexOf(run));
  return found.some((step) => {
    const { instruction, commands } = step;
    if (copies.includes(step)) return false;
    if (instruction.keyword === 'RUN') return commands.length === 0 || !commands.every(isOfTheSystem);
    return !/^(?:ENV|ARG|LABEL|EXPOSE|CMD|STOPSIGNAL)$/.test(instruction.keyword);
  });
}

/** Packages of the distribution and programs for all: they read nothing of the project. */
function isOfTheSystem({ name, arguments: words, invocation }: Command): boolean {
  if (name === 'corepack') return words[0] === 'enable';
  if (invocation !== undefined) return invocation.global && invocation.packages.every((each) => !/^[./]/.test(each));
  return /^(?:apk|apt-get|apt|dnf|yum|microdnf)$/.test(name ?? '') && !words.some((word) => /^\.|\//.test(word ?? '/'));
}

/** Where the source may come in again: behind the RUN, or behind the install where more of its commands follow. */
export function placeBehind(command: Command, build: Build): ((moved: string) => Edit) | undefined {
  const { step, shell } = command;
  const { instruction, script } = step;
  if (instruction.keyword !== 'RUN' || script === undefined || instruction.form === 'exec') return undefined;
  if (instruction.onbuild || shell.partial || shell.piped || shell.scope.length > 0) return undefined;
  if (shell.inner !== undefined || instruction.mounts.some(({ type }) => type === 'bind')) return undefined;
  const all = script.commands;
  const at = all.indexOf(shell);
  if (at === -1 || command.runs !== 'always') return undefined;
  if (all.slice(0, at).some((each) => !isHarmless(each.effective.map(({ text }) => text)))) return undefined;
  const rest = all.slice(at + 1);
  const { endLine, endColumn } = instruction.span;
  const end = { line: endLine, column: endColumn, endLine, endColumn };
  const next = rest.find((each) => !isCleaning(each.effective.map(({ text }) => text)));
  if (next === undefined) return (text) => ({ at: end, text });
  // What is cleaned at the end of the RUN would stay in the layer of the install.
  if (rest.slice(rest.indexOf(next)).some((each) => isCleaning(each.effective.map(({ text }) => text))))
    return undefined;
  const last = all[next.index - 1];
  const [lastWord, firstWord] = [last?.words.at(-1), next.words[0]];
  if (lastWord === undefined || firstWord === undefined || next.assignments.length > 0 || last?.redirects.length !== 0)
    return undefined;
  if (instruction.flags.length > 0 || instruction.heredocs.length > 0 || rest.some((each) => each.scope.length > 0))
    return undefined;
  const gap = between(lastWord.span, firstWord.span);
  const joined = writtenAt(build, gap).replace(build.file.escape === '`' ? /`\r?\n/g : /\\\r?\n/g, ' ');
  return joined.trim() === '&&'
    ? (text) => ({ at: gap, text: `${text}${text.startsWith('\n\n') ? '\n\n' : '\n'}${instruction.word} ` })
    : undefined;
}

type Words = readonly (string | undefined)[];

const isHarmless = ([name, first, ...rest]: Words): boolean =>
  (name === 'set' && first?.startsWith('-') === true) ||
  (name === 'corepack' && first === 'enable') ||
  (name === 'npm' &&
    /^(?:i|install)$/.test(first ?? '') &&
    rest.some((word) => word === '-g' || word === '--global')) ||
  (/^(?:apk|apt-get)$/.test(name ?? '') && !rest.some((word) => /^\.|\//.test(word ?? '/')));

const isCleaning = ([name, first]: Words): boolean =>
  (/^(?:npm|yarn)$/.test(name ?? '') && first === 'cache') ||
  (name === 'pnpm' && first === 'store') ||
  (/^(?:composer|pip3?)$/.test(name ?? '') && /^(?:cache|clear-cache|clearcache)$/.test(first ?? ''));
