/** What instructions hold beyond BuildKit's own print of them: words, places, mounts, heredocs, triggers. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { type Instruction, type Located, mappedSpan, parseDockerfile, type Span } from '../src/syntax/index.ts';

type Of<K extends Instruction['keyword']> = Instruction & { readonly keyword: K };

/** The only instruction of a keyword in a file that is well. */
function only<K extends Instruction['keyword']>(text: string, keyword: K): Of<K> {
  const file = parseDockerfile(text);
  expect(file.faults).toEqual([]);
  const found = file.instructions.filter((instruction): instruction is Of<K> => instruction.keyword === keyword);
  const [instruction] = found;
  if (instruction === undefined || found.length !== 1) throw new Error(`${found.length} ${keyword} in ${text}`);
  return instruction;
}

/** The text at a place that lies on one line. */
function at(text: string, { span }: Located): string {
  expect(span.line).toBe(span.endLine);
  return text.split('\n')[span.line - 1]?.slice(span.column - 1, span.endColumn - 1) ?? '';
}

const place = (line: number, column: number, endLine: number, endColumn: number): Span => ({
  line,
  column,
  endLine,
  endColumn,
});

describe('FROM', () => {
  test('image, platform and name have their places', () => {
    const text = '  FROM --platform=$P \\\n  # which\n  node:20 as Build\n';
    const from = only(text, 'FROM');
    expect(at(text, from.image)).toBe('node:20');
    expect(from.platform?.references).toEqual(['P']);
    expect(from.platform?.span).toEqual(place(1, 19, 1, 21));
    expect(from.name?.raw).toBe('Build');
    expect(from.span).toEqual(place(1, 3, 3, 19));
    expect(from.keywordSpan).toEqual(place(1, 3, 1, 7));
  });

  test('a word with a variable has no text, one without has', () => {
    const { image } = only('FROM ${BASE:-"x"}$TAG$BASE', 'FROM');
    expect(image).toMatchObject({ raw: '${BASE:-"x"}$TAG$BASE', references: ['BASE', 'TAG'] });
    expect(image).not.toHaveProperty('text');
    expect(only('FROM "alpine:3"', 'FROM').image.text).toBe('alpine:3');
  });
});

describe('COPY', () => {
  test('sources, destination and flags', () => {
    const text = 'FROM a\nCOPY --from=build --chown="1:1" --link --exclude=*.md --parents --exclude=b /a $B /c/\n';
    const copy = only(text, 'COPY');
    expect(copy.sources.map((word) => word.raw)).toEqual(['/a', '$B']);
    expect(at(text, copy.destination)).toBe('/c/');
    expect(copy.from?.text).toBe('build');
    expect(copy.chown).toMatchObject({ raw: '1:1', text: '1:1' });
    expect(copy.exclude.map((word) => word.text)).toEqual(['*.md', 'b']);
    expect([copy.link, copy.parents]).toEqual([true, true]);
    expect(copy.flags.map((flag) => at(text, flag)).slice(0, 2)).toEqual(['--from=build', '--chown="1:1"']);
  });

  test('the JSON form', () => {
    const text = 'FROM a\nCOPY ["a b", "$C", "/d\\\\e"]\n';
    const copy = only(text, 'COPY');
    expect(copy.json).toBe(true);
    expect(copy.sources.map((word) => word.text)).toEqual(['a b', undefined]);
    expect(at(text, copy.sources[1] ?? copy)).toBe('"$C"');
    expect(copy.destination.raw).toBe('/d\\e');
  });

  test('heredocs are no sources; their bodies are read with tabs removed', () => {
    const text = 'FROM a\nCOPY <<-EOF x <<"B" /d/\n\t\tone\n\ttwo\n\tEOF\n\tkept\nB\nRUN x\n';
    const copy = only(text, 'COPY');
    expect(copy.sources.map((word) => word.raw)).toEqual(['x']);
    const [first, second] = copy.heredocs;
    expect(first).toMatchObject({ name: 'EOF', chomp: true, expand: true, content: '\t\tone\n\ttwo\n' });
    expect(first?.body.text).toBe('one\ntwo\n');
    expect(first && mappedSpan(first.body, 4, 7)).toEqual(place(4, 2, 4, 5));
    expect(second?.body.text).toBe('\tkept\n');
    expect(second && at(text, second)).toBe('<<"B"');
  });
});

