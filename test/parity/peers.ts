/** Runs the peers, and gives their findings as places that can be compared. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What a peer says of one place, with its own code: `hadolint/DL3008`. */
export interface PeerFinding {
  readonly path: string;
  readonly code: string;
  readonly line: number;
}

const filesAtOnce = 40;

/** Each peer hears of no configuration but this, and finds no ShellCheck but its own. */
const environment = { PATH: '/usr/bin:/bin', HOME: '/nonexistent', LANG: 'C.UTF-8' };

interface HadolintFinding {
  readonly file: string;
  readonly code: string;
  readonly line: number;
}

/** hadolint over files; a file that it cannot parse is one finding of it (DL1000). */
export function hadolintFindings(programs: string, paths: readonly string[]): Promise<readonly PeerFinding[]> {
  return remembered('hadolint', paths, (batch) => {
    const { stdout, stderr } = run(join(programs, 'hadolint'), ['--no-fail', '--format', 'json', ...batch]);
    const found: readonly HadolintFinding[] = parsed(stdout, stderr);
    return found.map(({ file, code, line }) => ({ path: file, code: `hadolint/${code}`, line }));
  });
}

interface TallyReport {
  readonly files: readonly {
    readonly file: string;
    readonly violations: readonly { readonly rule: string; readonly location: { readonly start: { line: number } } }[];
  }[];
}

/** BuildKit's checks as tally runs them. It stops at a file that it cannot parse: such a one is left out. */
export function buildkitFindings(programs: string, paths: readonly string[]): Promise<readonly PeerFinding[]> {
  const options = [
    '--format',
    'json',
    '--slow-checks',
    'off',
    '--no-config',
    '--ignore',
    '*',
    '--select',
    'buildkit/*',
  ];
  const lintAll = (batch: readonly string[]): readonly PeerFinding[] => {
    const { stdout, stderr } = run(join(programs, 'tally'), ['lint', ...options, ...batch]);
    if (stdout === '') {
      const middle = batch.length >> 1;
      return middle === 0 ? [] : [...lintAll(batch.slice(0, middle)), ...lintAll(batch.slice(middle))];
    }
    const report: TallyReport = parsed(stdout, stderr);
    return report.files.flatMap(({ file, violations }) =>
      violations.map(({ rule, location }) => ({ path: file, code: rule, line: location.start.line })),
    );
  };
  return remembered('buildkit', paths, lintAll);
}

/** What a peer says of files; with CACHE, a folder, files that it has seen before are not given to it again. */
export async function remembered(
  peer: string,
  paths: readonly string[],
  of: (batch: readonly string[]) => readonly PeerFinding[] | Promise<readonly PeerFinding[]>,
  atOnce = filesAtOnce,
): Promise<readonly PeerFinding[]> {
  const folder = process.env['CACHE'];
  const entry = (path: string): string => {
    const hash = createHash('sha256').update(peer).update(path).update(readFileSync(path));
    for (const ignores of [join(dirname(path), '.dockerignore'), `${path}.dockerignore`])
      if (existsSync(ignores)) hash.update(readFileSync(ignores));
    return join(folder ?? '', hash.digest('hex'));
  };
  const unseen = paths.filter((path) => folder === undefined || !existsSync(entry(path)));
  const fresh: PeerFinding[] = [];
  for (let at = 0; at < unseen.length; at += atOnce) fresh.push(...(await of(unseen.slice(at, at + atOnce))));
  if (folder === undefined) return fresh;
  mkdirSync(folder, { recursive: true });
  for (const path of unseen)
    writeFileSync(entry(path), JSON.stringify(fresh.filter((finding) => finding.path === path)));
  return paths.flatMap((path): readonly PeerFinding[] => JSON.parse(readFileSync(entry(path), 'utf8')));
}

function run(program: string, words: readonly string[]): { stdout: string; stderr: string } {
  const { error, stdout, stderr } = spawnSync(program, words, {
    encoding: 'utf8',
    env: environment,
    maxBuffer: 1 << 28,
  });
  if (error !== undefined) throw new Error(`${program}: ${error.message}`);
  return { stdout, stderr };
}

function parsed<Report>(stdout: string, stderr: string): Report {
  try {
    return JSON.parse(stdout);
  } catch {
    throw new Error(`a peer gave no JSON: ${stderr.slice(0, 500)}`);
  }
}
