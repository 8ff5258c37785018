/** Comments that are meant as parser directives, and are comments. */
import type { Comment, Dockerfile } from './instruction.ts';
import type { Located } from './source.ts';
import { nearest } from './suggest.ts';

export interface LostDirective extends Located {
  /** The directive that is meant. */
  readonly name: 'syntax' | 'escape' | 'check';
  /** As written. */
  readonly written: string;
  readonly value: string;
  /** What stands in the way: it has another name, or something else of the file is above it. */
  readonly because: 'misspelled' | 'late';
  /** The line at which BuildKit stopped to look for directives. */
  readonly stoppedAt: number;
}

const nameAndValue = /^([A-Za-z][\w-]*)\s*[=:]\s*(\S.*)$/;

/** What their values look like; a text such as `syntax=highlighting` is a remark. */
const values = {
  syntax: /^(?=\S*(?:dockerfile|\/))\S*$/,
  escape: /^`$/,
  check: /^(?:skip|error|experimental)\s*=/i,
} as const;

const names = ['syntax', 'escape', 'check'] as const;

/** One that is in effect leaves another of its name without a say. A misspelled one is looked for above the first instruction. */
export function* lostDirectives({ comments, directives, instructions, source }: Dockerfile): Iterable<LostDirective> {
  if (source.text.startsWith('#!')) return;
  const lines = new Set(directives.map(({ span }) => span.line));
  const first = instructions[0]?.span.line ?? Number.POSITIVE_INFINITY;
  const stoppedAt = Math.max(0, ...lines) + 1;
  for (const comment of comments) {
    if (lines.has(comment.span.line)) continue;
    const found = meantBy(comment, comment.span.line < first);
    if (found === undefined || directives.some(({ name }) => name === found.name)) continue;
    yield { ...found, span: comment.span, stoppedAt };
  }
}

function meantBy(
  { text }: Comment,
  above: boolean,
): Pick<LostDirective, 'name' | 'written' | 'value' | 'because'> | undefined {
  const [, written = '', rest = ''] = nameAndValue.exec(text.trim()) ?? [];
  const lower = written.toLowerCase();
  const name = names.find((each) => each === lower) ?? names.find((each) => each === nearest(lower, names));
  const value = rest.trim();
  if (name === undefined || (name !== lower && !above) || !values[name].test(value)) return undefined;
  const equals = /^[\w-]+\s*=/.test(text.trim());
  return { name, written, value, because: name === lower && equals ? 'late' : 'misspelled' };
}
