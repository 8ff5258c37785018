/**
 * What package managers do with the lockfile, as measured: npm 11.19, pnpm 8.15, 9.15 and 10.34, yarn
 * 1.22.22 and 4.18, bun 1.3.5; `frozen` where the call stopped at a lockfile that did not fit the manifest.
 */
import { describe, expect, test } from 'vitest';
import { failsWithoutLockfile, isFrozen, readInvocation, type Situation } from '../src/knowledge/index.ts';

const situation = (
  environment: Readonly<Record<string, string>>,
  version?: string,
  config: readonly string[] = [],
): Situation => {
  const variables = new Map(Object.entries(environment));
  return { environment: (name) => variables.get(name) ?? null, settings: new Map(), config, version };
};

const read = (line: string) => {
  const call = readInvocation(line.split(' '));
  if (call === undefined) throw new Error(`not a package manager's call: ${line}`);
  return call;
};

describe('keeps to the lockfile', () => {
  test.each([
    ['npm ci', {}, undefined, 'yes'],
    ['npm install', { CI: '1' }, undefined, 'no'],
    ['npm install --frozen-lockfile', {}, undefined, 'no'],
    ['npm update', {}, undefined, 'no'],
    ['pnpm i', {}, '9', 'no'],
    ['pnpm i', { CI: '1' }, '8', 'yes'],
    ['pnpm i', { CI: '0' }, '10', 'yes'],
    ['pnpm i', { CI: '' }, '10', 'no'],
    ['pnpm i', { CI: 'false' }, '9', 'no'],
    ['pnpm i --frozen-lockfile', {}, '9', 'yes'],
    ['pnpm i --frozen-lockfile=false', { CI: '1' }, '9', 'no'],
    ['pnpm i --no-frozen-lockfile', { CI: '1' }, '9', 'no'],
    ['pnpm i --prefer-frozen-lockfile', {}, '9', 'no'],
    ['pnpm i --config.frozen-lockfile=true', {}, '10', 'yes'],
    ['pnpm i', { npm_config_frozen_lockfile: 'true' }, '10', 'yes'],
    ['pnpm i', { NPM_CONFIG_FROZEN_LOCKFILE: 'true' }, '8', 'yes'],
    ['pnpm i --no-lockfile', { CI: '1' }, '9', 'no'],
    ['pnpm i --prod', {}, '9', 'no'],
    ['pnpm fetch', {}, '9', 'yes'],
    ['yarn', { CI: '1' }, '1', 'no'],
    ['yarn --frozen-lockfile', {}, '1', 'yes'],
    ['yarn --immutable', {}, '1', 'no'],
    ['yarn --pure-lockfile', {}, '1', 'no'],
    ['yarn', { npm_config_frozen_lockfile: 'true' }, '1', 'no'],
    ['yarn', {}, '4.18', 'no'],
    ['yarn', { CI: '1' }, '4.18', 'yes'],
    ['yarn', { CI: '0' }, '4.18', 'yes'],
    ['yarn', { CI: 'false' }, '4.18', 'no'],
    ['yarn --immutable', {}, '4.18', 'yes'],
    ['yarn --frozen-lockfile', {}, '4.18', 'yes'],
    ['yarn --no-immutable', { CI: '1' }, '4.18', 'no'],
    ['yarn', { YARN_ENABLE_IMMUTABLE_INSTALLS: '1' }, '4.18', 'yes'],
    ['yarn', { CI: '1', YARN_ENABLE_IMMUTABLE_INSTALLS: 'false' }, '4.18', 'no'],
    ['yarn --immutable-cache', {}, '4.18', 'no'],
    ['yarn workspaces focus', { CI: '1' }, '4.18', 'no'],
    ['yarn', {}, undefined, 'no'],
    ['yarn', { CI: '1' }, undefined, 'unknown'],
    ['bun i', { CI: '1' }, undefined, 'no'],
    ['bun i --frozen-lockfile', {}, undefined, 'yes'],
    ['bun ci', {}, undefined, 'yes'],
    ['bun i --production', {}, undefined, 'yes'],
    ['bun i --omit=dev', {}, undefined, 'no'],
    ['bun i --no-save', {}, undefined, 'no'],
  ] as const)('%s with %j, version %s: %s', (line, environment, version, answer) => {
    expect(isFrozen(read(line), situation(environment, version))).toBe(answer);
  });

  test('.yarnrc of yarn 1 decides with a leading --', () => {
    const configured = (config: string) => isFrozen(read('yarn'), situation({}, '1', [config]));
    expect(configured('--install.frozen-lockfile true\n')).toBe('yes');
    expect(configured('--frozen-lockfile true\n')).toBe('yes');
    expect(configured('frozen-lockfile true\n')).toBe('no');
  });

  test('CI that is not known leaves it unknown', () => {
    const open: Situation = { environment: () => undefined, settings: new Map(), config: [], version: '9' };
    expect(isFrozen(read('pnpm i'), open)).toBe('unknown');
    expect(isFrozen(read('npm i'), open)).toBe('no');
  });
});

describe('stops without a lockfile', () => {
  test.each([
    ['npm ci', {}, undefined, true],
    ['npm cit', {}, undefined, true],
    ['npm i', {}, undefined, false],
    ['pnpm i --frozen-lockfile', {}, '8', true],
    ['pnpm i', { npm_config_frozen_lockfile: 'true' }, '10', true],
    ['pnpm i', { CI: '1' }, '10', false],
    ['pnpm fetch', {}, '9', false],
    ['yarn --frozen-lockfile', {}, '1', false],
    ['yarn --immutable', {}, '1', false],
    ['yarn --immutable', {}, '4', true],
    ['yarn --immutable', {}, undefined, true],
    ['yarn --frozen-lockfile', {}, undefined, false],
    ['yarn --frozen-lockfile', {}, '4', true],
    ['yarn', { CI: '1' }, '4', true],
    ['yarn', { CI: '1', YARN_ENABLE_IMMUTABLE_INSTALLS: 'false' }, '4', false],
    ['yarn workspaces focus', {}, '4', false],
    ['bun i --frozen-lockfile', {}, undefined, false],
    ['bun ci', {}, undefined, false],
    ['npm ci express', {}, undefined, true],
  ] as const)('%s with %j, version %s: %s', (line, environment, version, answer) => {
    expect(failsWithoutLockfile(read(line), situation(environment, version))).toBe(answer);
  });
});
