/** The configuration: one schema gives its validation, its types and its JSON Schema. */
import * as z from 'zod/mini';
import { confidenceNames, failOnNames, presetNames, settingNames, shellcheckNames } from './choices.ts';

const setting = z.enum(settingNames).check(z.describe('`on` is the severity that the rule itself gives'));
const preset = z.enum(presetNames);

const text = z.string().check(z.minLength(1));
const texts = z.union([text, z.array(text)]);

/** What may be said of all files, and of some of them. */
const common = {
  presets: z
    .optional(z.union([preset, z.array(preset)]))
    .check(z.describe('which rules; where several rate a finding, the last one does (default: recommended)')),
  rules: z
    .optional(z.record(z.string(), z.union([setting, z.tuple([setting, z.record(z.string(), z.unknown())])])))
    .check(
      z.describe(
        'by rule id, by a code of another linter, or, for all rules of it, by the path of a module as in plugins: a setting, or [setting, options]',
      ),
    ),
  failOn: z
    .optional(z.enum(failOnNames))
    .check(z.describe('lowest severity that makes the exit status 1 (default: warning)')),
  minConfidence: z
    .optional(z.enum(confidenceNames))
    .check(z.describe('hides findings that are less sure (default: likely)')),
  ignoreComments: z.optional(z.boolean()).check(z.describe('whether comments may ignore findings (default: true)')),
  requireReason: z.optional(z.boolean()).check(z.describe('whether such comments need a reason (default: false)')),
  shellcheck: z
    .optional(z.enum(shellcheckNames))
    .check(z.describe('whether ShellCheck reads the scripts of RUN: auto where it is on PATH (default: auto)')),
  targets: z
    .optional(texts)
    .check(
      z.describe(
        'stages that ship, by name; files that have none of them ship what compose, bake and CI files build, else their final stage',
      ),
    ),
  context: z
    .optional(text)
    .check(z.describe('folder of the build context, relative to this file (default: what compose and bake files say)')),
  buildArgs: z
    .optional(
      z.record(z.string().check(z.regex(/^[^\s=]+$/)), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    )
    .check(z.describe('build arguments; null takes the value of the environment, as --build-arg NAME does')),
};

const override = z
  .strictObject({
    files: texts.check(
      z.describe(
        'globs relative to this file: * ? ** {a,b} [a-z]; without a slash at any depth; a leading ! takes out',
      ),
    ),
    ...common,
  })
  .check(z.describe('what holds for the files that match, beside what holds for all'));

export const configSchema = z
  .strictObject({
    $schema: z.optional(z.string()).check(z.describe('where the JSON Schema of this file is')),
    extends: z
      .optional(texts)
      .check(
        z.describe(
          'presets, paths of other configurations relative to this file, packages; later ones go before earlier ones',
        ),
      ),
    ...common,
    exclude: z
      .optional(z.array(text))
      .check(z.describe('patterns as in .gitignore, relative to this file: left out where a folder is searched')),
    baseline: z
      .optional(text)
      .check(z.describe('file of findings that are known and not shown, relative to this file; see --update-baseline')),
    plugins: z
      .optional(z.array(text))
      .check(
        z.describe(
          'modules that export rules, relative to this file; of a configuration in the linted repository they need --allow-plugins',
        ),
      ),
    overrides: z
      .optional(z.array(override))
      .check(z.describe('what differs for some files; later ones go before earlier ones')),
  })
  .check(z.describe('Configuration of dflint'));

export type Config = z.infer<typeof configSchema>;
export type ConfigOverride = z.infer<typeof override>;
/** What may be said of all files, and of some of them. */
export type CommonConfig = Omit<ConfigOverride, 'files'>;

export const configKeys: readonly string[] = Object.keys(configSchema.shape);
export const overrideKeys: readonly string[] = Object.keys(override.shape);

/** The same as JSON Schema, draft 2020-12. */
export const configJsonSchema = (): string =>
  `${JSON.stringify({ title: 'dflint configuration', ...z.toJSONSchema(configSchema) }, undefined, 2)}\n`;
