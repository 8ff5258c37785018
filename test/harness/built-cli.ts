/** The command line as it is built, run as processes of its own. */
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { commandWords, isCommandNamed } from './command.ts';
import { repository } from './shared.ts';

export interface Ended {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

export interface BuiltCli {
  /** The program and its first words. */
  readonly words: readonly string[];
  run(argv: readonly string[], options: { readonly cwd: string; readonly stdin?: string }): Promise<Ended>;
}

/**
 * The command that DFLINT_COMMAND names, else one built as `npm run build:cli` does, into a folder that is gone when the
 * tests of the file are. To be called once a test file.
 */
export function builtCli(): BuiltCli {
  const folder = mkdtempSync(join(tmpdir(), 'dflint-built-'));
  const words = isCommandNamed ? commandWords : [process.execPath, join(folder, 'dist/cli.js')];
  const [program = '', ...first] = words;
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  beforeAll(() => {
    if (isCommandNamed) return;
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    const dist = join(folder, 'dist');
    for (const step of ['bundle.js', 'run.js'])
      execFileSync(process.execPath, [join(repository, '.ci/bundle', step), dist], {
        cwd: repository,
        stdio: ['ignore', 'ignore', 'pipe'],
      });
  }, 60_000);
  const env = { PATH: process.env['PATH'] ?? '', HOME: folder, NO_COLOR: '1' };
  return {
    words,
    run: (argv, { cwd, stdin = '' }) =>
      new Promise((done) => {
        const child = execFile(program, [...first, ...argv], { cwd, env }, (error, out, err) => {
          const code = error === null ? 0 : error.code;
          done({ status: typeof code === 'number' ? code : -1, out, err });
        });
        child.stdin?.on('error', () => {});
        child.stdin?.end(stdin);
      }),
  };
}
