/** ShellCheck's comments on a script as findings at their places in the Dockerfile. */
import type { CheckableScript } from '../model/index.ts';
import { type Edit, type Finding, type Fix, type ForeignCode, finding, type Rule } from '../rule.ts';

import { leftOut, presetOf } from './ratings.ts';
import type { ShellcheckComment, ShellcheckReplacement } from './report.ts';
import type { ScriptText } from './script-text.ts';
import { everyShellHas, isThere } from './system-shells.ts';

/** Stands for a code: `shellcheck/SC2086`. */
export type CodeRule = Pick<Rule, 'id' | 'severity' | 'confidence' | 'category' | 'instead' | 'replaces' | 'preset'>;

/** What its comments are judged by. */
export type ScriptShell = Pick<CheckableScript, 'dialect' | 'isOpen'>;

export interface ShellcheckFinding {
  readonly rule: CodeRule;
  readonly finding: Finding;
}

/** Whether dflint gives on what ShellCheck says under this code. */
export function isGivenOn(code: string): boolean {
  const number = /^shellcheck\/SC(\d+)$/.exec(code)?.[1];
  return number !== undefined && !leftOut.has(Number(number)) && !everyShellHas.has(Number(number));
}

export function* findingsOf(
  script: ScriptShell,
  text: ScriptText,
  comments: readonly ShellcheckComment[],
): Iterable<ShellcheckFinding> {
  const fault = syntaxFault(comments);
  for (const comment of comments) {
    if (leftOut.has(comment.code) || !isFault(comment, script, text)) continue;
    if (fault !== undefined && comment !== fault && isOfSyntax(comment)) continue;
    const at = text.spanOf(comment);
    if (at === undefined) continue;
    const edits = editsOf(comment, text);
    const rule = ruleOf(comment, script);
    const plain = finding({ span: at }, messageOf(comment, script, text));
    const whole = comment === fault ? withRest(plain, comment, comments, script, text) : plain;
    // It writes what is probably meant, which is seldom what runs today.
    const fix: Fix = { says: `Write it as ShellCheck says (SC${comment.code})`, safety: 'unsafe', edits };
    yield { rule, finding: whole.mendedBy(edits.length === 0 ? undefined : fix) };
  }
}

/** What cannot be read is told in several codes: what is wrong, what is missing (SC1072), and what it is in. */
const unreadable: ReadonlySet<number> = new Set([1009, 1072, 1073]);
const isOfSyntax = ({ code, level }: ShellcheckComment): boolean =>
  unreadable.has(code) || (code < 2000 && level === 'error');

/** The one that stands for the others, where a script cannot be read: the first that says most. */
function syntaxFault(comments: readonly ShellcheckComment[]): ShellcheckComment | undefined {
  const missing = comments.find(({ code }) => code === 1072);
  if (missing === undefined) return undefined;
  return comments.find((comment) => isOfSyntax(comment) && !unreadable.has(comment.code)) ?? missing;
}

function withRest(
  plain: Finding,
  fault: ShellcheckComment,
  comments: readonly ShellcheckComment[],
  script: ScriptShell,
  text: ScriptText,
): Finding {
  let said = plain;
  const codes = [codeOf(fault.code)];
  for (const comment of comments) {
    if (comment === fault || !isOfSyntax(comment)) continue;
    codes.push(codeOf(comment.code));
    const span = text.spanOf(comment);
    if (span !== undefined) said = said.and({ span }, messageOf(comment, script, text));
  }
  return said.answering(...new Set(codes));
}

const codeOf = (code: number): ForeignCode => `shellcheck/SC${code}`;

/** Without a full stop, and with lines of the Dockerfile where it names lines of the script. */
const messageOf = ({ message }: ShellcheckComment, { dialect }: ScriptShell, text: ScriptText): string =>
  message
    .replace(/^In dash, /, dialect === 'busybox' ? 'In BusyBox sh, ' : '$&')
    .replace(/ (on|from|at|of) line (\d+)/g, (_, where, line) => {
      const inFile = text.lineOf(Number(line));
      return inFile === undefined ? '' : ` ${where} line ${inFile}`;
    })
    .replace(/(?<!\.)\.$/, '');

function ruleOf(comment: ShellcheckComment, { dialect }: ScriptShell): CodeRule {
  const code = codeOf(comment.code);
  const { level } = comment;
  return {
    id: code,
    severity: level === 'style' ? 'info' : level,
    confidence: 'likely',
    category: level === 'style' || level === 'info' ? 'style' : 'correctness',
    instead: `https://www.shellcheck.net/wiki/SC${comment.code} says how to write it.`,
    replaces: [code],
    preset: presetOf(comment, dialect !== 'sh'),
  };
}

/** Not so for what the shell has, and for variables that an unknown base may set. */
function isFault(comment: ShellcheckComment, { dialect, isOpen }: ScriptShell, text: ScriptText): boolean {
  if (isThere(comment, dialect, text.slice(comment))) return false;
  return !(isOpen && comment.code === neverAssigned);
}

const neverAssigned = 2154;

/** None where one of them cannot be made in the Dockerfile: they belong together. */
function editsOf({ fix }: ShellcheckComment, text: ScriptText): readonly Edit[] {
  const edits: Edit[] = [];
  for (const replacement of fix?.replacements ?? []) {
    const edit = editOf(replacement, text);
    if (edit === undefined) return [];
    edits.push(edit);
  }
  return edits;
}

function editOf(replacement: ShellcheckReplacement, text: ScriptText): Edit | undefined {
  if (replacement.replacement.includes('\n')) return undefined;
  const at = text.editSpan(replacement, replacement.insertionPoint);
  return at === undefined ? undefined : { at, text: replacement.replacement };
}
