/** Results of earlier runs are taken again only when nothing has changed that they rest on. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isCommandNamed } from './harness/command.ts';
import { type RunOptions, runCli, type Transcript } from './harness/run-cli.ts';
import { temporaryProjects } from './harness/temporary-project.ts';

const project = temporaryProjects();

const files: Readonly<Record<string, string>> = {
  Dockerfile: 'FROM node:22-alpine\nARG MODE\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["node", "src/server.js"]\n',
  '.dockerignore': 'node_modules\n.git\n',
  'package.json': '{ "name": "shop", "dependencies": { "express": "5" }, "devDependencies": { "vitest": "4" } }\n',
  'package-lock.json': '{ "name": "shop", "lockfileVersion": 3, "packages": {} }\n',
  'compose.yaml': 'services:\n  shop:\n    build: .\n',
  '.github/workflows/ci.yml': 'on: push\njobs:\n  test:\n    steps:\n      - run: npm test\n',
  'src/server.js': 'export {};\n',
  'src/prices.js': 'export {};\n',
  'docs/readme.md': '# Shop\n',
};

/** A project, and where results of it are kept. Files that were just written count as settled. */
function shop(others: Readonly<Record<string, string>> = {}) {
  const cwd = project({ ...files, ...others });
  const folder = project({});
  const keeps = { folder, version: '1', now: Date.now() + 60_000 };
  const results = join(folder, 'results');
  const entries = (): readonly string[] =>
    existsSync(results) ? readdirSync(results).filter((name) => name !== 'swept') : [];
  return {
    cwd,
    folder,
    keeps,
    results,
    entries,
    run: (argv: readonly string[] = ['Dockerfile'], more: RunOptions = {}): Promise<Transcript> =>
      runCli(['--shellcheck', 'off', ...argv], { cwd, keeps, ...more }),
    /** Makes what is kept say something that no run finds. */
    mark(): void {
      for (const name of entries()) {
        const path = join(results, name);
        writeFileSync(path, readFileSync(path, 'utf8').replaceAll('"message":"', '"message":"KEPT '));
      }
    },
    put(path: string, text: string): void {
      mkdirSync(dirname(join(cwd, path)), { recursive: true });
      writeFileSync(join(cwd, path), text);
    },
  };
}

type Shop = ReturnType<typeof shop>;

const isKept = ({ out }: Transcript): boolean => out.includes('KEPT');

