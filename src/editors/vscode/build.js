/** `npm run build:vscode`: the extension with its server, packed as dist/dflint.vsix. Run after `npm run build`. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '../../..');
const folder = join(root, 'dist/vscode');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

rmSync(folder, { recursive: true, force: true });
mkdirSync(join(folder, 'server/dist'), { recursive: true });
await build({
  entryPoints: [join(import.meta.dirname, 'extension.ts')],
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  external: ['vscode'],
  minify: true,
  legalComments: 'none',
  outfile: join(folder, 'extension.cjs'),
});
const manifest = JSON.parse(readFileSync(join(import.meta.dirname, 'manifest.json'), 'utf8'));
writeFileSync(
  join(folder, 'package.json'),
  `${JSON.stringify({ ...manifest, version, private: undefined }, undefined, 2)}\n`,
);
cpSync(join(import.meta.dirname, 'README.md'), join(folder, 'README.md'));
cpSync(join(root, 'LICENSE'), join(folder, 'LICENSE'));
cpSync(join(root, 'bin'), join(folder, 'server/bin'), { recursive: true });
writeFileSync(join(folder, 'server/package.json'), '{ "type": "module" }\n');
for (const name of readdirSync(join(root, 'dist')))
  if (/^(?:cli|worker|chunk-.*)\.js$/.test(name)) cpSync(join(root, 'dist', name), join(folder, 'server/dist', name));

const options = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'];
// Microsoft's packer brings 150 packages along that nothing else here needs: it is fetched when it is used.
execFileSync('npx', ['--yes', '@vscode/vsce@4.1.0', 'package', ...options, '--out', join(root, 'dist/dflint.vsix')], {
  cwd: folder,
  stdio: ['ignore', 'ignore', 'inherit'],
});
