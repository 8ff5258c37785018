/** What is taken over from an earlier text must not be told from what is made anew: edits of all kinds, one upon another. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { type DockerfileSource, type OpenDockerfile, openDockerfile, openProject, type Project } from '../src/index.ts';
import { parseDockerfile } from '../src/syntax/index.ts';
import { generator, type Random } from './harness/file-scripts.ts';

const fixtures = join(fileURLToPath(import.meta.url), '../../fixtures');
const read = (path: string): string => readFileSync(join(fixtures, path), 'utf8');

const short = readdirSync(join(fixtures, 'rules'))
  .sort()
  .flatMap((rule) => readdirSync(join(fixtures, 'rules', rule)).map((name) => `rules/${rule}/${name}`))
  .filter((path) => path.endsWith('Dockerfile'))
  .map(read);
const long = read('long/Dockerfile');

const manifest = JSON.stringify({
  scripts: { build: 'tsc', start: 'node dist/index.js' },
  dependencies: { express: '4' },
  devDependencies: { typescript: '5' },
});
const project = openProject({
  'package.json': manifest,
  'package-lock.json': '{}',
  'src/index.ts': '',
  'README.md': '',
  '.env': 'TOKEN=x',
  '.dockerignore': 'node_modules\n',
  'compose.yaml': 'services:\n  web:\n    build:\n      context: .\n      args: { NODE_VERSION: 22 }\n',
});

const lines = [
  'FROM node:22 AS build',
  'FROM build',
  'FROM scratch',
  'COPY --from=build /app /app',
  'COPY --from=0 /app /app',
  'COPY . .',
  'RUN --mount=type=secret,id=token npm ci',
  'RUN npm install',
  'RUN <<EOF',
  'EOF',
  'ARG TOKEN',
  'ENV API_KEY=4f9c2b7d1e8a6053',
  'ONBUILD RUN npm ci',
  'USER node',
  'SHELL ["/bin/bash", "-c"]',
  '# escape=`',
  '# dflint ignore=root-user',
  '# dflint global ignore=DL3008',
  '# hadolint shell=powershell',
  'CMD ["node", "dist/index.js"]',
];
const pieces = [
  '\\',
  '\\\n',
  '\n',
  '`',
  '"',
  "'",
  '<<EOF',
  '$',
  '${',
  '}',
  '#',
  '&&',
  '|',
  ';',
  ' ',
  '\t',
  'a',
  '\r\n',
];

/** One edit: what somebody types, deletes or pastes, in the middle of a line more often than not. */
function edited(text: string, random: Random, others: readonly string[]): string {
  const pick = (from: readonly string[]): string => from[random(from.length)] ?? '';
  const at = random(text.length + 1);
  const lineStart = text.lastIndexOf('\n', at - 1) + 1;
  const lineEnd = text.indexOf('\n', at) === -1 ? text.length : text.indexOf('\n', at);
  const put = (start: number, end: number, what: string): string => text.slice(0, start) + what + text.slice(end);
  switch (random(12)) {
    case 0:
      return put(at, at, pick(pieces));
    case 1:
      return put(at, Math.min(text.length, at + 1), '');
    case 2:
      return put(at, Math.min(text.length, at + random(40)), '');
    case 3:
      return put(lineStart, lineStart, `${pick(lines)}\n`);
    case 4:
      return put(lineStart, lineEnd, pick(lines));
    case 5:
      return put(lineStart, lineEnd + 1, '');
    case 6:
      return put(lineEnd, lineEnd, ' \\');
    case 7: {
      const other = pick(others).split('\n');
      const from = random(other.length);
      return put(lineStart, random(2) === 0 ? lineStart : lineEnd, other.slice(from, from + random(8)).join('\n'));
    }
    case 8:
      return put(0, random(2) === 0 ? 0 : text.indexOf('\n') + 1, `${pick(lines)}\n`);
    default:
      return put(at, at, pick(['a', 'e', '1', '-', '/', '.', ' ']));
  }
}

const answers = (file: OpenDockerfile): unknown => ({
  ...file.lint(),
  graph: file.graph(),
  ships: file.ships(),
  rebuild: file.rebuild({ paths: ['package.json'], secrets: ['token'] }),
  symbols: file.symbols(),
  outline: file.outline(),
  folds: file.folds(),
});

