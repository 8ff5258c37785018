/** What users set in their editors; what is no setting is passed over. */
import * as z from 'zod/mini';
import type { EditorSettings } from './host.ts';

const schema = z.partial(
  z.object({
    config: z.union([z.string(), z.literal(false)]),
    shellcheck: z.enum(['auto', 'off', 'required']),
    minConfidence: z.enum(['certain', 'likely', 'possible']),
    delay: z.number().check(z.gte(0), z.lte(10_000)),
  }),
);

/** Each by itself: a wrong one does not take the others with it. */
export function readSettings(given: unknown): EditorSettings {
  if (typeof given !== 'object' || given === null) return {};
  const right: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given))
    if (name in schema.shape && value !== '' && schema.safeParse({ [name]: value }).success) right[name] = value;
  const { config, shellcheck, minConfidence, delay } = schema.parse(right);
  return {
    ...(config === undefined ? {} : { config }),
    ...(shellcheck === undefined ? {} : { shellcheck }),
    ...(minConfidence === undefined ? {} : { minConfidence }),
    ...(delay === undefined ? {} : { delay }),
  };
}