describe('RUN', () => {
  test('mounts with their defaults', () => {
    const options = [
      'target=/src',
      'type=cache,dst=/c,sharing=Locked,id=$ID',
      'type=secret,id=s,required,env=TOKEN',
      'type=bind,rw,from=b,src=/s,target=/t',
    ];
    const text = `FROM a\nRUN ${options.map((option) => `--mount=${option}`).join(' ')} x\n`;
    const [bind, cache, secret, writable] = only(text, 'RUN').mounts;
    expect(bind).toMatchObject({ type: 'bind', readonly: true, required: false, target: { text: '/src' } });
    expect(bind && at(text, bind)).toBe('--mount=target=/src');
    expect(cache).toMatchObject({
      type: 'cache',
      readonly: false,
      sharing: 'locked',
      id: { raw: '$ID', references: ['ID'] },
    });
    expect(secret).toMatchObject({ type: 'secret', required: true, env: { text: 'TOKEN' } });
    expect(secret?.id && at(text, secret.id)).toBe('s');
    expect(writable).toMatchObject({ readonly: false, from: { text: 'b' }, source: { text: '/s' } });
  });

  test('options in quotes keep their places', () => {
    const text = 'FROM a\nRUN --mount=type=bind,"source=a b",target=/x --mount="type=bind,source=c d,target=/y" z\n';
    const [first, second] = only(text, 'RUN').mounts;
    expect(first?.source && at(text, first.source)).toBe('a b');
    expect(second?.source && at(text, second.source)).toBe('c d');
    expect(second?.target && at(text, second.target)).toBe('/y');
  });

  test('the exec form has literal words', () => {
    const text = 'FROM a\nRUN ["sh", "-c", "echo \\"$A\\"", "daemon off;"]\n';
    const run = only(text, 'RUN');
    expect(run.form).toBe('exec');
    expect(run.exec.map((word) => word.text)).toEqual(['sh', '-c', 'echo "$A"', 'daemon off;']);
    expect(run.exec[2] && at(text, run.exec[2])).toBe('"echo \\"$A\\""');
  });

  test('the line that the shell gets, with places', () => {
    const run = only('FROM a\r\nRUN --network=none a \\\r\n  # c\r\n\r\n  && b\r\n', 'RUN');
    expect(run.line.text).toBe('a   && b');
    expect(mappedSpan(run.line, 4, 6)).toEqual(place(5, 3, 5, 5));
    expect(run.network?.text).toBe('none');
  });
});

describe('ENV, LABEL and ARG', () => {
  test('pairs', () => {
    const text = 'FROM a\nENV A="x y" B=$C \\\n  D=\n';
    const [first, second, third] = only(text, 'ENV').pairs;
    expect(first && at(text, first)).toBe('A="x y"');
    expect(first?.value).toMatchObject({ raw: '"x y"', text: 'x y' });
    expect(second?.value).toMatchObject({ raw: '$C', references: ['C'] });
    expect(third).toMatchObject({ name: { raw: 'D' }, value: { raw: '', text: '' }, span: place(3, 3, 3, 5) });
  });

  test('the old form takes the rest of the line', () => {
    const { pairs } = only('FROM a\nLABEL note  one "two"  three\n', 'LABEL');
    expect(pairs).toMatchObject([{ legacy: true, name: { raw: 'note' }, value: { text: 'one two  three' } }]);
  });

  test('ARG without a default has no value', () => {
    const { pairs } = only('ARG A B=1 C=\nFROM a\n', 'ARG');
    expect(pairs.map((pair) => pair.value?.text)).toEqual([undefined, '1', '']);
  });
});

test('ONBUILD holds its trigger, with places and heredocs', () => {
  const text = 'FROM a\nONBUILD \\\n  COPY --chown=1 <<EOF /x\nbody\nEOF\n';
  const { trigger } = only(text, 'ONBUILD');
  if (trigger.keyword !== 'COPY') throw new Error(trigger.keyword);
  expect(trigger.onbuild).toBe(true);
  expect(trigger.span).toEqual(place(3, 3, 5, 4));
  expect(trigger.destination.span).toEqual(place(3, 24, 3, 26));
  expect(trigger.heredocs.map((heredoc) => heredoc.body.text)).toEqual(['body\n']);
});

test('HEALTHCHECK', () => {
  expect(only('FROM a\nHEALTHCHECK NONE\n', 'HEALTHCHECK').command).toBeUndefined();
  const { command, flags } = only('FROM a\nHEALTHCHECK --interval=1m30s cmd curl x || exit 1\n', 'HEALTHCHECK');
  expect(command).toMatchObject({ form: 'shell', line: { text: 'curl x || exit 1' } });
  expect(flags).toMatchObject([{ name: 'interval', value: { text: '1m30s' } }]);
});

test('comments: all of the file, and those right above each instruction', () => {
  const text = '# syntax=docker/dockerfile:1\n# one\n#\n  # two\n\nFROM a\nRUN x \\\n # three\n y\n# four\n';
  const { comments, instructions, directives } = parseDockerfile(text);
  expect(directives).toMatchObject([{ name: 'syntax', value: 'docker/dockerfile:1' }]);
  expect(comments.map((comment) => comment.text)).toEqual(['one', '', 'two', 'three', 'four']);
  expect(instructions.map((instruction) => instruction.comments.map((comment) => comment.text))).toEqual([['two'], []]);
  expect(comments[2]?.span).toEqual(place(4, 3, 4, 8));
});

interface ShellCase {
  readonly name: string;
  readonly dockerfile: string;
  readonly script: string;
}

const shellCases = join(fileURLToPath(import.meta.url), '../../../shared/shell-cases/hard_cases.json');
const present = existsSync(shellCases);

describe.skipIf(!present)('the text that goes to the shell (needs ../shared/shell-cases)', () => {
  const cases: ShellCase[] = present ? JSON.parse(readFileSync(shellCases, 'utf8')).dockerfile : [];
  test.each(cases)('$name', ({ dockerfile, script }) => {
    const run = parseDockerfile(dockerfile).instructions.find((instruction) => instruction.keyword === 'RUN');
    if (run === undefined) throw new Error('no RUN');
    // BuildKit runs the body itself when the line is nothing but the heredoc, else the line with the body below it.
    const bodies = run.heredocs.map((heredoc) => heredoc.body.text);
    const bare = /^<<\S+$/.test(run.line.text);
    const below = run.heredocs.map((heredoc) => `\n${heredoc.body.text}${heredoc.name}\n`).join('');
    expect(bare ? bodies.join('') : run.line.text + below).toBe(script);
  });
});
