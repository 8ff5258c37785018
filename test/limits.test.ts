/** What is too long, too deep or too much ends in a finding: nothing throws, and nothing takes long. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { runCli } from './harness/run-cli.ts';

const scratch = mkdtempSync(join(tmpdir(), 'dflint-limits-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

async function findingsOf(text: string, ...argv: readonly string[]) {
  writeFileSync(join(scratch, 'Dockerfile'), text);
  const words = ['--no-config', '--shellcheck', 'off', '--preset', 'all', '-f', 'json', ...argv, 'Dockerfile'];
  const { status, out, err } = await runCli(words, { cwd: scratch });
  expect(err).toBe('');
  expect([0, 1]).toContain(status);
  const said: { files: { findings: { rule: string; line: number; message: string }[] }[] } = JSON.parse(out);
  return said.files.flatMap(({ findings }) => findings);
}

const of = (keyword: 'ENV' | 'ARG', names: string): string =>
  [...names]
    .map((name, at) =>
      at === 0
        ? `${keyword} ${name}=0123456789abcdef\n`
        : `${keyword} ${name}=${`$${names[at - 1]}`.repeat(at === 4 ? 20_000 : 8)}\n`,
    )
    .join('');

const repeated = (count: number, part: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => part(at)).join('');

const beyond: readonly (readonly [what: string, text: string, line: number, says: RegExp])[] = [
  ['a value of ENV', `FROM alpine:3.22\n${of('ENV', 'ABCDE')}`, 5, /value of D is too long/],
  ['a value of a global ARG', `${of('ARG', 'ABCDE')}FROM alpine:3.22\n`, 4, /value of D is too long/],
  ['a label', `FROM alpine:3.22\n${of('ENV', 'ABC')}LABEL d=${'$C'.repeat(9)}\n`, 5, /value of d is too long/],
  ['defaults in defaults', `FROM alpine:3.22\nENV A=${'${x:-'.repeat(5_000)}y${'}'.repeat(5_000)}\n`, 2, /too deep/],
  ['substitutions', `FROM alpine:3.22\nRUN echo ${'$('.repeat(5_000)}ls${')'.repeat(5_000)}\n`, 2, /400 levels/],
  ['subshells', `FROM alpine:3.22\nRUN ${'( '.repeat(5_000)}ls${' )'.repeat(5_000)}\n`, 2, /400 levels/],
  ['here-documents', `FROM alpine:3.22\nRUN a${'<<b'.repeat(2_500)}\n`, 2, /2000 here-documents/],
  ['conditions', `FROM alpine:3.22\nRUN ${'if true; then '.repeat(900)}ls${'; fi'.repeat(900)}\n`, 2, /400 levels/],
  ['a script', `FROM alpine:3.22\nRUN a \\\n${'  b c d && \\\n'.repeat(110_000)} e\n`, 2, /1000000 characters/],
  ['directories', `FROM alpine:3.22\nWORKDIR /${'a/'.repeat(300)}\nCOPY a .\n`, 2, /more directories in one another/],
  ['stages', repeated(2_001, (at) => `FROM alpine:3.22 AS s${at}\n`), 2_001, /one of 2001 stages/],
];

describe('beyond-limits', { timeout: 120_000 }, () => {
  test.each(beyond)('%s', async (_, text, line, says) => {
    const found = (await findingsOf(text)).filter(({ rule }) => rule === 'beyond-limits');
    expect(found.map((each) => each.line)).toEqual([line]);
    expect(found[0]?.message).toMatch(says);
  });

  test('it can be switched off, and its findings be ignored', async () => {
    const text = `FROM alpine:3.22\n${of('ENV', 'ABCDE')}`;
    expect((await findingsOf(text, '--rule', 'beyond-limits=off')).map(({ rule }) => rule)).not.toContain(
      'beyond-limits',
    );
    const ignoring = text.replace('ENV D', '# dflint ignore=beyond-limits\nENV D');
    expect((await findingsOf(ignoring)).map(({ rule }) => rule)).not.toContain('beyond-limits');
  });

  test('what stays within the limits is judged', async () => {
    const text = `FROM alpine:3.22\n${of('ENV', 'ABC')}RUN echo ${'$('.repeat(80)}ls${')'.repeat(80)} $C\n`;
    expect((await findingsOf(text)).map(({ rule }) => rule)).not.toContain('beyond-limits');
  });
});

test('a line that BuildKit does not read', async () => {
  const found = await findingsOf(`FROM alpine:3.22\nRUN echo ${'x'.repeat(70_000)}\n`);
  expect(found.filter(({ rule }) => rule === 'syntax-error').map(({ line }) => line)).toEqual([2]);
});

const bombs: readonly (readonly [what: string, text: string])[] = [
  ['words of RUN', `RUN echo ${'$D'.repeat(20_000)} && touch ${'$D'.repeat(9_000)}\n`],
  ['variables of a script', `RUN X=$D; ${'X=$X$X$X$X$X$X$X$X; '.repeat(50)} touch $X /a$X\n`],
  ['paths and users', `WORKDIR /${'$D'.repeat(9_000)}\nCOPY ${'$D'.repeat(9_000)} /x\nUSER ${'$D'.repeat(9_000)}\n`],
  ['heredocs', `COPY <<EOF /x\n${'$C\n'.repeat(50_000)}EOF\nRUN <<EOF\ncat <<X\n${'$C\n'.repeat(50_000)}X\nEOF\n`],
  ['replacements', `ENV E=\${C//0/${'$C'.repeat(8)}} F=\${C#*${'*a'.repeat(20_000)}}\n`],
  ['braces', 'SHELL ["/bin/bash", "-c"]\nRUN touch /x/{1..1000000000} {1..99}{1..99}{1..99}{1..99}\n'],
  ['a chain of copies', repeated(1_500, (at) => `FROM alpine:3.22 AS s${at}\nCOPY --from=${at} /a /b\n`)],
  [
    'trees that are copied twice into one another',
    `RUN echo a > /a/f\n${repeated(30, (at) => `FROM alpine:3.22 AS s${at + 1}\nCOPY --from=${at} /a /a/b\nCOPY --from=${at} /a /a/c\n`)}`,
  ],
  [
    'folders that cp puts into one another',
    `RUN mkdir /a /b; touch /a/x /b/y\nRUN ${repeated(30, (at) => `cp -r /a /b/${at}; cp -r /b /a/${at}; `)}\n`,
  ],
  [
    'copies that meet again',
    repeated(300, (at) => `FROM alpine:3.22 AS s${at}\nCOPY --from=${at} /a /b\nCOPY --from=${at} /c /d\n`),
  ],
];

test.each(bombs)('%s that grow are no bomb', { timeout: 120_000 }, async (_, text) => {
  const found = await findingsOf(`FROM alpine:3.22\n${of('ENV', 'ABCD')}${text}`);
  expect(found.length).toBeGreaterThan(0);
});
