/** The configuration: one schema gives its validation, its types and its JSON Schema. */
import { z } from 'zod';

export const presetNames = ['recommended', 'strict', 'hadolint', 'buildkit', 'all'] as const;
export const settingNames = ['off', 'on', 'info', 'warning', 'error'] as const;

const setting = z.enum(settingNames).describe('`on` is the severity that the rule itself gives');
const preset = z.enum(presetNames);

export const configSchema = z
  .strictObject({
    $schema: z.string().optional().describe('where the JSON Schema of this file is'),
    presets: z
      .union([preset, z.array(preset)])
      .optional()
      .describe('which rules; where several rate a finding, the last one does (default: recommended)'),
    rules: z
      .record(z.string(), z.union([setting, z.tuple([setting, z.record(z.string(), z.unknown())])]))
      .optional()
      .describe('by rule id or by a code of another linter: a setting, or [setting, options]'),
    failOn: z
      .enum(['error', 'warning', 'info', 'never'])
      .optional()
      .describe('lowest severity that makes the exit status 1 (default: warning)'),
    minConfidence: z
      .enum(['certain', 'likely', 'possible'])
      .optional()
      .describe('hides findings that are less sure (default: likely)'),
    ignoreComments: z.boolean().optional().describe('whether comments may ignore findings (default: true)'),
    shellcheck: z
      .enum(['auto', 'off', 'required'])
      .optional()
      .describe('whether ShellCheck reads the scripts of RUN: auto where it is on PATH (default: auto)'),
    requireReason: z.boolean().optional().describe('whether such comments need a reason (default: false)'),
  })
  .describe('Configuration of dflint');

export type Config = z.infer<typeof configSchema>;

/** The same as JSON Schema, draft 2020-12. */
export const configJsonSchema = (): string =>
  `${JSON.stringify({ title: 'dflint configuration', ...z.toJSONSchema(configSchema) }, undefined, 2)}\n`;
