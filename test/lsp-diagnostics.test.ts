/** The language server's diagnostics, as vscode-jsonrpc gets them: what they say, when they come, what changes them. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { Diagnostic } from 'vscode-languageserver/node';
import { endClients, modernClient, scratch, startClient, uriOf } from './harness/lsp-client.ts';

afterEach(endClients);
const options = { timeout: 60_000 };

const rules = (diagnostics: readonly Diagnostic[]): readonly unknown[] => diagnostics.map(({ code }) => code);
const rootUser = 'FROM node:22-alpine\nWORKDIR /app\nUSER root\nCMD ["node", "x.js"]\n';
const fine = 'FROM node:22-alpine\nWORKDIR /app\nUSER node\nCMD ["node", "x.js"]\n';

describe('a diagnostic', options, () => {
  test('has its place, weight, rule, page and trail', async () => {
    const folder = scratch({});
    const client = await startClient({ folders: [folder] });
    const uri = uriOf(`${folder}/Dockerfile`);
    const found = (await client.open(uri, rootUser)).find(({ code }) => code === 'root-user');
    expect(found).toMatchObject({
      range: { start: { line: 2, character: 0 }, end: { line: 2, character: 9 } },
      severity: 2,
      source: 'dflint',
    });
    expect(found?.codeDescription?.href).toMatch(/^file:.*\/docs\/rules\/root-user\.md$/);
    expect(found?.relatedInformation?.map(({ location }) => [location.uri, location.range.start.line])).toEqual([
      [uri, 3],
    ]);
    expect(await client.stop()).toBe(0);
    expect(client.errors()).toBe('');
  });

  test('leads to other files of the project, and fades a stage that is never built', async () => {
    const text =
      'FROM node:22-alpine AS base\nLABEL a=b\n\nFROM node:22-alpine AS runner\nUSER node\nCMD ["node", "a.js"]\n';
    const faded = (found: readonly Diagnostic[]) =>
      found
        .filter(({ tags }) => tags?.includes(1))
        .map(({ code, severity, range }) => [code, severity, range.start.line, range.end.line]);
    const folder = scratch({
      'compose.yaml': 'services:\n  web:\n    build:\n      context: .\n      target: runner\n',
    });
    const client = await startClient({ folders: [folder] });
    const found = await client.open(uriOf(`${folder}/Dockerfile`), text);
    expect(faded(found)).toEqual([
      ['unreachable-stage', 2, 0, 0],
      [undefined, 4, 0, 1],
    ]);
    const [unreachable] = found.filter(({ code }) => code === 'unreachable-stage');
    expect(unreachable?.relatedInformation?.map(({ location }) => [location.uri, location.range.start.line])).toEqual([
      [uriOf(`${folder}/compose.yaml`), 4],
    ]);
    expect(faded(await client.open('untitled:Untitled-1', text))).toEqual([[undefined, 4, 0, 1]]);
    expect(faded(await client.open('untitled:Untitled-2', `# dflint ignore=unreachable-stage\n${text}`))).toEqual([]);
  });

  test('has nothing that an old client does not understand', async () => {
    const client = await startClient({ capabilities: {} });
    const [found] = await client.open('untitled:Untitled-1', rootUser);
    expect(Object.keys(found ?? {}).sort()).toEqual(['code', 'message', 'range', 'severity', 'source']);
  });
});

describe('while one types', options, () => {
  test('versions are respected: the last one is told of, and what was stale is not', async () => {
    const client = await startClient();
    const uri = 'untitled:Untitled-1';
    expect(rules(await client.open(uri, rootUser))).toContain('root-user');
    const last = client.next(uri, 6);
    for (const text of [fine, rootUser, fine, rootUser, fine]) client.change(uri, text);
    expect(rules((await last).diagnostics)).toEqual([]);
    expect(client.published.map(({ version }) => version)).toEqual([1, 6]);
  });

  test('incremental edits in CRLF text behind characters of two units', async () => {
    const client = await startClient();
    const uri = 'untitled:Untitled-1';
    await client.open(uri, 'FROM node:22-alpine\r\nLABEL a="😀" b="1"\r\nUSER node\r\n');
    const next = client.next(uri, 2);
    await client.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: 2 },
      contentChanges: [{ range: { start: { line: 2, character: 5 }, end: { line: 2, character: 9 } }, text: 'root' }],
    });
    const found = (await next).diagnostics.find(({ code }) => code === 'root-user');
    expect(found?.range).toEqual({ start: { line: 2, character: 0 }, end: { line: 2, character: 9 } });
  });

  test('closing takes the diagnostics away', async () => {
    const client = await startClient();
    const uri = 'untitled:Untitled-1';
    await client.open(uri, rootUser);
    const next = client.next(uri);
    await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
    expect((await next).diagnostics).toEqual([]);
  });
});

describe('files around', options, () => {
  test('configurations, .dockerignore and package.json are watched and heeded', async () => {
    const folder = scratch({ 'package.json': '{"name":"app"}', 'index.js': '' });
    const client = await startClient({ folders: [folder] });
    const uri = uriOf(`${folder}/Dockerfile`);
    expect(rules(await client.open(uri, rootUser))).toContain('root-user');
    await expect.poll(() => client.registered.map(({ method }) => method)).toContain('workspace/didChangeWatchedFiles');
    expect(JSON.stringify(client.registered)).toContain('dflint.config.*');
    const changed = async (name: string, text: string | undefined) => {
      const next = client.next(uri);
      if (text === undefined) rmSync(join(folder, name));
      else writeFileSync(join(folder, name), text);
      await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
        changes: [{ uri: uriOf(`${folder}/${name}`), type: 2 }],
      });
      return rules((await next).diagnostics);
    };
    expect(await changed('dflint.config.json', '{"rules":{"root-user":"off"}}')).not.toContain('root-user');
    expect(await changed('dflint.config.json', undefined)).toContain('root-user');
    expect(await changed('package.json', '{"name":"app","dflint":{"rules":{"root-user":"off"}}}')).not.toContain(
      'root-user',
    );
    const ignored = 'FROM node:22-alpine\nCOPY index.js /\nUSER node\nCMD ["node", "/index.js"]\n';
    const next = client.next(uri, client.change(uri, ignored));
    expect(rules((await next).diagnostics)).not.toContain('missing-copy-source');
    expect(await changed('.dockerignore', 'index.js\n')).not.toEqual([]);
  });

  test('a mistake in a configuration is said once, and the rest of it counts', async () => {
    const folder = scratch({ 'dflint.config.json': '{"rules":{"root-user":"off","no-such-rule":"off"}}' });
    const client = await startClient({ folders: [folder] });
    const uri = uriOf(`${folder}/Dockerfile`);
    expect(rules(await client.open(uri, rootUser))).not.toContain('root-user');
    await client.next(uri, client.change(uri, `${rootUser}# x\n`));
    expect(client.messages.filter((message) => message.includes('no-such-rule'))).toHaveLength(1);
    expect(client.messages[0]).toMatch(/^dflint: dflint\.config\.json: 1:\d+: /);
  });

  test('each of several folders has its own, also one that comes later', async () => {
    const off = { 'dflint.config.json': '{"rules":{"root-user":"off"}}' };
    const [one, two, three] = [scratch(off), scratch({}), scratch({ 'known.json': '' })];
    const client = await startClient({ folders: [one, two] });
    expect(rules(await client.open(uriOf(`${one}/Dockerfile`), rootUser))).not.toContain('root-user');
    expect(rules(await client.open(uriOf(`${two}/Dockerfile`), rootUser))).toContain('root-user');
    client.connection.onRequest('workspace/workspaceFolders', () => [{ uri: uriOf(three), name: 'three' }]);
    await client.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
      event: { added: [{ uri: uriOf(three), name: 'three' }], removed: [] },
    });
    expect(rules(await client.open(uriOf(`${three}/Dockerfile`), rootUser))).toContain('root-user');
  });

  test('known findings of a baseline and excluded files stay silent, as on the command line', async () => {
    const folder = scratch({ 'dflint.config.json': '{"exclude":["old/"]}' });
    const client = await startClient({ folders: [folder] });
    expect(await client.open(uriOf(`${folder}/old/Dockerfile`), rootUser)).toEqual([]);
  });
});

describe('settings', options, () => {
  test('of the editor, and their changes', async () => {
    const folder = scratch({ 'mine.json': '{"rules":{"root-user":"off"}}' });
    let config: string | undefined = 'mine.json';
    const client = await startClient({
      folders: [folder],
      configuration: () => ({ config, delay: 'soon', unknown: 1 }),
    });
    const uri = uriOf(`${folder}/Dockerfile`);
    expect(rules(await client.open(uri, rootUser))).not.toContain('root-user');
    config = undefined;
    const next = client.next(uri);
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    expect(rules((await next).diagnostics)).toContain('root-user');
  });
  test('at the start, for clients that cannot be asked', async () => {
    const folder = scratch({ 'mine.json': '{"rules":{"root-user":"off"}}' });
    const client = await startClient({
      folders: [folder],
      capabilities: {},
      initializationOptions: { config: `${folder}/mine.json` },
    });
    expect(rules(await client.open('untitled:a', rootUser))).not.toContain('root-user');
  });
  test('options of the command line', async () => {
    const client = await startClient({ args: ['--rule', 'root-user=error'] });
    expect((await client.open('untitled:a', rootUser)).find(({ code }) => code === 'root-user')?.severity).toBe(1);
    expect(modernClient.textDocument?.publishDiagnostics?.tagSupport).toBeDefined();
  });
});
