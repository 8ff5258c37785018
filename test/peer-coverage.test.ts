/** Each code of hadolint 2.15 and each check of BuildKit has a rule that covers it, with fixtures for both answers. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rules } from '../rules/index.ts';
import { engineRules } from '../src/engine/engine-rules.ts';
import { hadolintSeverity } from '../src/engine/hadolint-severities.ts';
import type { ForeignCode } from '../src/rule.ts';
import { repository } from './harness/shared.ts';

const hadolint: readonly number[] = [
  1000, 1001, 3000, 3001, 3002, 3003, 3004, 3006, 3007, 3008, 3009, 3010, 3011, 3012, 3013, 3014, 3015, 3016, 3018,
  3019, 3020, 3021, 3022, 3023, 3024, 3025, 3026, 3027, 3028, 3029, 3030, 3032, 3033, 3034, 3035, 3036, 3037, 3038,
  3040, 3041, 3042, 3043, 3044, 3045, 3046, 3047, 3048, 3049, 3050, 3051, 3052, 3053, 3054, 3055, 3056, 3057, 3058,
  3059, 3060, 3061, 3062, 3063, 3064, 3065, 3066, 3067, 4000, 4001, 4003, 4004, 4005, 4006,
];
const buildkit = [
  'StageNameCasing',
  'FromAsCasing',
  'NoEmptyContinuation',
  'ConsistentInstructionCasing',
  'DuplicateStageName',
  'ReservedStageName',
  'JSONArgsRecommended',
  'MaintainerDeprecated',
  'UndefinedArgInFrom',
  'WorkdirRelativePath',
  'UndefinedVar',
  'MultipleInstructionsDisallowed',
  'LegacyKeyValueFormat',
  'InvalidBaseImagePlatform',
  'RedundantTargetPlatform',
  'SecretsUsedInArgOrEnv',
  'InvalidDefaultArgInFrom',
  'FromPlatformFlagConstDisallowed',
  'CopyIgnoredFile',
  'InvalidDefinitionDescription',
  'ExposeProtoCasing',
  'ExposeInvalidFormat',
];
const covered = new Set([...rules, ...engineRules].flatMap(({ replaces = [] }) => replaces));

test.each(hadolint)('DL%i', (code) => expect(covered).toContain(`hadolint/DL${code}`));
test.each(buildkit)('%s', (check) => expect(covered).toContain(`buildkit/${check}`));

test('no other code is claimed', () => {
  const known = new Set<string>([
    ...hadolint.map((code) => `hadolint/DL${code}`),
    ...buildkit.map((name) => `buildkit/${name}`),
  ]);
  expect([...covered].filter((code) => /^(?:hadolint|buildkit)\//.test(code) && !known.has(code))).toEqual([]);
});

test('each code of hadolint has its severity, but for those that it keeps to itself', () => {
  const silent = hadolint.filter((code) => hadolintSeverity(`hadolint/DL${code}` satisfies ForeignCode) === undefined);
  expect(silent).toEqual([1001, 3057]);
});

const answering = rules.filter(({ replaces }) => replaces?.some((code) => /^(?:hadolint|buildkit)\//.test(code)));

describe.each(answering.map(({ id }) => id))('%s', (id) => {
  test('has five fixtures for firing and five for silence', () => {
    const names = readdirSync(join(repository, 'fixtures/rules', id));
    expect(names.filter((name) => name.startsWith('bad-')).length).toBeGreaterThanOrEqual(5);
    expect(names.filter((name) => name.startsWith('good-')).length).toBeGreaterThanOrEqual(5);
  });
});
