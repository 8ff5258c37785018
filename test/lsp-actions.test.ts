/** The language server's code actions and its life, as vscode-jsonrpc sees them. */
import { chmodSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import type { CodeAction, Range, TextEdit, WorkspaceEdit } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import {
  type Client,
  type ClientOptions,
  endClients,
  modernClient,
  scratch,
  startClient,
  uriOf,
} from './harness/lsp-client.ts';

afterEach(endClients);
const options = { timeout: 60_000 };
const uri = 'untitled:Untitled-1';
const everywhere: Range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
const text = 'FROM node:22-alpine\nWORKDIR /app\nCOPY --from=0x /a /b\nCOPY . .\nRUN npm ci\nCMD npm start\n';
const unnamed = 'FROM node:22-alpine\nRUN ls\nFROM nginx:1.27\nCOPY --from=0 /a /b\nUSER nginx\n';

async function opened(content: string, given: ClientOptions = {}, at = uri): Promise<Client> {
  const client = await startClient(given);
  await client.open(at, content);
  return client;
}

const actionsAt = (client: Client, range: Range, only?: readonly string[], at = uri) =>
  client.request<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri: at },
    range,
    context: { diagnostics: [], ...(only === undefined ? {} : { only }) },
  });

function editsOf(edit: WorkspaceEdit | undefined, at = uri): TextEdit[] {
  const changed =
    edit?.documentChanges?.flatMap((change) =>
      'textDocument' in change && change.textDocument.uri === at ? change.edits : [],
    ) ?? [];
  return [...(edit?.changes?.[at] ?? []), ...changed].flatMap((each) => ('newText' in each ? [each] : []));
}

const after = (content: string, edit: WorkspaceEdit | undefined, at = uri): string =>
  TextDocument.applyEdits(TextDocument.create(at, 'dockerfile', 1, content), editsOf(edit, at));

