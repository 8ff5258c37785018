/**
 * Development packages after a call, as measured (npm 11.19, pnpm 8.15, 9.15, 10.34, yarn 1.22.22 and 4.18,
 * bun 1.3.5): flags that contradict each other, settings in every place, calls over an existing tree.
 */
import { describe, expect, test } from 'vitest';
import { installsDevelopment, prunesDevelopment, readInvocation, type Situation } from '../src/knowledge/index.ts';

/** `NAME=value … command`, as in a shell; `_` in the value of an omit variable stands for a blank. */
function parse(line: string, version?: string, config: readonly string[] = [], own?: string) {
  const words = line.split(' ');
  const environment = new Map<string, string>();
  while (/^\w+=/.test(words[0] ?? '')) {
    const [name = '', value = ''] = (words.shift() ?? '').split(/=(.*)/s);
    environment.set(name, value.replaceAll('_', name.toLowerCase().endsWith('omit') ? ' ' : '_'));
  }
  const call = readInvocation(words);
  if (call === undefined) throw new Error(`not a package manager's call: ${line}`);
  const situation: Situation = {
    environment: (name) => environment.get(name) ?? null,
    settings: new Map(),
    config,
    version,
    ...(own === undefined ? {} : { own }),
  };
  return { call, situation };
}

describe('npm', () => {
  test.each([
    ['NODE_ENV=production npm i --omit=optional', 'yes'],
    ['NODE_ENV=production npm i --omit=dev --include=dev', 'yes'],
    ['npm i --omit=dev --production=false', 'yes'],
    ['npm i --only=prod --production=false', 'no'],
    ['npm i --prod', 'no'],
    ['npm i -prod', 'no'],
    ['npm i --production false', 'yes'],
    ['NODE_ENV=production npm i --production false', 'yes'],
    ['NODE_ENV=production npm i --dev', 'yes'],
    ['NODE_ENV=production npm i --also=development', 'yes'],
    ['npm i --only production', 'no'],
    ['npm i --omit=dev,optional', 'yes'],
    ['NODE_ENV=production npm i --omit=dev,optional', 'yes'],
    ['npm i --omit=dev --omit=optional', 'no'],
    ['npm i --omit=Dev', 'yes'],
    ['NODE_ENV=Production npm i', 'yes'],
    ['NODE_ENV=development npm i', 'yes'],
    ['npm_config_omit=dev npm i --omit=optional', 'yes'],
    ['npm_config_omit=dev npm i --include=dev', 'yes'],
    ['npm_config_omit=dev npm i --production=false', 'yes'],
    ['NPM_CONFIG_ONLY=production npm i', 'no'],
    ['NODE_ENV=production NPM_CONFIG_PRODUCTION=false npm i', 'yes'],
    ['NODE_ENV=production NPM_CONFIG_INCLUDE=dev npm i', 'yes'],
    ['NPM_CONFIG_OMIT=dev_optional npm i', 'yes'],
    ['NODE_ENV=production npm_config_omit= npm i', 'no'],
    ['NODE_ENV=production npm i --no-production', 'yes'],
    ['NODE_ENV=production npm i --no-omit', 'yes'],
    ['NODE_ENV=production npm i --omit', 'yes'],
    ['npm i --no-dev', 'yes'],
    ['NODE_ENV=production npm update', 'no'],
    ['npm update', 'yes'],
    ['npm i --prefix . --production', 'no'],
  ])('%s: %s', (line, answer) => {
    const { call, situation } = parse(line);
    expect(installsDevelopment(call, situation)).toBe(answer);
  });

  test.each([
    ['npm i', 'omit=dev\n', 'no'],
    ['npm i', 'omit = "dev"\n', 'no'],
    ['npm i', 'omit[]=dev\nomit[]=optional\n', 'no'],
    ['npm i', '; omit=dev\n', 'yes'],
    ['npm i', '# omit=dev\r\nfund=false\r\n', 'yes'],
    ['npm i', 'omit=dev\r\n', 'no'],
    ['npm i', 'production=true\n', 'no'],
    ['npm i', 'only=production\n', 'no'],
    ['npm i', 'omit=${OMIT}\n', 'unknown'],
    ['NODE_ENV=production npm i', 'include=dev\n', 'yes'],
    ['NODE_ENV=production npm i', 'omit=optional\n', 'yes'],
    ['NODE_ENV=production npm i', 'production=false\n', 'yes'],
    ['NODE_ENV=development npm i', 'omit=dev\n', 'no'],
    ['npm i --include=dev', 'omit=dev\n', 'yes'],
    ['npm i --omit=optional', 'omit=dev\n', 'yes'],
  ])('%s with .npmrc %j: %s', (line, config, answer) => {
    const { call, situation } = parse(line, undefined, [config]);
    expect(installsDevelopment(call, situation)).toBe(answer);
  });
});

