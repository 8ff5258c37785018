/** The built command in hostile projects: links out of them, devices, pipes, circles, files that cannot be read. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { commandWords, isBuilt } from './harness/command.ts';

const scratch = mkdtempSync(join(tmpdir(), 'dflint-hostile-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const outside = join(scratch, 'outside');
mkdirSync(join(outside, 'folder'), { recursive: true });
const secret = 'token-of-somebody-else';
for (const name of ['Dockerfile', 'package.json', '.dockerignore', 'dflint.config.json', 'compose.yaml', 'folder/a.js'])
  writeFileSync(join(outside, name), `{ "${secret}": "${secret}" }\n`);

const dockerfile = `FROM node:22
WORKDIR /app
COPY package*.json ./
RUN npm ci
COPY . .
USER node
CMD ["node", "server.js"]
`;

function project(files: Readonly<Record<string, string>> = {}): string {
  const root = mkdtempSync(join(scratch, 'p-'));
  for (const [path, text] of Object.entries({ '.git/HEAD': '', Dockerfile: dockerfile, ...files })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const [program = '', ...first] = commandWords;

/** Never waits longer than a hook may. */
function dflint(cwd: string, ...argv: readonly string[]) {
  const words = [...first, '--shellcheck', 'off', '--preset', 'all', ...argv];
  const { status, stdout, stderr, signal } = spawnSync(program, words, { cwd, encoding: 'utf8', timeout: 60_000 });
  expect(signal).toBeNull();
  expect(stderr).not.toMatch(/bug of dflint|^ {4}at /m);
  return { status, stdout, stderr };
}

/** Names that are read without having been given. */
const readNames = [
  ...['.dockerignore', 'Dockerfile.dockerignore', 'package.json', 'package-lock.json', 'compose.yaml', '.npmrc'],
  ...['docker-bake.hcl', 'docker-bake.json', '.gitlab-ci.yml', 'Makefile', '.gitignore', 'pnpm-workspace.yaml'],
];
const configNames = ['dflint.config.json', 'dflint.config.yaml', 'dflint.config.toml', '.hadolint.yaml'];
const allNames = [...readNames, ...configNames];

describe.skipIf(!isBuilt || process.platform === 'win32')('the built command', { timeout: 120_000 }, () => {
  test.each(allNames)('%s as a link out of the repository is not read', (name) => {
    const root = project();
    symlinkSync(join(outside, 'package.json'), join(root, name));
    const { status, stdout, stderr } = dflint(root, '-f', 'json');
    expect(stdout + stderr).not.toContain(secret);
    expect(configNames.includes(name) ? [2] : [0, 1]).toContain(status);
  });

  test.each(['/dev/zero', '/dev/random', '/proc/self/environ', '/proc/kmsg'])('links to %s', (device) => {
    const root = project();
    for (const name of allNames) symlinkSync(device, join(root, name));
    const { status } = dflint(root, '-f', 'json');
    expect(status).toBe(2);
  });

  test('pipes that nobody writes to', () => {
    const root = project();
    for (const name of allNames) execFileSync('mkfifo', [join(root, name)]);
    expect(dflint(root).status).toBe(2);
    execFileSync('mkfifo', [join(root, 'web.Dockerfile')]);
    expect(dflint(root, 'web.Dockerfile').stderr).toContain('is a FIFO');
  });

  test('links in a circle, and folders that hold themselves', () => {
    const root = project();
    for (const name of allNames) symlinkSync(name, join(root, name));
    for (const name of ['a', 'b', 'c']) symlinkSync('.', join(root, name));
    mkdirSync(join(root, 'packages'));
    symlinkSync('..', join(root, 'packages/up'));
    expect(dflint(root).status).toBe(2);
    const { status } = spawnSync(program, [...first, 'ships', '--files'], { cwd: root, timeout: 60_000 });
    expect([0, 2]).toContain(status);
  });

  test('a folder that is a link out of the repository is not looked into', () => {
    const root = project({ Dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY src/ ./\nCOPY src/a.js ./\nUSER node\n' });
    symlinkSync(join(outside, 'folder'), join(root, 'src'));
    const { stdout } = dflint(root, '-f', 'json');
    expect(stdout).not.toContain('copy-source-missing');
    expect(stdout).not.toContain(outside);
  });

  test('what a link inside the repository leads to is read', () => {
    const root = project({ 'shared/package.json': '{ "name": "shop", "scripts": {} }', '.dockerignore': '*\n!src\n' });
    symlinkSync('shared/package.json', join(root, 'package.json'));
    expect(dflint(root, '-f', 'json').stdout).toContain('package');
  });

  test('a project that is gone to through a link is itself', () => {
    const root = project({ 'package.json': '{}', 'package-lock.json': '{}', '.dockerignore': 'package-lock.json\n' });
    symlinkSync(root, join(scratch, 'way'));
    const own = dflint(root, '-f', 'json').stdout;
    expect(dflint(join(scratch, 'way'), '-f', 'json').stdout).toBe(own);
    expect(own).toContain('.dockerignore');
  });

  test.each(allNames)('%s that is huge', (name) => {
    const root = project({ [name]: `${'x'.repeat(1023)}\n`.repeat(8 * 1024) });
    const { status, stdout, stderr } = dflint(root, '-f', 'json');
    expect(configNames.includes(name) ? [2] : [0, 1, 2]).toContain(status);
    if (configNames.includes(name)) expect(stderr).toContain(name);
    // Of a .dockerignore that is not read nothing is known: neither what is left out nor what is not.
    if (name.endsWith('.dockerignore'))
      expect(stdout).not.toMatch(/dockerignore-gap|git-directory-shipped|ignored-file/);
  });

  test('files that are folders', () => {
    const root = project();
    for (const name of allNames) mkdirSync(join(root, name));
    expect(dflint(root).stderr).not.toContain(secret);
  });

  test('files that may not be read', () => {
    const root = project();
    for (const name of allNames) {
      writeFileSync(join(root, name), secret);
      chmodSync(join(root, name), 0);
    }
    // Root may read them all.
    expect(dflint(root).status).toBe(2);
  });

  test('configurations that extend each other twice each', () => {
    const files = Object.fromEntries(
      Array.from({ length: 40 }, (_, at) => [
        at === 0 ? 'dflint.config.json' : `c${at}.json`,
        at === 39 ? '{}' : `{ "extends": ["./c${at + 1}.json", "./c${at + 1}.json"] }`,
      ]),
    );
    const { status, stderr } = dflint(project(files));
    expect(status).toBe(2);
    expect(stderr).toContain('extends');
  });

  test('a configuration does not extend what stands outside of the repository', () => {
    const root = project({ 'dflint.config.json': `{ "extends": "../outside/package.json" }` });
    const { status, stdout, stderr } = dflint(root);
    expect(status).toBe(2);
    expect(stdout + stderr).not.toContain(secret);
    expect(stderr).toContain('outside of the repository');
  });

  test('fixes do not write through links', () => {
    const root = project({
      Dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nCMD ["node", "server.js"]\n',
      'package.json': '{}',
    });
    symlinkSync(join(scratch, 'made-outside'), join(root, '.dockerignore'));
    dflint(root, '--unsafe-fixes');
    expect(readdirSync(scratch)).not.toContain('made-outside');
    expect(readFileSync(join(outside, 'package.json'), 'utf8')).toContain(secret);
  });
});
