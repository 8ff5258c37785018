/** What fixes of one rule make of a project, through the command line and in a folder of its own. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { rules } from '../../rules/index.ts';
import { runCli } from './run-cli.ts';

export interface FixedProject {
  readonly Dockerfile: string;
  /** The text of a file that was made; absent when there is none. */
  readonly read: (path: string) => string | undefined;
  readonly err: string;
}

/** `files`: path to text, the Dockerfile among them. Fixes of other rules are not made. */
export async function fixedProject(
  rule: string,
  files: Readonly<Record<string, string>>,
  ...flags: readonly string[]
): Promise<FixedProject> {
  const folder = mkdtempSync(join(tmpdir(), 'dflint-fixes-'));
  // Not in the project: a build would take it along.
  const settled = mkdtempSync(join(tmpdir(), 'dflint-settings-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const settings = Object.fromEntries(rules.map(({ id }) => [id, id === rule ? 'on' : 'off']));
    writeFileSync(join(settled, 'only.json'), JSON.stringify({ presets: 'all', rules: settings }));
    const words = ['--config', join(settled, 'only.json'), '--shellcheck', 'off', '--fix', ...flags, 'Dockerfile'];
    const { err, status, out } = await runCli(words, { cwd: folder });
    if (status === 2) throw new Error(`${err}${out}`);
    const made = new Map(
      ['Dockerfile', '.dockerignore'].flatMap((path) =>
        existsSync(join(folder, path)) ? [[path, readFileSync(join(folder, path), 'utf8')] as const] : [],
      ),
    );
    return { Dockerfile: made.get('Dockerfile') ?? '', read: (path) => made.get(path), err };
  } finally {
    rmSync(folder, { recursive: true });
    rmSync(settled, { recursive: true });
  }
}
