/** The shape of `--format json`, published as `report.schema.json`. */
import { z } from 'zod';

const position = z.int().min(1);

const place = {
  line: position.describe('1-based line of the first character'),
  column: position.describe('1-based column, in UTF-16 units'),
  endLine: position.describe('1-based line of the end'),
  endColumn: position.describe('1-based column after the last character'),
};

const evidence = z.strictObject({
  path: z.string().optional().describe('the other file of the project that the place is in'),
  ...place,
  message: z.string(),
});

const finding = z.strictObject({
  rule: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  confidence: z.enum(['certain', 'likely', 'possible']),
  category: z.enum(['security', 'correctness', 'reproducibility', 'cache', 'size', 'style']),
  answers: z
    .array(z.string())
    .optional()
    .describe('codes of other linters that it answers to: hadolint/DL3002, buildkit/CopyIgnoredFile'),
  message: z.string(),
  ...place,
  targets: z
    .array(z.string())
    .optional()
    .describe('stages whose images it concerns; absent where it concerns all that ship, or the file'),
  evidence: z.array(evidence).describe('the trail that proves the finding'),
  fix: z
    .strictObject({
      says: z.string().describe('what it does, as a command'),
      safety: z.enum(['safe', 'unsafe']).describe('unsafe: the build or the image may come out otherwise'),
      edits: z
        .array(z.strictObject({ ...place, text: z.string() }))
        .describe('what to put in the place of what, all of them together'),
      creates: z
        .strictObject({ path: z.string().describe('from the root of the build context'), text: z.string() })
        .optional()
        .describe('a file to make'),
    })
    .optional(),
});

export const reportSchema = z.strictObject({
  version: z.literal(1),
  files: z.array(z.strictObject({ path: z.string(), findings: z.array(finding) })),
  errors: z
    .array(z.strictObject({ path: z.string(), message: z.string() }))
    .optional()
    .describe('files that could not be read'),
  summary: z.strictObject({
    files: z.int().min(0),
    errors: z.int().min(0),
    warnings: z.int().min(0),
    infos: z.int().min(0),
    suppressed: z.int().min(0).describe('findings that comments in the Dockerfiles ignore'),
  }),
});

/** The same as JSON Schema, draft 2020-12. */
export const reportJsonSchema = (): string =>
  `${JSON.stringify({ title: 'dflint report', ...z.toJSONSchema(reportSchema) }, undefined, 2)}\n`;
