/** Names, renaming, completion, symbols, folds and facts of a Dockerfile, as the API gives them. */
import { describe, expect, test } from 'vitest';
import { createContext, memoryTree, unknownContext } from '../src/context/index.ts';
import { applyFixes } from '../src/fix/apply.ts';
import { type Build, createBuild } from '../src/model/index.ts';
import {
  completionsAt,
  factsAt,
  factsText,
  foldsIn,
  nameAt,
  namesIn,
  outlineSymbols,
  type Position,
  rename,
  renameable,
} from '../src/outline/index.ts';
import { parseDockerfile } from '../src/syntax/index.ts';

/** `¦` marks the place that is asked about. */
function opened(
  marked: string,
  files: Readonly<Record<string, string>> = {},
): { build: Build; at: Position; text: string } {
  const offset = marked.indexOf('¦');
  const text = marked.replace('¦', '');
  const before = text.slice(0, offset);
  const at = { line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') };
  const tree = memoryTree(new Map(Object.entries(files).map(([path, content]) => [`/project/${path}`, content])));
  const context =
    Object.keys(files).length === 0 ? unknownContext : createContext(tree, '/project', '/project/Dockerfile');
  return { build: createBuild(parseDockerfile(text), { context }), at, text };
}

function renamed(marked: string, wanted: string): string {
  const { build, at, text } = opened(marked);
  const result = rename(build, at, wanted);
  if ('refused' in result) return `refused: ${result.refused}`;
  return applyFixes(text, [{ says: '', safety: 'safe', edits: result.edits }]).text;
}

describe('renaming a stage', () => {
  const file =
    'FROM node:22 AS Build\nFROM build AS test\nFROM alpine\nCOPY --from=build /a /b\nCOPY --from="BUILD" /c /d\n';
  const after =
    'FROM node:22 AS make\nFROM make AS test\nFROM alpine\nCOPY --from=make /a /b\nCOPY --from="make" /c /d\n';
  test.each([
    ['at AS', file.replace('AS Build', 'AS Bu¦ild')],
    ['behind AS', file.replace('AS Build', 'AS Build¦')],
    ['at FROM', file.replace('FROM build', 'FROM ¦build')],
    ['at --from', file.replace('=build /a', '=bui¦ld /a')],
    ['in quotes', file.replace('BUILD', 'BU¦ILD')],
  ])('%s', (_, marked) => expect(renamed(marked, 'make')).toBe(after));

  test('a number becomes the name, and a stage without one gets it', () => {
    expect(renamed('FROM node:22\nFROM alpine\nCOPY --from=0¦ /a /b\nRUN --mount=from=0,target=/x ls\n', 'build')).toBe(
      'FROM node:22 AS build\nFROM alpine\nCOPY --from=build /a /b\nRUN --mount=from=build,target=/x ls\n',
    );
  });
  test('the default of an argument that chooses it', () => {
    expect(renamed('ARG BASE=build\nFROM node:22 AS bui¦ld\nFROM ${BASE}\n', 'make')).toBe(
      'ARG BASE=make\nFROM node:22 AS make\nFROM ${BASE}\n',
    );
  });
  test.each([
    ['FROM node:22 AS bui¦ld\nFROM alpine AS run\n', 'run', 'There is a stage run already.'],
    [
      'FROM node:22 AS bui¦ld\nFROM alpine AS run\n',
      '1x',
      '"1x" is no name of a stage: a letter, then letters, digits, - _ and dots.',
    ],
    ['FROM node:22 AS bui¦ld\nFROM alpine AS run\n', 'scratch', 'scratch is a name that BuildKit keeps for itself.'],
    [
      'FROM node:22 AS bui¦ld\nFROM alpine\n',
      'alpine',
      'alpine is what this file calls an image or a context: the stage would hide it.',
    ],
    [
      'ARG T\nFROM node:22 AS build-a\nFROM build-${T}\nCOPY --from=buil¦d-a /a /b\n',
      'make',
      'Line 3 names the stage build-a by a variable, so that it cannot be renamed safely.',
    ],
    ['FROM node:22 AS build\nRUN l¦s\n', 'make', 'Neither a stage nor a variable stands here.'],
  ])('%j is not renamed to %s', (marked, wanted, why) => expect(renamed(marked, wanted)).toBe(`refused: ${why}`));
});

describe('renaming a variable', () => {
  test('a build argument, in all stages and in each form', () => {
    expect(
      renamed(
        'ARG VERSION=1\nFROM node:${VERSION:-2} AS a\nARG VER¦SION\nRUN echo $VERSION "${VERSION#v}" \'$VERSION\' # $VERSION\nFROM alpine\nARG VERSION=3\nLABEL v="$VERSION"\nCOPY <<EOF /v\n$VERSION\nEOF\nCOPY <<\'EOF\' /w\n$VERSION\nEOF\n',
        'V',
      ),
    ).toBe(
      'ARG V=1\nFROM node:${V:-2} AS a\nARG V\nRUN echo $V "${V#v}" \'$VERSION\' # $VERSION\nFROM alpine\nARG V=3\nLABEL v="$V"\nCOPY <<EOF /v\n$V\nEOF\nCOPY <<\'EOF\' /w\n$VERSION\nEOF\n',
    );
  });
  test('an ARG and the ENV of its name are two', () => {
    expect(renamed('FROM alpine\nARG A¦PP=1\nENV APP=$APP\nRUN echo $APP\n', 'X')).toBe(
      'FROM alpine\nARG X=1\nENV APP=$X\nRUN echo $APP\n',
    );
    expect(renamed('FROM alpine\nARG APP=1\nENV APP=$APP\nRUN echo $A¦PP\n', 'X')).toBe(
      'FROM alpine\nARG APP=1\nENV X=$APP\nRUN echo $X\n',
    );
  });
  test('an ENV that is added to is one, in the stages on top of it too', () => {
    expect(
      renamed(
        'FROM alpine AS a\nENV DIRS=/a\nENV DIRS=/b:$DIRS\nFROM a\nRUN echo $DI¦RS\nFROM alpine\nENV DIRS=/c\n',
        'D',
      ),
    ).toBe('FROM alpine AS a\nENV D=/a\nENV D=/b:$D\nFROM a\nRUN echo $D\nFROM alpine\nENV DIRS=/c\n');
  });
  test('in scripts for other shells, heredocs and what the shell sets itself', () => {
    expect(
      renamed(
        "FROM alpine\nARG V=v1\nRUN V=${V#v}; sh -c 'echo \"$V\"'; export V\nRUN <<EOT\necho $V $((V + $V))\ncat <<'E' >a\n$V\nE\nEOT\nRUN --mount=type=secret,id=s,env=V echo $V\nRUN for V in a b; do echo $V; done\nENV E=${¦V}\n",
        'N',
      ),
    ).toBe(
      "FROM alpine\nARG N=v1\nRUN N=${N#v}; sh -c 'echo \"$N\"'; export N\nRUN <<EOT\necho $N $((V + $N))\ncat <<'E' >a\n$V\nE\nEOT\nRUN --mount=type=secret,id=s,env=V echo $V\nRUN for V in a b; do echo $V; done\nENV E=${N}\n",
    );
  });
  test('what a container starts sees the ENV of the whole stage, and no ARG', () => {
    expect(renamed('FROM alpine\nARG P=1\nCMD echo $P\nENV P¦=2\nHEALTHCHECK CMD ["sh", "-c", "echo $P"]\n', 'Q')).toBe(
      'FROM alpine\nARG P=1\nCMD echo $Q\nENV Q=2\nHEALTHCHECK CMD ["sh", "-c", "echo $Q"]\n',
    );
  });
  test('CRLF, continuations and characters of two units before it', () => {
    expect(renamed('FROM alpine\r\nENV A="😀" B¦=1\r\nRUN echo 😀 \\\r\n  $B\r\n', 'C')).toBe(
      'FROM alpine\r\nENV A="😀" C=1\r\nRUN echo 😀 \\\r\n  $C\r\n',
    );
  });
  test.each([
    [
      'FROM node:22\nRUN echo $NODE_V¦ERSION\n',
      'X',
      'NODE_VERSION is not set in this file: the base image or BuildKit sets it.',
    ],
    ['FROM alpine\nENV A¦=1 B=2\n', 'B', 'There is a variable B already.'],
    ['FROM alpine\nENV A¦=1 B=2\n', 'a-b', '"a-b" is no name of a variable: letters, digits and _.'],
  ])('%j is not renamed to %s', (marked, wanted, why) => expect(renamed(marked, wanted)).toBe(`refused: ${why}`));
});

test('only a name can be renamed, and the whole of it', () => {
  const { build, at } = opened('FROM alpine AS a\nENV PORT=80\nEXPOSE ${PO¦RT}\n');
  expect(renameable(build, at)).toEqual({ span: { line: 3, column: 10, endLine: 3, endColumn: 14 }, text: 'PORT' });
  expect(renameable(build, { line: 3, column: 3 })).toBeUndefined();
});

test('places say what stands there, and what a variable is worth', () => {
  const { build, at } = opened('FROM alpine\nENV A=1\nENV A=${A}2\nRUN echo $¦A\n');
  expect(nameAt(build, at)?.place.value?.text).toBe('12');
  expect(
    namesIn(build).map(({ kind, text, places }) => [kind, text, places.map(({ role, value }) => [role, value?.text])]),
  ).toEqual([
    ['stage', '0', [['definition', undefined]]],
    [
      'environment',
      'A',
      [
        ['definition', '1'],
        ['definition', '12'],
        ['reference', '1'],
        ['reference', '12'],
      ],
    ],
  ]);
});

describe('completion', () => {
  const rules = [
    { id: 'root-user', says: 'runs as root' },
    { id: 'DL3002', says: 'last user', linter: 'hadolint' },
    { id: 'StageNameCasing', says: 'casing', linter: 'buildkit' },
  ];
  const stages = 'FROM node:22 AS build\nFROM alpine\nFROM alpine AS run\n';
  test.each([
    ['earlier stages behind --from=', `${stages}COPY --from=¦\n`, ['build', '1']],
    ['in the middle of a name', `${stages}COPY --from=bu¦ /a /b\n`, ['build', '1']],
    ['behind from= of a mount', `${stages}RUN --mount=type=bind,from=¦\n`, ['build', '1']],
    ['behind FROM', `${stages}FROM ¦\n`, ['build', 'run', 'scratch']],
    ['behind the base', 'FROM alpine ¦\n', ['AS']],
    [
      'flags of COPY, each once',
      'FROM alpine\nCOPY --link --¦\n',
      ['--from=', '--chown=', '--chmod=', '--parents', '--exclude='],
    ],
    [
      'flags behind a continuation',
      'FROM alpine\nCOPY --link \\\n  # why\n  --par¦\n',
      ['--from=', '--chown=', '--chmod=', '--parents', '--exclude='],
    ],
    ['types of mounts', 'FROM alpine\nRUN --mount=type=¦ ls\n', ['bind', 'cache', 'tmpfs', 'secret', 'ssh']],
    ['variables', 'ARG G=1\nFROM scratch\nENV A=1\nRUN echo ${¦\n', ['A', 'PATH']],
    ['variables of FROM', 'ARG G=1\nFROM node:$¦\n', ['G']],
    ['rules in a comment', 'FROM alpine\n# dflint ignore=ro¦\n', ['root-user', 'DL3002', 'StageNameCasing']],
    ['rules not named yet', 'FROM alpine\n# dflint ignore=root-user,¦\n', ['DL3002', 'StageNameCasing']],
    ['fields behind the rules', 'FROM alpine\n# dflint ignore=root-user ¦\n', ['reason=', 'until=']],
    ['codes for hadolint', 'FROM alpine\n# hadolint ignore=¦\n', ['DL3002']],
    ['checks to skip', '# check=skip=¦\nFROM alpine\n', ['StageNameCasing', 'all']],
    ['nothing in a reason', 'FROM alpine\n# dflint ignore=root-user reason=ro¦\n', undefined],
    ['nothing in the words of a command', 'FROM alpine\nRUN ec¦\n', undefined],
    ['nothing in the body of a heredoc', 'FROM alpine\nRUN <<EOF\nCO¦\nEOF\n', undefined],
  ])('%s', (_, marked, expected) => {
    const { build, at } = opened(marked);
    expect(
      completionsAt(build, at, rules)
        ?.candidates.map(({ text }) => text)
        .filter((text) => text !== 'PATH' || expected?.includes('PATH')),
    ).toEqual(expected);
  });
  test('it takes the place of what is written', () => {
    const { build, at } = opened(`${stages}COPY --from=bu¦ /a /b\n`);
    expect(completionsAt(build, at, [])?.span).toEqual({ line: 4, column: 13, endLine: 4, endColumn: 15 });
  });
});

test('symbols are stages with what stands in them', () => {
  const { build } = opened(
    'ARG V=22\nFROM node:$V AS build\nENV A=1 B=2\nRUN npm ci \\\n  && npm run build\n\n# next\nFROM alpine\nCMD ["x"]\n',
  );
  const tree = outlineSymbols(build).map(({ kind, name, detail, span, children }) => [
    kind,
    name,
    detail,
    `${span.line}-${span.endLine}`,
    children.map((child) => child.name),
  ]);
  expect(tree).toEqual([
    ['argument', 'V', '22', '1-1', []],
    ['stage', 'build', 'FROM node:$V', '2-5', ['A', 'B', 'RUN npm ci && npm run build']],
    ['stage', 'stage 1', 'FROM alpine', '8-9', ['CMD ["x"]']],
  ]);
  expect(foldsIn(build)).toEqual([
    { line: 2, endLine: 5, kind: 'stage' },
    { line: 4, endLine: 5, kind: 'instruction' },
    { line: 8, endLine: 9, kind: 'stage' },
  ]);
});

describe('facts', () => {
  const files = {
    Dockerfile: '',
    'package.json': '{}',
    'src/index.js': '',
    'src/`odd`.js': '',
    '.dockerignore': 'secret\n',
    secret: '',
  };
  const file =
    'FROM node:22 AS build\nWORKDIR /app\nCOPY . .\nRUN npm run build\nFROM nginx\nCOPY --from=build /app/dist /usr/share/nginx/html\nCOPY --from=build /app/package.json /p\n';
  const said = (marked: string): string => {
    const { build, at } = opened(marked, files);
    const facts = factsAt(build, at);
    return facts === undefined ? '' : factsText(facts, build.file.source);
  };
  test('COPY: what it brings and what runs again', () => {
    const text = said(file.replace('COPY . .', 'CO¦PY . .'));
    expect(text).toContain('`/app/src/index.js`');
    expect(text).toContain('`` /app/src/`odd`.js ``');
    expect(text).not.toContain('secret');
    expect(text).toContain('- line 4: `RUN npm run build`');
    expect(text).toContain('- line 6, stage stage 1, perhaps: `COPY --from=build /app/dist /usr/share/nginx/html`');
    expect(text).toContain('- line 7, stage stage 1: `COPY --from=build /app/package.json /p`');
  });
  test('a stage: what it holds, whether it ships, who uses it', () => {
    const text = said(file.replace('AS build', 'AS bui¦ld'));
    expect(text).toContain('**Stage `build`**, line 1, on `node:22`: does not ship, what ships needs it');
    expect(text).toContain('- directory: `/app`');
    expect(text).toContain('- line 6, stage stage 1: `COPY --from=build');
    expect(said(file.replace('FROM nginx', 'FR¦OM nginx'))).toContain('ships, as the last stage');
  });
  test('a variable: its value here, and where from', () => {
    expect(said('ARG V=1\nFROM alpine\nARG V\nRUN echo $¦V\n')).toBe(
      '**Build argument `V`**: `1`\n\nSet by `ARG` in line 3.\n',
    );
    expect(said('FROM alpine\nRUN echo ${PA¦TH}\n')).toContain('The base image sets it');
    expect(said('FROM alpine\nARG V\nENV A=$¦V\n')).toBe(
      '**Build argument `V`**: not known here\n\n`ARG` of line 2 has no default.\n',
    );
  });
  test('nothing of a place where nothing stands', () => {
    expect(said('FROM alpine\nRUN l¦s\n')).toBe('');
  });
});
