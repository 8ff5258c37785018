/** Versions of package managers, and what the files of a project say of them. */
import { expect, test } from 'vitest';
import {
  declaredManager,
  developmentPackages,
  lockfileManagerVersion,
  lockfilesOf,
  majorOf,
  majorsOf,
  yarnNodeLinker,
} from '../src/knowledge/index.ts';

const open = Number.POSITIVE_INFINITY;

test.each([
  ['9', 9, 9],
  ['9.1.0', 9, 9],
  ['9.1.0+sha512.abc', 9, 9],
  ['v9', 9, 9],
  ['^9.1', 9, 9],
  ['~10.2.0', 10, 10],
  ['9.x', 9, 9],
  ['latest-10', 10, 10],
  ['>=2', 2, open],
  ['<=7', 0, 7],
  ['<10', 0, 9],
  ['<10.2', 0, 10],
  ['>= 9 < 11', 9, 10],
  ['8 || 9', 8, 9],
  ['>=9 <11', 9, 10],
])('%s', (version, least, most) => expect(majorsOf(version)).toEqual({ least, most }));

test.each([undefined, '', 'latest', '*', 'berry', './yarn.cjs', '10 || latest', '>=11 <9'])(
  '%j names no major',
  (version) => expect(majorsOf(version)).toBeUndefined(),
);

test('one major stands for a range', () => {
  expect([majorOf('>=2'), majorOf('<=7'), majorOf('9.1'), majorOf('latest')]).toEqual([2, 7, 9, undefined]);
});

test('package.json names the manager', () => {
  expect(declaredManager('{"packageManager":"pnpm@9.1.0+sha512.abc"}')).toEqual({ manager: 'pnpm', version: '9.1.0' });
  expect(declaredManager('\uFEFF{"packageManager":"yarn@4.1.0"}')).toEqual({ manager: 'yarn', version: '4.1.0' });
  expect(declaredManager('{"devEngines":{"packageManager":{"name":"pnpm","version":"^10.0.0"}}}')).toEqual({
    manager: 'pnpm',
    version: '^10.0.0',
  });
  for (const text of [
    '',
    '{',
    '[]',
    'null',
    '{"packageManager":9}',
    '{"packageManager":"deno@2"}',
    '{"packageManager":"pnpm"}',
    '{"devEngines":[]}',
  ])
    expect(declaredManager(text)).toBeUndefined();
});

test('package.json names development packages', () => {
  expect(developmentPackages('{"devDependencies":{"vitest":"4"}}')).toBe('yes');
  expect(developmentPackages('{"devDependencies":{}}')).toBe('no');
  expect(developmentPackages('{"workspaces":["packages/*"]}')).toBe('unknown');
  expect(developmentPackages('{ not json')).toBe('unknown');
});

test('lockfiles tell which manager wrote them', () => {
  expect(lockfileManagerVersion('pnpm-lock.yaml', "lockfileVersion: '9.0'\n")).toBe('>=9');
  expect(lockfileManagerVersion('pnpm-lock.yaml', "lockfileVersion: '6.0'\n")).toBe('8');
  expect(lockfileManagerVersion('pnpm-lock.yaml', 'lockfileVersion: 5.4\n')).toBe('<=7');
  expect(lockfileManagerVersion('yarn.lock', '# yarn lockfile v1\n')).toBe('1');
  expect(lockfileManagerVersion('yarn.lock', '# generated\n\n__metadata:\n  version: 8\n')).toBe('>=2');
  expect(lockfileManagerVersion('yarn.lock', '')).toBeUndefined();
  expect(lockfileManagerVersion('package-lock.json', '{}')).toBeUndefined();
  expect(lockfilesOf('npm')[0]).toBe('package-lock.json');
  expect(lockfilesOf('bun')).toEqual(['bun.lock', 'bun.lockb']);
});

test('yarn 2+ writes node_modules when asked to', () => {
  expect(yarnNodeLinker('nodeLinker: node-modules\n')).toBe('node-modules');
  expect(yarnNodeLinker('yarnPath: .yarn/releases/yarn-4.1.0.cjs\n')).toBe('pnp');
});
