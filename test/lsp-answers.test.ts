/** The language server, asked by vscode-jsonrpc over its pipes: hover, symbols, names, completion. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type {
  CompletionItem,
  DocumentHighlight,
  DocumentSymbol,
  FoldingRange,
  Hover,
  Location,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import { type Client, endClients, marked, modernClient, scratch, startClient, uriOf } from './harness/lsp-client.ts';

let client: Client;
let folder: string;
let opened = 0;
const compose =
  'services:\n  web:\n    build:\n      context: .\n      dockerfile: deploy/Dockerfile.named\n      target: build\n      args:\n        VERSION: "7"\n';

beforeAll(async () => {
  folder = scratch({
    'package.json': '{"name":"app","dependencies":{"express":"4"}}',
    'src/index.js': '',
    '.dockerignore': 'node_modules\nsecret.txt\n',
    'secret.txt': '',
    'compose.yaml': compose,
    'deploy/Dockerfile.named': '',
  });
  client = await startClient({ folders: [folder] });
}, 60_000);
afterAll(endClients);

/** Opens a text with `¦` and asks about that place. */
async function ask<Answer>(method: string, text: string, more: object = {}, path?: string): Promise<Answer> {
  const { text: plain, position } = marked(text);
  opened += 1;
  const uri = path ?? uriOf(`${folder}/Dockerfile.${opened}`);
  await client.open(uri, plain);
  return client.request<Answer>(method, { textDocument: { uri }, position, ...more });
}

const at = (line: number, from: number, to: number) => ({
  start: { line, character: from },
  end: { line, character: to },
});
const valueOf = (hover: Hover | null): string =>
  hover !== null && typeof hover.contents === 'object' && 'value' in hover.contents ? hover.contents.value : '';

const named =
  'FROM node:22 AS build\nARG VERSION\nRUN echo "$VERSION"\nFROM nginx\nCOPY --from=build /a /b\nCOPY --from=0 /c /d\n';

describe('hover', () => {
  test('on a finding its documentation', async () => {
    const hover = await ask<Hover>('textDocument/hover', 'FROM node:22-alpine\nUSER ro¦ot\nCMD ["node", "x.js"]\n');
    expect(valueOf(hover)).toMatch(
      /\*\*warning\*\* \[`root-user`\]\(file:.*root-user\.md\) \(security\): .+\n\n.+\n\nInstead: .+/,
    );
    expect(hover.range?.start.line).toBe(1);
  });
  test('on a stage what it holds, whether it ships, who uses it', async () => {
    const hover = await ask<Hover>(
      'textDocument/hover',
      'FROM node:22 AS bui¦ld\nWORKDIR /app\nCOPY . .\nRUN npm ci\nFROM nginx\nCOPY --from=build /app /b\n',
    );
    expect(valueOf(hover)).toContain('**Stage `build`**, line 1, on `node:22`: does not ship, what ships needs it');
    expect(valueOf(hover)).toContain('- directory: `/app`');
    expect(valueOf(hover)).toContain('- `/app/node_modules`: packages of npm');
    expect(valueOf(hover)).toContain('- line 6, stage stage 1: `COPY --from=build /app /b`');
  });
  test('on a variable its value here, and where that comes from', async () => {
    const hover = await ask<Hover>('textDocument/hover', 'FROM alpine:3.20\nENV A=1\nENV B=${A¦}2\nRUN echo $B\n');
    expect(valueOf(hover)).toContain('**Environment variable `A`**: `1`\n\nSet by `ENV` in line 2.');
    expect(hover.range).toEqual(at(2, 8, 9));
  });
  test('on COPY the files that it brings, and the steps that run again', async () => {
    const project = scratch({
      'package.json': '{}',
      'package-lock.json': '{}',
      'src/index.js': '',
      '.dockerignore': 'secret.txt',
      'secret.txt': '',
    });
    const path = uriOf(`${project}/Dockerfile`);
    const value = valueOf(
      await ask<Hover>('textDocument/hover', 'FROM node:22\nWORKDIR /app\nC¦OPY . .\nRUN npm ci\n', {}, path),
    );
    expect(value).toContain('- `/app/src/index.js`');
    expect(value).not.toContain('secret.txt');
    expect(value).toContain('**Run again when this changes**\n\n- line 4: `RUN npm ci`');
  });
  test('nothing where nothing is known', async () => {
    expect(await ask('textDocument/hover', 'FROM alpine:3.20\n¦\nUSER 1000\n')).toBeNull();
  });
});

