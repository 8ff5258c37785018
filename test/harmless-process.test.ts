/** What the built command asks of the system, as strace sees it: no socket, no program, no file outside of the project. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { plainFiles, projectFiles } from './fuzz/project-files.ts';
import { commandWords, isBuilt, isCommandNamed } from './harness/command.ts';
import { repository } from './harness/shared.ts';

const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'dflint-traced-')));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const hasStrace = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0;
if (!hasStrace) console.warn('skipped: no strace');
const hasUnshare = spawnSync('unshare', ['-rn', 'true']).status === 0;
if (!hasUnshare) console.warn('skipped: unshare gives no namespaces');

const dockerfile = `# syntax=docker/dockerfile:1
FROM node:22 AS build
WORKDIR /app
COPY . .
ADD https://example.com/a.tgz /tmp/
RUN curl -fsSL https://example.com/x.sh | sh && npm ci && npm run build && ./entrypoint.sh
FROM node:22
COPY --from=build /app /app
CMD ["npm", "start"]
`;

/** A repository in a folder that holds what is not its own. */
function project(): string {
  const root = join(mkdtempSync(join(scratch, 'p-')), 'home/shop');
  const { 'package.json': manifest = '', ...files } = projectFiles;
  const own = { ...plainFiles, ...files, 'package.json': manifest, Dockerfile: dockerfile };
  for (const [path, text] of Object.entries(own)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  for (const name of ['dflint.config.json', 'compose.yaml', 'package.json', '.hadolint.yaml', '.npmrc', 'Makefile'])
    writeFileSync(join(root, '..', name), '{}');
  return root;
}

interface Call {
  readonly name: string;
  readonly text: string;
}

function traced(cwd: string, argv: readonly string[], input = ''): readonly Call[] {
  const out = join(cwd, '../trace');
  const words = ['-f', '-s', '4096', '-e', 'trace=network,execve,execveat,open,openat,openat2,creat', '-o', out];
  const asked = join(cwd, '../asked');
  writeFileSync(asked, input);
  // A server that has been asked something is given the time to answer before its client goes.
  const talk = `{ cat "$0"; ${input === '' ? '' : 'sleep 3;'} } | exec "$@"`;
  const all = ['-c', talk, asked, 'strace', ...words, ...commandWords, ...argv];
  // What is kept from run to run is kept there.
  const env = { ...process.env, XDG_CACHE_HOME: join(cwd, '.cache') };
  const { status, stderr } = spawnSync('sh', all, { cwd, encoding: 'utf8', env });
  expect([0, 1, 2], stderr).toContain(status);
  return readFileSync(out, 'utf8')
    .split('\n')
    .flatMap((text) => {
      const [, name] = /^\d+ +(\w+)\(/.exec(text) ?? [];
      return name === undefined ? [] : [{ name, text }];
    });
}

/** What a call opened to read or write: absolute paths only, those that are not there aside. O_PATH is how bun asks for a stat. */
const opened = (calls: readonly Call[]): readonly string[] =>
  calls.flatMap(({ name, text }) => {
    if (!/^(?:open|openat|openat2|creat)$/.test(name) || /= -1 |\bO_PATH\b/.test(text)) return [];
    return /"((?:[^"\\]|\\.)*)"/.exec(text)?.[1] ?? [];
  });

const runs: readonly (readonly string[])[] = [
  ['--preset', 'all', '--shellcheck', 'off', '.'],
  ['--preset', 'all', '--shellcheck', 'off', '--no-config', '--unsafe-fixes', '--diff', '-f', 'sarif', '.'],
  ['--shellcheck', 'off', '--no-config', '--unsafe-fixes', '-f', 'json=report.json', '.'],
  ['ships', '--files'],
  ['graph', '-f', 'dot'],
  ['rebuild', 'package.json'],
  ['config', '.'],
  ['migrate', '.'],
  ['init', '--print'],
  ['explain', 'root-user'],
];

/** What Node.js itself opens. */
const ofTheSystem = /^\/(?:proc|sys|etc|dev|lib|lib64|usr|opt)\//;

const said = (id: number | undefined, method: string, params: object): string =>
  JSON.stringify({ jsonrpc: '2.0', ...(id === undefined ? {} : { id }), method, params });

const info = { name: 'traced', version: '1' };