describe('pnpm', () => {
  test.each([
    ['pnpm i --only=prod', '10', 'no'],
    ['pnpm i --no-dev', '9', 'yes'],
    ['pnpm i --dev=false', '9', 'yes'],
    ['NODE_ENV=production pnpm i --dev', '9', 'yes'],
    ['pnpm i --prod --dev', '10', 'no'],
    ['NODE_ENV=production pnpm i --no-prod', '9', 'yes'],
    ['pnpm i --config.production=true', '10', 'no'],
    ['pnpm i --config.prod=true', '10', 'yes'],
    ['pnpm i --production true', '10', 'no'],
    ['NPM_CONFIG_PRODUCTION=true pnpm i', '10', 'no'],
    ['npm_config_only=prod pnpm i', '9', 'no'],
    ['npm_config_omit=dev pnpm i', '9', 'yes'],
    ['NODE_ENV=production npm_config_production=false pnpm i', '9', 'yes'],
    ['NODE_ENV=production pnpm deploy out', '9', 'no'],
    ['NODE_ENV=production pnpm deploy out', '10', 'yes'],
    ['pnpm add -P express', '9', 'yes'],
    ['pnpm add express --prod', '9', 'no'],
    ['NODE_ENV=production pnpm i', '>=9', 'unknown'],
    ['NODE_ENV=production pnpm i', '<=7', 'no'],
    ['npm_config_production=true pnpm i', '11', 'unknown'],
  ] as const)('%s, version %s: %s', (line, version, answer) => {
    const { call, situation } = parse(line, version);
    expect(installsDevelopment(call, situation)).toBe(answer);
  });

  test.each([
    ['pnpm i', 'production=true\n', 'no'],
    ['pnpm i --prod=false', 'production=true\n', 'yes'],
    ['pnpm i', 'omit=dev\n', 'yes'],
    ['pnpm i', 'only=prod\n', 'no'],
  ])('%s with .npmrc %j: %s', (line, config, answer) => {
    const { call, situation } = parse(line, '10.34.0', [config]);
    expect(installsDevelopment(call, situation)).toBe(answer);
  });
});

describe('yarn', () => {
  test.each([
    ['yarn --prod', '1', 'no'],
    ['yarn -P', '1', 'yes'],
    ['yarn --omit=dev', '1', 'yes'],
    ['yarn install --only=production', '1', 'yes'],
    ['NODE_ENV=production yarn --dev', '1', 'no'],
    ['NODE_ENV=production yarn --production false', '1', 'yes'],
    ['NODE_ENV=production YARN_PRODUCTION=false yarn', '1', 'yes'],
    ['NODE_ENV=production NPM_CONFIG_PRODUCTION=false yarn', '1', 'yes'],
    ['NODE_ENV=production npm_config_production=false yarn', '1', 'no'],
    ['YARN_PRODUCTION=true yarn', '1', 'no'],
    ['npm_config_production=true yarn', '1', 'no'],
    ['npm_config_omit=dev yarn', '1', 'yes'],
    ['NODE_ENV=production yarn --no-production', '1', 'no'],
    ['NODE_ENV=production yarn add express', '1', 'no'],
    ['npm_config_production=true yarn', '4', 'yes'],
    ['NODE_ENV=production yarn workspaces focus', '4', 'yes'],
    ['yarn workspaces focus --production', '4', 'no'],
    ['yarn', undefined, 'yes'],
    ['NODE_ENV=production yarn', '>=2', 'yes'],
  ] as const)('%s, version %s: %s', (line, version, answer) => {
    const { call, situation } = parse(line, version);
    expect(installsDevelopment(call, situation)).toBe(answer);
  });

  test.each(['production true\n', '--install.production true\n', '--production true\n'])(
    '.yarnrc %j leaves them out',
    (config) => {
      const { call, situation } = parse('yarn', '1', [], config);
      expect(installsDevelopment(call, situation)).toBe('no');
    },
  );

  test('what .yarnrc says of install is not said of add', () => {
    const { call, situation } = parse('yarn add is-odd', '1', [], '--install.production true\n');
    expect(installsDevelopment(call, situation)).toBe('yes');
  });
});