describe.skipIf(isCommandNamed)('a result', () => {
  test('is what a run without it finds, in every format', async () => {
    const { run } = shop();
    for (const format of ['text', 'json', 'sarif', 'github', 'gitlab', 'checkstyle', 'junit', 'markdown', 'compact']) {
      const argv = ['--preset', 'all', '--format', format, '.'];
      const [first, second, fresh] = [await run(argv), await run(argv), await run(['--no-cache', ...argv])];
      expect(first.out).not.toBe('');
      expect(second).toEqual(fresh);
      expect(first).toEqual(fresh);
    }
  });

  test.each<[string, (shop: Shop) => void, readonly string[], RunOptions]>([
    ['nothing has changed', () => {}, [], {}],
    ['another format is wanted', () => {}, ['--format', 'compact'], {}],
    ['only errors are shown', () => {}, ['--quiet', '--preset', 'recommended'], {}],
    ['a file has that nobody asked about', ({ put }) => put('docs/readme.md', '# Shopping\n'), [], {}],
    ['a source has', ({ put }) => put('src/prices.js', 'export default 1;\n'), [], {}],
    ['a variable has that no build argument names', () => {}, [], { env: { OTHER: '1' } }],
  ])('is taken again when %s', async (_, change, argv, more) => {
    const made = shop({ '.dockerignore': '' });
    await made.run([...argv.filter((word) => !/format|compact|quiet/.test(word)), 'Dockerfile']);
    made.mark();
    change(made);
    expect(isKept(await made.run([...argv.filter((word) => word !== '--quiet'), 'Dockerfile'], more))).toBe(true);
  });

  test.each<[string, (shop: Shop) => void, readonly string[], RunOptions]>([
    ['the Dockerfile', ({ put }) => put('Dockerfile', `${files['Dockerfile']}USER node\n`), [], {}],
    ['the program that a container starts', ({ put }) => put('src/server.js', 'export default 1;\n'), [], {}],
    ['the manifest', ({ put }) => put('package.json', '{ "name": "shop" }\n'), [], {}],
    ['the lockfile is gone', ({ cwd }) => unlinkSync(join(cwd, 'package-lock.json')), [], {}],
    ['.dockerignore', ({ put }) => put('.dockerignore', '*\n'), [], {}],
    ['.dockerignore of its own comes', ({ put }) => put('Dockerfile.dockerignore', 'src\n'), [], {}],
    ['.npmrc comes', ({ put }) => put('.npmrc', '//registry.npmjs.org/:_authToken=x\n'), [], {}],
    ['compose', ({ put }) => put('compose.yaml', 'services:\n  shop:\n    build: {context: ., target: x}\n'), [], {}],
    ['bake comes', ({ put }) => put('docker-bake.hcl', 'target "shop" { args = { MODE = "x" } }\n'), [], {}],
    ['a workflow', ({ put }) => put('.github/workflows/ci.yml', 'on: push\n# docker build .\njobs: {}\n'), [], {}],
    ['a workflow comes', ({ put }) => put('.github/workflows/b.yml', 'on: push\njobs: {}\n'), [], {}],
    ['a configuration comes', ({ put }) => put('dflint.config.json', '{ "failOn": "error" }\n'), [], {}],
    ['a configuration of hadolint comes', ({ put }) => put('.hadolint.yaml', 'ignored: [DL3018]\n'), [], {}],
    ['the preset', () => {}, ['--preset', 'strict'], {}],
    ['a rule', () => {}, ['--rule', 'root-user=off'], {}],
    ['a target', () => {}, ['--target', '0'], {}],
    ['a build argument', () => {}, ['--build-arg', 'MODE=dev'], {}],
    ['the context', () => {}, ['--context', 'src'], {}],
    ['the confidence', () => {}, ['--min-confidence', 'possible'], {}],
    ['comments', () => {}, ['--no-ignore-comments'], {}],
    ['the day', () => {}, [], { today: '2026-11-22' }],
    ['the day that is asked for', () => {}, ['--today', '2027-01-01'], {}],
    ['dflint', () => {}, [], { keeps: { folder: '', version: '2' } }],
    ['nothing, but nothing is to be taken', () => {}, ['--no-cache'], {}],
  ])('is not taken again when this is another: %s', async (_, change, argv, more) => {
    const made = shop();
    const keeps = more.keeps === undefined ? made.keeps : { ...made.keeps, ...more.keeps, folder: made.folder };
    const before = await made.run();
    expect(made.entries()).not.toEqual([]);
    made.mark();
    change(made);
    const after = await made.run([...argv, 'Dockerfile'], { ...more, keeps });
    expect(isKept(after)).toBe(false);
    expect(after).toEqual(await made.run(['--no-cache', ...argv, 'Dockerfile'], more));
    expect(before.out).toContain('Dockerfile');
  });

  test('hangs on the variable that gives a build argument its value', async () => {
    const made = shop();
    const argv = ['--build-arg', 'MODE', 'Dockerfile'];
    await made.run(argv, { env: { MODE: 'a' } });
    made.mark();
    expect(isKept(await made.run(argv, { env: { MODE: 'a' } }))).toBe(true);
    expect(isKept(await made.run(argv, { env: { MODE: 'b' } }))).toBe(false);
  });

  test('hangs on the configuration, which is read each time', async () => {
    const made = shop({ 'dflint.config.yaml': 'preset: [recommended]\nbuildArgs: { MODE: null }\n' });
    const first = await made.run();
    made.put('dflint.config.yaml', 'presets: [recommended]\nbuildArgs: { MODE: null }\n');
    await made.run();
    made.mark();
    expect(first.status).toBe(2);
    expect(isKept(await made.run())).toBe(true);
    expect(isKept(await made.run(['Dockerfile'], { env: { MODE: 'b' } }))).toBe(false);
    made.put('dflint.config.yaml', 'presets: [strict]\nbuildArgs: { MODE: null }\n');
    expect(isKept(await made.run())).toBe(false);
  });

  test('brings its notices along', async () => {
    const made = shop({ 'compose.yaml': 'services: {shop: {build: .\n' });
    const [first, second] = [await made.run(), await made.run()];
    expect(first.err).toContain('compose.yaml cannot be understood');
    expect(second).toEqual(first);
  });

  test('is of one folder of the run: paths are told from there', async () => {
    const made = shop({ 'web/Dockerfile': files['Dockerfile'] ?? '' });
    await made.run(['web/Dockerfile']);
    const inside = join(made.cwd, 'web');
    expect(await made.run(['Dockerfile'], { cwd: inside })).toEqual(
      await made.run(['--no-cache', 'Dockerfile'], { cwd: inside }),
    );
  });

  test('is the same after any edits', async () => {
    const made = shop({ 'web/Dockerfile': 'FROM node:22\nCOPY package*.json ./\nRUN npm i\nCOPY web .\n' });
    const paths = [...Object.keys(files), 'web/Dockerfile', 'web/package.json', '.npmrc', 'web/.dockerignore'];
    const texts = [...Object.values(files), '', 'USER node\n', '*\n!src\n', 'services: {web: {build: web}}\n'];
    let seed = 7;
    const below = (limit: number): number => {
      seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
      return (seed >>> 16) % limit;
    };
    const argv = ['--preset', 'all', '--format', 'json', '.'];
    for (let round = 0; round < 60; round += 1) {
      const path = paths[below(paths.length)] ?? '';
      if (below(4) === 0) rmSync(join(made.cwd, path), { force: true });
      else made.put(path, texts[below(texts.length)] ?? '');
      const again = await made.run(argv);
      expect(again, `round ${round}`).toEqual(await made.run(['--no-cache', ...argv]));
    }
  }, 120_000);
});

