/** What must hold of the command line in a project, whatever its files hold. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runCli } from '../harness/run-cli.ts';
import { outputFaults } from './judge-text.ts';

/** A project and what is asked of it: plain data, which a failure is written down as. */
export interface ProjectInput {
  /** By path. */
  readonly files: Readonly<Record<string, string>>;
  readonly argv: readonly string[];
}

/** As `runCli` gives them; these print what stands in files, as it stands. */
const isRaw = (argv: readonly string[]): boolean =>
  argv.includes('--diff') || ['migrate', 'init'].includes(argv[0] ?? '');

export async function faultsOfProject({ files, argv }: ProjectInput, folder: string): Promise<readonly string[]> {
  rmSync(folder, { recursive: true, force: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const stdin = files['Dockerfile'] ?? '';
  const { status, out, err } = await runCli(argv, { cwd: folder, stdin });
  const faults = outputFaults('standard error', err).filter(() => !isRaw(argv));
  if (![0, 1, 2].includes(status)) return [`status ${status}`];
  const bug = /^.*(?:a bug of dflint| broke \().*$/m.exec(err);
  const format = argv[argv.indexOf('--format') + 1] ?? 'text';
  return [
    ...(bug === null ? [] : [bug[0]]),
    ...faults,
    ...(isRaw(argv) ? [] : outputFaults(argv.includes('--format') ? format : 'text', out)),
  ];
}