describe('bun', () => {
  test.each([
    ['[install]\nproduction = true\n', 'no'],
    ['[run]\nproduction = true\n[install]\n# dev = false\noptional = false\n', 'yes'],
    ['[install]\noptional = false\n  dev = false\n[install.scopes]\n', 'no'],
    ['[install]\ndev = true\n[test]\nproduction = true\n', 'yes'],
  ])('bunfig.toml %j: %s', (bunfig, answer) => {
    const { call, situation } = parse('bun install', undefined, [], bunfig);
    expect(installsDevelopment(call, situation)).toBe(answer);
  });

  test.each([
    ['bun i -p', 'no'],
    ['bun i --prod', 'no'],
    ['bun i --omit dev', 'no'],
    ['bun i --omit=optional', 'yes'],
    ['bun i --only=production', 'yes'],
    ['npm_config_production=true bun i', 'yes'],
    ['NPM_CONFIG_OMIT=dev bun i', 'yes'],
    ['bun update', 'yes'],
  ])('%s: %s', (line, answer) => {
    const { call, situation } = parse(line);
    expect(installsDevelopment(call, situation)).toBe(answer);
  });

  test('.npmrc is heeded', () => {
    const { call, situation } = parse('bun i', undefined, ['omit[]=dev\n']);
    expect(installsDevelopment(call, situation)).toBe('no');
  });
});

describe('over a tree that holds development packages', () => {
  test.each([
    ['npm install --production', undefined, 'yes'],
    ['NODE_ENV=production npm install', undefined, 'yes'],
    ['npm prune', undefined, 'no'],
    ['npm prune -P', undefined, 'no'],
    ['npm prune --only=production', undefined, 'yes'],
    ['npm prune --omit=dev --dry-run', undefined, 'no'],
    ['npm install --omit=dev --package-lock-only', undefined, 'no'],
    ['npm install --omit=dev express', undefined, 'yes'],
    ['npm uninstall express --omit=dev', undefined, 'yes'],
    ['npm dedupe --omit=dev', undefined, 'yes'],
    ['NPM_CONFIG_OMIT=dev npm rebuild', undefined, 'no'],
    ['npm ci --production', undefined, 'yes'],
    ['npm prune --omit=dev --workspace=api', undefined, 'unknown'],
    ['pnpm prune', '9', 'no'],
    ['NODE_ENV=production pnpm prune', '9', 'yes'],
    ['NODE_ENV=production pnpm prune', '10', 'no'],
    ['pnpm prune --no-optional', '9', 'no'],
    ['pnpm prune -P', '9', 'no'],
    ['pnpm install --prod --ignore-scripts --offline', '9', 'yes'],
    ['pnpm add express --prod', '9', 'yes'],
    ['NODE_ENV=production yarn', '1', 'yes'],
    ['yarn --production --ignore-scripts --prefer-offline', '1', 'yes'],
    ['yarn autoclean --force', '1', 'no'],
    ['yarn workspaces focus --all --production', '4', 'yes'],
    ['bun install --production --force', undefined, 'no'],
    ['bun ci --production', undefined, 'no'],
  ] as const)('%s, version %s: %s', (line, version, answer) => {
    const { call, situation } = parse(line, version);
    expect(prunesDevelopment(call, situation)).toBe(answer);
  });
});