test('symbols by stage', async () => {
  const symbols = await ask<DocumentSymbol[]>('textDocument/documentSymbol', `ARG V=1\n${named}¦`);
  expect(
    symbols.map(({ name, detail, range, children }) => [
      name,
      detail,
      range.start.line,
      range.end.line,
      children?.map((each) => each.name),
    ]),
  ).toEqual([
    ['V', '1', 0, 0, []],
    ['build', 'FROM node:22', 1, 3, ['VERSION', 'RUN echo "$VERSION"']],
    ['stage 1', 'FROM nginx', 4, 6, ['COPY --from=build /a /b', 'COPY --from=0 /c /d']],
  ]);
});

test('folds of stages, instructions and comments', async () => {
  const folds = await ask<FoldingRange[]>(
    'textDocument/foldingRange',
    '# a\n# b\nFROM alpine:3.20\nRUN a \\\n  b \\\n  c\nUSER 1\n¦',
  );
  expect(folds).toEqual([
    { startLine: 0, endLine: 1, kind: 'comment' },
    { startLine: 2, endLine: 6 },
    { startLine: 3, endLine: 5 },
  ]);
});

describe('names', () => {
  test.each([
    ['of a stage, from its name', named.replace('=build', '=bu¦ild'), [at(0, 16, 21)]],
    ['of a stage, from its number', named.replace('=0', '=0¦'), [at(0, 16, 21)]],
    ['of a build argument', named.replace('"$VERSION"', '"$VER¦SION"'), [at(1, 4, 11)]],
    ['of ENV the one that counts here', 'FROM alpine:3.20\nENV A=1\nENV A=2\nRUN echo $A¦\n', [at(2, 4, 5)]],
    ['of nothing', 'FROM alpine:3.20\nRUN ec¦ho\n', []],
  ])('definition %s', async (_, text, ranges) => {
    const places = await ask<Location[]>('textDocument/definition', text);
    expect(places.map(({ range }) => range)).toEqual(ranges);
  });

  test('references, with their definition or without it', async () => {
    const places = await ask<Location[]>('textDocument/references', named.replace('AS build', 'AS bu¦ild'), {
      context: { includeDeclaration: true },
    });
    expect(places.map(({ range }) => range)).toEqual([at(0, 16, 21), at(4, 12, 17), at(5, 12, 13)]);
    const without = await ask<Location[]>('textDocument/references', named.replace('ARG VERSION', 'ARG VER¦SION'), {
      context: { includeDeclaration: false },
    });
    expect(without.map(({ range }) => range)).toEqual([at(2, 11, 18)]);
  });
  test('references in compose files', async () => {
    const places = await ask<Location[]>(
      'textDocument/references',
      named.replace('AS build', 'AS bu¦ild'),
      { context: { includeDeclaration: false } },
      uriOf(`${folder}/deploy/Dockerfile.named`),
    );
    expect(places.map(({ uri, range }) => `${uri.slice(uri.lastIndexOf('/') + 1)}:${range.start.line}`)).toEqual([
      'Dockerfile.named:4',
      'Dockerfile.named:5',
      'compose.yaml:5',
    ]);
  });
  test('highlights tell writing from reading', async () => {
    const places = await ask<DocumentHighlight[]>(
      'textDocument/documentHighlight',
      'FROM alpine:3.20\nENV A=1\nRUN echo $A¦\n',
    );
    expect(places).toEqual([
      { range: at(1, 4, 5), kind: 3 },
      { range: at(2, 10, 11), kind: 2 },
    ]);
  });
  test('rename of a stage, numbers too, for the version that was asked about', async () => {
    const edit = await ask<WorkspaceEdit>('textDocument/rename', named.replace('=build', '=bu¦ild'), {
      newName: 'make',
    });
    const [change] = edit.documentChanges ?? [];
    expect(change).toMatchObject({
      textDocument: { version: 1 },
      edits: [at(0, 16, 21), at(4, 12, 17), at(5, 12, 13)].map((range) => ({ range, newText: 'make' })),
    });
  });
  test('rename of a variable in CRLF text behind characters of two units', async () => {
    const edit = await ask<WorkspaceEdit>(
      'textDocument/rename',
      'FROM alpine:3.20\r\nENV A="😀" B¦=1\r\nRUN echo 😀 $B\r\n',
      { newName: 'C' },
    );
    const [change] = edit.documentChanges ?? [];
    expect(change).toMatchObject({
      edits: [
        { range: at(1, 11, 12), newText: 'C' },
        { range: at(2, 13, 14), newText: 'C' },
      ],
    });
  });
  test('rename says what keeps it from being done, and where else the name stands', async () => {
    await expect(ask('textDocument/rename', 'FROM alpine AS a¦\nFROM alpine AS b\n', { newName: 'b' })).rejects.toThrow(
      'There is a stage b already.',
    );
    await expect(ask('textDocument/prepareRename', 'FROM node:22\nRUN echo $NODE_VER¦SION\n')).rejects.toThrow(
      'NODE_VERSION is not set in this file',
    );
    await client.request('textDocument/rename', {
      textDocument: { uri: uriOf(`${folder}/deploy/Dockerfile.named`) },
      position: { line: 0, character: 18 },
      newName: 'make',
    });
    await expect.poll(() => client.messages).toContain('The old name also stands in compose.yaml.');
  });
  test('prepareRename gives the name and its range, null elsewhere', async () => {
    expect(await ask('textDocument/prepareRename', named.replace('=0', '=0¦'))).toEqual({
      range: at(5, 12, 13),
      placeholder: 'build',
    });
    expect(await ask('textDocument/prepareRename', 'FROM alpine:3.20\nRU¦N ls\n')).toBeNull();
  });
});

