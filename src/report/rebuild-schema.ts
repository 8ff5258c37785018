/** The shape of `dflint rebuild --format json`. */
import { z } from 'zod';
import type { RebuildReport } from './answers.ts';

export const rebuildSchema: z.ZodType<RebuildReport> = z.strictObject({
  version: z.literal(1),
  path: z.string(),
  stages: z.array(
    z.strictObject({
      name: z.string().optional().describe('absent for a stage without a name'),
      line: z.int().min(1),
      built: z.boolean().describe('whether a ship target needs it'),
      steps: z.array(
        z.strictObject({
          line: z.int().min(1),
          instruction: z.string(),
          runs: z.enum(['yes', 'perhaps', 'no']),
          reason: z.string().optional(),
        }),
      ),
    }),
  ),
});
