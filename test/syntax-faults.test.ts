/** What BuildKit refuses: the place and the gist of each message, and that the rest of the file is still read. */
import { describe, expect, test } from 'vitest';
import { parseDockerfile } from '../src/syntax/index.ts';

/** A fault of `text` below `FROM node AS base`: the text it is at, and a part of its message. */
const faults: readonly (readonly [text: string, at: string, message: string])[] = [
  ['EXPSE 80', 'EXPSE', 'did you mean EXPOSE?'],
  ['wrkdir /a', 'wrkdir', 'did you mean workdir?'],
  ['RUN apt-get update &&\n  install', 'install', 'lack its continuation character?'],
  ['RUN apt-get update\n  && install', '&&', 'lack its continuation character?'],
  ['FROM', 'FROM', 'FROM takes an image'],
  ['FROM node 20', 'node 20', 'FROM takes an image'],
  ['FROM node # LTS', 'node # LTS', 'No comment begins behind it'],
  ['CMD["node", "a.js"]', 'CMD["node",', 'a blank is missing behind CMD'],
  ['FROM node AS', 'node AS', 'FROM takes an image'],
  ['FROM node AS 1st', '1st', 'must start with a letter'],
  ['FROM ""', '""', 'must not be empty'],
  ['FROM --platfrom=x node', '--platfrom=x', 'did you mean --platform?'],
  ['RUN --Mount=type=cache,target=/c x', '--Mount=type=cache,target=/c', 'did you mean --mount?'],
  ['RUN --network=offline x', 'offline', 'default, none, host'],
  ['RUN --security=high x', 'high', 'sandbox, insecure'],
  ['RUN --network=none --network=none x', '--network=none', 'once only'],
  ['RUN --mount=type=volume,target=/c x', 'type=volume', 'bind, cache'],
  ['RUN --mount=tagret=/c x', 'tagret=/c', 'did you mean target?'],
  ['RUN --mount=type=cache,target x', 'target', 'must have a value'],
  ['RUN --mount=type=cache,sharing=none,target=/c x', 'sharing=none', 'shared, private'],
  ['RUN --mount=type=secret x', '--mount=type=secret', 'needs an id'],
  ['RUN --mount=type=secret,id=a,src=b x', '--mount=type=secret,id=a,src=b', 'both id and source'],
  ['RUN --mount=required,type=secret,id=a x', 'required', 'before it'],
  ['RUN --mount=from=$B,target=/c x', 'from=$B', 'cannot hold variables'],
  ['RUN --mount=uid=1,target=/c x', '--mount=uid=1,target=/c', 'cannot have the option uid'],
  ['RUN --mount=type=bind,a"b x', 'a"b', ''],
  ['RUN --device=a,b x', '--device=a,b', '"b" is not known'],
  ['RUN ["a", 1]', '["a", 1]', 'takes strings only'],
  ['CMD --x y', '--x', 'it takes no flags'],
  ['CMD [["a"]]', '[["a"]]', 'takes strings only'],
  ['SHELL bash -c', 'bash -c', 'JSON array'],
  ['SHELL []', '[]', 'JSON array'],
  ['COPY', 'COPY', 'none is given'],
  ['COPY a', 'a', 'only one is given'],
  ['COPY --from base /a /b', '--from', 'joined by "="'],
  ['COPY --chown x y z', '--chown', 'joined by "="'],
  ['COPY --link=maybe a b', '--link=maybe', 'true or false'],
  ['COPY --chmod=rwx a b', 'rwx', 'or in letters'],
  ['COPY --chmod=u+rwx, a b', 'u+rwx,', 'or in letters'],
  ['COPY --chmod=+755 a b', '+755', 'or in letters'],
  ['COPY --chmod=0999 a b', '0999', 'digits are 0 to 7'],
  ['COPY --chmod=644,u+x a b', '644,u+x', 'digits are 0 to 7'],
  ['ADD --chmod=10755 a b', '10755', 'above 7777'],
  ['COPY --link --chown=node a b', 'node', 'give numbers'],
  ['ADD --chown=1000:staff --link a b', '1000:staff', 'give numbers'],
  ['ADD --checksum=sha256:12 a b', 'sha256:12', 'of the build context'],
  ['ADD --checksum=sha256:12 https://e.org/a https://e.org/b c/', 'sha256:12', 'one source'],
  ['ADD --checksum=12ab https://e.org/a b', '12ab', 'write sha256: in front'],
  ['ADD --checksum=md5:12ab https://e.org/a b', 'md5:12ab', 'sha256, sha384, sha512'],
  ['ADD --checksum=sha256:12ab https://e.org/a b', 'sha256:12ab', 'has 4 digits, where sha256 has 64'],
  [`ADD --checksum=sha256:${'F'.repeat(64)} https://e.org/a b`, `sha256:${'F'.repeat(64)}`, 'small letters'],
  ['COPY --from=a --from=b c d', '--from=b', 'once only'],
  ['COPY --from=$STAGE /a /b', '$STAGE', 'cannot hold variables'],
  ['COPY https://e.org/a b', 'https://e.org/a', 'ADD https://e.org/a downloads it'],
  ['COPY a <<EOF\nEOF', '<<EOF', 'cannot have a heredoc as its destination'],
  ['ADD --from=a b c', '--from=a', 'ADD has no flag --from'],
  ['ENV', 'ENV', 'at least one argument'],
  ['ENV A', 'A', 'ENV A=value'],
  ['ENV A=1 B', 'B', 'has no "="'],
  ['ENV A=1 =2', '=2', 'expects a name'],
  ['LABEL x', 'x', 'LABEL x=value'],
  ['ARG', 'ARG', 'at least one argument'],
  ['ARG A = 1', '=', 'expects a name'],
  ['USER', 'USER', 'exactly one argument'],
  ['WORKDIR', 'WORKDIR', 'exactly one argument'],
  ['STOPSIGNAL', 'STOPSIGNAL', 'exactly one argument'],
  ['EXPOSE', 'EXPOSE', 'at least one argument'],
  ['VOLUME', 'VOLUME', 'at least one argument'],
  ['VOLUME ["/a", " "]', '" "', 'not empty'],
  ['HEALTHCHECK', 'HEALTHCHECK', 'NONE, or CMD'],
  ['HEALTHCHECK curl x', 'curl', 'not "curl"'],
  ['HEALTHCHECK CMD', 'CMD', 'needs a command'],
  ['HEALTHCHECK NONE x', 'x', 'takes no arguments'],
  ['HEALTHCHECK --interval=5 CMD x', '5', 'a duration such as 30s'],
  ['HEALTHCHECK --timeout=1us CMD x', '1us', '1ms or longer'],
  ['HEALTHCHECK --retries=-1 CMD x', '-1', 'whole number'],
  ['ONBUILD', 'ONBUILD', 'needs an instruction'],
  ['ONBUILD FROM x', 'FROM', 'cannot have FROM'],
  ['ONBUILD ONBUILD RUN x', 'ONBUILD', 'cannot have ONBUILD'],
  ['ONBUILD MAINTAINER x', 'MAINTAINER', 'cannot have MAINTAINER'],
  ['ONBUILD COPY a', 'a', 'only one is given'],
  ['WORKDIR /a/${', '/a/${', "missing '}'"],
  ['USER "node', '"node', 'double-quote'],
  ['RUN cat <<EOF\nbody\nmore', '<<EOF', 'no line below is "EOF"'],
];

