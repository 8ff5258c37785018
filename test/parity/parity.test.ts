/**
 * `npm run parity`: what hadolint and BuildKit's checks (as tally runs them, and BuildKit itself where it is
 * installed) say of the corpus and the fixtures, beside what dflint says with the presets `hadolint` and `buildkit`.
 * Every difference has its reason in `fixtures/parity-differences.json`.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { rules } from '../../rules/index.ts';
import { diskTree } from '../../src/cli/disk-tree.ts';
import { askShellcheck, openShellcheck, outsideOf, type WithScripts } from '../../src/cli/shellcheck.ts';
import { type lint, openFile } from '../../src/engine/lint.ts';
import { openScripts } from '../../src/shellcheck/index.ts';
import { parseDockerfile } from '../../src/syntax/index.ts';
import { corpusFiles } from '../harness/corpus.ts';
import { projectAt } from '../harness/project-evidence.ts';
import { repository, sharedPath } from '../harness/shared.ts';
import { buildkitItself, hasBuildkit, notLinted } from './buildkit.ts';
import { buildkitFindings, hadolintFindings, type PeerFinding } from './peers.ts';
import { asTallyHasIt, isOfShellcheck, report } from './report.ts';

const { CODE, PEERS = '' } = process.env;
const corpus = sharedPath('corpus');

interface Subject {
  /** Its path as peers are given it. */
  readonly path: string;
  /** How the table names it. */
  readonly label: string;
  readonly text: string;
  readonly project: Partial<Parameters<typeof lint>[0]>;
}

function* subjects(): Iterable<Subject> {
  for (const { slug, name, text, context, evidence } of corpusFiles(corpus ?? ''))
    yield {
      path: join(corpus ?? '', slug, name),
      label: `${slug}/${name}`,
      text,
      project: { path: name, context, evidence },
    };
  for (const path of dockerfilesBelow(join(repository, 'fixtures/rules')))
    yield { path, label: relative(repository, path), text: readFileSync(path, 'utf8'), project: projectOf(path) };
}

/** A fixture that has a folder for itself has a context. */
function projectOf(path: string): Subject['project'] {
  const name = basename(path);
  return name.startsWith('Dockerfile') ? { path: name, ...projectAt(diskTree, dirname(path), name) } : {};
}

function dockerfilesBelow(folder: string): readonly string[] {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      if (statSync(path).isDirectory()) return dockerfilesBelow(path);
      return /(?:^|\.)Dockerfile(?:\.\w+)?$/.test(name) && !name.endsWith('ignore') ? [path] : [];
    });
}

/** `CODE PATH:LINE`, the line being that on which the instruction begins. */
const keyOf = (code: string, label: string, line: number): string => `${code} ${label}:${line}`;

test('dflint finds what its peers find', { timeout: 1_800_000 }, async () => {
  expect(corpus, 'npm run parity needs ../shared/corpus beside the repository, or DFLINT_SHARED').toBeDefined();
  const files = [...subjects()];
  const byPath = new Map(files.map((file) => [file.path, file]));
  const starts = new Map(files.map((file) => [file, instructionLines(file.text)]));
  const asked = CODE?.split(',').map((code) => (/^DL|^SC/.test(code) ? `hadolint/${code}` : `buildkit/${code}`));
  const isAsked = (code: string): boolean =>
    asked === undefined
      ? /^hadolint\/|^buildkit/.test(code)
      : asked.includes(asTallyHasIt(code)) || (asked.includes('hadolint/SC') && isOfShellcheck(code));
  const isBuildkitAsked = asked?.some((code) => code.startsWith('buildkit')) ?? true;

  const theirs = new Set<string>();
  const add = ({ path, code, line }: PeerFinding): void => {
    const file = byPath.get(path);
    if (file !== undefined && isAsked(code)) theirs.add(keyOf(code, file.label, starts.get(file)?.(line) ?? line));
  };
  const paths = files.map(({ path }) => path);
  (await hadolintFindings(PEERS, paths)).forEach(add);
  (await buildkitFindings(PEERS, paths)).forEach(add);
  const itself = isBuildkitAsked && hasBuildkit() ? await buildkitItself(paths) : undefined;
  const left = new Set(itself?.filter(({ code }) => code === notLinted).map(({ path }) => path));
  itself?.filter(({ code }) => code !== notLinted).forEach(add);
  if (itself !== undefined) console.log(`BuildKit itself cannot lint ${left.size} of ${paths.length} files.`);
  else if (isBuildkitAsked) console.log('BuildKit itself is left out: buildctl and buildkitd are not on PATH.');

  const shellcheck = openShellcheck({ cwd: repository, env: {} });
  const ours = new Set<string>();
  for (const preset of ['hadolint', 'buildkit'] as const) {
    const opened = files.map((file) => {
      const { path = 'Dockerfile', ...project } = file.project;
      const selection = { presets: [preset] };
      return { file, opened: openFile({ path, text: file.text, rules, ...project, selection }) };
    });
    const scripts = opened.map(({ opened: { build } }): WithScripts => {
      const mode = preset === 'hadolint' ? { path: join(PEERS, 'shellcheck') } : 'off';
      return { mode, scripts: build === undefined ? [] : openScripts(build) };
    });
    const said = await askShellcheck(scripts, shellcheck);
    for (const [at, { file, opened: pending }] of opened.entries()) {
      const outside = scripts[at] === undefined ? undefined : outsideOf(scripts[at], said);
      for (const { answers, line } of pending.judge().finish(outside).findings)
        for (const answered of answers) {
          // hadolint has ShellCheck's codes without a name before them.
          const code = answered.replace(/^shellcheck\//, 'hadolint/');
          if (!code.startsWith(preset) || !isAsked(code)) continue;
          const place = starts.get(file)?.(line) ?? line;
          ours.add(keyOf(code, file.label, place));
          if (itself !== undefined && preset === 'buildkit' && !left.has(file.path))
            ours.add(keyOf(code.replace('/', '-itself/'), file.label, place));
        }
    }
  }
  expect(shellcheck.problems).toEqual([]);

  report(theirs, ours, itself !== undefined);
});

/** The line on which the instruction that holds a line begins. */
function instructionLines(text: string): (line: number) => number {
  const { instructions } = parseDockerfile(text);
  return (line) => instructions.findLast(({ span }) => span.line <= line && line <= span.endLine)?.span.line ?? line;
}
