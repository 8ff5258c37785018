/** Random scripts of file commands, and what a real shell makes of them. `@` stands for the root of the image. */
import { spawnSync } from 'node:child_process';
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

export type Random = (below: number) => number;

/** A sequence of numbers below `below`, the same in every run. */
export function generator(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const directories = ['src', 'lib', 'dist', 'src/lib', '@/srv', '@/srv/shop', 'dist/assets', '.'] as const;
const files = [
  'cart.js',
  'price.css',
  '.env',
  'src/cart.js',
  'src/tax.js',
  'lib/price.js',
  '@/srv/shop/index.html',
] as const;
const globs = ['*', '*.js', 'src/*', 'src/*.js', '?rc', 'src/[ct]*', '@/srv/*', 'dist/*', 'lib/.*', 'src/.'] as const;

/** Every path that a script may name, seen from /app. */
export const vocabulary: readonly string[] = [
  ...new Set(
    [...directories, ...files].flatMap((path) =>
      path.startsWith('@')
        ? [path.slice(1)]
        : ['/app', '/app/src', '/app/lib', '/srv', '/app/dist'].map((at) => `${at}/${path}`),
    ),
  ),
];

export function scriptWriter(random: Random): () => string {
  const pick = (texts: readonly string[]): string => texts[random(texts.length)] ?? '';
  const directory = (): string => pick(directories);
  const file = (): string => pick(files);
  const either = (): string => pick([...directories, ...files]);
  const source = (): string => (random(4) === 0 ? pick(globs) : either());
  const leaf = (inside: string | undefined): string => {
    if (inside !== undefined && random(2) === 0)
      return pick([`mkdir -p ${inside}`, `touch ${inside}.txt`, `rm -rf src/${inside}`, `echo 1 > "${inside}.log"`]);
    switch (random(18)) {
      case 0:
      case 1:
        return `mkdir -p ${directory()}`;
      case 2:
      case 3:
        return `touch ${file()}`;
      case 4:
        return `cp ${file()} ${either()}`;
      case 5:
        return `cp -r ${source()} ${either()}`;
      case 6:
        return `mv ${source()} ${either()}`;
      case 7:
        return `rm -rf ${random(2) === 0 ? pick(globs) : either()}`;
      case 8:
        return `rm ${pick(['', '-f '])}${file()}`;
      case 9:
        return `ln -s ${pick(files)} ${either()}`;
      case 10:
        return `echo one ${pick(['>', '>>'])} ${file()}`;
      case 11:
        return `echo one | tee ${pick(['', '-a '])}${file()} > /dev/null`;
      case 12:
        return pick(['src', 'lib', '@/srv', '@/app']).replace(/.+/, '[ ! -d $& ] || cd $&');
      case 13:
        return `( cd ${directory()} && ${leaf(inside)})`;
      case 14:
        return pick([`> ${file()}`, `true > ${file()}`, ': > cart.js']);
      case 15:
        return `find ${directory()} -name ${pick(["'*.js'", 'lib', "'*.css'"])} ${pick(['-delete', '-exec rm -rf {} +', '-type f -delete'])}`;
      case 16:
        return pick([
          `mv ${file()} ${file()} ${directory()}`,
          `cp -t ${directory()} ${file()} ${file()}`,
          `ln ${file()} ${file()}`,
        ]);
      default:
        return pick([
          `install -d ${directory()}`,
          `install -m 644 ${file()} ${either()}`,
          `install -D ${file()} ${file()}`,
          `truncate -s 0 ${file()}`,
          `dd if=/dev/null of=${file()} 2> /dev/null`,
          `sed -i s/one/two/ ${file()}`,
          `sh -c 'touch ${file()}'`,
          `env NODE_ENV=production touch ${file()}`,
          `rmdir ${directory()}`,
          `echo ${file()} | xargs rm -f`,
        ]);
    }
  };
  const test = (): string =>
    pick([`[ -f ${file()} ]`, `[ -d ${directory()} ]`, `[ ! -e ${either()} ]`, `test -e ${either()}`, 'true', 'false']);
  const statement = (depth: number, inside: string | undefined): string => {
    if (depth <= 0) return leaf(inside);
    switch (random(12)) {
      case 0:
        return `if ${test()}; then ${list(depth - 1, inside)}; fi`;
      case 1:
        return `if ${test()}; then ${list(depth - 1, inside)}; else ${list(depth - 1, inside)}; fi`;
      case 2:
        return `${test()} ${pick(['&&', '||'])} ${leaf(inside)}`;
      case 3:
        return `for name in ${pick(['src lib', 'dist', 'lib src dist/assets'])}; do ${list(depth - 1, '$name')}; done`;
      case 4:
        return `case ${pick(['src', 'lib', 'dist'])} in src) ${list(depth - 1, inside)};; l*) ${list(depth - 1, inside)};; *) ${list(depth - 1, inside)};; esac`;
      case 5:
        return `${leaf(inside)} || ${leaf(inside)}`;
      case 6:
        return `( ${list(depth - 1, inside)})`;
      case 7:
        return `${leaf(inside)} && ${leaf(inside)}`;
      case 8:
        return `cat <<EOF > ${file()}\none\nEOF\n${leaf(inside)}`;
      default:
        return leaf(inside);
    }
  };
  const list = (depth: number, inside: string | undefined): string =>
    Array.from({ length: 1 + random(3) }, () => statement(depth, inside)).join('\n');
  return () => {
    const start = ['mkdir -p src/lib @/srv', 'touch src/cart.js src/tax.js lib.rc cart.js', 'echo one > src/.env'];
    const body = Array.from({ length: 2 + random(5) }, () => statement(2, undefined));
    return random(3) === 0 ? ['set -e', ...start, ...body].join('\n') : [...start, ...body].join('\n');
  };
}

/** What stands in the file system after a script: path to kind. */
export type Outcome = ReadonlyMap<string, 'file' | 'directory' | 'link'> | undefined;

export const shell = ['dash'].find((name) => spawnSync(name, ['-c', 'exit 0']).status === 0);

/**
 * Runs each script in a root of its own, in a process of its own, starting in its /app; undefined where it fails, as no
 * image comes of it. Scripts delete: no word of theirs leads out of the root, and none has `..` in it.
 */
export function runAll(scripts: readonly string[]): readonly Outcome[] {
  const top = mkdtempSync(join(tmpdir(), 'dflint-files-'));
  try {
    return scripts.map((text, at) => {
      if (text.includes('..')) throw new Error('a script could leave its root');
      const root = join(top, String(at));
      const cwd = join(root, 'app');
      mkdirSync(cwd, { recursive: true });
      const env = { PATH: process.env['PATH'] ?? '', HOME: root };
      const { status } = spawnSync(shell ?? '', ['-c', text.replaceAll('@', root)], { cwd, env, stdio: 'ignore' });
      return status === 0 ? entriesOf(root) : undefined;
    });
  } finally {
    rmSync(top, { recursive: true, force: true });
  }
}

function entriesOf(root: string): Outcome {
  const found = new Map<string, 'file' | 'directory' | 'link'>();
  for (const name of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
    const path = join(root, name);
    const stat = lstatSync(path);
    const kind = stat.isSymbolicLink() ? 'link' : stat.isDirectory() ? 'directory' : 'file';
    found.set(`/${relative(root, path)}`, kind);
  }
  return found;
}
