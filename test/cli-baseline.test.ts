/** Findings that are known: recorded, hidden, and told of when they are gone. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCli } from './harness/run-cli.ts';
import { temporaryProjects } from './harness/temporary-project.ts';

const project = temporaryProjects();

const web = 'FROM node\nWORKDIR app\nRUN npm install\nCMD ["node", "server.js"]\n';

async function recorded(files: Readonly<Record<string, string>> = { Dockerfile: web }): Promise<string> {
  const cwd = project(files);
  const { status, out, err } = await runCli(['--baseline', 'known.json', '--update-baseline'], { cwd });
  expect(status).toBe(0);
  expect(err).toMatch(/^dflint: known\.json: \d+ findings? recorded\n$/);
  expect(out).toContain('nothing to report');
  return cwd;
}

const known = ['--baseline', 'known.json'];

test('what is recorded is hidden, and what is new is not', async () => {
  const cwd = await recorded();
  const text = readFileSync(join(cwd, 'known.json'), 'utf8');
  const { version, files } = JSON.parse(text);
  expect(version).toBe(1);
  expect(Object.keys(files)).toEqual(['Dockerfile']);
  expect(files.Dockerfile.map(({ rule }: { rule: string }) => rule)).toContain('root-user');
  expect(text).not.toContain('npm install');
  const again = await runCli(known, { cwd });
  expect([again.status, again.out]).toEqual([0, '1 file: nothing to report\n']);
  expect(again.err).toMatch(/^dflint: known\.json: \d+ known findings not shown\n$/);
  writeFileSync(join(cwd, 'Dockerfile'), web.replace('WORKDIR app', 'WORKDIR app\nMAINTAINER team'));
  const { status, out } = await runCli(known, { cwd });
  expect(status).toBe(1);
  expect(out).toContain('maintainer');
  expect(out).not.toContain('root-user');
});

test('entries survive moved lines, other blanks and CRLF; a changed instruction is new, and the old one is gone', async () => {
  const cwd = await recorded();
  writeFileSync(join(cwd, 'Dockerfile'), `# ours\n\n${web.replaceAll(' ', '  ')}`.replaceAll('\n', '\r\n'));
  expect((await runCli(known, { cwd })).status).toBe(0);
  writeFileSync(join(cwd, 'Dockerfile'), web.replace('WORKDIR app', 'WORKDIR srv'));
  const { status, out, err } = await runCli(known, { cwd });
  expect(status).toBe(1);
  expect(out).toContain('relative-workdir');
  expect(err).toContain('dflint: known.json: Dockerfile: relative-workdir no longer occurs\n');
  expect(err).toContain('give --update-baseline to take out what no longer occurs');
});

test('what is gone fails nothing, and --update-baseline takes it out', async () => {
  const cwd = await recorded({ Dockerfile: web, 'Dockerfile.old': web });
  writeFileSync(join(cwd, 'Dockerfile'), 'FROM node:22\nUSER node\n');
  rmSync(join(cwd, 'Dockerfile.old'));
  const { status, err } = await runCli(known, { cwd });
  expect(status).toBe(0);
  expect(err).toContain('Dockerfile: root-user no longer occurs');
  expect(err).toContain('Dockerfile.old: root-user no longer occurs');
  expect((await runCli(['--quiet', ...known], { cwd })).err).toBe('');
  await runCli([...known, '--update-baseline'], { cwd });
  expect(readFileSync(join(cwd, 'known.json'), 'utf8')).toBe('{\n  "version": 1,\n  "files": {}\n}\n');
});

test('the same findings make the same bytes, from any folder, and files that were not linted keep theirs', async () => {
  const cwd = await recorded({
    Dockerfile: web,
    'api/Dockerfile': web,
    'dflint.config.yaml': 'baseline: known.json\n',
  });
  await runCli(['Dockerfile', 'api/Dockerfile', '--update-baseline'], { cwd });
  const before = readFileSync(join(cwd, 'known.json'), 'utf8');
  expect(Object.keys(JSON.parse(before).files)).toEqual(['Dockerfile', 'api/Dockerfile']);
  await runCli(['--update-baseline', 'Dockerfile'], { cwd: join(cwd, 'api') });
  await runCli(['api/Dockerfile', '--update-baseline', '--quiet'], { cwd });
  expect(readFileSync(join(cwd, 'known.json'), 'utf8')).toBe(before);
  expect(readdirSync(cwd).filter((name) => name.includes('tmp'))).toEqual([]);
  const { status, out } = await runCli(['Dockerfile', 'api/Dockerfile'], { cwd });
  expect([status, out]).toEqual([0, '2 files: nothing to report\n']);
  const elsewhere = await runCli(['Dockerfile'], { cwd: join(cwd, 'api') });
  expect([elsewhere.status, elsewhere.out]).toEqual([0, '1 file: nothing to report\n']);
});

test('as many as were recorded are hidden', async () => {
  const cwd = await recorded({ Dockerfile: 'FROM node:22\nRUN cd /a\nUSER node\n' });
  writeFileSync(join(cwd, 'Dockerfile'), 'FROM node:22\nRUN cd /a\nRUN cd /a\nUSER node\n');
  const all = await runCli(['--no-config', '--format', 'json'], { cwd });
  const rest = await runCli([...known, '--format', 'json'], { cwd });
  const count = ({ out }: { out: string }): number => JSON.parse(out).files[0].findings.length;
  expect(count(rest)).toBeGreaterThan(0);
  expect(count(rest)).toBeLessThan(count(all));
});

describe('--fix', () => {
  const old = 'FROM node:22-alpine AS a\nUSER node\nRUN npm install\nfrom a\n';
  const argv = ['--shellcheck', 'off', '--preset', 'all', '--baseline', 'known.json'];
  const start = async (): Promise<string> => {
    const cwd = project({ Dockerfile: old });
    await runCli([...argv, '--update-baseline'], { cwd });
    return cwd;
  };
  const textIn = (cwd: string): string => readFileSync(join(cwd, 'Dockerfile'), 'utf8');

  test('leaves what is known as it is, and mends what is new', async () => {
    const cwd = await start();
    await runCli([...argv, '--fix', '--unsafe-fixes'], { cwd });
    expect(textIn(cwd)).toBe(old);
    writeFileSync(join(cwd, 'Dockerfile'), `${old}maintainer me\n`);
    const { err } = await runCli([...argv, '--fix'], { cwd });
    expect(err).toMatch(/fixed [12] findings? in 1 file/);
    expect(textIn(cwd)).toMatch(/RUN npm install\nfrom a\nLABEL /i);
  });

  test('mends it when no baseline is to be used, and nothing where the baseline cannot be read', async () => {
    const cwd = await start();
    const broken = `${argv.slice(0, -1).join(' ')} broken.json`.split(' ');
    writeFileSync(join(cwd, 'broken.json'), '{');
    expect((await runCli([...broken, '--fix'], { cwd })).status).toBe(2);
    expect(textIn(cwd)).toBe(old);
    writeFileSync(join(cwd, 'dflint.config.yaml'), 'baseline: known.json\n');
    await runCli(['--shellcheck', 'off', '--preset', 'all', '--fix'], { cwd });
    expect(textIn(cwd)).toBe(old);
    await runCli(['--shellcheck', 'off', '--preset', 'all', '--no-baseline', '--fix'], { cwd });
    expect(textIn(cwd)).toContain('\nFROM a');
  });
});

describe('mistakes', () => {
  test.each([
    ['[]', 'is no baseline that dflint has written; remove it, and --update-baseline writes it anew'],
    ['{', 'is no baseline that dflint has written; remove it, and --update-baseline writes it anew'],
    [undefined, 'there is no such baseline; --update-baseline writes it'],
  ])('%j', async (text, says) => {
    const cwd = project({ Dockerfile: web, ...(text === undefined ? {} : { 'known.json': text }) });
    const { status, err, out } = await runCli(known, { cwd });
    expect([status, err]).toEqual([2, `dflint: known.json: ${says}\n`]);
    expect(out).toContain('root-user');
  });

  test('--update-baseline without a file, and one that cannot be written', async () => {
    const cwd = project({ Dockerfile: web, 'folder/a': '' });
    expect(await runCli(['--update-baseline'], { cwd })).toMatchObject({
      status: 2,
      err: 'dflint: --update-baseline: no file to write; give --baseline FILE, or say baseline in the configuration\n',
    });
    const { status, err } = await runCli(['--update-baseline', '--baseline', 'folder'], { cwd });
    expect([status, err.split('\n')[0]]).toEqual([2, 'dflint: folder: cannot be read']);
  });
});
