/** The packed extension over a stub of VS Code, its server being the real one: `npm run build:vscode` before. */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { repository } from '../harness/shared.ts';

const extension = join(repository, 'dist/vscode');
const folder = mkdtempSync(join(tmpdir(), 'dflint-vscode-'));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, 'package.json'), '{}');
writeFileSync(join(folder, '.dockerignore'), 'node_modules\n.git\n');

interface Seen {
  readonly commands: readonly string[];
  readonly errors: readonly string[];
  readonly diagnostics: readonly { readonly message: string }[];
  readonly fixAll: readonly unknown[];
  readonly executed: readonly string[];
  readonly savedByHand: readonly string[];
  readonly savedByItself: readonly string[];
}

async function drive(settings: Readonly<Record<string, unknown>>): Promise<Seen> {
  const driver = join(import.meta.dirname, 'drive.cjs');
  const { stdout } = await promisify(execFile)(process.execPath, [driver, extension, folder, JSON.stringify(settings)]);
  return JSON.parse(stdout);
}

const manifest = (): {
  readonly main: string;
  readonly version: string;
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
} => JSON.parse(readFileSync(join(extension, 'package.json'), 'utf8'));

test('it starts the server that comes along: findings arrive, its commands are there', {
  timeout: 60_000,
}, async () => {
  const seen = await drive({});
  expect(seen.errors).toEqual([]);
  expect(seen.diagnostics.map(({ message }) => message).join('\n')).toContain('no USER');
  for (const { command } of manifest().contributes.commands) expect(seen.commands).toContain(command);
  expect(seen.executed).toEqual(['vscode.executeCodeActionProvider', 'source.fixAll.dflint']);
  expect(seen.fixAll).toHaveLength(1);
  expect(seen.savedByHand).toEqual([]);
});

test('fixes on save are made when they are wanted, and only then', { timeout: 60_000 }, async () => {
  const seen = await drive({ 'dflint.fixOnSave': true });
  expect(seen.savedByHand).toEqual(['an edit']);
  expect(seen.savedByItself).toEqual([]);
});

test('another program, and arguments for it', { timeout: 60_000 }, async () => {
  const settings = { 'dflint.path': join(repository, 'bin/dflint.js'), 'dflint.arguments': ['--preset', 'all'] };
  const seen = await drive(settings);
  expect(seen.errors).toEqual([]);
  expect(seen.diagnostics.length).toBeGreaterThan(3);
});

test('a program that is not there is told, and nothing else breaks', { timeout: 60_000 }, async () => {
  const seen = await drive({ 'dflint.path': join(folder, 'nowhere') });
  expect(seen.errors.join('\n')).toContain('dflint could not be started');
  expect(seen.diagnostics).toEqual([]);
});

test('the package holds the extension, its server and nothing of the sources', () => {
  expect(existsSync(join(extension, manifest().main))).toBe(true);
  const { version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'));
  expect(manifest().version).toBe(version);
  const names = readFileSync(join(repository, 'dist/dflint.vsix')).toString('latin1');
  for (const name of ['extension/extension.cjs', 'extension/server/bin/dflint.js', 'extension/server/dist/cli.js'])
    expect(names).toContain(name);
  expect(names).not.toMatch(/extension\/server\/(?:src|test|fixtures|node_modules)\//);
});
