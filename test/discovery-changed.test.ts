/** `--changed`, with git itself. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runCli } from './harness/run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'dflint-changed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const env = {
  PATH: process.env['PATH'] ?? '',
  HOME: folder,
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@example.com',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@example.com',
};
const clean = 'FROM node:22-alpine\nUSER node\nCMD ["node", "server.js"]\n';

function put(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

const git = (root: string, ...words: readonly string[]): string =>
  execFileSync('git', words, { cwd: root, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

function commit(root: string, files: Readonly<Record<string, string>>): void {
  put(root, files);
  git(root, 'add', '-A');
  git(root, 'commit', '-qm', 'a');
}

/** A repository with a Dockerfile in each folder, all committed. */
function repositoryOf(folders: readonly string[], files: Readonly<Record<string, string>> = {}): string {
  const root = mkdtempSync(join(folder, 'r-'));
  git(root, 'init', '-q', '-b', 'main');
  commit(root, { ...Object.fromEntries(folders.map((each) => [join(each, 'Dockerfile'), clean])), ...files });
  return root;
}

async function changed(cwd: string, argv: readonly string[] = ['--changed']) {
  const { status, out, err } = await runCli(['--format', 'json', ...argv], { cwd, env });
  const paths: readonly string[] = out === '' ? [] : JSON.parse(out).files.map(({ path }: { path: string }) => path);
  return { status, paths, err };
}

describe('since the last commit', () => {
  test('what is changed, staged, new', async () => {
    const root = repositoryOf(['kept', 'edited', 'staged', 'removed'], { '.gitignore': 'out/\n' });
    expect(await changed(root)).toEqual({
      status: 0,
      paths: [],
      err: 'dflint: none of 4 Dockerfiles has changed since HEAD\n',
    });
    expect((await changed(root, ['--changed', '--quiet'])).err).toBe('');
    const text = `${clean}# more\n`;
    put(root, {
      'edited/Dockerfile': text,
      'staged/Dockerfile': text,
      'a b\n/Dockerfile': text,
      'out/Dockerfile': text,
    });
    git(root, 'add', 'staged');
    rmSync(join(root, 'removed/Dockerfile'));
    const all = ['a b\n/Dockerfile', 'edited/Dockerfile', 'staged/Dockerfile'];
    expect(await changed(root)).toEqual({ status: 0, paths: all, err: '' });
    expect((await changed(root, ['edited', 'kept/Dockerfile', '--changed'])).paths).toEqual(['edited/Dockerfile']);
    expect((await changed(join(root, 'edited'))).paths).toEqual(['Dockerfile']);
    expect((await changed(join(root, 'kept'), ['..', '--changed'])).paths).toContain('../staged/Dockerfile');
  });

  test('through a link to the repository', async () => {
    const root = repositoryOf(['a', 'b']);
    put(root, { 'a/Dockerfile': `${clean}# more\n` });
    symlinkSync(root, `${root}-link`);
    expect((await changed(`${root}-link`)).paths).toEqual(['a/Dockerfile']);
    expect(
      (await changed(folder.concat('/', root.slice(folder.length + 1)), [`${root}-link`, '--changed'])).paths,
    ).toHaveLength(1);
  });

  test('before the first commit all is new', async () => {
    const root = mkdtempSync(join(folder, 'r-'));
    git(root, 'init', '-q');
    put(root, { Dockerfile: clean, 'a/Dockerfile': clean });
    git(root, 'add', 'a');
    expect((await changed(root)).paths).toEqual(['Dockerfile', 'a/Dockerfile']);
  });
});

