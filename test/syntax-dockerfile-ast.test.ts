/** Each way in which dockerfile-ast reads files otherwise than BuildKit: this layer follows BuildKit. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Dockerfile, type FromInstruction, imageSpans, parseDockerfile, type Span } from '../src/syntax/index.ts';
import { instructionSpans } from '../src/syntax/slice.ts';
import { sharedPath } from './harness/shared.ts';

/** The keywords in a file, with the names of heredocs. */
function outline(text: string): readonly string[] {
  return parseDockerfile(`FROM a\n${text}\nUSER b\n`).instructions.map(({ word, heredocs }) =>
    [word, ...heredocs.map(({ name, chomp }) => (chomp ? `-${name}` : name))].join(' '),
  );
}

describe('boundaries', () => {
  test.each([
    ['a heredoc in quotes is none', 'RUN echo "x <<EOF"', ['RUN']],
    ['nor one in JSON form', 'RUN ["sh","-c","cat <<EOF"]', ['RUN']],
    ['nor an escaped one', 'RUN echo \\<<EOF', ['RUN']],
    ['nor `<<- NAME`', 'RUN cat <<- EOF', ['RUN']],
    ['nor one beside an open quote', "RUN cat <<EOF && echo it's", ['RUN']],
    ['a blank may stand after `<<`', 'RUN cat << EOF\nbody\nEOF', ['RUN EOF']],
    ['a heredoc may have a file descriptor', 'RUN 3<<EOF cat\nbody\nEOF', ['RUN EOF']],
    ['a delimiter in quotes may hold blanks', 'RUN <<"E O F"\nbody\nE O F', ['RUN E O F']],
    ['only `<<-` drops tabs', 'RUN cat <<-A <<B\n\tA\n\tB\nB', ['RUN -A B']],
    ['two escapes are no continuation', 'RUN a \\\\\nRUN b', ['RUN', 'RUN']],
    ['arithmetic shift is a heredoc', 'RUN echo $((1 << 2))\n2))', ['RUN 2))']],
    ['a line with nothing but the escape', '\\\nRUN a', ['RUN']],
  ])('%s', (_, text, keywords) => {
    expect(outline(text)).toEqual(['FROM', ...keywords, 'USER']);
  });

  test('an unknown directive ends the directives', () => {
    expect(parseDockerfile('# title=x\n# escape=`\nFROM a\n')).toMatchObject({ escape: '\\', directives: [] });
  });
});

test('`# key=value` at the top is a comment', () => {
  const { comments, directives } = parseDockerfile('# hadolint ignore=DL3006\nFROM a\n');
  expect([comments.map((comment) => comment.text), directives]).toEqual([['hadolint ignore=DL3006'], []]);
});

test('comments inside a continuation are in no argument', () => {
  expect(second('RUN a \\\n# c | d\n && b').args).toEqual(['a  && b']);
});

test('backslashes stay, quotes hold words together', () => {
  expect(second('ENV A=x\\ y B="c d"').args).toEqual(['A', 'x\\ y', '=', 'B', '"c d"', '=']);
});

test('JSON strings keep their blanks, a trailing comma makes the shell form', () => {
  expect(second('CMD ["nginx", "daemon off;"]').args).toEqual(['nginx', 'daemon off;']);
  expect(second('CMD ["a",]')).toMatchObject({ json: false, args: ['["a",]'] });
});

test.each([
  ['RUN pre--commit --all', []],
  ['CMD --x y', ['x']],
  ['WORKDIR --x y', ['x']],
  ['COPY --link --from=a b c', ['link', 'from']],
])('flags of %s', (text, names) => {
  expect(second(text).flags.map((flag) => flag.name)).toEqual(names);
});

test('one of several flags', () => {
  expect(second('COPY --link --from=a b c')).toMatchObject({ from: { text: 'a' } });
  expect(second('FROM --platform=x node')).toMatchObject({ platform: { text: 'x' } });
});

test('variables with every operator', () => {
  expect(second('WORKDIR ${a-y}${b#p}${c/x/z}')).toMatchObject({ value: { references: ['a', 'b', 'c'] } });
});

test('ARG with several names', () => {
  expect(second('ARG A B=1')).toMatchObject({
    pairs: [{ name: { raw: 'A' } }, { name: { raw: 'B' }, value: { raw: '1' } }],
  });
});

describe('places from dockerfile-ast', () => {
  test.each([
    ['FROM node', 'node', undefined, undefined],
    ['FROM --platform=x ghcr.io/o/app:1@sha256:ab AS b', 'ghcr.io/o/app', '1', 'sha256:ab'],
    ['FROM localhost:5000/app', 'localhost:5000/app', undefined, undefined],
    ['FROM org/app.web:${TAG:-1.2}', 'org/app.web', '${TAG:-1.2}', undefined],
    ['FROM ${IMAGE:-node:20}', '${IMAGE:-node:20}', undefined, undefined],
    ['FROM "node:20"', '"node:20"', undefined, undefined],
    ['# escape=`\nFROM `\n  # c\n  node:20', 'node', '20', undefined],
    ['\ufeffFROM\fnode:20', 'node', '20', undefined],
    ['FROM', '', undefined, undefined],
  ])('%j', (text, name, tag, digest) => {
    const file = parseDockerfile(text);
    const [from] = file.instructions.filter((found): found is FromInstruction => found.keyword === 'FROM');
    if (from === undefined) throw new Error('no FROM');
    const spans = imageSpans(file, from);
    expect(textAt(file, spans.name)).toBe(name);
    expect(spans.tag && textAt(file, spans.tag)).toBe(tag);
    expect(spans.digest && textAt(file, spans.digest)).toBe(digest);
  });
});

const corpus = sharedPath('corpus') ?? '';
const projects = existsSync(corpus) ? readdirSync(corpus) : [];

test.skipIf(projects.length === 0)('both agree on the places of keywords and words (needs ../shared/corpus)', () => {
  let compared = 0;
  for (const path of projects
    .map((project) => join(corpus, project, 'Dockerfile'))
    .filter((path) => existsSync(path))) {
    const file = parseDockerfile(readFileSync(path, 'utf8'));
    for (const instruction of file.instructions) {
      if (instruction.keyword !== 'COPY' || instruction.json || instruction.heredocs.length > 0) continue;
      const words = [...instruction.sources, instruction.destination];
      const slice = instructionSpans(file, instruction);
      expect(slice?.keyword, path).toEqual(instruction.keywordSpan);
      expect(slice?.arguments, path).toEqual(words.map(({ span }) => span));
      compared += 1;
    }
  }
  expect(compared).toBeGreaterThan(1000);
});

function second(text: string) {
  const instruction = parseDockerfile(`FROM a\n${text}\n`).instructions[1];
  if (instruction === undefined) throw new Error(text);
  return instruction;
}

function textAt({ source }: Dockerfile, { line, column, endLine, endColumn }: Span): string {
  expect(endLine).toBe(line);
  const start = (source.lineStarts[line - 1] ?? 0) - 1;
  return source.text.slice(start + column, start + endColumn);
}