describe.skipIf(isCommandNamed)('nothing is kept', () => {
  test('of files that were just written, which could change once more without a sign', async () => {
    const { run, entries, keeps } = shop();
    await run(['Dockerfile'], { keeps: { ...keeps, now: Date.now() } });
    expect(entries()).toEqual([]);
  });

  test.each<[string, readonly string[]]>([
    ['of a run that mends', ['--fix', 'Dockerfile']],
    ['of standard input', ['-']],
    ['with --no-cache', ['--no-cache', 'Dockerfile']],
    ['when a target is not there', ['--target', 'nowhere', 'Dockerfile']],
  ])('%s', async (_, argv) => {
    const { run, entries } = shop();
    await run(argv, { stdin: files['Dockerfile'] ?? '' });
    expect(entries()).toEqual([]);
  });

  test('where there is no folder for it', async () => {
    const { run } = shop();
    expect(await run(['Dockerfile'], { keeps: { version: '1' } })).toEqual(await run(['--no-cache', 'Dockerfile']));
  });

  test('where a file stands in the place of the folder', async () => {
    const { run, folder, keeps } = shop();
    writeFileSync(join(folder, 'file'), '');
    const blocked = { keeps: { ...keeps, folder: join(folder, 'file') } };
    const fresh = await run(['--no-cache', 'Dockerfile']);
    expect([await run(['Dockerfile'], blocked), await run(['Dockerfile'], blocked)]).toEqual([fresh, fresh]);
  });
});

describe.skipIf(isCommandNamed)('the folder of results', () => {
  test('is that of --cache-dir', async () => {
    const { run, cwd, entries } = shop();
    await run(['--cache-dir', 'kept', 'Dockerfile']);
    expect(readdirSync(join(cwd, 'kept/results'))).toHaveLength(2);
    expect(entries()).toEqual([]);
  });

  test('may hold what is broken', async () => {
    const { run, entries, results } = shop();
    const fresh = await run();
    for (const text of ['', '{', 'null', '[]', '{"key":"x"}', '\0'])
      for (const name of entries()) {
        writeFileSync(join(results, name), text);
        expect(await run()).toEqual(fresh);
      }
  });

  test('loses what is old, once a day', async () => {
    const { run, entries, results, keeps } = shop();
    const old = join(results, '0123456789abcdef');
    mkdirSync(results);
    writeFileSync(old, '');
    utimesSync(old, 1, 1);
    await run();
    expect(entries()).toHaveLength(1);
    writeFileSync(old, '');
    utimesSync(old, 1, 1);
    await run(['--preset', 'strict', 'Dockerfile']);
    expect(entries()).toHaveLength(3);
    const later = { ...keeps, now: keeps.now + 25 * 60 * 60 * 1000 };
    await run(['--preset', 'all', 'Dockerfile'], { keeps: later });
    expect(existsSync(old)).toBe(false);
    expect(entries()).toHaveLength(3);
  });
});

describe.skipIf(isCommandNamed || process.platform === 'win32')('ShellCheck', () => {
  const program = (says: string): string => `#!/bin/sh\n${says}\n`;
  const comments = 'printf \'{"comments":[]}\'';

  function withShellcheck(says: string) {
    const made = shop();
    const path = join(made.folder, 'shellcheck');
    const install = (text: string): void => {
      writeFileSync(path, program(text));
      chmodSync(path, 0o755);
    };
    install(says);
    return { ...made, install, check: () => runCli(['--shellcheck', path, 'Dockerfile'], made) };
  }

  test('that is another one is asked again', async () => {
    const { check, install, mark } = withShellcheck(comments);
    expect((await check()).status).toBe(1);
    mark();
    expect(isKept(await check())).toBe(true);
    install(`${comments} # of another version`);
    expect(isKept(await check())).toBe(false);
  });

  test('that fails is asked again', async () => {
    const { check, entries } = withShellcheck('exit 3');
    expect((await check()).status).toBe(2);
    expect(entries()).toEqual([]);
  });
});
