/**
 * The command line as on Windows, without one: paths are those of path.win32, and C:\ is a folder in /tmp. What is
 * reported is what the same files say here, with CRLF as with LF.
 */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import type { Surroundings } from '../src/cli/surroundings.ts';
import { judgementDay } from './harness/shared.ts';

const drive = realpathSync(mkdtempSync(join(tmpdir(), 'dflint-windows-')));
afterAll(() => {
  for (const name of ['node:path', 'node:fs']) vi.doUnmock(name);
  // The files that follow run beside these modules.
  vi.resetModules();
  rmSync(drive, { recursive: true });
});

/** `C:\repo\api` is the folder repo/api of the drive; a path of another system is no path at all there. */
function here(path: unknown): unknown {
  if (typeof path !== 'string') return path;
  if (!/^[a-z]:[\\/]/i.test(path)) throw Object.assign(new Error(`ENOENT: ${path}`), { code: 'ENOENT' });
  return posix.join(drive, path.slice(3).replaceAll('\\', '/'));
}

const there = (path: string): string => `C:\\${path.slice(drive.length + 1).replaceAll('/', '\\')}`;

/** The functions of node:fs with the paths of Windows, and what they give back. */
function onDrive<Module extends object>(module: Module): Module {
  return new Proxy(module, {
    get(target, name) {
      if (name === 'default') return onDrive(target);
      const own: unknown = Reflect.get(target, name);
      if (name === 'realpathSync')
        return Object.assign((path: string) => there(realpathSync(String(here(path)))), {
          native: (path: string) => there(realpathSync(String(here(path)))),
        });
      if (typeof own !== 'function' || !/^[a-z]\w+Sync$/.test(String(name))) return own;
      return (path: unknown, ...rest: unknown[]) => Reflect.apply(own, target, [here(path), ...rest]);
    },
  });
}

const files = {
  Dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm install\nCMD ["node", "server.js"]\n',
  '.dockerignore': '*.log\n!keep/*.log\n',
  'server.js': '',
  'services/api/Dockerfile': 'FROM node:22\nCOPY --from=0 a b\n',
  'services/api/dflint.config.yaml': 'rules:\n  root-user: off\n',
  'services/web/api.Dockerfile':
    '# dflint ignore=root-user\nFROM alpine:3.22\nRUN <<EOF\ncurl http://example.com | sh\nEOF\n',
  'compose.yaml': 'services:\n  api:\n    build: ./services/api\n',
  'generated/Dockerfile': 'FROM x\n',
  'dflint.config.yaml':
    'exclude: [generated]\noverrides:\n  - files: services/web/**\n    rules:\n      unpinned-image: off\n',
};

type Run = (argv: readonly string[], cwd: string) => Promise<{ status: number; out: string; err: string }>;

/** The command line with its modules loaded anew, on the system that is mocked. */
async function load(): Promise<Run> {
  vi.resetModules();
  const { main } = await import('../src/cli/main.ts');
  return async (argv, cwd) => {
    let out = '';
    let err = '';
    const world: Surroundings = {
      cwd,
      env: {},
      version: '0.0.0',
      terminal: false,
      columns: 100,
      today: judgementDay,
      stdin: async () => new Uint8Array(),
      out: (text) => (out += text),
      err: (text) => (err += text),
    };
    return { status: await main(argv, world), out, err };
  };
}

const crlf = (tree: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(tree).map(([path, text]) => [path, text.replaceAll('\n', '\r\n')]));

const lines: readonly (readonly [readonly string[]])[] = [
  [[]],
  [['-f', 'json']],
  [['-f', 'sarif']],
  [['-f', 'compact', '--preset', 'all']],
  [['services']],
  [['services/api/Dockerfile', 'Dockerfile']],
  [['--exclude', 'services/api', '--preset', 'strict', '-f', 'gitlab']],
  [['--diff', '--unsafe-fixes']],
  [['config', 'services/api/Dockerfile']],
  [['ships', 'Dockerfile']],
];

describe('a project', async () => {
  for (const [name, tree] of Object.entries({ repo: files, crlf: crlf(files) }))
    for (const [path, text] of Object.entries({ '.git/HEAD': '', ...tree })) {
      mkdirSync(dirname(join(drive, name, path)), { recursive: true });
      writeFileSync(join(drive, name, path), text);
    }
  const onLinux = await load();
  // Before the system changes, as some modules are loaded when they are called.
  const said = new Map<readonly string[], Awaited<ReturnType<Run>>>();
  for (const [argv] of lines) said.set(argv, await onLinux(argv, join(drive, 'repo')));
  vi.doMock('node:path', async (actual) => {
    const { win32 } = await actual<typeof import('node:path')>();
    return { ...win32, default: win32 };
  });
  vi.doMock('node:fs', async (actual) => onDrive(await actual<typeof import('node:fs')>()));
  const onWindows = await load();

  test.each(lines)('dflint %j', async (argv) => {
    const linux = said.get(argv);
    if (linux === undefined || linux.out === '') throw new Error('nothing to compare with');
    const windows = await onWindows(argv, 'C:\\repo');
    expect({ ...windows, out: windows.out.replace('file:///C:/repo/', `file://${drive}/repo/`) }).toEqual(linux);
    const unended = ({ status, out }: { status: number; out: string }) => ({
      status,
      out: out.replaceAll(/\\?\r/g, '').replace('file:///C:/crlf/', `file://${drive}/repo/`),
    });
    if (argv[0] !== '--diff') expect(unended(await onWindows(argv, 'C:\\crlf'))).toEqual(unended(linux));
  });

  test('paths that users write with \\', async () => {
    const { status, out } = await onWindows(
      ['services\\api\\Dockerfile', '.\\Dockerfile', '-f', 'compact'],
      'C:\\repo',
    );
    expect(status).toBe(1);
    expect(out).toContain('services/api/Dockerfile:');
    expect(out).not.toContain('\\');
  });
});
