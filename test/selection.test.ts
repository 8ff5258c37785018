/** Presets and settings: which findings show, and how they weigh. */
import { describe, expect, test } from 'vitest';
import { rules } from '../rules/index.ts';
import { ruleNames } from '../src/engine/rule-names.ts';
import { type Selection, severityOf } from '../src/engine/selection.ts';
import type { Finding, Rule } from '../src/rule.ts';

type Judging = Pick<Rule, 'id' | 'severity' | 'replaces' | 'preset'>;
const unpinned: Judging = {
  id: 'unpinned-packages',
  severity: 'info',
  preset: 'strict',
  replaces: ['hadolint/DL3008', 'hadolint/DL3018', 'buildkit/Invented'],
};
const apt: Pick<Finding, 'answers' | 'severity' | 'preset'> = { answers: ['hadolint/DL3008'] };

const weight = (selection: Selection, finding = apt) => severityOf(unpinned, finding, selection);

describe('presets', () => {
  test.each([
    ['recommended', undefined],
    ['strict', 'info'],
    ['all', 'info'],
    ['hadolint', 'warning'],
    ['buildkit', undefined],
  ] as const)('%s', (preset, severity) => expect(weight({ presets: [preset] })).toBe(severity));

  test('the last one that has a finding rates it', () => {
    expect(weight({ presets: ['hadolint', 'strict'] })).toBe('info');
    expect(weight({ presets: ['strict', 'hadolint'] })).toBe('warning');
    expect(weight({ presets: ['hadolint', 'recommended'] })).toBe('warning');
  });

  test('a finding may be for a larger preset than its rule, or answer to no code', () => {
    expect(weight({ presets: ['strict'] }, { ...apt, preset: 'all' })).toBeUndefined();
    expect(weight({ presets: ['hadolint'] }, { answers: [] })).toBeUndefined();
    expect(weight({ presets: ['buildkit'] }, {})).toBe('warning');
  });
});

describe('settings', () => {
  const settings = (...entries: readonly (readonly [string, 'off' | 'on' | 'error'])[]) => new Map(entries);

  test('switch a rule on, off and to a severity', () => {
    expect(weight({ presets: ['recommended'], settings: settings(['unpinned-packages', 'on']) })).toBe('info');
    expect(weight({ presets: ['all'], settings: settings(['unpinned-packages', 'off']) })).toBeUndefined();
    expect(weight({ presets: ['hadolint'], settings: settings(['unpinned-packages', 'error']) })).toBe('error');
  });

  test('a code goes before its rule', () => {
    const given = settings(['unpinned-packages', 'off'], ['hadolint/DL3008', 'error']);
    expect(weight({ presets: [], settings: given })).toBe('error');
    expect(weight({ presets: [], settings: given }, { answers: ['hadolint/DL3018'] })).toBeUndefined();
  });
});

describe('names', () => {
  const names = ruleNames([...rules, unpinned]);

  test.each([
    ['root-user', 'root-user'],
    ['DL3018', 'hadolint/DL3018'],
    ['hadolint/dl3018', 'hadolint/DL3018'],
    ['copyignoredfile', 'buildkit/CopyIgnoredFile'],
    ['SC2086', 'shellcheck/SC2086'],
    ['shellcheck/SC2086', 'shellcheck/SC2086'],
    ['rot-user', undefined],
  ])('%s', (name, known) => expect(names.resolve(name)).toBe(known));

  test('a misspelled one has a nearest', () => expect(names.nearest('rot-user')).toBe('root-user'));
});
