/** The shape of `dflint config --format json`. */
import { z } from 'zod';
import type { ConfigReport } from './answers.ts';

const position = z.int().min(1);

export const configReportSchema: z.ZodType<ConfigReport> = z.strictObject({
  version: z.literal(1),
  file: z.string(),
  files: z.array(z.string()).describe('the configurations that were read, those that are extended first'),
  settings: z.array(
    z.strictObject({
      name: z.string().describe('failOn, buildArgs.TAG, rules.root-user'),
      value: z.unknown().describe('null where nothing is said: it is looked for, or comes from the environment'),
      from: z.union([
        z.enum(['default', 'command line']),
        z.strictObject({ path: z.string(), line: position, column: position }),
      ]),
    }),
  ),
});
