/** Each rule of discovery, by the built command in a scratch folder. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { builtCli } from './harness/built-cli.ts';
import { temporaryProjects } from './harness/temporary-project.ts';

const { run } = builtCli();
const project = temporaryProjects();
const text = 'FROM node:22-alpine\nUSER node\nCMD ["node", "server.js"]\n';

interface Found {
  readonly files: readonly string[];
  readonly status: number;
  readonly err: string;
}

/** Paths of what was linted, as reports show them. */
async function found(cwd: string, ...argv: readonly string[]): Promise<Found> {
  const { status, out, err } = await run([...argv, '--format', 'json', '--shellcheck', 'off'], { cwd });
  const results: readonly { readonly path: string }[] = out === '' ? [] : JSON.parse(out).files;
  return { files: results.map(({ path }) => path), status, err };
}

const all = (...paths: readonly string[]) => Object.fromEntries(paths.map((path) => [path, text]));

interface Rule {
  readonly says: string;
  readonly files: Readonly<Record<string, string>>;
  readonly argv?: readonly string[];
  readonly finds: readonly string[];
}

const compose = 'services:\n  web:\n    build:\n      context: web\n      dockerfile: build.txt\n';
const rules: readonly Rule[] = [
  {
    says: 'by their names, at any depth',
    files: all(
      'Dockerfile',
      'Dockerfile.dev',
      'a/b/c/Dockerfile',
      'api.Dockerfile',
      'api.dockerfile',
      'Containerfile',
      'Containerfile.x',
      'x.containerfile',
    ),
    finds: [
      'Containerfile',
      'Containerfile.x',
      'Dockerfile',
      'Dockerfile.dev',
      'a/b/c/Dockerfile',
      'api.Dockerfile',
      'api.dockerfile',
      'x.containerfile',
    ],
  },
  {
    says: 'not what is called nearly so',
    files: all('Dockerfile', 'Dockerfile.dockerignore', 'dockerfile.txt', 'MyDockerfile', 'Dockerfiles/x'),
    finds: ['Dockerfile'],
  },
  {
    says: 'not what editors and merges leave behind',
    files: all(
      'Dockerfile',
      'Dockerfile~',
      'Dockerfile.orig',
      'Dockerfile.rej',
      'Dockerfile.bak',
      'Dockerfile.swp',
      'Dockerfile.md',
    ),
    finds: ['Dockerfile'],
  },
  {
    says: 'hidden folders, too',
    files: all('.devcontainer/Dockerfile', '.a/.b/Dockerfile'),
    finds: ['.a/.b/Dockerfile', '.devcontainer/Dockerfile'],
  },
  {
    says: 'not the folders of version control, nor node_modules',
    files: all(
      'a/Dockerfile',
      'node_modules/x/Dockerfile',
      'a/node_modules/Dockerfile',
      '.git/Dockerfile',
      '.hg/Dockerfile',
      '.svn/Dockerfile',
      '.jj/Dockerfile',
    ),
    finds: ['a/Dockerfile'],
  },
  {
    says: '.gitignore, nested and negated',
    files: {
      ...all('Dockerfile', 'out/Dockerfile', 'a/Dockerfile', 'a/Dockerfile.tmp', 'a/keep/Dockerfile.tmp'),
      '.gitignore': 'out/\n*.tmp\n',
      'a/keep/.gitignore': '!*.tmp\n',
    },
    finds: ['Dockerfile', 'a/Dockerfile', 'a/keep/Dockerfile.tmp'],
  },
  {
    says: '.git/info/exclude',
    files: { ...all('Dockerfile', 'mine/Dockerfile'), '.git/info/exclude': 'mine\n' },
    finds: ['Dockerfile'],
  },
  {
    says: 'a repository within has its own',
    files: { ...all('Dockerfile', 'sub/out/Dockerfile'), '.gitignore': 'out/\n', 'sub/.git/HEAD': '' },
    finds: ['Dockerfile', 'sub/out/Dockerfile'],
  },
  {
    says: 'what is ignored, when it is named',
    files: { ...all('out/Dockerfile'), '.gitignore': 'out\n' },
    argv: ['out/Dockerfile'],
    finds: ['out/Dockerfile'],
  },
  {
    says: 'an ignored folder, when it is named',
    files: { ...all('out/a/Dockerfile'), '.gitignore': 'out\n' },
    argv: ['out'],
    finds: ['out/a/Dockerfile'],
  },
  {
    says: '--exclude',
    files: all('Dockerfile', 'a/Dockerfile', 'b/c/Dockerfile'),
    argv: ['--exclude', 'a', '--exclude', '/b/**'],
    finds: ['Dockerfile'],
  },
  {
    says: 'exclude of the configuration',
    files: { ...all('Dockerfile', 'a/Dockerfile'), 'dflint.config.yaml': 'exclude: [a/]\n' },
    finds: ['Dockerfile'],
  },
  {
    says: 'a folder, and no other',
    files: all('Dockerfile', 'a/Dockerfile', 'a/b/Dockerfile'),
    argv: ['a'],
    finds: ['a/Dockerfile', 'a/b/Dockerfile'],
  },
  {
    says: 'each once',
    files: all('a/Dockerfile'),
    argv: ['.', 'a', 'a/Dockerfile', './a/../a/Dockerfile'],
    finds: ['a/Dockerfile'],
  },
  { says: 'any name, when it is named', files: all('build.txt'), argv: ['build.txt'], finds: ['build.txt'] },
  {
    says: 'dockerfile of compose files, in their context',
    files: { 'compose.yaml': compose, 'web/build.txt': text },
    finds: ['web/build.txt'],
  },
  {
    says: 'dockerfile of bake files',
    files: { 'docker-bake.hcl': 'target "a" {\n  dockerfile = "build.txt"\n}\n', 'build.txt': text },
    finds: ['build.txt'],
  },
  {
    says: 'dockerfile_inline, as the compose file',
    files: { 'compose.yaml': 'services:\n  a:\n    build:\n      dockerfile_inline: |\n        FROM scratch\n' },
    finds: ['compose.yaml'],
  },
  {
    says: 'what a compose file builds, when it is named',
    files: { ...all('Dockerfile', 'web/build.txt'), 'compose.yaml': compose },
    argv: ['compose.yaml'],
    finds: ['web/build.txt'],
  },
  {
    says: 'paths with blanks and signs',
    files: all('a b/Dockerfile', "it's/Dockerfile", 'ä/Dockerfile'),
    finds: ['a b/Dockerfile', "it's/Dockerfile", 'ä/Dockerfile'],
  },
];