/** What may be other than it was for the text before. */
function changed(random: Random): Partial<DockerfileSource> {
  switch (random(6)) {
    case 0:
      return { today: '2031-01-01' };
    case 1:
      return { targets: [String(random(4))] };
    case 2:
      return { buildArguments: { NODE_VERSION: '16', TOKEN: 'x' } };
    case 3:
      return { project: openProject({ 'package.json': '{}', 'yarn.lock': '' }) };
    case 4:
      return { path: 'test/Dockerfile.dev' };
    default:
      return { presets: ['recommended'], minConfidence: 'certain' };
  }
}

interface Typing {
  readonly seed: number;
  readonly edits: number;
  readonly texts: readonly string[];
  readonly project?: Project;
}

/** Edits texts one upon another, now and then back to what they were, and compares each with one that is opened alone. */
function type({ seed, edits, texts, project }: Typing): number {
  const random = generator(seed);
  const source = { ...(project === undefined ? {} : { project }), today: '2026-11-21', presets: ['strict'] as const };
  let previous: OpenDockerfile | undefined;
  let differing = 0;
  let undo: string[] = [];
  let text = '';
  for (let edit = 0; edit < edits; edit += 1) {
    if (edit % 40 === 0) {
      text = texts[random(texts.length)] ?? '';
      undo = [];
    } else if (random(6) === 0 && undo.length > 0) text = undo.pop() ?? '';
    else {
      undo.push(text);
      text = edited(text, random, texts);
    }
    const given = { ...source, ...(random(5) === 0 && changed(random)) };
    const file: OpenDockerfile = openDockerfile({ ...given, text, previous });
    const found = answers(file);
    const wanted = answers(openDockerfile({ ...given, text }));
    if (!isDeepStrictEqual(found, wanted)) expect(found, `seed ${seed}, edit ${edit}`).toStrictEqual(wanted);
    const parsed = parseDockerfile(text);
    if (previous?.build !== undefined)
      expect(isDeepStrictEqual(parseDockerfile(text, previous.build.file), parsed), `seed ${seed}, ${edit}`).toBe(true);
    if (file.build !== undefined && previous?.build !== undefined)
      differing += file.build.stages.filter((stage, at) => stage !== previous?.build?.stages[at]).length;
    previous = file;
  }
  return differing;
}

describe('a text that is opened with what was known of the one before', () => {
  test.each([1, 2, 3, 4])(
    'says the same: many short files (seed %i)',
    (seed) => {
      expect(type({ seed, edits: 240, texts: short })).toBeGreaterThan(0);
    },
    120_000,
  );

  test.each([5, 6])(
    'says the same: files in a project (seed %i)',
    (seed) => {
      expect(type({ seed, edits: 240, texts: short, project })).toBeGreaterThan(0);
    },
    120_000,
  );

  test.each([7, 8])(
    'says the same: a long file (seed %i)',
    (seed) => {
      expect(type({ seed, edits: 40, texts: [long], ...(seed % 2 === 0 && { project }) })).toBeGreaterThan(0);
    },
    120_000,
  );

  test('keeps the stages that are the same, and no earlier ones', async () => {
    const [one, other] = [long.indexOf('libpq-dev'), long.lastIndexOf('libpq-dev')];
    let file: OpenDockerfile | undefined;
    const earlier: WeakRef<object>[] = [];
    for (let key = 0; key < 40; key += 1) {
      const [first, second] = [`a${key >> 1}-`, `b${(key + 1) >> 1}-`];
      const text = `${long.slice(0, one)}${first}${long.slice(one, other)}${second}${long.slice(other)}`;
      const before = file?.build?.stages;
      file = openDockerfile({ text, project, previous: file });
      expect(file.lint().text).toBe(text);
      // The one that is typed in, and the one that takes from it.
      const made = (before && file.build?.stages.filter((stage, at) => stage !== before[at])) ?? [];
      expect(made.length).toBeLessThanOrEqual(2);
      if (key < 20) earlier.push(...[file, file.build, ...made].map((each) => new WeakRef(each ?? {})));
    }
    setFlagsFromString('--expose-gc');
    for (let round = 0; round < 3; round += 1) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      runInNewContext('gc')();
    }
    expect(earlier.filter((each) => each.deref() !== undefined)).toHaveLength(0);
    expect(file?.build?.stages).not.toHaveLength(0);
  }, 60_000);
});
