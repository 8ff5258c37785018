/** Comments that speak to linters: `# dflint ignore=…`, those of hadolint and tally, and BuildKit's `# check=`. */
import { isDate } from './date.ts';
import type { Comment, Directive } from './instruction.ts';
import { type Located, offsetAt, type Source, type Span, spanOf } from './source.ts';

/** A rule or code as the comment names it. */
export interface IgnoredName extends Located {
  readonly text: string;
}

/** What is said for the next instruction, for its stage or for the whole file. */
export type IgnoreReach = 'instruction' | 'stage' | 'file';

export interface IgnoreComment extends Located {
  /** Whose comment it is. */
  readonly linter: 'dflint' | 'hadolint' | 'tally' | 'buildkit';
  readonly reach: IgnoreReach;
  readonly names: readonly IgnoredName[];
  /** Absent or empty when none is given. */
  readonly reason?: string;
  /** `2027-01-31`: the last day on which it holds. */
  readonly until?: IgnoredName;
  /** What cannot be read in it; only in comments of dflint. */
  readonly faults: readonly CommentFault[];
}

export interface CommentFault extends Located {
  readonly message: string;
}

const opening = /^[ \t]*(dflint|hadolint|tally)[ \t]+(?:(global|stage)[ \t]+)?ignore[ \t]*=[ \t]*/i;
/** What is meant as a comment of dflint, and is none. */
const attempted =
  /^[ \t]*dflint(?:[ \t]*[:,-])?[ \t]*(?:(?:global|stage|file|next|line)[ \t-]*)?(?:ignore|disable|skip)(?:[ \t]*$|[ \t]*[:=]|-[a-z]|[ \t]+(?:[a-z]+-[a-z-]+|DL\d{4}|SC\d{4})(?![\w-]))/i;
