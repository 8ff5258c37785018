/** `dflint mcp` by the official client, over the built command line. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { repository } from './harness/shared.ts';

const outside = mkdtempSync(join(tmpdir(), 'dflint-mcp-'));
const root = join(outside, 'shop');
const dockerfile = `FROM node:22-alpine AS build
WORKDIR /srv/shop
COPY . .
RUN npm ci

FROM node:22-alpine
WORKDIR /srv/shop
COPY --from=build /srv/shop ./
CMD ["node", "server.js"]
`;

let client: Client;

beforeAll(async () => {
  mkdirSync(join(root, 'api'), { recursive: true });
  writeFileSync(join(root, 'Dockerfile'), dockerfile);
  writeFileSync(join(root, 'package.json'), '{ "name": "shop", "devDependencies": { "vitest": "^4.0.0" } }');
  writeFileSync(join(root, 'package-lock.json'), '{}');
  writeFileSync(join(root, 'server.js'), '');
  writeFileSync(join(root, '.dockerignore'), 'node_modules\n');
  writeFileSync(
    join(root, 'api/Dockerfile'),
    'FROM alpine:3.22\nRUN apk add --no-cache curl\nUSER 1000\nCMD ["true"]\n',
  );
  writeFileSync(join(outside, 'Dockerfile'), 'FROM secret\n');
  symlinkSync(join(outside, 'Dockerfile'), join(root, 'Dockerfile.link'));
  client = new Client({ name: 'test', version: '1.0.0' });
  await client.connect(
    new StdioClientTransport({ command: process.execPath, args: [join(repository, 'bin/dflint.js'), 'mcp', root] }),
  );
}, 30_000);

afterAll(async () => {
  await client?.close();
  rmSync(outside, { recursive: true });
});

async function ask(name: string, given: Record<string, unknown>): Promise<{ text: string; isError: boolean }> {
  const { content, isError } = await client.callTool({ name, arguments: given });
  const [first] = content;
  return { text: first?.type === 'text' ? first.text : '', isError: isError === true };
}

const answer = async (name: string, given: Record<string, unknown>) => JSON.parse((await ask(name, given)).text);

describe('dflint mcp', () => {
  test('offers its tools, each with a schema and without the right to write', async () => {
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name).sort()).toEqual(['explain', 'fix', 'lint', 'rebuild', 'ships']);
    for (const { inputSchema, annotations, description } of tools) {
      expect(inputSchema.type).toBe('object');
      expect(annotations?.readOnlyHint).toBe(true);
      expect(description).toBeTruthy();
    }
  });

  test('lints a file below the root, with what lies around it', async () => {
    const { path, findings } = await answer('lint', { path: 'Dockerfile' });
    expect(path).toBe('Dockerfile');
    const rules = findings.entries.map(({ rule }: { rule: string }) => rule);
    expect(rules).toContain('dev-dependencies-shipped');
    expect(rules).toContain('root-user');
    const shipped = findings.entries.find(({ rule }: { rule: string }) => rule === 'dev-dependencies-shipped');
    expect(shipped.evidence.join('\n')).toContain('line 4');
  });

  test('lints a text in the place of the file', async () => {
    const { findings } = await answer('lint', { text: 'FROM alpine:3.22\nUSER 1000\nCMD ["true"]\n' });
    expect(findings.entries).toEqual([]);
  });

  test('a folder that holds one Dockerfile, presets and targets', async () => {
    expect((await answer('lint', { path: 'api' })).findings.entries).toEqual([]);
    const strict = await answer('lint', { path: 'api', preset: 'strict' });
    expect(strict.findings.entries.length).toBeGreaterThan(0);
    const build = await answer('ships', { path: 'Dockerfile', target: 'build' });
    expect(build.images[0].target).toBe('build');
  });

  test('what ships, and what runs again', async () => {
    const { images } = await answer('ships', {});
    expect(images[0].user).toMatchObject({ identity: 'root', setBy: 'base' });
    expect(images[0].dependencies.entries[0]).toMatchObject({ manager: 'npm', development: 'yes' });
    const { steps } = await answer('rebuild', { changed: ['server.js'] });
    expect(steps.entries.map(({ line }: { line: number }) => line)).toEqual([3, 4, 8]);
  });

  test('fixes, safe ones, all, or those of a rule; nothing is written', async () => {
    const all = await answer('fix', { unsafe: true });
    expect(all.text).toContain('USER node');
    expect(all.fixed.length).toBeGreaterThan(1);
    const one = await answer('fix', { unsafe: true, rule: 'root-user' });
    expect(one.fixed.map(({ rule }: { rule: string }) => rule)).toEqual(['root-user']);
    expect(one.text.replace('USER node\n', '')).toBe(dockerfile);
    const safe = await answer('fix', { text: 'from alpine:3.22\nUSER 1000\nMAINTAINER a\n' });
    expect(safe.fixed.length).toBeGreaterThan(0);
    expect((await answer('lint', {})).findings.entries.length).toBeGreaterThan(1);
  });

  test('explains rules and codes', async () => {
    expect((await ask('explain', { rule: 'root-user' })).text).toContain('## Why');
    expect((await ask('explain', { rule: 'DL3002' })).text).toContain('root-user');
    expect(await ask('explain', { rule: 'rot-user' })).toEqual({ text: 'there is no rule rot-user', isError: true });
  });

  test('nothing outside of the root', async () => {
    for (const path of ['../Dockerfile', join(outside, 'Dockerfile'), 'Dockerfile.link', '/etc/passwd']) {
      const { text, isError } = await ask('lint', { path });
      expect(isError, path).toBe(true);
      expect(text).toContain('outside the root');
    }
  });

  test('of an ignore file that leads out of the root nothing is known', async () => {
    writeFileSync(join(outside, 'ignored'), 'server.js\n');
    mkdirSync(join(root, 'web'));
    writeFileSync(join(root, 'web/Dockerfile'), 'FROM node:22-alpine\nCOPY server.js ./\nUSER node\n');
    writeFileSync(join(root, 'web/server.js'), '');
    const rulesOf = async (): Promise<string> => (await ask('lint', { path: 'web/Dockerfile', preset: 'all' })).text;
    expect(await rulesOf()).not.toContain('copy-source');
    symlinkSync(join(outside, 'ignored'), join(root, 'web/.dockerignore'));
    expect(await rulesOf()).not.toMatch(/copy-source|missing-dockerignore/);
    rmSync(join(root, 'web'), { recursive: true });
  });

  test('what cannot be read or is not there is said', async () => {
    expect(await ask('lint', { path: 'nowhere' })).toMatchObject({ isError: true });
    expect(await ask('lint', { target: 'nobody' })).toEqual({ text: 'no stage nobody', isError: true });
    expect(await ask('ships', { target: 'nobody' })).toEqual({ text: 'no stage nobody', isError: true });
  });

  test('every answer is bounded', { timeout: 60_000 }, async () => {
    const long = `FROM alpine:3.22 AS a\n${'RUN sudo apt-get install x && cd /tmp && curl http://a.b/c | sh\n'.repeat(200)}`;
    for (const [tool, more] of [
      ['lint', { preset: 'all' }],
      ['ships', {}],
      ['fix', { unsafe: true }],
      ['rebuild', { changed: ['**'] }],
    ] as const) {
      const { text } = await ask(tool, { text: long, ...more });
      expect(text.length, tool).toBeLessThanOrEqual(40_000);
      expect(() => JSON.parse(text)).not.toThrow();
    }
    expect((await ask('lint', { text: 'x'.repeat(200_001) })).isError).toBe(true);
  });
});
