/** The packages that dflint is made of and made with, with their licences. */
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/** What is shipped: the entries of the bundles, as package.json builds them. */
const entries = ['src/cli/start.ts', 'src/cli/worker.ts', 'src/action/start.ts', 'src/index.ts'];

/** Licences under which a part may go into a work that is under the MIT licence, by their SPDX names. */
export const compatible = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'Unlicense',
]);

/** Those under which a tool may be used besides: nothing of it is passed on. */
const compatibleTools = new Set([...compatible, 'MPL-2.0', 'PSF-2.0', 'Python-2.0', 'CC-BY-4.0']);

/** Whether an SPDX expression leaves a choice that is allowed: AND asks for all, OR for one. */
export function isAllowed(expression, allowed) {
  const tokens = expression.match(/\(|\)|[^\s()]+/g) ?? [];
  let at = 0;
  const one = () => {
    if (tokens[at] !== '(') return allowed.has(tokens[at++]?.replace(/\+$/, ''));
    at += 1;
    const inner = some();
    at += 1;
    return inner;
  };
  const every = () => {
    let held = one();
    while (tokens[at] === 'AND') {
      at += 1;
      held = one() && held;
    }
    return held;
  };
  const some = () => {
    let held = every();
    while (tokens[at] === 'OR') {
      at += 1;
      held = every() || held;
    }
    return held;
  };
  const held = some();
  // What is left over (WITH an exception, say) nobody has judged.
  return held && at === tokens.length;
}

/** The folders of the packages that modules are of, as the lockfile names them: one name can stand for two versions. */
export function packageFolders(repository, modules) {
  const root = dirname(realpathSync(join(repository, 'node_modules')));
  const folders = new Set();
  for (const module of modules) {
    const [folder] = /^(?:.*[\\/])?node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(module) ?? [];
    if (folder !== undefined) folders.add(relative(root, folder).replaceAll('\\', '/'));
  }
  return folders;
}

/** The packages that esbuild puts into the bundles. */
async function bundledPackages(repository) {
  const { build } = await import('esbuild');
  const { metafile } = await build({
    entryPoints: entries.map((entry) => join(repository, entry)),
    absWorkingDir: repository,
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    outdir: 'unwritten',
    logLevel: 'silent',
  });
  return packageFolders(
    repository,
    Object.keys(metafile.inputs).map((path) => resolve(repository, path)),
  );
}

/** All packages of the lockfile, by name: version, licence, whether it is bundled, and whether we may use it so. */
export async function packages(repository) {
  const { packages: locked } = JSON.parse(readFileSync(join(repository, 'package-lock.json'), 'utf8'));
  const bundled = await bundledPackages(repository);
  const all = Object.entries(locked).filter(([path]) => path !== '');
  const told = all.map(([path, { version, license }]) => {
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const folder = join(repository, path);
    const licence = license ?? licenceOf(folder) ?? 'unknown';
    const isBundled = bundled.has(path);
    return {
      name,
      version,
      licence,
      isBundled,
      isAllowed: isAllowed(licence, isBundled ? compatible : compatibleTools),
    };
  });
  const missing = [...bundled].filter((path) => !(path in locked));
  if (missing.length > 0) throw new Error(`bundled, though not in package-lock.json: ${missing.join(', ')}`);
  return told.sort((one, other) => (one.name < other.name ? -1 : 1));
}

function licenceOf(folder) {
  const manifest = join(folder, 'package.json');
  return existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')).license : undefined;
}

/** The texts of licences and notices in a package's folder, one behind the other. */
function licenceText(folder) {
  const files = readdirSync(folder).filter((file) => /^(?:licen[cs]e|copying|notice|third-?party)/i.test(file));
  return files.map((file) => readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim()).join('\n\n');
}

/** What must go with a bundle that holds these modules. A text that is the same for several stands there once, under all of their names. */
export function notices(repository, modules) {
  const headings = new Map();
  for (const path of [...packageFolders(repository, modules)].sort()) {
    const folder = join(repository, path);
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const text = licenceText(folder);
    // What is in the public domain asks for no notice; every other licence asks that its text goes with the work.
    if (text === '' && license !== 'CC0-1.0')
      throw new Error(`${name} is under ${license}, whose text it does not have`);
    const heading = `${name} ${version} (${license})`;
    headings.set(text, [...(headings.get(text) ?? []), heading]);
  }
  const parts = [...headings].map(
    ([text, names]) => `${names.join('\n')}\n${'-'.repeat(72)}\n${text === '' ? 'In the public domain.' : text}\n`,
  );
  return ['The files beside this one hold code of the packages below, under these licences.\n', ...parts].join('\n\n');
}