describe('code actions', options, () => {
  test('each fix, a preferred one when it is safe, for the version that is open', async () => {
    const client = await opened(unnamed);
    const actions = await actionsAt(client, { start: { line: 0, character: 3 }, end: { line: 0, character: 3 } });
    const fix = actions.find(({ title }) => title === 'Name the stage tools' || title.startsWith('Name the stage'));
    expect(fix).toMatchObject({ kind: 'quickfix', isPreferred: true, diagnostics: [{ code: 'unnamed-stage' }] });
    expect(fix?.edit?.documentChanges?.[0]).toMatchObject({ textDocument: { uri, version: 1 } });
    const name = fix?.title.replace('Name the stage ', '');
    expect(after(unnamed, fix?.edit)).toBe(
      unnamed.replace('alpine\n', `alpine AS ${name}\n`).replace('=0', `=${name}`),
    );
    const elsewhere = { start: { line: 1, character: 0 }, end: { line: 1, character: 1 } };
    expect(await actionsAt(client, elsewhere, ['quickfix'])).toEqual([]);
  });

  test('an unsafe fix says so, and old clients get plain changes', async () => {
    const client = await opened(text, { capabilities: {} });
    const actions = await actionsAt(client, everywhere, ['quickfix']);
    const unsafe = actions.filter(({ title }) => title.endsWith('(may change what the image does)'));
    expect(unsafe.length).toBeGreaterThan(0);
    for (const { edit, isPreferred } of unsafe) {
      expect(isPreferred).toBeUndefined();
      expect(edit?.changes?.[uri]?.length).toBeGreaterThan(0);
    }
  });

  test('source.fixAll.dflint makes all safe ones, resolved when it is chosen', async () => {
    const client = await opened(unnamed);
    for (const only of ['source.fixAll.dflint', 'source.fixAll', 'source']) {
      const [action, ...others] = await actionsAt(client, everywhere, [only]);
      expect([action?.kind, action?.edit, others]).toEqual(['source.fixAll.dflint', undefined, []]);
      const resolved = await client.request<CodeAction>('codeAction/resolve', action);
      expect(after(unnamed, resolved.edit)).toMatch(
        /^FROM node:22-alpine AS (\w+)\nRUN ls\nFROM nginx:1.27\nCOPY --from=\1 /,
      );
    }
    expect(await actionsAt(client, everywhere, ['refactor'])).toEqual([]);
  });

  test('source.fixAll.dflint at once for clients that cannot ask later; CRLF stays', async () => {
    const client = await opened(unnamed.replaceAll('\n', '\r\n'), { capabilities: {} });
    const [action] = await actionsAt(client, everywhere, ['source.fixAll']);
    const made = after(unnamed.replaceAll('\n', '\r\n'), action?.edit);
    expect(made).toMatch(/^FROM node:22-alpine AS \w+\r\nRUN ls\r\n/);
    expect(made.split('\n').length).toBe(made.split('\r\n').length);
  });

  test('a fix that makes a file says so in its edit', async () => {
    const folder = scratch({
      'package.json': '{"name":"a"}',
      'package-lock.json': '{}',
      'index.js': '',
      'node_modules/x/index.js': '',
      '.env': 'A=1',
    });
    const at = uriOf(`${folder}/Dockerfile`);
    const content = 'FROM node:22-alpine\nWORKDIR /app\nCOPY . .\nUSER node\nCMD ["node", "index.js"]\n';
    const modern = await opened(content, { folders: [folder] }, at);
    const create = (await actionsAt(modern, everywhere, ['quickfix'], at)).find(({ edit }) =>
      edit?.documentChanges?.some((each) => 'kind' in each),
    );
    expect(create?.edit?.documentChanges?.[0]).toMatchObject({ kind: 'create', uri: uriOf(`${folder}/.dockerignore`) });
    expect(create?.edit?.documentChanges?.[1]).toMatchObject({
      textDocument: { uri: uriOf(`${folder}/.dockerignore`), version: null },
    });
    const plain = await opened(content, { folders: [folder], capabilities: {} }, at);
    expect((await actionsAt(plain, everywhere, ['quickfix'], at)).map(({ title }) => title)).not.toContain(
      create?.title,
    );
  });

  test('an ignore comment with a reason, after which the finding is silent', async () => {
    const content = 'FROM node:22-alpine\r\n  USER root\r\nCMD ["node", "x.js"]\r\n';
    const client = await opened(content);
    const ignore = (await actionsAt(client, everywhere)).find(
      ({ title }) => title === 'Ignore root-user for this instruction',
    );
    const made = after(content, ignore?.edit);
    expect(made).toBe(
      'FROM node:22-alpine\r\n  # dflint ignore=root-user reason=TODO: say why\r\n  USER root\r\nCMD ["node", "x.js"]\r\n',
    );
    const next = client.next(uri, client.change(uri, made));
    expect((await next).diagnostics.map(({ code }) => code)).not.toContain('root-user');
  });

  test('the rule is explained: shown where the editor can, told where it cannot', async () => {
    const showing = await opened('FROM node:22-alpine\nUSER root\n', {
      capabilities: { ...modernClient, window: { showDocument: { support: true } } },
    });
    const shown: string[] = [];
    showing.connection.onRequest('window/showDocument', ({ uri: page }: { uri: string }) => {
      shown.push(page);
      return { success: true };
    });
    const explain = (await actionsAt(showing, everywhere)).find(({ title }) => title === 'Explain root-user');
    const markdown = await showing.request<string>('workspace/executeCommand', explain?.command);
    expect(markdown).toMatch(/^# root-user$/m);
    await expect.poll(() => shown).toEqual([expect.stringMatching(/^file:.*\/docs\/rules\/root-user\.md$/)]);
    const telling = await opened('FROM node:22-alpine\n');
    await telling.request('workspace/executeCommand', { command: 'dflint.explain', arguments: ['DL3002'] });
    await expect.poll(() => telling.messages.join()).toContain('root-user: ');
    await expect(
      telling.request('workspace/executeCommand', { command: 'dflint.explain', arguments: ['no-such'] }),
    ).rejects.toThrow('There is no rule no-such.');
  });
});

describe('the life of the server', options, () => {
  test('shutdown and exit as the protocol says', async () => {
    const client = await startClient();
    expect(client.initialized.serverInfo?.name).toBe('dflint');
    expect(await client.stop()).toBe(0);
    const other = await startClient();
    const ended = new Promise((done) => other.process.on('exit', done));
    await other.connection.sendNotification('exit');
    expect(await ended).toBe(1);
  });

  test('it ends with its client', async () => {
    const client = await startClient();
    const ended = new Promise((done) => client.process.on('exit', done));
    client.process.stdin?.end();
    expect(await ended).toBe(1);
  });

  test('a request that breaks is answered as an error, and nothing else is lost', async () => {
    const client = await opened(unnamed);
    const broken = [
      client.request('textDocument/hover', {}),
      client.request('textDocument/rename', { textDocument: { uri }, position: null, newName: 7 }),
      client.request('textDocument/codeAction', { textDocument: { uri } }),
      client.request('dflint/noSuchRequest', {}),
    ];
    for (const request of broken) await expect(request).rejects.toThrow();
    await client.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: 'untitled:never-opened', version: 2 },
      contentChanges: [],
    });
    expect(await client.request('textDocument/documentSymbol', { textDocument: { uri } })).toHaveLength(2);
    const next = client.next(uri, client.change(uri, unnamed.replace('USER nginx', 'USER root')));
    expect((await next).diagnostics.map(({ code }) => code)).toContain('root-user');
    expect(await client.stop()).toBe(0);
  });

  test('a rule of a plugin that breaks is told of, and the others have their say', async () => {
    const folder = scratch({
      'dflint.config.json': '{"plugins":["./broken.mjs"]}',
      'broken.mjs':
        "export const rules = [{ id: 'broken-rule', says: 'it breaks', because: 'b', instead: 'i', category: 'style', severity: 'warning', confidence: 'certain', check() { throw new Error('on purpose'); } }];\nexport default { rules };\n",
    });
    const client = await startClient({ folders: [folder], args: ['--allow-plugins'] });
    const found = await client.open(uriOf(`${folder}/Dockerfile`), 'FROM node:22-alpine\nUSER root\n');
    expect(found.map(({ code }) => code)).toContain('root-user');
    await expect
      .poll(() => client.messages.join())
      .toContain('the rule broken-rule broke (on purpose); it comes from a plugin');
  });

  test('what ShellCheck says comes when one pauses', async () => {
    const place = { file: '0', line: 2, endLine: 2, column: 6, endColumn: 8 };
    const said = { ...place, level: 'info', code: 2086, message: 'Double quote to prevent globbing.', fix: null };
    const report = JSON.stringify({ comments: [said] });
    const folder = scratch({ 'bin/shellcheck': `#!/bin/sh\nprintf '%s' '${report}'\nexit 1\n` });
    chmodSync(`${folder}/bin/shellcheck`, 0o755);
    const client = await startClient({
      folders: [folder],
      env: { PATH: `${folder}/bin:${process.env['PATH'] ?? ''}` },
      args: ['--preset', 'all'],
    });
    const at = uriOf(`${folder}/Dockerfile`);
    const first = await client.open(at, 'FROM alpine:3.20\nRUN echo $A\nUSER 1000\n');
    expect(first.map(({ code }) => code)).not.toContain('SC2086');
    const more = await client.next(at, 1);
    expect(more.diagnostics.filter(({ message }) => String(message).includes('Double quote'))).toHaveLength(1);
  });
});
