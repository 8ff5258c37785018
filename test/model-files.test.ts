/** What commands and COPY do to the file system of the model. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createContext, memoryTree, unknownContext } from '../src/context/index.ts';
import { createBuild } from '../src/model/index.ts';
import { parseDockerfile } from '../src/syntax/index.ts';
import { repository } from './harness/shared.ts';

interface HardCase {
  readonly name: string;
  readonly script: string;
  readonly workdir?: string;
  readonly writes?: readonly string[];
  readonly removes?: readonly string[];
}

const cases: { readonly shell: readonly HardCase[] } = JSON.parse(
  readFileSync(join(repository, 'fixtures/shell-cases/hard_cases.json'), 'utf8'),
);

const build = (text: string, files?: Readonly<Record<string, string>>) => {
  const context =
    files === undefined
      ? unknownContext
      : createContext(memoryTree(new Map(Object.entries(files))), '/', '/Dockerfile');
  return createBuild(parseDockerfile(text), { context });
};

const rootfs = (text: string, files?: Readonly<Record<string, string>>) => {
  const last = build(text, files).stages.at(-1);
  if (last === undefined) throw new Error('no stage');
  return last.result.rootfs;
};

test.each(cases.shell.filter(({ writes }) => writes !== undefined))(
  '$name writes and removes',
  ({ script, workdir, writes = [], removes = [] }) => {
    const stage = build(`FROM node:22\nWORKDIR ${workdir}\nARG NPM_TOKEN\nRUN ${script}\n`).stages[0];
    const change = stage?.steps.at(-1)?.before.rootfs;
    expect(change).toBeDefined();
    const split = script.split(' && ');
    const after = build(`FROM node:22\nWORKDIR ${workdir}\nARG NPM_TOKEN\nRUN ${split.slice(0, -1).join(' && ')}\n`)
      .stages[0]?.result.rootfs;
    for (const path of writes) expect(after?.stat(path).presence).toBe('present');
    for (const path of removes) expect(stage?.result.rootfs.stat(path).presence).toBe('absent');
  },
);

describe('what a later layer deletes', () => {
  test('is gone from the file system and stays in its layer', () => {
    const stage = build('FROM node:22\nRUN echo hi > /motd\nRUN rm /motd\n').stages[0];
    expect(stage?.result.rootfs.stat('/motd').presence).toBe('absent');
    expect(stage?.layers[0]?.changes.map(({ path }) => path)).toEqual(['/motd']);
  });

  test('in the same instruction is in no layer', () => {
    const stage = build('FROM node:22\nRUN echo hi > /motd && rm /motd\n').stages[0];
    expect(stage?.layers.flatMap(({ changes }) => changes.filter(({ kind }) => kind === 'addition'))).toEqual([]);
  });
});

test.each([
  ['COPY package.json .', '/app/package.json', 'present'],
  ['COPY package.json ./sub/', '/app/sub/package.json', 'present'],
  ['COPY src ./src', '/app/src/index.js', 'present'],
  ['COPY src .', '/app/index.js', 'present'],
  ['COPY src/ /srv', '/srv/index.js', 'present'],
  ['COPY . .', '/app/src/index.js', 'present'],
  ['COPY . .', '/app/nothing.js', 'absent'],
  ['COPY . .', '/app/secret.txt', 'absent'],
  ['COPY --exclude=src . .', '/app/src/index.js', 'absent'],
  ['COPY package*.json ./', '/app/package-lock.json', 'present'],
  ['COPY package*.json ./', '/app/yarn.lock', 'absent'],
  ['COPY --parents src/index.js ./', '/app/src/index.js', 'present'],
  ['COPY . .\nRUN mv src lib', '/app/lib/index.js', 'present'],
  ['COPY . .\nRUN mv src lib', '/app/src/index.js', 'absent'],
  ['COPY . .\nRUN cp -r src lib', '/app/lib/index.js', 'present'],
  ['COPY . .\nRUN rm -rf src/*', '/app/src/index.js', 'absent'],
  ['COPY . .\nRUN cd src && rm index.js', '/app/src/index.js', 'absent'],
  ['COPY . .\nRUN cd /tmp; rm -f index.js', '/app/src/index.js', 'present'],
  ['COPY . .\nRUN curl -f https://shop.example/up || rm package.json', '/app/package.json', 'unknown'],
  ['COPY . .\nRUN rm maybe.txt || rm package.json', '/app/package.json', 'absent'],
  ['COPY . .\nRUN rm -f maybe.txt || rm package.json', '/app/package.json', 'present'],
  ['COPY <<EOF /app/hello.txt\nhi\nEOF', '/app/hello.txt', 'present'],
  ['RUN mkdir -p /data && touch /data/x', '/data/x', 'present'],
  ['RUN --mount=type=cache,target=/cache echo x > /cache/y', '/cache/y', 'absent'],
  ['RUN echo x | tee /etc/motd', '/etc/motd', 'present'],
  ['RUN if [ -f /app/package.json ]; then touch /yes; fi', '/yes', 'absent'],
  ['ARG KIND=prod\nRUN if [ "$KIND" = prod ]; then touch /yes; else touch /no; fi', '/yes', 'present'],
  ['ARG KIND=prod\nRUN if [ "$KIND" = prod ]; then touch /yes; else touch /no; fi', '/no', 'absent'],
  ['ARG KIND\nRUN if [ "$KIND" = prod ]; then touch /yes; fi', '/yes', 'unknown'],
] as const)('%j: %s is %s', (body, path, presence) => {
  const files = {
    '/package.json': '{}',
    '/package-lock.json': '{}',
    '/src/index.js': '',
    '/secret.txt': '',
    '/.dockerignore': 'secret.txt\n',
  };
  expect(rootfs(`FROM node:22\nWORKDIR /app\n${body}\n`, files).stat(path).presence).toBe(presence);
});

test.each([
  ['COPY --from=build /out/a.txt /b.txt', '/b.txt', 'present'],
  ['COPY --from=build /out /x', '/x/a.txt', 'present'],
  ['COPY --from=0 /out/. /x/', '/x/a.txt', 'present'],
  ['COPY --from=build /out/*.txt /x/', '/x/a.txt', 'present'],
  ['COPY --from=build /out/*.md /x/', '/x/a.txt', 'absent'],
  ['COPY --from=build /out /x', '/x/gone.txt', 'absent'],
] as const)('%s: %s is %s', (copy, path, presence) => {
  const text = `FROM node:22 AS build\nRUN mkdir /out && touch /out/a.txt /out/gone.txt && rm /out/gone.txt\nFROM node:22\n${copy}\n`;
  expect(rootfs(text).stat(path).presence).toBe(presence);
});

test.each([
  ['ln -s lib latest', '/x/latest/a', 'present'],
  ['ln -s lib latest', '/x/latest', 'present'],
  ['ln -s /out/lib latest', '/x/latest/a', 'absent'],
  ['ln -s ../lib lib/self', '/x/lib/self/a', 'present'],
  ['mv lib old && ln -s old lib', '/x/lib/a', 'present'],
] as const)('%s, copied from a stage: %s is %s', (run, path, presence) => {
  const text = `FROM node:22 AS build\nWORKDIR /out\nRUN mkdir lib && touch lib/a && ${run}\nFROM node:22\nCOPY --from=build /out /x\n`;
  expect(rootfs(text).stat(path).presence).toBe(presence);
});

test.each([
  ['rm -rf src', 'unknown'],
  ['rm -f src/lib/a', 'present'],
] as const)('where %s is only possible, the folder src/lib is %s', (run, presence) => {
  const text = `FROM scratch\nARG CLEAN\nWORKDIR /app\nRUN mkdir -p src/lib && touch src/lib/a\nRUN if [ -n "$CLEAN" ]; then ${run}; fi\n`;
  expect(rootfs(text).stat('/app/src/lib').presence).toBe(presence);
});

test('a base that is not known may hold anything', () => {
  expect(rootfs('FROM acme/base\n').stat('/app/package.json').presence).toBe('unknown');
  expect(rootfs('FROM node:22\n').stat('/app/package.json').presence).toBe('absent');
});
