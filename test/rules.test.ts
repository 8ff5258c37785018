/** Every fixture of `fixtures/rules` holds exactly what its markers say. */
import { describe, expect, test } from 'vitest';
import { rules } from '../rules/index.ts';
import { differences } from './harness/expect-markers.ts';
import { readMarkers } from './harness/markers.ts';
import { fixtureAt, fixturesOf } from './harness/rule-fixtures.ts';

describe.each(rules.map((rule) => ({ id: rule.id, rule })))('$id', ({ id, rule }) => {
  test.each(fixturesOf(id))('%s', (name) => {
    const { text, project } = fixtureAt(id, name);
    expect(differences(text, [rule], project)).toEqual([]);
    expect(name).toMatch(/^(bad|good)-/);
    expect(readMarkers(text).markers.some(({ kind }) => kind === 'want')).toBe(name.startsWith('bad-'));
  });
});

describe('markers', () => {
  test.each([
    '# want root-user',
    '# want: Root',
    '# want: root-user at FROM',
    '# note',
    '# want: root-user says "x',
    '# want+: root-user',
  ])('%j is malformed', (line) =>
    expect(() => readMarkers(`FROM node:22\n${line}\n`)).toThrow('line 2: malformed marker'),
  );

  test('a missing and an unwanted finding both fail', () => {
    expect(differences('FROM node:22\nUSER root\n', rules)).toHaveLength(1);
    expect(differences('# want: root-user\nFROM node:22\nUSER 1000\n', rules)).toEqual(['line 2: wanted root-user']);
  });

  test.each([
    ['', []],
    [' at "USER root"', ['line 5: wanted evidence of root-user']],
    [' at "CMD [\\"node\\"]" says "this runs as root"', []],
    [' says "this runs as node"', ['line 5: wanted evidence of root-user']],
  ])('a step of the evidence is held against note%s', (more, problems) => {
    const text = `# want: root-user\nFROM node:22\nWORKDIR /srv\n# note: root-user${more}\nCMD ["node"]\n`;
    expect(
      differences(
        text,
        rules.filter(({ id }) => id === 'root-user'),
      ),
    ).toEqual(problems);
  });
});
