/** The configuration: one schema gives its validation, its types and its JSON Schema. */
import * as z from 'zod/mini';
import { confidenceNames, failOnNames, presetNames, settingNames, shellcheckNames } from './choices.ts';

const setting = z.enum(settingNames).check(z.describe('`on` is the severity that the rule itself gives'));
const preset = z.enum(presetNames);

export const configSchema = z
  .strictObject({
    $schema: z.optional(z.string()).check(z.describe('where the JSON Schema of this file is')),
    presets: z
      .optional(z.union([preset, z.array(preset)]))
      .check(z.describe('which rules; where several rate a finding, the last one does (default: recommended)')),
    rules: z
      .optional(z.record(z.string(), z.union([setting, z.tuple([setting, z.record(z.string(), z.unknown())])])))
      .check(z.describe('by rule id or by a code of another linter: a setting, or [setting, options]')),
    failOn: z
      .optional(z.enum(failOnNames))
      .check(z.describe('lowest severity that makes the exit status 1 (default: warning)')),
    minConfidence: z
      .optional(z.enum(confidenceNames))
      .check(z.describe('hides findings that are less sure (default: likely)')),
    ignoreComments: z.optional(z.boolean()).check(z.describe('whether comments may ignore findings (default: true)')),
    shellcheck: z
      .optional(z.enum(shellcheckNames))
      .check(z.describe('whether ShellCheck reads the scripts of RUN: auto where it is on PATH (default: auto)')),
    requireReason: z.optional(z.boolean()).check(z.describe('whether such comments need a reason (default: false)')),
  })
  .check(z.describe('Configuration of dflint'));

export type Config = z.infer<typeof configSchema>;

/** The same as JSON Schema, draft 2020-12. */
export const configJsonSchema = (): string =>
  `${JSON.stringify({ title: 'dflint configuration', ...z.toJSONSchema(configSchema) }, undefined, 2)}\n`;
