/**
 * `npm run parity`: what hadolint and BuildKit's checks (as tally runs them, and BuildKit itself where it is
 * installed) say of the corpus and the fixtures, beside what dflint says with the presets `hadolint` and `buildkit`.
 * Every difference has its reason in `fixtures/parity-differences.json`.
 */
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
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

const { CODE, OUT, PEERS = '' } = process.env;
const corpus = sharedPath('corpus');
const differencesPath = join(repository, 'fixtures/parity-differences.json');

/**
 * A class of differences and why they are right; `only` says which side has the findings. What stands under `buildkit/`
 * (BuildKit's checks as tally runs them) explains the same difference to BuildKit itself, `buildkit-itself/`.
 */
interface ExplainedDifference {
  readonly code: string;
  readonly only: 'theirs' | 'ours';
  readonly reason: string;
  /** `PATH:LINE`, PATH below `../shared/corpus` or the repository. */
  readonly at: readonly string[];
}

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

const isOfShellcheck = (code: string): boolean => code.startsWith('hadolint/SC');
const asTallyHasIt = (code: string): string => code.replace(/^buildkit-itself/, 'buildkit');

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

function report(theirs: ReadonlySet<string>, ours: ReadonlySet<string>, withBuildkit: boolean): void {
  const table: readonly ExplainedDifference[] = existsSync(differencesPath)
    ? JSON.parse(readFileSync(differencesPath, 'utf8'))
    : [];
  const explained = { theirs: new Set<string>(), ours: new Set<string>() };
  for (const { code, only, at } of table) for (const place of at) explained[only].add(`${code} ${place}`);
  const all = [...new Set([...theirs, ...ours])].sort();
  // hadolint keeps one of ShellCheck's findings of a RUN, and drops the others.
  const placesOfTheirs = new Set([...theirs].filter(isOfShellcheck).map((key) => key.slice(key.indexOf(' '))));
  const isDropped = (key: string): boolean => isOfShellcheck(key) && placesOfTheirs.has(key.slice(key.indexOf(' ')));
  const rows = new Map<string, { both: number; theirs: number; ours: number; unexplained: number }>();
  const unexplained: string[] = [];
  for (const key of all) {
    const code = key.slice(0, key.indexOf(' '));
    const row = rows.get(code) ?? { both: 0, theirs: 0, ours: 0, unexplained: 0 };
    rows.set(code, row);
    const side = !ours.has(key) ? 'theirs' : !theirs.has(key) ? 'ours' : 'both';
    row[side] += 1;
    if (side === 'both' || (side === 'ours' && isDropped(key))) continue;
    if (explained[side].has(key) || explained[side].has(asTallyHasIt(key))) continue;
    row.unexplained += 1;
    unexplained.push(`only ${side}: ${key}`);
  }
  console.table(Object.fromEntries(rows));
  const stale = (['theirs', 'ours'] as const).flatMap((side) =>
    [...explained[side]]
      .filter((key) => (side === 'theirs' ? ours : theirs).has(key) || !all.includes(key))
      .filter((key) => withBuildkit || !key.startsWith('buildkit-itself/')),
  );
  const lines = [
    ...unexplained,
    ...(CODE === undefined ? stale.map((key) => `explained, but no difference: ${key}`) : []),
  ];
  if (OUT === undefined) console.log(lines.slice(0, 200).join('\n'));
  else writeFileSync(OUT, `${lines.join('\n')}\n`);
  if (process.env['STRICT'] !== undefined) expect(lines).toEqual([]);
}