describe.concurrent('finds', () => {
  test.each(rules.map((rule) => [rule.says, rule] as const))('%s', async (_, { files, argv = [], finds }) => {
    const { status, err, ...told } = await found(project(files), ...argv);
    expect([status, err, told.files]).toEqual([0, '', finds]);
  });

  test('what compose says of target, args and context', async () => {
    const build = 'context: ctx, dockerfile: ../Dockerfile, target: api, args: {TAG: "22"}';
    const cwd = project({
      Dockerfile: 'ARG TAG\nFROM node:${TAG} AS api\nCOPY a.txt /a\nFROM node:${TAG} AS worker\nCOPY nowhere.txt /a\n',
      'ctx/a.txt': '',
      'compose.yaml': `services:\n  a:\n    build: {${build}}\n`,
    });
    const { out } = await run(['graph', '--format', 'json'], { cwd });
    const { stages } = JSON.parse(out);
    expect(stages.map(({ name, ships }: { name: string; ships: boolean }) => [name, ships])).toEqual([
      ['api', true],
      ['worker', false],
    ]);
    expect(stages[0].inputs[0].from).toEqual({ image: 'node:22' });
    expect((await run([], { cwd })).out).not.toContain('a.txt');
  });

  test('behind a link to a file, not behind loops of links to folders', async () => {
    const cwd = project({ 'a/Dockerfile': text, 'a/b/real.txt': text });
    symlinkSync('..', join(cwd, 'a/loop'));
    symlinkSync('loop', join(cwd, 'loop'));
    symlinkSync('nowhere', join(cwd, 'Dockerfile.gone'));
    symlinkSync('a/b/real.txt', join(cwd, 'Dockerfile'));
    expect(await found(cwd)).toEqual({ files: ['Dockerfile', 'a/Dockerfile'], status: 0, err: '' });
    expect(await found(cwd, 'loop')).toMatchObject({
      status: 2,
      err: 'dflint: loop: is a symbolic link that leads to itself\n',
    });
    expect(await found(cwd, 'Dockerfile.gone')).toMatchObject({
      status: 2,
      err: 'dflint: Dockerfile.gone: is a symbolic link to nothing\n',
    });
  });

  test('what git says has changed', async () => {
    const cwd = project(all('a/Dockerfile', 'b/Dockerfile'));
    const git = (...argv: readonly string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...argv], { cwd, stdio: 'pipe' });
    rmSync(join(cwd, '.git'), { recursive: true });
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'a');
    expect((await found(cwd, '--changed')).files).toEqual([]);
    writeFileSync(join(cwd, 'b/Dockerfile'), `${text}# more\n`);
    mkdirSync(join(cwd, 'c'));
    writeFileSync(join(cwd, 'c/Dockerfile'), text);
    expect((await found(cwd, '--changed')).files).toEqual(['b/Dockerfile', 'c/Dockerfile']);
    git('add', '.');
    git('commit', '-qm', 'b');
    expect((await found(cwd, '--changed')).files).toEqual([]);
    expect((await found(cwd, '--changed', 'HEAD~1')).files).toEqual(['b/Dockerfile', 'c/Dockerfile']);
    expect(await found(cwd, '--changed', 'nowhere')).toMatchObject({ status: 2, files: [] });
  });
});