describe('what belongs to a Dockerfile', () => {
  test.each([
    ['web/.dockerignore', ['web/Dockerfile']],
    ['web/Dockerfile.dockerignore', ['web/Dockerfile']],
    ['web/package.json', ['web/Dockerfile']],
    ['web/pnpm-lock.yaml', ['web/Dockerfile']],
    ['web/docker-bake.hcl', ['web/Dockerfile']],
    ['web/src/server.js', []],
    ['package-lock.json', ['build/Dockerfile']],
    ['compose.yaml', ['build/Dockerfile']],
  ])('%s', async (path, paths) => {
    const root = repositoryOf(['api', 'web', 'build'], {
      'compose.yaml': 'services:\n  a:\n    build:\n      context: .\n      dockerfile: build/Dockerfile\n',
    });
    put(root, {
      [path]:
        path.endsWith('.yaml') && !path.startsWith('web')
          ? 'services:\n  a:\n    build:\n      context: .\n      dockerfile: build/Dockerfile\n      target: "0"\n'
          : '{}\n',
    });
    expect((await changed(root)).paths).toEqual(paths);
  });

  test('the context that its sources tell', async () => {
    const root = repositoryOf([], {
      'docker/Dockerfile': 'FROM node:22-alpine\nCOPY package.json ./\nUSER node\nCMD ["node", "a.js"]\n',
      'package.json': '{}',
    });
    put(root, { 'package.json': '{ }' });
    expect((await changed(root)).paths).toEqual(['docker/Dockerfile']);
  });

  test('a Dockerfile inside a compose file', async () => {
    const compose =
      'services:\n  a:\n    build:\n      dockerfile_inline: |\n        FROM node:22-alpine\n        USER node\n';
    const root = repositoryOf(['a'], { 'b/compose.yaml': compose });
    put(root, { 'b/compose.yaml': `${compose}# more\n` });
    expect((await changed(root)).paths).toEqual(['b/compose.yaml']);
  });
});

describe('since another commit', () => {
  test('what this branch changes, not what the other one has since', async () => {
    const root = repositoryOf(['a', 'b', 'c']);
    git(root, 'checkout', '-qb', 'topic');
    commit(root, { 'a/Dockerfile': `${clean}# topic\n` });
    git(root, 'checkout', '-q', 'main');
    commit(root, { 'b/Dockerfile': `${clean}# main\n` });
    git(root, 'checkout', '-q', 'topic');
    put(root, { 'c/Dockerfile': `${clean}# now\n` });
    expect((await changed(root, ['--changed=main'])).paths).toEqual(['a/Dockerfile', 'c/Dockerfile']);
    expect((await changed(root, ['--changed', 'HEAD'])).paths).toEqual(['c/Dockerfile']);
    expect((await changed(root, ['--changed', 'HEAD~1', 'a'])).paths).toEqual(['a/Dockerfile']);
  });

  test('one that has no common ancestor', async () => {
    const root = repositoryOf(['a', 'b']);
    git(root, 'checkout', '-q', '--orphan', 'other');
    commit(root, { 'a/Dockerfile': `${clean}# other\n` });
    expect((await changed(root, ['--changed', 'main'])).paths).toEqual(['a/Dockerfile']);
  });
});

describe('what cannot be told', () => {
  test.each([
    [['--changed', 'gone'], 'dflint: --changed gone: git knows no such commit; in a shallow clone, fetch it first\n'],
    [
      ['--changed', 'a/'],
      'dflint: --changed a/: git knows no such commit; to name a path, write it before the option: dflint a/ --changed\n',
    ],
    [
      ['--changed=--output=stolen'],
      'dflint: --changed --output=stolen: git knows no such commit; in a shallow clone, fetch it first\n',
    ],
    [['--changed=main..HEAD'], /^dflint: --changed main\.\.HEAD: git knows no such commit/],
    [['--changed='], /^dflint: --changed : git knows no such commit/],
  ])('%j', async (argv, message) => {
    const { status, paths, err } = await changed(repositoryOf(['a']), argv);
    expect({ status, paths }).toEqual({ status: 2, paths: [] });
    expect(err).toEqual(typeof message === 'string' ? message : expect.stringMatching(message));
  });

  test('outside a repository, and without git', async () => {
    const bare = mkdtempSync(join(tmpdir(), 'dflint-bare-'));
    put(bare, { Dockerfile: clean });
    const { status, err } = await changed(bare);
    expect({ status, err }).toEqual({
      status: 2,
      err: 'dflint: --changed asks git, and this folder is in no git repository\n',
    });
    const without = await runCli(['--changed'], { cwd: bare, env: { PATH: bare } });
    expect(without).toEqual({ status: 2, out: '', err: 'dflint: --changed needs git, which is not on PATH\n' });
    rmSync(bare, { recursive: true });
  });

  test('standard input stays', async () => {
    const root = repositoryOf(['a']);
    const { out } = await runCli(['-', '--changed'], { cwd: root, env, stdin: clean });
    expect(out).toBe('1 file: nothing to report\n');
  });
});
