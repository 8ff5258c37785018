/** What `shellcheck --format json1` prints. */
import * as z from 'zod/mini';

const place = { line: z.int(), column: z.int(), endLine: z.int(), endColumn: z.int() };

const replacement = z.object({
  ...place,
  insertionPoint: z.enum(['beforeStart', 'afterEnd']),
  replacement: z.string(),
});

const comment = z.object({
  ...place,
  file: z.string(),
  level: z.enum(['error', 'warning', 'info', 'style']),
  code: z.int(),
  message: z.string(),
  fix: z.nullish(z.object({ replacements: z.array(replacement) })),
});

export type ShellcheckReplacement = z.infer<typeof replacement>;
export type ShellcheckComment = z.infer<typeof comment>;

const report = z.object({ comments: z.array(comment) });

/** Undefined for a text that no ShellCheck prints which dflint knows. */
export function readReport(text: string): readonly ShellcheckComment[] | undefined {
  try {
    return report.safeParse(JSON.parse(text)).data?.comments;
  } catch {
    return undefined;
  }
}
