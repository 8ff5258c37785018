/** Runs ShellCheck, which is a program of its own and need not be there. */
import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Outside } from '../engine/lint.ts';
import { isGivenOn, type OpenScript, type ShellcheckComment, shellcheckOptions } from '../shellcheck/index.ts';
import { programFor, type ShellcheckMode } from './shellcheck-program.ts';
import type { Surroundings } from './surroundings.ts';

export interface Shellcheck {
  /** What it says of each text; a text that it could not be asked about is not in it. Never rejects. */
  check(texts: readonly string[], mode: ShellcheckMode): Promise<ReadonlyMap<string, readonly ShellcheckComment[]>>;
  /** What went wrong, each thing once; `fatal` where it was asked for. */
  readonly problems: readonly { readonly message: string; readonly fatal: boolean }[];
}

export interface WithScripts {
  readonly mode: ShellcheckMode;
  readonly scripts: readonly OpenScript[];
}

/** What it says of the scripts of some files, those of one mode in one process. */
export async function askShellcheck(
  files: readonly WithScripts[],
  shellcheck: Pick<Shellcheck, 'check'>,
): Promise<ReadonlyMap<WithScripts, ReadonlyMap<string, readonly ShellcheckComment[]>>> {
  const byMode = new Map<ShellcheckMode, WithScripts[]>();
  for (const file of files) {
    if (file.mode === 'off') continue;
    const others = byMode.get(file.mode);
    if (others === undefined) byMode.set(file.mode, [file]);
    else others.push(file);
  }
  const said = new Map<WithScripts, ReadonlyMap<string, readonly ShellcheckComment[]>>();
  for (const [mode, of] of byMode) {
    const texts = of.flatMap(({ scripts }) => scripts.map(({ text }) => text));
    const answer = await shellcheck.check(texts, mode);
    for (const file of of) said.set(file, answer);
  }
  return said;
}

/** Whether it has said all that it was asked of a file. */
export function isAnswered(
  file: WithScripts,
  said: ReadonlyMap<WithScripts, ReadonlyMap<string, readonly ShellcheckComment[]>>,
): boolean {
  const answers = said.get(file);
  return file.mode === 'off' || (answers !== undefined && file.scripts.every(({ text }) => answers.has(text)));
}

/** Its findings in one file; nothing has been judged where a script of it has no answer. */
export function outsideOf(
  file: WithScripts,
  said: ReadonlyMap<WithScripts, ReadonlyMap<string, readonly ShellcheckComment[]>>,
): Outside {
  const answers = said.get(file);
  const complete = file.mode !== 'off' && isAnswered(file, said);
  return {
    findings: file.scripts.flatMap((script) => [...script.findings(answers?.get(script.text) ?? [])]),
    judged: (code) => complete && isGivenOn(code),
  };
}

/** Arguments of one process: short of the least that a system takes. */
const textsAtOnce = 5000;

type World = Pick<Surroundings, 'cwd' | 'env'>;

/** `seconds`: how long a process may take, and a tenth of one more for each text. */
export function openShellcheck(world: World, seconds = 30): Shellcheck {
  const known = new Map<string, readonly ShellcheckComment[]>();
  const problems = new Map<string, { readonly message: string; readonly fatal: boolean }>();
  const fail = (message: string, mode: ShellcheckMode): void => {
    const fatal = mode !== 'auto' || problems.get(message)?.fatal === true;
    problems.set(message, { message, fatal });
  };
  return {
    get problems() {
      return [...problems.values()];
    },
    async check(texts, mode) {
      const program = programFor(mode, world);
      if (typeof program === 'object') fail(program.missing, mode);
      if (typeof program !== 'string') return new Map();
      const fresh = [...new Set(texts)].filter((text) => !known.has(text));
      for (let start = 0; start < fresh.length; start += textsAtOnce) {
        const batch = fresh.slice(start, start + textsAtOnce);
        const said = await checkBatch(program, batch, world, seconds);
        if ('problem' in said) {
          fail(`${program}: ${said.problem}; what it finds is left out`, mode);
          break;
        }
        for (const [at, text] of batch.entries()) known.set(text, said.comments.get(String(at)) ?? []);
      }
      return known;
    },
  };
}

type Said = { readonly comments: ReadonlyMap<string, readonly ShellcheckComment[]> } | { readonly problem: string };

/** One process; texts are told apart by their numbers. */
async function checkBatch(program: string, texts: readonly string[], world: World, seconds: number): Promise<Said> {
  let folder: string | undefined;
  try {
    folder = mkdtempSync(join(tmpdir(), 'dflint-shellcheck-run-'));
    const names = texts.map((_, at) => String(at));
    for (const name of names) writeFileSync(join(folder, name), texts[Number(name)] ?? '');
    const problem = await run(program, names, folder, world, seconds + names.length / 10);
    if (problem !== undefined) return { problem };
    const { readReport } = await import('../shellcheck/report.ts');
    const comments = readReport(readFileSync(join(folder, 'out'), 'utf8'));
    if (comments === undefined) return { problem: 'it says nothing that dflint can read' };
    const byText = new Map<string, ShellcheckComment[]>();
    for (const comment of comments) {
      const others = byText.get(comment.file);
      if (others === undefined) byText.set(comment.file, [comment]);
      else others.push(comment);
    }
    return { comments: byText };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  } finally {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * What kept it from an answer. It writes to files: while rules run nobody would read its pipes, and it would wait.
 */
function run(
  program: string,
  names: readonly string[],
  folder: string,
  world: World,
  seconds: number,
): Promise<string | undefined> {
  const { SHELLCHECK_OPTS: _, ...env } = world.env;
  const out = openSync(join(folder, 'out'), 'w');
  const err = openSync(join(folder, 'err'), 'w');
  return new Promise<string | undefined>((done) => {
    const child = spawn(program, [...shellcheckOptions, ...names], {
      cwd: folder,
      // Its output is UTF-8 whatever the locale is.
      env: { ...env, LC_ALL: 'C.UTF-8' },
      stdio: ['ignore', out, err],
    });
    let late = false;
    const alarm = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
      done(`it was stopped, having taken more than ${Math.round(seconds)} s`);
    }, seconds * 1000);
    child.on('error', ({ message }) => {
      clearTimeout(alarm);
      done(message);
    });
    child.on('close', (status, signal) => {
      clearTimeout(alarm);
      // 1 says that there are findings.
      if (status === 0 || status === 1) done(undefined);
      else if (!late) done(failureOf(status ?? signal, readFileSync(join(folder, 'err'), 'utf8')));
    });
  }).finally(() => {
    closeSync(out);
    closeSync(err);
  });
}

function failureOf(status: number | string | null, said: string): string {
  const [line = ''] = said.split('\n').filter((each) => each.trim() !== '');
  const how = typeof status === 'number' ? `it ended with status ${status}` : `it was ended by ${status}`;
  return line === '' ? how : `${how} (${line.trim().slice(0, 200)})`;
}