describe('one fault in a file', () => {
  test.each(faults)('%j', (text, at, message) => {
    const { faults, instructions } = parseDockerfile(`FROM node AS base\n${text}\nCMD ["node", "after.js"]\n`);
    const [fault] = faults;
    expect(faults).toHaveLength(1);
    expect(fault?.message).toContain(message);
    const line = `\n${text}`.split('\n')[(fault?.span.line ?? 0) - 1] ?? '';
    expect(line.slice((fault?.span.column ?? 0) - 1, (fault?.span.endColumn ?? 0) - 1)).toContain(at);
    expect(instructions.at(-1)).toMatchObject({ keyword: 'CMD', args: ['node', 'after.js'] });
  });
});

describe('faults of the whole file', () => {
  test.each([
    ['', 1, 'no instructions'],
    ['# a\n\n', 2, 'no instructions'],
    ['RUN x\nCMD y\n', 1, 'No FROM stands before this RUN'],
    ['ARG A\n', 1, 'no stage to build'],
    ['# escape=`\n# escape=\\\nFROM a\n', 2, 'Only one escape directive'],
    ['# escape=x\nFROM a\n', 1, 'must be \\ or `'],
    [`FROM a\nRUN ${'x'.repeat(65_532)}\n`, 2, 'too long'],
    [`FROM a\nRUN ${'é'.repeat(32_766)}\n`, 2, 'too long'],
  ])('%j', (text, line, message) => {
    const { faults } = parseDockerfile(text);
    expect(faults.map((fault) => fault.span.line)).toEqual([line]);
    expect(faults[0]?.message).toContain(message);
  });

  test('the longest line that BuildKit reads', () => {
    expect(parseDockerfile(`FROM a\nRUN ${'x'.repeat(65_531)}\n`).faults).toEqual([]);
  });
});

describe('what BuildKit accepts', () => {
  test.each([
    'RUN',
    'CMD',
    'ENTRYPOINT',
    'RUN []',
    'ARG --x=1 A',
    'STOPSIGNAL --x 9',
    'HEALTHCHECK --nonsense NONE',
    'COPY -- a b',
  ])('%s', (text) => {
    expect(parseDockerfile(`FROM node\n${text}\n`).faults).toEqual([]);
  });
});

describe('what is left of a refused instruction', () => {
  test.each([
    ['FROM node build', 'FROM'],
    ['FROM', 'FROM'],
    ['RUN --nonsense npm ci', 'RUN'],
    ['COPY --chown=1 --chown=2 a b', 'COPY'],
    ['ENV A=1 B', 'ENV'],
    ['COPY a', 'INVALID'],
    ['CMD [1]', 'INVALID'],
    ['ENV A', 'INVALID'],
  ])('%s is %s', (text, keyword) => {
    expect(parseDockerfile(`FROM node\n${text}\n`).instructions[1]?.keyword).toBe(keyword);
  });

  test('lines below a heredoc without an end are instructions again', () => {
    const { instructions, faults } = parseDockerfile('FROM a\nRUN <<EOF\necho one\nnpm ci\nUSER node\nbogus\n');
    expect(instructions.map(({ keyword }) => keyword)).toEqual([
      'FROM',
      'RUN',
      'INVALID',
      'INVALID',
      'USER',
      'INVALID',
    ]);
    expect(faults.map((fault) => fault.span.line)).toEqual([2, 6]);
  });
});