describe('completion', () => {
  const labels = async (text: string): Promise<readonly string[]> =>
    (await ask<CompletionItem[]>('textDocument/completion', text)).map(({ label }) => label);
  const stages = 'FROM node:22 AS build\nFROM alpine:3.20 AS run\n';
  test.each([
    ['stages behind --from=', `${stages}COPY --from=¦\n`, ['build']],
    ['stages behind FROM', `${stages}FROM ¦\n`, ['build', 'run', 'scratch']],
    ['stages behind from= of a mount', `${stages}RUN --mount=type=bind,from=b¦ ls\n`, ['build']],
    [
      'flags',
      'FROM alpine:3.20\nHEALTHCHECK --¦ CMD x\n',
      ['--interval=', '--timeout=', '--start-period=', '--start-interval=', '--retries='],
    ],
    ['types of mounts', 'FROM alpine:3.20\nRUN --mount=type=¦ ls\n', ['bind', 'cache', 'tmpfs', 'secret', 'ssh']],
  ])('%s', async (_, text, expected) => expect(await labels(text)).toEqual(expected));
  test('rules in ignore comments, codes behind them', async () => {
    const found = await labels('FROM alpine:3.20\n# dflint ignore=root-¦\nUSER root\n');
    expect(found).toContain('root-user');
    expect(found.indexOf('DL3002')).toBeGreaterThan(found.indexOf('root-user'));
  });
  test('it takes the place of what is written', async () => {
    const [item] = await ask<CompletionItem[]>('textDocument/completion', `${stages}COPY --from=bu¦ /a /b\n`);
    expect(item?.textEdit).toEqual({ range: at(2, 12, 14), newText: 'build' });
  });
});

test('what is no Dockerfile has no answers', async () => {
  const uri = uriOf(`${folder}/package.json`);
  await client.connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId: 'json', version: 1, text: 'FROM x' },
  });
  expect(await client.request('textDocument/documentSymbol', { textDocument: { uri } })).toEqual([]);
  expect(
    await client.request('textDocument/hover', { textDocument: { uri }, position: { line: 0, character: 0 } }),
  ).toBeNull();
  expect(modernClient.workspace?.configuration).toBe(true);
});