const anyName = /[\w/*-]+/y;
const hadolintCode = /(?:hadolint\/|shellcheck\/)?(?:DL|SC)\d{4}(?!\w)/iy;
const between = /[ \t]*,[ \t,]*|[ \t]+/y;
const field = /[ \t;,]*\b(reason|until)[ \t]*=[ \t]*/iy;
const nextField = /(?<![ \t;])[ \t;]+(?:until|reason)[ \t]*=/i;
const remark = /[ \t;]*#[ \t]*(?![ \t])(.*)$/y;

/** The comment as one that speaks to a linter; undefined for any other. */
export function readIgnoreComment(comment: Comment, source: Source): IgnoreComment | undefined {
  const start = offsetAt(source, comment.span.line, comment.span.column) + 1;
  const text = source.text.slice(start, offsetAt(source, comment.span.endLine, comment.span.endColumn));
  const spanAt = (from: number, to: number): Span => spanOf(source, start + from, start + to);
  const match = opening.exec(text);
  if (match === null) {
    if (!attempted.test(text)) return undefined;
    const message =
      'It ignores nothing: write # dflint ignore=RULE above the instruction, or # dflint global ignore=RULE for the whole file.';
    const whole = { linter: 'dflint', reach: 'instruction', names: [], span: comment.span } as const;
    return { ...whole, faults: [{ span: comment.span, message }] };
  }
  const linter = linters.find((name) => name === match[1]?.toLowerCase()) ?? 'dflint';
  const word = match[2]?.toLowerCase();
  const reach = word === 'global' ? 'file' : word === 'stage' ? 'stage' : 'instruction';
  const { names, end } = readNames(text, match[0].length, linter, spanAt);
  const { reason, until, ...fields } = readFields(text, end, spanAt);
  const faults = names.length === 0 ? [{ span: comment.span, message: 'It names no rule.' }] : fields.faults;
  return {
    linter,
    reach,
    names,
    span: comment.span,
    faults: linter === 'dflint' ? faults : [],
    ...(reason === undefined ? {} : { reason }),
    ...(until === undefined ? {} : { until }),
  };
}

const linters = ['dflint', 'hadolint', 'tally'] as const;

/** The names up to the first word that is none; of hadolint's only codes, which may be parted by blanks. */
function readNames(
  text: string,
  start: number,
  linter: (typeof linters)[number],
  spanAt: (from: number, to: number) => Span,
): { readonly names: readonly IgnoredName[]; readonly end: number } {
  const name = linter === 'hadolint' ? hadolintCode : anyName;
  const names: IgnoredName[] = [];
  let at = start;
  let end = start;
  for (;;) {
    const [found] = matchAt(name, text, at) ?? [];
    if (found === undefined || /^(?:reason|until)$/i.test(found)) break;
    names.push({ text: found, span: spanAt(at, at + found.length) });
    end = at + found.length;
    const [gap] = matchAt(between, text, end) ?? [];
    if (gap === undefined || (linter !== 'hadolint' && !gap.includes(','))) break;
    at = end + gap.length;
    if (gap.includes(',')) end = at;
  }
  return { names, end };
}

interface Fields {
  reason?: string;
  until?: IgnoredName;
  readonly faults: CommentFault[];
}

/** `reason=…`, in quotes or up to the next field, `until=…`, and a remark after `#`, which is a reason too. */
function readFields(text: string, start: number, spanAt: (from: number, to: number) => Span): Fields {
  const fields: Fields = { faults: [] };
  let at = start;
  for (;;) {
    const opened = matchAt(field, text, at);
    if (opened === null) break;
    at += opened[0].length;
    const value = opened[1]?.toLowerCase() === 'until' ? /[^ \t;,]*/.exec(text.slice(at))?.[0] : reasonAt(text, at);
    const end = at + (value?.length ?? 0);
    if (opened[1]?.toLowerCase() !== 'until') fields.reason = (value ?? '').replace(/^(["'])(.*)\1$/, '$2').trim();
    else if (isDate(value ?? '')) fields.until = { text: value ?? '', span: spanAt(at, end) };
    else fields.faults.push({ span: spanAt(at, end), message: noSuchDay(value ?? '') });
    at = end;
  }
  const said = matchAt(remark, text, at);
  if (said !== null) fields.reason ??= said[1] ?? '';
  else if (/[^ \t;,]/.test(text.slice(at))) {
    const rest = at + (/^[ \t;,]*/.exec(text.slice(at))?.[0].length ?? 0);
    fields.faults.push({
      span: spanAt(rest, text.length),
      message: 'Rules are parted by commas; what follows them is reason=TEXT or until=YYYY-MM-DD.',
    });
  }
  return fields;
}

const noSuchDay = (text: string): string => `There is no day ${text || '(empty)'}: write until=2027-01-31.`;

/** With its quotes, if it has some. */
function reasonAt(text: string, at: number): string {
  const rest = text.slice(at);
  const quoted = /^(?:"[^"]*"|'[^']*')(?=[ \t;,]|$)/.exec(rest);
  return quoted?.[0] ?? rest.slice(0, nextField.exec(rest)?.index ?? rest.length);
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** What `# check=` says: the checks that are skipped (`all` for every one), and whether the others stop the build. */
export interface CheckDirective {
  readonly skip: IgnoreComment;
  readonly error: boolean;
}

export function readCheckDirective(directives: readonly Directive[], source: Source): CheckDirective | undefined {
  const directive = directives.find(({ name }) => name === 'check');
  if (directive === undefined) return undefined;
  const end = offsetAt(source, directive.span.endLine, directive.span.endColumn);
  let at = source.text.lastIndexOf(directive.value, end);
  const names: IgnoredName[] = [];
  let error = false;
  for (const part of directive.value.split(';')) {
    const key = part.slice(0, part.indexOf('=') + 1);
    const value = part.slice(key.length);
    const said = key.replace('=', '').trim().toLowerCase();
    if (said === 'error') error = value.trim().toLowerCase() === 'true' || value.trim() === '1';
    let from = at + key.length;
    for (const name of said === 'skip' ? value.split(',') : []) {
      const lead = name.length - name.trimStart().length;
      const text = name.trim();
      if (text !== '') names.push({ text, span: spanOf(source, from + lead, from + lead + text.length) });
      from += name.length + 1;
    }
    at += part.length + 1;
  }
  return { skip: { linter: 'buildkit', reach: 'file', names, faults: [], span: directive.span }, error };
}

/** `# hadolint shell=/bin/bash`: what SHELL is by default in the base image, as SHELL would be written. */
export function readShellComment(comments: readonly Comment[]): readonly string[] | undefined {
  const said = comments.findLast(({ text }) => shellComment.test(text));
  const words = shellComment.exec(said?.text ?? '')?.[1]?.match(/[^\s",[\]]+/g) ?? [];
  const [program] = words;
  if (program === undefined) return undefined;
  const takesCommand =
    words.some((word) => /^[-/]\w*c(?:ommand)?$/i.test(word)) || /(?:pwsh|cmd|powershell)(?:\.exe)?$/i.test(program);
  return takesCommand ? words : [...words, '-c'];
}

const shellComment = /^hadolint[ \t]+shell[ \t]*=([^#]*)/i;
