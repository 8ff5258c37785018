/** BuildKit's own checks (its lint request), asked of one `buildkitd` that sees neither a registry nor the network. */
import { execFile, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { type PeerFinding, remembered } from './peers.ts';

/** The code under which a file stands that BuildKit cannot lint: it stops at the first error. */
export const notLinted = 'buildkit-itself/cannot be linted';

const lanes = 4;

export const hasBuildkit = (): boolean =>
  ['buildctl', 'buildkitd'].every((program) => spawnSync(program, ['--version']).error === undefined);

/** What BuildKit says of files, each in the folder in which it lies: its .dockerignore counts. */
export function buildkitItself(paths: readonly string[]): Promise<readonly PeerFinding[]> {
  return remembered('buildkit itself', paths, lintAll, paths.length);
}

async function lintAll(paths: readonly string[]): Promise<readonly PeerFinding[]> {
  const folder = mkdtempSync(join(tmpdir(), 'parity-buildkit-'));
  const registry = await emptyImages();
  writeFileSync(join(folder, 'policy.json'), JSON.stringify(everyImageIs(registry.reference)));
  const daemon = await buildkitd(folder);
  try {
    const waiting = [...paths];
    const found: PeerFinding[] = [];
    const lane = async (): Promise<void> => {
      for (let path = waiting.pop(); path !== undefined; path = waiting.pop())
        found.push(...(await lintOne(daemon.address, join(folder, 'policy.json'), path)));
    };
    await Promise.all(Array.from({ length: lanes }, lane));
    return found;
  } finally {
    await daemon.stop();
    registry.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The lint request hides errors, so a second one, for the outline, tells whether BuildKit got through the file. */
async function lintOne(address: string, policy: string, path: string): Promise<readonly PeerFinding[]> {
  const words = ['--addr', address, 'build', '--frontend', 'dockerfile.v0', '--source-policy-file', policy];
  words.push('--progress', 'rawjson', '--opt', `filename=${basename(path)}`);
  words.push('--local', `context=${dirname(path)}`, '--local', `dockerfile=${dirname(path)}`);
  // `# syntax=` would send for another frontend.
  words.push('--opt', 'cmdline=built-in');
  const text = readFileSync(path, 'utf8');
  for (const name of bareBaseArguments(text)) words.push('--opt', `build-arg:${name}=latest`);
  // The option that asks for all checks would hide what a `# check=` line asks for.
  if (!/^#\s*check\s*=/im.test(text)) words.push('--opt', 'build-arg:BUILDKIT_DOCKERFILE_CHECK=experimental=all');
  const outline = await buildctl([...words, '--opt', 'requestid=frontend.outline']);
  if (!outline.succeeded) return [{ path, code: notLinted, line: 1 }];
  const { stdout } = await buildctl([...words, '--opt', 'requestid=frontend.lint']);
  return stdout.split(/^WARNING: /m).flatMap((text) => {
    const code = /^\w+(?= - |\n)/.exec(text)?.[0];
    const line = text.split('\n').find((each) => each.startsWith(`${basename(path)}:`));
    return code === undefined
      ? []
      : [{ path, code: `buildkit-itself/${code}`, line: Number(line?.slice(line.lastIndexOf(':') + 1) ?? 1) }];
  });
}

/** Without a value for them BuildKit stops at FROM; its checks of the defaults do not look at such values. */
function bareBaseArguments(text: string): readonly string[] {
  const bases =
    text
      .match(/^\s*FROM\s.*/gim)
      ?.join('\n')
      .replace(/--platform=\S+/gi, '') ?? '';
  const used = [...bases.matchAll(/\$\{?(\w+)/g)].map(([, name = '']) => name);
  return [...new Set(used)].filter((name) => !new RegExp(`^\\s*ARG\\s(.*\\s)?${name}=.`, 'im').test(text));
}

function buildctl(words: readonly string[]): Promise<{ succeeded: boolean; stdout: string }> {
  return new Promise((resolve) =>
    execFile('buildctl', words, { maxBuffer: 1 << 28 }, (error, stdout) =>
      resolve({ succeeded: error === null, stdout }),
    ),
  );
}

async function buildkitd(folder: string): Promise<{ address: string; stop: () => Promise<void> }> {
  const address = `unix://${join(folder, 'socket')}`;
  const log = openSync(join(folder, 'log'), 'w');
  const words = ['--root', join(folder, 'state'), '--addr', address];
  words.push('--containerd-worker=false', '--oci-worker-snapshotter=native');
  const daemon = spawn('buildkitd', words, { stdio: ['ignore', log, log] });
  process.once('exit', () => daemon.kill());
  const ended = new Promise<void>((resolve) => daemon.on('exit', () => resolve()));
  const { succeeded } = await buildctl(['--addr', address, '--wait', '--timeout', '30', 'debug', 'workers']);
  closeSync(log);
  if (!succeeded) throw new Error(`buildkitd did not start: ${readFileSync(join(folder, 'log'), 'utf8').slice(-500)}`);
  const stop = (): Promise<void> => {
    daemon.kill();
    return ended;
  };
  return { address, stop };
}

const everyImageIs = (reference: string): unknown => ({
  rules: [
    {
      action: 'CONVERT',
      selector: { identifier: 'docker-image://*' },
      updates: { identifier: `docker-image://${reference}` },
    },
  ],
});

const platforms = ['amd64', 'arm64', 'arm/v5', 'arm/v6', 'arm/v7', '386', 'mips64le', 'ppc64le', 'riscv64', 's390x']
  .map((name) => `linux/${name}`)
  .concat('windows/amd64', 'windows/arm64');

/** A registry that has one image, which holds nothing, sets nothing and is there for every platform. */
async function emptyImages(): Promise<{ reference: string; stop: () => void }> {
  const blobs = new Map<string, { type: string; text: string }>();
  const put = (type: string, content: object) => {
    const text = JSON.stringify(content);
    const digest = `sha256:${createHash('sha256').update(text).digest('hex')}`;
    blobs.set(digest, { type, text });
    return { mediaType: type, digest, size: text.length };
  };
  const type = (name: string): string => `application/vnd.oci.image.${name}.v1+json`;
  const manifests = platforms.map((each) => {
    const [os, architecture, variant] = each.split('/');
    const platform = { os, architecture, variant };
    const config = put(type('config'), { ...platform, config: {}, rootfs: { type: 'layers', diff_ids: [] } });
    const manifest = { schemaVersion: 2, mediaType: type('manifest'), config, layers: [] };
    return { ...put(type('manifest'), manifest), platform };
  });
  const index = put(type('index'), { schemaVersion: 2, mediaType: type('index'), manifests });
  const server = createServer(({ url = '', method }, response) => {
    const asked = url.slice(url.lastIndexOf('/') + 1).replace(/\?.*/, '');
    const digest = blobs.has(asked) ? asked : index.digest;
    const { type: contentType = '', text = '' } = blobs.get(digest) ?? {};
    const headers = { 'content-type': contentType, 'docker-content-digest': digest, 'content-length': text.length };
    response.writeHead(200, headers).end(method === 'HEAD' ? undefined : text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return { reference: `127.0.0.1:${port}/empty:latest`, stop: () => server.close() };
}
