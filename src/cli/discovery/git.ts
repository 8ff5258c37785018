/** What git says has changed. Git is started without a shell, and nothing that is given to it is taken for an option. */
import { spawnSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import type { Surroundings } from '../surroundings.ts';
import { slashed } from './slashed.ts';

export type ChangedFiles =
  /** Absolute paths, links resolved. */
  | { readonly files: ReadonlySet<string> }
  /** Why it cannot be told. */
  | { readonly fault: string };

type GitWorld = Pick<Surroundings, 'cwd' | 'env'>;

/** Bytes of a list of paths. */
const mostOutput = 512 * 1024 * 1024;

/** `ref`: absent for the last commit. What is staged, what is not, and what is new and not ignored counts. */
export function changedFiles(ref: string | undefined, world: GitWorld): ChangedFiles {
  const found = git(['rev-parse', '--show-toplevel'], world);
  if ('fault' in found) return found;
  if (found.status !== 0) {
    const reason = /not a git repository|must be run in a work tree/.test(found.said)
      ? 'this folder is in no git repository'
      : found.said;
    return { fault: `--changed asks git, and ${reason}` };
  }
  const root = found.out.replace(/\r?\n$/, '');
  const there = { ...world, cwd: root };
  const base = ref === undefined ? lastCommit(there) : commonAncestor(ref, there);
  if (base === undefined) return { fault: `--changed ${ref}: git knows no such commit${adviceOn(ref ?? '')}` };
  const lists = [
    git(['diff', '--name-only', '-z', '--no-renames', '--no-ext-diff', '--end-of-options', base, '--'], there),
    git(['ls-files', '-z', '--others', '--exclude-standard', '--full-name'], there),
  ];
  const files = new Set<string>();
  for (const list of lists) {
    if ('fault' in list) return list;
    if (list.status !== 0) return { fault: `--changed asks git, and ${list.said}` };
    for (const path of list.out.split('\0')) if (path !== '') files.add(`${realPath(root)}/${path}`);
  }
  return { files };
}

/** The option takes the word behind it: a path there is a mistake that is easily made. */
const adviceOn = (ref: string): string =>
  /[/.]/.test(ref)
    ? `; to name a path, write it before the option: dflint ${ref} --changed`
    : '; in a shallow clone, fetch it first';

/** The tree of the last commit; that of nothing before the first one. */
function lastCommit(world: GitWorld): string | undefined {
  const head = git(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'], world);
  return outputOf(head) ?? outputOf(git(['hash-object', '-t', 'tree', '--stdin'], world));
}

/** Where REF and HEAD parted; REF itself where that is not known, as in a shallow clone. */
function commonAncestor(ref: string, world: GitWorld): string | undefined {
  const commit = outputOf(git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`], world));
  if (commit === undefined) return undefined;
  return outputOf(git(['merge-base', '--end-of-options', commit, 'HEAD'], world)) ?? commit;
}

type Answer = { readonly status: number; readonly out: string; readonly said: string } | { readonly fault: string };

const outputOf = (answer: Answer): string | undefined =>
  'fault' in answer || answer.status !== 0 ? undefined : answer.out.trim();

function git(words: readonly string[], { cwd, env }: GitWorld): Answer {
  const { error, status, stdout, stderr } = spawnSync('git', ['-c', 'core.fsmonitor=false', ...words], {
    cwd,
    env: { ...env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0' },
    input: '',
    encoding: 'utf8',
    maxBuffer: mostOutput,
    windowsHide: true,
  });
  if (error !== undefined) {
    const missing = 'code' in error && error.code === 'ENOENT';
    return { fault: `--changed needs git, which ${missing ? 'is not on PATH' : `cannot be run (${error.message})`}` };
  }
  const said =
    stderr
      .trim()
      .split('\n')[0]
      ?.replace(/^fatal: /, '') ?? '';
  return { status: status ?? 1, out: stdout, said: `it says: ${said}` };
}

export function realPath(path: string): string {
  try {
    return slashed(realpathSync(path));
  } catch {
    return slashed(path);
  }
}
