/**
 * What package managers do with development packages, as measured: npm 11.19, pnpm 8.15, 9.15 and 10.34,
 * yarn 1.22.22 and 4.18, bun 1.4.5, one dependency and one development dependency.
 */
import { expect, test } from 'vitest';
import {
  failsWithoutLockfile,
  installsDevelopment,
  isFrozen,
  prunesDevelopment,
  readInvocation,
  type Situation,
} from '../src/knowledge/index.ts';

function situation(env: Readonly<Record<string, string>>, version?: string, config: readonly string[] = []): Situation {
  return { environment: (name) => env[name] ?? null, settings: new Map(), config, version };
}

const read = (line: string) => {
  const call = readInvocation(line.split(' ').map((word) => (word === "''" ? '' : word)));
  if (call === undefined) throw new Error(`not a package manager's call: ${line}`);
  return call;
};

const production = { NODE_ENV: 'production' };

test.each([
  ['npm install', {}, undefined, 'yes'],
  ['npm ci', {}, undefined, 'yes'],
  ['npm i --silent', {}, undefined, 'yes'],
  ['npm ci', production, undefined, 'no'],
  ['npm install', production, undefined, 'no'],
  ['npm ci --include=dev', production, undefined, 'yes'],
  ['npm ci --production=false', production, undefined, 'yes'],
  ['npm ci --omit=', production, undefined, 'yes'],
  ['npm ci --omit=dev', {}, undefined, 'no'],
  ['npm ci --omit dev', {}, undefined, 'no'],
  ['npm install --production', {}, undefined, 'no'],
  ['npm ci --only=prod', {}, undefined, 'no'],
  ['npm ci --only=production', {}, undefined, 'no'],
  ['npm i -P', {}, undefined, 'yes'],
  ['npm ci -P', {}, undefined, 'yes'],
  ['npm ci --omit=optional', {}, undefined, 'yes'],
  ['npm ci', { NPM_CONFIG_OMIT: 'dev' }, undefined, 'no'],
  ['npm ci', { npm_config_omit: 'dev' }, undefined, 'no'],
  ['npm ci', { NPM_CONFIG_PRODUCTION: 'true' }, undefined, 'no'],
  ['pnpm install', {}, '9.1.0', 'yes'],
  ['pnpm i', production, '8', 'no'],
  ['pnpm i', production, '9.15.0', 'no'],
  ['pnpm i', production, '10.34.0', 'yes'],
  ['pnpm i --frozen-lockfile', production, '10', 'yes'],
  ['pnpm i', production, undefined, 'unknown'],
  ['pnpm i --prod', {}, undefined, 'no'],
  ['pnpm i -P', {}, undefined, 'no'],
  ['pnpm i --prod=false', production, '9', 'yes'],
  ['pnpm i', { npm_config_production: 'true' }, '9', 'no'],
  ['pnpm deploy out', {}, '9', 'yes'],
  ['pnpm --filter api --prod deploy out', {}, '9', 'no'],
  ['yarn', {}, '1', 'yes'],
  ['yarn install --frozen-lockfile', {}, '1.22.22', 'yes'],
  ['yarn --production=false', production, '1', 'yes'],
  ['yarn install', production, '1', 'no'],
  ['yarn install --production', {}, '1', 'no'],
  ['yarn install --immutable', production, '4.18.0', 'yes'],
  ['yarn install', production, undefined, 'unknown'],
  ['yarn workspaces focus --all --production', {}, '4', 'no'],
  ['yarn workspaces focus', {}, '4', 'yes'],
  ['bun install', {}, undefined, 'yes'],
  ['bun i', production, undefined, 'yes'],
  ['bun install --production', {}, undefined, 'no'],
  ['bun install --omit=dev', {}, undefined, 'no'],
  ['npx -y pnpm@9 i', production, '9', 'no'],
  ['corepack pnpm i', production, '10', 'yes'],
  ['/usr/local/bin/npm --prefix app ci', {}, undefined, 'yes'],
  ['pnpm -r --filter shop i', {}, '9', 'yes'],
] as const)('%s with %j, version %s: %s', (line, env, version, answer) => {
  expect(installsDevelopment(read(line), situation(env, version))).toBe(answer);
});

test('.npmrc decides, too', () => {
  expect(installsDevelopment(read('npm ci'), situation({}, undefined, ['registry=x\nomit=dev\n']))).toBe('no');
});

test('a variable that is not known leaves it unknown', () => {
  const unknown: Situation = { environment: () => undefined, settings: new Map(), config: [], version: undefined };
  expect(installsDevelopment(read('npm ci'), unknown)).toBe('unknown');
  expect(installsDevelopment(read('npm ci --omit=dev'), unknown)).toBe('no');
});

test.each([
  ['npm prune', {}, undefined, 'no'],
  ['npm prune --omit=dev', {}, undefined, 'yes'],
  ['npm prune --production', {}, undefined, 'yes'],
  ['npm prune', production, undefined, 'yes'],
  ['npm i --omit=dev', {}, undefined, 'yes'],
  ['pnpm prune --prod', {}, '10', 'yes'],
  ['pnpm i --prod', {}, '10', 'yes'],
  ['yarn install --production', {}, '1', 'yes'],
  ['bun install --production', {}, undefined, 'no'],
] as const)('%s with %j takes development packages out: %s', (line, env, version, answer) => {
  expect(prunesDevelopment(read(line), situation(env, version))).toBe(answer);
});

test.each([
  ['npm ci', {}, undefined, 'yes'],
  ['npm install', {}, undefined, 'no'],
  ['npm install --frozen-lockfile', {}, undefined, 'no'],
  ['yarn', {}, '1', 'no'],
  ['yarn --frozen-lockfile', {}, '1', 'yes'],
  ['yarn install', {}, '4', 'no'],
  ['yarn install', { CI: 'true' }, '4', 'yes'],
  ['pnpm i', {}, undefined, 'no'],
  ['pnpm i', { CI: '1' }, undefined, 'yes'],
  ['pnpm i --no-frozen-lockfile', { CI: '1' }, undefined, 'no'],
  ['bun install --frozen-lockfile', {}, undefined, 'yes'],
  ['bun ci', {}, undefined, 'yes'],
] as const)('%s with %j keeps to the lockfile: %s', (line, env, version, answer) => {
  expect(isFrozen(read(line), situation(env, version))).toBe(answer);
});

test.each([
  ['npm ci', undefined, true],
  ['npm install', undefined, false],
  ['pnpm i --frozen-lockfile', undefined, true],
  ['yarn --frozen-lockfile', '1', false],
  ['yarn install --immutable', '4', true],
  ['bun install --frozen-lockfile', undefined, false],
] as const)('%s, version %s, stops without a lockfile: %s', (line, version, answer) => {
  expect(failsWithoutLockfile(read(line), { version })).toBe(answer);
});
