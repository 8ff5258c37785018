/** The shape of `dflint graph --format json`. */
import { z } from 'zod';
import type { GraphReport } from './answers.ts';

const source = z.union([
  z.strictObject({ stage: z.int().min(0).describe('index into stages') }),
  z.strictObject({ image: z.string() }),
  z.strictObject({ kind: z.enum(['scratch', 'context', 'remote']) }),
]);

export const graphSchema: z.ZodType<GraphReport> = z.strictObject({
  version: z.literal(1),
  path: z.string(),
  stages: z.array(
    z.strictObject({
      name: z.string().optional().describe('absent for a stage without a name'),
      line: z.int().min(1),
      ships: z.boolean(),
      needed: z.boolean().describe('whether a ship target needs it'),
      inputs: z.array(
        z.strictObject({
          via: z.enum(['base', 'copy', 'mount']),
          from: source,
          paths: z.array(z.string()),
          line: z.int().min(1),
        }),
      ),
    }),
  ),
});