/** What an assistant says to `dflint mcp`: a message a line. */
const toAssistantServer = [
  said(1, 'initialize', { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: info }),
  said(undefined, 'notifications/initialized', {}),
  said(2, 'tools/call', { name: 'lint', arguments: { path: 'Dockerfile', preset: 'all' } }),
  said(3, 'tools/call', { name: 'lint', arguments: { path: '../package.json' } }),
  said(4, 'tools/call', { name: 'ships', arguments: { path: 'Dockerfile' } }),
]
  .map((message) => `${message}\n`)
  .join('');

/** What an editor says to `dflint lsp`: each message behind its length. */
const toLanguageServer = (root: string): string => {
  const uri = `file://${root}/Dockerfile`;
  return [
    said(1, 'initialize', { processId: null, rootUri: `file://${root}`, capabilities: {} }),
    said(undefined, 'initialized', {}),
    said(undefined, 'textDocument/didOpen', {
      textDocument: { uri, languageId: 'dockerfile', version: 1, text: dockerfile },
    }),
    said(2, 'textDocument/documentSymbol', { textDocument: { uri } }),
    said(3, 'textDocument/hover', { textDocument: { uri }, position: { line: 3, character: 1 } }),
  ]
    .map((message) => `Content-Length: ${Buffer.byteLength(message)}\r\n\r\n${message}`)
    .join('');
};

/** What a run asked of the system that is no business of a linter. */
function misdeeds(calls: readonly Call[], cwd: string): readonly string[] {
  const names = (pattern: RegExp): readonly string[] =>
    calls.filter(({ name }) => pattern.test(name)).map(({ text }) => text);
  const foreign = opened(calls).filter((path) => {
    if (!path.startsWith('/') || ofTheSystem.test(path) || path.startsWith(`${cwd}/`) || path === cwd) return false;
    return isCommandNamed || !path.startsWith(`${realpathSync(repository)}/`);
  });
  return [
    // Node.js talks to its own threads over pairs, bun writes so to its standard output; nothing is connected, and no
    // address is named.
    ...names(/^(?:socket|connect|bind|listen|accept4?)$/),
    ...names(/^(?:sendto|sendmsg)$/).filter((text) => !/\bNULL, 0\)|\bmsg_name=NULL\b/.test(text)),
    ...names(/^exec/).slice(1),
    ...foreign.filter((path) => path !== commandWords[0]),
  ];
}

describe.skipIf(!isBuilt || !hasStrace)('traced', { timeout: 300_000 }, () => {
  test.each(runs)('%s %s %s %s %s', (...given) => {
    const argv = given.filter((word) => word !== undefined);
    const cwd = project();
    const calls = traced(cwd, argv);
    expect(calls.length).toBeGreaterThan(5);
    expect(misdeeds(calls, cwd)).toEqual([]);
  });

  test.each(['mcp', 'lsp'])('dflint %s', (server) => {
    const cwd = project();
    const argv = server === 'lsp' ? ['lsp', '--stdio', '--shellcheck', 'off'] : ['mcp'];
    const calls = traced(cwd, argv, server === 'lsp' ? toLanguageServer(cwd) : toAssistantServer);
    expect(opened(calls)).toContain(`${cwd}/package.json`);
    expect(misdeeds(calls, cwd)).toEqual([]);
  });

  test('the trace would tell', () => {
    const cwd = project();
    const out = join(cwd, '../trace');
    spawnSync(
      'strace',
      [
        '-f',
        '-e',
        'trace=network,execve',
        '-o',
        out,
        process.execPath,
        '-e',
        "require('net').connect(9, '127.0.0.1').on('error', () => {})",
      ],
      { cwd },
    );
    expect(readFileSync(out, 'utf8')).toMatch(/connect\(/);
  });
});

test.skipIf(!isBuilt || !hasUnshare)('without a network the same is said', { timeout: 120_000 }, () => {
  const cwd = project();
  const argv = [...commandWords, '--preset', 'all', '--shellcheck', 'off', '-f', 'json', '.'];
  const run = (words: readonly string[]) => {
    const [program = '', ...rest] = words;
    const { status, stdout, stderr } = spawnSync(program, rest, { cwd, encoding: 'utf8' });
    return { status, stdout, stderr };
  };
  expect(run(['unshare', '-rn', ...argv])).toEqual(run(argv));
});
