/** The syntax layer against what BuildKit's own parser says of 256 files; see `fixtures/buildkit-ast/README.md`. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import {
  type Comment,
  type Dockerfile,
  type Flag,
  type Heredoc,
  type Instruction,
  parseDockerfile,
} from '../src/syntax/index.ts';

interface ExpectedInstruction {
  keyword: string;
  word?: string;
  line?: number;
  endLine?: number;
  flags?: string[];
  json?: boolean;
  args?: string[];
  logical: string;
  comments?: string[];
  heredocs?: object[];
  onbuild?: ExpectedInstruction;
}

interface ExpectedError {
  message: string;
  line?: number;
}

interface Expected {
  escape?: string;
  directives?: { name: string; value: string; line: number }[];
  instructions?: ExpectedInstruction[];
  stages?: object[];
  globalArgs?: string[];
  parseError?: ExpectedError;
  instructionError?: ExpectedError;
}

/**
 * What BuildKit refuses only once it expands words and mounts and reads the values of flags, after the parsing
 * that the expected files print: the lines of such faults.
 */
const refusedLater = new Map([
  ['arg-quotes', [2, 2]],
  ['flags-add', [2]],
  ['flags-copy-all', [2]],
  ['flags-copy-from-forms', [7]],
  ['flags-run-mount-quoted', [4]],
  ['onbuild-json', [2]],
  ['vars-unterminated', [2, 4]],
  ['volume-forms', [4, 4]],
]);

const folder = join(fileURLToPath(import.meta.url), '../../fixtures/buildkit-ast/cases');
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.Dockerfile'))
  .map((file) => file.slice(0, -'.Dockerfile'.length));

describe.each(names)('%s', (name) => {
  const text = readFileSync(join(folder, `${name}.Dockerfile`), 'utf8');
  const expected: Expected = JSON.parse(readFileSync(join(folder, `${name}.expected.json`), 'utf8'));
  const file = parseDockerfile(text);
  const { parseError, instructionError } = expected;

  test('directives', () => {
    const found = file.directives.map(({ name, value, span }) => ({ name, value, line: span.line }));
    expect(found).toEqual(expected.directives ?? []);
  });

  if (parseError === undefined)
    test('instructions', () => {
      const found = file.instructions.map((instruction) => asPrinted(instruction, file));
      expect(file.escape).toBe(expected.escape);
      expect(found).toEqual(
        expected.instructions?.map((one, index) => withoutRefusedTrigger(one, file.instructions[index])),
      );
    });

  if (parseError === undefined && instructionError === undefined)
    test('stages and global arguments', () => {
      expect(stagesOf(file)).toEqual(expected.stages ?? []);
      expect(globalArgumentsOf(file)).toEqual(expected.globalArgs ?? []);
    });

  if (instructionError !== undefined)
    test('the first fault is where BuildKit stops', () => {
      expect(file.faults.map((fault) => fault.span.line)[0]).toBe(instructionError?.line);
    });

  if (parseError !== undefined)
    test('a fault where the parser stops', () => {
      // BuildKit counts the lines before a directive, not the directive's own.
      const offByOne = /directive|escape token/.test(parseError?.message ?? '') ? 1 : 0;
      const line = Math.max((parseError?.line ?? 0) + offByOne, 1);
      expect(file.faults.map((fault) => fault.span.line)).toContain(line);
    });

  if (parseError === undefined && instructionError === undefined)
    test('no other fault', () => {
      expect(file.faults.map((fault) => fault.span.line)).toEqual(refusedLater.get(name) ?? []);
    });
});

/** ONBUILD of an instruction that it cannot have is `INVALID` and has no trigger. */
function withoutRefusedTrigger(expected: ExpectedInstruction, found: Instruction | undefined): ExpectedInstruction {
  const { onbuild, ...rest } = expected;
  return onbuild === undefined || found?.keyword === 'INVALID' ? rest : expected;
}

/** An instruction in the form of the expected files. */
function asPrinted(instruction: Instruction, file: Dockerfile): ExpectedInstruction {
  const { word, span, logical, flags, heredocs, comments, onbuild } = instruction;
  const keyword = word.toUpperCase();
  return {
    keyword,
    ...(keyword === word ? {} : { word }),
    ...(onbuild ? {} : { line: span.line, endLine: span.endLine }),
    ...(flags.length === 0 ? {} : { flags: flags.map(flagText) }),
    ...(instruction.json ? { json: true } : {}),
    ...(instruction.args.length === 0 ? {} : { args: [...instruction.args] }),
    logical: logical.text,
    ...(comments.length === 0 ? {} : { comments: comments.map((comment) => commentText(comment, file)) }),
    ...(heredocs.length === 0 || onbuild ? {} : { heredocs: heredocs.map(heredocFields) }),
    ...(instruction.keyword === 'ONBUILD' ? { onbuild: asPrinted(instruction.trigger, file) } : {}),
  };
}

function flagText({ name, value }: Flag): string {
  return value === undefined ? `--${name}` : `--${name}=${value.raw}`;
}

/** BuildKit drops the first character of a comment line, which of an indented one is a blank. */
function commentText({ text, span }: Comment, { source }: Dockerfile): string {
  const start = source.lineStarts[span.line - 1] ?? 0;
  const indented = span.column > 1 && source.text[start] !== '\ufeff';
  return indented ? source.text.slice(start + span.column - 1, start + span.endColumn - 1) : text;
}

function heredocFields({ name, expand, chomp, fd, content }: Heredoc): object {
  return { name, expand, chomp, content, ...(fd === 0 ? {} : { fd }) };
}

function stagesOf(file: Dockerfile): object[] {
  return file.instructions
    .filter((instruction) => instruction.keyword === 'FROM')
    .map(({ image, platform, name, span }, index) => ({
      index,
      base: image.raw,
      line: span.line,
      ...(name === undefined ? {} : { name: name.raw.toLowerCase() }),
      ...(platform === undefined ? {} : { platform: platform.raw }),
    }));
}

function globalArgumentsOf(file: Dockerfile): string[] {
  const first = file.instructions.findIndex((instruction) => instruction.keyword === 'FROM');
  return file.instructions
    .slice(0, first)
    .flatMap((instruction) => (instruction.keyword === 'ARG' ? instruction.pairs : []))
    .map(({ name, value }) => (value === undefined ? name.raw : `${name.raw}=${value.raw}`));
}
