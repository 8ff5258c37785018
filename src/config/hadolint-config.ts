/** hadolint's configuration as one of ours. Its keys were found by running hadolint 2.15 on files of our own. */
import * as z from 'zod/mini';
import { ruleNames } from '../engine/rule-names.ts';
import type { Rule } from '../rule.ts';
import type { Config } from './schema.ts';

const codes = z.nullish(z.array(z.string()));

/** Lenient, as hadolint is: what it does not know it passes over. */
const hadolintSchema = z.object({
  ignored: codes,
  override: z.nullish(z.object({ error: codes, warning: codes, info: codes, style: codes })),
  trustedRegistries: codes,
  'label-schema': z.nullish(
    z.record(z.string(), z.enum(['text', 'url', 'rfc3339', 'spdx', 'hash', 'semver', 'email'])),
  ),
  'strict-labels': z.nullish(z.boolean()),
  'failure-threshold': z.nullish(z.enum(['error', 'warning', 'info', 'style', 'ignore', 'none'])),
  'disable-ignore-pragma': z.nullish(z.boolean()),
  'no-fail': z.nullish(z.boolean()),
});

const known = new Set([...Object.keys(hadolintSchema.shape)]);

export interface MigratedConfig {
  readonly config: Config;
  /** What has no counterpart, a sentence each. */
  readonly leftOut: readonly string[];
}

type Settings = NonNullable<Config['rules']>;

/** Undefined for a value that hadolint itself would not take. */
export function fromHadolint(value: unknown, rules: readonly Rule[]): MigratedConfig | undefined {
  const read = hadolintSchema.safeParse(value ?? {});
  if (!read.success) return undefined;
  const given = read.data;
  const names = ruleNames(rules);
  const leftOut: string[] = [];
  const settings: Settings = {};
  const set = (code: string, setting: 'off' | 'info' | 'warning' | 'error'): void => {
    const name = names.resolve(code);
    if (name === undefined) leftOut.push(`${code}: dflint has no rule for it`);
    else settings[name] = setting;
  };
  for (const severity of ['error', 'warning', 'info'] as const)
    for (const code of given.override?.[severity] ?? []) set(code, severity);
  for (const code of given.override?.style ?? []) set(code, 'info');
  for (const code of given.ignored ?? []) set(code, 'off');
  if (given.trustedRegistries != null && given.trustedRegistries.length > 0)
    settings['untrusted-registry'] = ['on', { registries: given.trustedRegistries }];
  if (given['label-schema'] != null)
    settings['label-against-schema'] = [
      'on',
      { labels: given['label-schema'], ...(given['strict-labels'] === true ? { only: true } : {}) },
    ];
  for (const key of Object.keys(value ?? {}))
    if (!known.has(key)) leftOut.push(`${key}: ${instead.get(key) ?? 'unknown key'}`);
  const failOn = given['no-fail'] === true ? 'never' : thresholds.get(given['failure-threshold'] ?? '');
  return {
    config: {
      ...(Object.keys(settings).length === 0 ? {} : { rules: settings }),
      ...(failOn === undefined ? {} : { failOn }),
      ...(given['disable-ignore-pragma'] === true ? { ignoreComments: false } : {}),
    },
    leftOut,
  };
}

/** hadolint fails on any finding with `ignore` and `none` (measured: exit status 1). */
const thresholds: ReadonlyMap<string, NonNullable<Config['failOn']>> = new Map([
  ['error', 'error'],
  ['warning', 'warning'],
  ['info', 'info'],
  ['style', 'info'],
  ['ignore', 'info'],
  ['none', 'info'],
]);

/** Keys that are matters of one run. */
const instead: ReadonlyMap<string, string> = new Map([
  ['format', 'give --format'],
  ['no-color', 'give --no-color, or set NO_COLOR'],
  ['verbose', 'dflint has nothing more to say'],
]);