describe.concurrent('refuses', () => {
  test.each([
    ['', 'an empty path names no file'],
    ['nowhere', 'no such file or directory'],
    ['empty', 'no Dockerfile in this directory'],
    ['utf16', 'is UTF-16 text; save it as UTF-8'],
    ['binary', 'is binary (it holds a NUL byte), not a Dockerfile'],
    ['large', 'has more than the 5 MB that dflint reads'],
    ['fifo', 'is a FIFO, not a file'],
    ['/dev/zero', 'is a device, not a file'],
    ['Dockerfile/a', 'no such file: Dockerfile is not a directory'],
    ['compose.yaml', 'builds no Dockerfile that is there'],
    ['a'.repeat(300), 'the name is too long'],
  ])('%j', async (path, says) => {
    const cwd = project({
      Dockerfile: text,
      'empty/a': '',
      'compose.yaml': 'services: {}\n',
      large: `#${' '.repeat(5 * 1024 * 1024)}`,
    });
    writeFileSync(join(cwd, 'utf16'), Buffer.from('\ufeffFROM a\n', 'utf16le'));
    writeFileSync(join(cwd, 'binary'), Buffer.from([70, 0, 70]));
    execFileSync('mkfifo', [join(cwd, 'fifo')]);
    const { status, out, err } = await run(['Dockerfile', path], { cwd });
    expect([status, err]).toEqual([2, expect.stringContaining(`: ${says}`)]);
    expect(out).toContain('1 file');
  });

  test.skipIf(process.getuid?.() === 0)('a folder that may not be read, and lints the others', async () => {
    const cwd = project(all('a/Dockerfile', 'b/Dockerfile'));
    chmodSync(join(cwd, 'b'), 0o000);
    expect(await found(cwd)).toMatchObject({
      files: ['a/Dockerfile'],
      status: 2,
      err: 'dflint: b: cannot be read: permission denied\n',
    });
    chmodSync(join(cwd, 'b'), 0o755);
  });
});

test('standard input, with and without a name', async () => {
  const cwd = project({ 'web/dflint.config.yaml': 'rules: {root-user: off}\n' });
  const stdin = 'FROM node:22-alpine\nCMD ["node", "server.js"]\n';
  expect(await run(['-', '-f', 'compact'], { cwd, stdin })).toMatchObject({
    status: 1,
    out: expect.stringMatching(/^<stdin>:1:1: warning root-user /),
  });
  expect(await run(['-', '--stdin-filename', 'web/Dockerfile'], { cwd, stdin })).toMatchObject({ status: 0 });
  expect(await run(['--stdin-filename', 'web/Dockerfile'], { cwd, stdin })).toMatchObject({ status: 2 });
});
