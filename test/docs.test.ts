/** What every rule owes its readers. No exceptions. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rules } from '../rules/index.ts';
import { memoryTree } from '../src/context/index.ts';
import { differences } from './harness/expect-markers.ts';
import { optionsIn } from './harness/markers.ts';
import { projectAt } from './harness/project-evidence.ts';
import { repository } from './harness/shared.ts';

const projectOf = (files: Readonly<Record<string, string>>) =>
  projectAt(memoryTree(new Map(Object.entries(files).map(([path, text]) => [`/${path}`, text]))), '/');

describe.each(rules.map((rule) => ({ id: rule.id, rule })))('$id', ({ id, rule }) => {
  test('has a file of its name, and a name for the fault', () => {
    expect(existsSync(join(repository, 'rules', `${id}.ts`))).toBe(true);
    expect(id).not.toMatch(/^(no|avoid|prefer|use|consider|do-not|disallow)-/);
  });

  test('says it in a line', () => {
    expect(rule.says.length).toBeLessThanOrEqual(72);
    expect(rule.says).not.toMatch(/\.$/);
    expect(rule.because).toMatch(/\.$/);
    expect(rule.instead).toMatch(/\.$/);
  });

  test('shows a bad example that it finds, and a good one that no recommended rule minds', () => {
    const project = rule.files === undefined ? {} : projectOf(rule.files);
    const selection = { presets: ['all'], options: optionsIn(rule.bad, id) } as const;
    expect(differences(rule.bad, [rule], { ...project, selection })).toEqual([]);
    expect(rule.bad).toMatch(new RegExp(`^# want(?:[+-]\\d+)?: ${id}\\b`, 'm'));
    expect(differences(rule.good, [rule], { ...project, selection })).toEqual([]);
    const recommended = { presets: ['recommended'] } as const;
    expect(differences(rule.good, rules, { ...project, selection: recommended })).toEqual([]);
    expect(rule.good).not.toContain('# want');
  });

  test('has fixtures', () => {
    const names = readdirSync(join(repository, 'fixtures/rules', id));
    expect(names.some((name) => name.startsWith('bad'))).toBe(true);
    expect(names.some((name) => name.startsWith('good'))).toBe(true);
  });
});

test('every fixture folder has a rule', () => {
  expect(readdirSync(join(repository, 'fixtures/rules')).sort()).toEqual(rules.map((rule) => rule.id).sort());
});
