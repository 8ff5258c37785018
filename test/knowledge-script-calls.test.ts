/** What a script of package.json runs. */
import { describe, expect, test } from 'vitest';
import { scriptCalls } from '../src/knowledge/index.ts';

const calls = (scripts: Record<string, string>, name = 'build'): readonly string[] | undefined =>
  scriptCalls(JSON.stringify({ scripts }), name)?.map(
    ({ words, decides, hook, elsewhere }) =>
      `${decides ? '' : '?'}${hook ? '+' : ''}${elsewhere ? '/' : ''}${words.join(' ')}`,
  );

describe('the calls of a script', () => {
  test('stand in the order in which they run, without the variables that are set for them', () => {
    expect(calls({ build: 'NODE_ENV=production tsc -p . && vite build' })).toEqual(['tsc -p .', 'vite build']);
  });

  test('of scripts that it calls stand in the place of the call, with their pre and post scripts', () => {
    const scripts = {
      build: 'npm run types && vite build',
      types: 'tsc',
      pretypes: 'prisma generate',
      postbuild: 'cp a b',
    };
    expect(calls(scripts)).toEqual(['+prisma generate', 'tsc', 'vite build', '+cp a b']);
  });

  test.each([
    ['npm --prefix web run build'],
    ['npm run build -w web'],
    ['yarn --cwd web build'],
    ['pnpm --filter web build'],
    ['pnpm -r run build'],
    ['npm run build --workspaces'],
    ['yarn workspaces foreach run build'],
  ])('of a script of another project stand for themselves: %s', (inner) => {
    expect(calls({ all: `tsc && ${inner}`, build: 'vite build' }, 'all')).toEqual(['tsc', inner]);
  });

  test('behind cd are elsewhere, and scripts that they call are not of this project', () => {
    const scripts = { build: 'tsc && cd web && npm ci && npm run bundle', bundle: 'vite build' };
    expect(calls(scripts)).toEqual(['tsc', '/cd web', '/npm ci', '/npm run bundle']);
  });

  test.each([
    ['npm run tool build', 'tsc && tool x build'],
    ['npm run tool -- --dev build', 'tsc && tool x --dev build'],
    ['npm run tool --dev', 'tsc && tool x'],
    ['npm run tool --dev build -- -v', 'tsc && tool x build -v'],
    ['yarn tool --dev', 'tsc && tool x --dev'],
    ['pnpm tool -- --dev', 'tsc && tool x --dev'],
    ['bun run tool --dev', 'tsc && tool x --dev'],
  ])('get the words behind the name of their script, the last of them: %s', (inner, expected) => {
    const scripts = { build: inner, tool: 'tsc && tool x', posttool: 'cp a b' };
    expect(calls(scripts)).toEqual([...expected.split(' && '), '+cp a b']);
  });

  test('decide nothing where what comes after them runs all the same', () => {
    expect(calls({ build: 'tsc; npm run bundle', bundle: 'vite build && cp a b' })).toEqual([
      '?tsc',
      '?vite build',
      '?cp a b',
    ]);
  });

  test.each([
    'tsc || true',
    'tsc | tee log',
    'tsc & vite build',
    '(cd web && vite build)',
    'echo $(date)',
    'tsc > log',
  ])('are not known where there is more than a list of them: %s', (build) => {
    expect(calls({ build })).toBeUndefined();
    expect(calls({ build: 'npm run inner', inner: build })).toBeUndefined();
  });

  test('are not known of a script that is not there, that calls itself, or of a manifest that cannot be read', () => {
    expect(calls({ start: 'node .' })).toBeUndefined();
    expect(calls({ build: 'npm run types' })).toBeUndefined();
    expect(calls({ build: 'npm run build' })).toBeUndefined();
    expect(scriptCalls('{', 'build')).toBeUndefined();
  });
});
