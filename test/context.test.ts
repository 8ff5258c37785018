/** The build context: .dockerignore, globs, and where it is. */
import { describe, expect, test } from 'vitest';
import { createContext, findContext, memoryTree, readIgnoreFile } from '../src/context/index.ts';
import { parseDockerfile } from '../src/syntax/index.ts';

describe('.dockerignore', () => {
  test.each([
    ['node_modules', 'node_modules/x/index.js', true],
    ['node_modules', 'packages/a/node_modules/x', false],
    ['**/node_modules', 'packages/a/node_modules/x', true],
    ['**/*.log', 'a/b/c.log', true],
    ['*.log', 'a/c.log', false],
    ['*\n!package.json', 'package.json', false],
    ['*\n!package.json', 'src/index.js', true],
    ['docs\n!docs/keep.md', 'docs/keep.md', false],
    ['docs\n!docs/keep.md', 'docs/drop.md', true],
    ['!docs/keep.md\ndocs', 'docs/keep.md', true],
    ['/dist', 'dist/a.js', true],
    ['dist/', 'dist/a.js', true],
    ['# dist', 'dist/a.js', false],
    ['  dist  ', 'dist/a.js', true],
    ['a?c', 'abc', true],
    ['a[bx]c', 'abc', true],
    ['.env*', '.env.local', true],
    ['dist\r\n.env\r\n', '.env', true],
    ['\uFEFFdist', 'dist', true],
    ['a/../b', 'b', true],
    ['', 'anything', false],
  ])('%j takes %s: %s', (text, path, taken) => expect(readIgnoreFile(text).ignores(path)).toBe(taken));
});

const files = new Map([
  ['/repo/.git/HEAD', ''],
  ['/repo/package.json', '{}'],
  ['/repo/package-lock.json', '{}'],
  ['/repo/apps/web/Dockerfile', ''],
  ['/repo/apps/web/package.json', '{}'],
  ['/repo/apps/web/src/index.ts', ''],
  ['/repo/apps/web/.dockerignore', 'src\n'],
]);

describe('which folder is the context', () => {
  const rootOf = (text: string, path = '/repo/apps/web/Dockerfile') =>
    findContext(parseDockerfile(`FROM node:22\n${text}\n`), path, memoryTree(files)).root;

  test.each([
    ['COPY src ./src', '/repo/apps/web'],
    ['COPY apps/web/package.json ./', '/repo'],
    ['COPY nothing ./', undefined],
    ['COPY . .', undefined],
    ['COPY package*.json ./', undefined],
    ['COPY src dist ./', '/repo/apps/web'],
    ['RUN true', undefined],
  ])('%s: %s', (text, root) => expect(rootOf(text)).toBe(root));

  test.each([
    ['COPY package.json server.js Src ./', '/repo'],
    ['COPY package.json server.js conf ./', '/repo'],
    ['COPY package.json conf ./', undefined],
    ['COPY package.json server.js Src conf ./', undefined],
    ['COPY package.json server.js Src Deploy/conf ./', '/repo'],
    ['COPY package.json Src Deploy/conf ./', undefined],
    ['COPY package.json server.js pages ./', undefined],
  ])('%s with one that is written wrongly: %s', (text, root) => {
    const paths = ['/repo/package.json', '/repo/server.js', '/repo/src/shop.js', '/repo/deploy/conf/nginx.conf'];
    const tree = memoryTree(new Map(paths.map((path) => [path, ''])));
    expect(findContext(parseDockerfile(`FROM node:22\n${text}\n`), '/repo/Dockerfile', tree).root).toBe(root);
  });

  test.each([
    ['COPY package*.json ./', '/srv/shop/Dockerfile', '/srv/shop'],
    ['COPY package*.json ./\nCOPY . .', '/srv/shop/Dockerfile', '/srv/shop'],
    ['COPY yarn.* package.* ./', '/srv/shop/Dockerfile', '/srv/shop'],
    ['COPY src/*.ts ./', '/srv/shop/Dockerfile', '/srv/shop'],
    ['COPY package*.json ./\nCOPY dist ./', '/srv/shop/Dockerfile', '/srv/shop'],
    ['COPY package*.json ./\nCOPY conf ./', '/srv/shop/Dockerfile', undefined],
    ['COPY package*.json ./\nCOPY *.toml ./', '/srv/shop/Dockerfile', undefined],
    ['COPY --from=0 package*.json ./', '/srv/shop/Dockerfile', undefined],
    ['COPY package*.json ./', '/srv/shop/docker/Dockerfile', undefined],
    ['COPY package*.json ./', '/srv/shop/worker/Dockerfile', undefined],
  ])('patterns: %s of %s: %s', (text, path, root) => {
    const names = ['package.json', 'src/shop.ts', 'worker/package.json', 'docker/nginx.conf'];
    const tree = memoryTree(new Map(names.map((name) => [`/srv/shop/${name}`, ''])));
    expect(findContext(parseDockerfile(`FROM node:22\n${text}\n`), path, tree).root).toBe(root);
  });

  test.each([
    ['COPY package.json version.txt ./', '/repo'],
    ['COPY package.json .env.production certs/server.pem ./', '/repo'],
    ['COPY package.json nothing.txt ./', undefined],
    ['COPY version.txt ./', undefined],
  ])('what git ignores need not be there: %s: %s', (text, root) => {
    const tree = memoryTree(
      new Map([
        ['/repo/package.json', ''],
        ['/repo/.gitignore', 'node_modules/\n# nothing.txt\n!nothing.txt\n/version.txt\n.env*\ncerts/*\n'],
      ]),
    );
    const context = findContext(parseDockerfile(`FROM node:22\n${text}\n`), '/repo/Dockerfile', tree);
    expect(context.root).toBe(root);
    if (root === undefined) return;
    expect(context.ignoredByGit('deep/version.txt')).toBe(true);
    expect(context.ignoredByGit('certs')).toBe(true);
    expect(context.ignoredByGit('nothing.txt')).toBe(false);
  });

  test.each([
    ['.env\n', 'COPY package.json .env ./', '/repo'],
    ['.env\n', 'COPY package.json nothing.txt ./', undefined],
    ['*\n!package.json\n', 'COPY package.json .env ./', undefined],
  ])('what .dockerignore keeps out need not be there: %j: %s', (ignores, text, root) => {
    const tree = memoryTree(
      new Map([
        ['/repo/package.json', ''],
        ['/repo/.dockerignore', ignores],
      ]),
    );
    expect(findContext(parseDockerfile(`FROM node:22\n${text}\n`), '/repo/Dockerfile', tree).root).toBe(root);
  });

  test('COPY . . needs a manifest with its lockfile', () =>
    expect(rootOf('COPY . .', '/repo/Dockerfile')).toBe('/repo'));
});

test('a context answers for what .dockerignore leaves in it', () => {
  const context = createContext(memoryTree(files), '/repo/apps/web', '/repo/apps/web/Dockerfile');
  expect(context.stat('src')).toBe('ignored');
  expect(context.stat('src/index.ts')).toBe('ignored');
  expect(context.stat('package.json')).toBe('file');
  expect(context.stat('yarn.lock')).toBe('absent');
  expect(context.read('package.json')).toBe('{}');
  expect(context.match('*.json')).toEqual(['package.json']);
  expect(context.match('package*.json')).toEqual(['package.json']);
});
