/**
 * Scripts of file commands, in the forms that people write, for a tree that is always the same. What a real shell leaves
 * behind of each stands in `fixtures/golden/left-behind.json`. `@` stands for the root of the image; each starts in /app.
 */
import { spawnSync } from 'node:child_process';
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { unknownContext } from '../../src/context/index.ts';
import { createBuild, type FileStat } from '../../src/model/index.ts';
import { parseDockerfile } from '../../src/syntax/index.ts';

/** Made before each script. */
export const tree = `mkdir -p src/lib docs empty @/srv/shop @/root
echo '{}' > package.json
echo A=1 > .env
touch readme.md Shop.TXT src/cart.js.map src/lib/.keep docs/a.md docs/b.txt
echo cart > src/cart.js
echo tax > src/tax.ts
echo price > src/lib/price.js
ln -s src/lib latest
ln -s nothing gone`;

/** What is asked, and then told by a file that is there. */
const conditions = [
  ...['e', 'f', 'd', 's', 'L', 'h'].flatMap((test) =>
    [
      'package.json',
      'readme.md',
      'src',
      'src/',
      'latest',
      'latest/',
      'gone',
      'nothing',
      'latest/price.js',
      'empty',
    ].map((path) => `[ -${test} ${path} ]`),
  ),
  '[ -x src ]',
  '[ -x nothing ]',
  '[ ! -e nothing ]',
  '! [ -e nothing ]',
  '[ ! -d src ]',
  '[ -z "" ]',
  '[ -z x ]',
  '[ -n "" ]',
  '[ -n x ]',
  '[ x ]',
  '[ "" ]',
  '[ ]',
  '[ a = a ]',
  '[ a = b ]',
  '[ a != a ]',
  '[ a != b ]',
  '[ 1 -eq 1 ]',
  '[ 1 -eq 2 ]',
  '[ 1 -ne 2 ]',
  '[ 1 -ne 1 ]',
  '[ 1 -lt 2 ]',
  '[ 2 -lt 2 ]',
  '[ 2 -le 2 ]',
  '[ 3 -le 2 ]',
  '[ 3 -gt 2 ]',
  '[ 2 -gt 2 ]',
  '[ 2 -ge 2 ]',
  '[ 1 -ge 2 ]',
  '[ -e src -a -e docs ]',
  '[ -e src -a -e nothing ]',
  '[ -e nothing -o -e docs ]',
  '[ -e nothing -o -e gone ]',
  'test -e src',
  'test -e nothing',
  'test',
  'test -e src && test -e nothing',
  'test -e nothing || test -e src',
  'true',
  'false',
  ':',
  '! true',
  '! false',
  'mkdir src',
  'mkdir new',
  'mkdir new/deep',
  'mkdir -p new/deep',
  'mkdir -p package.json',
  'mkdir -p src/lib',
  'mkdir package.json',
  'mkdir latest',
  'rmdir empty',
  'rmdir src',
  'rmdir nothing',
  'rmdir package.json',
  'rm nothing',
  'rm -f nothing',
  'rm src',
  'rm -f src',
  'rm -d empty',
  'rm -r src',
  'rm package.json',
  'rm package.json nothing',
  'rm gone',
  'rm latest',
  'rm *.css',
  'rm -f *.css',
  'rm *.json',
  'touch nothing/x',
  'touch src/x',
  'touch -c nothing',
  'touch src',
  'cp nothing x',
  'cp src x',
  'cp -r src x',
  'cp -R src x',
  'cp -a src x',
  'cp gone x',
  'cp -P gone x',
  'cp latest x',
  'cp -r latest x',
  'cp package.json',
  'cp package.json readme.md nothing',
  'cp package.json readme.md empty',
  'cp package.json empty',
  'cp package.json nothing/',
  'cp -T package.json empty',
  'cp -n package.json readme.md',
  'cp package.json src/cart.js/x',
  'mv nothing x',
  'mv package.json',
  'mv src empty',
  'mv package.json readme.md nothing',
  'mv package.json src',
  'mv src package.json',
  'mv src src/lib',
  'mv gone x',
  'ln package.json x',
  'ln -s package.json x',
  'ln -s package.json readme.md',
  'ln -sf package.json readme.md',
  'ln src x',
  'ln nothing x',
  'ln -s nothing x',
  'install package.json x',
  'install -D package.json a/b/c',
  'install package.json a/b/c',
  'install -d a/b',
  'install nothing x',
  'install src x',
  'install -t empty package.json',
  'cat package.json',
  'cat nothing',
  'cat src',
  'ls nothing',
  'ls src',
  'cd src',
  'cd nothing',
  'cd package.json',
  'cd latest',
  'grep cart src/cart.js',
  'grep tax src/cart.js',
  'grep -q cart src/cart.js',
  'sed -i s/a/b/ nothing',
  'sed -i s/a/b/ package.json',
  'truncate -s 0 readme.md',
  'tee nothing/x < readme.md',
  'chmod 644 nothing',
  'chmod 644 package.json',
];

const commands = [
  // Directories and files that are made.
  'mkdir -p a/b/c',
  'mkdir a b',
  'mkdir -m 755 a',
  'mkdir -pv a/b',
  'mkdir -p a && rmdir a',
  'mkdir -p a/b && rmdir a/b',
  'mkdir -p a/b && rmdir -p a/b',
  'touch a b',
  'touch -c a',
  'touch gone',
  'touch latest/new',
  'touch -- -a',
  'touch "a b"',
  "touch 'a b'",
  'touch a\\ b',
  'touch ./a',
  'touch .//a',
  'touch src/./a',
  'touch @/srv/a',
  'touch ~/a',
  'truncate -s 5 a',
  'truncate -s 0 src/cart.js',
  'dd if=/dev/null of=a 2> /dev/null',
  'install -d a/b c',
  'install -m 600 package.json a',
  'install -D package.json a/b',
  'install -t empty package.json readme.md',
  'install package.json readme.md empty',
  'install -Dm644 package.json -t a/b',
  // What is written.
  'echo one > a',
  'echo one > a; echo two >> a',
  'echo one > a; echo two > a',
  'echo one >> src/cart.js',
  'echo -n one > a',
  'echo "one two" three > a',
  'echo > a',
  'printf one > a',
  "printf 'one\\n' > a",
  "printf '%s\\n' one two > a",
  "printf '%s=%s\\n' one 1 two 2 > a",
  "printf '%d' 3 > a",
  'echo one | tee a > /dev/null',
  'echo one | tee a b > /dev/null',
  'echo one | tee -a src/cart.js > /dev/null',
  'echo one | cat > a',
  'cat > a < /dev/null',
  'cat src/cart.js > a',
  'cat src/cart.js src/tax.ts > a',
  'cat < src/cart.js > a',
  'cat <<EOF > a\none\ntwo\nEOF',
  "cat <<'EOF' > a\none $HOME\nEOF",
  'cat > a <<EOF\none\nEOF',
  'X=1; cat <<EOF > a\nx=$X\nEOF',
  'X=1; echo $X > a',
  'X=1 && echo "${X}" > a',
  'X=1; echo "${X:-2}" > a',
  'echo "${NONE:-2}" > a',
  'X=a; touch $X',
  'X=a; touch ${X}b',
  'X=a; touch "$X.txt"',
  'export X=a; touch $X',
  'X=a Y=b; touch $X$Y',
  "X='a b'; touch $X",
  'X=\'a b\'; touch "$X"',
  'for x in a b; do touch $x; done',
  'for x in a b; do echo $x > $x.txt; done',
  'for x in src/*; do touch $x.seen; done',
  'for x in *.css; do touch "seen-$x"; done',
  'for x in a b; do [ $x = a ] && continue; touch $x; done',
  'for x in a b; do [ $x = b ] && break; touch $x; done; true',
  'for x in a b; do mkdir $x; (cd $x && touch in); done',
  '{ echo one; echo two; } > a',
  '(echo one; echo two) > a',
  '> a',
  ': > src/cart.js',
  'true > a',
  'exec > /dev/null; touch a',
  'ls nothing 2> a || true',
  'ls nothing > a 2>&1 || touch b',
  'echo one > src/lib/../a'.replace('../', './'),
  // Copies.
  'cp package.json a',
  'cp package.json empty',
  'cp package.json empty/',
  'cp package.json empty/a',
  'cp package.json src/cart.js empty',
  'cp src/* empty 2> /dev/null || true',
  'cp src/*.js empty',
  'cp src/cart.* empty',
  'cp -r src a',
  'cp -r src empty',
  'cp -r src/ empty',
  'cp -r src/. empty',
  'cp -r src/. a',
  'cp -r src/* empty',
  'cp -r src docs empty',
  'cp -rT src empty',
  'cp -rT src a',
  'cp -a src a',
  'cp -t empty package.json',
  'cp --target-directory=empty package.json',
  'cp -r -t empty src docs',
  'cp --parents src/lib/price.js empty',
  'cp -r --parents src/lib empty',
  'cp package.json readme.md',
  'cp -n package.json readme.md || true',
  'cp -f package.json readme.md',
  'cp latest/price.js a',
  'cp -r latest a',
  'cp -rL latest a',
  'cp -L latest/price.js a',
  'cp -d latest a',
  'cp -a gone a',
  'cp package.json gone || true',
  'cp package.json latest',
  'cp -r src/lib latest',
  'cp .env @/srv/shop/',
  'cp -r . @/srv/all',
  'cp -r ./. @/srv/shop',
  'cp -r ./src @/srv',
  'cp -r @/app/src @/srv/shop/app',
  'cp -s @/app/package.json a',
  'cp -l package.json a',
  // Moves.
  'mv package.json a',
  'mv package.json empty',
  'mv package.json empty/a',
  'mv src a',
  'mv src empty',
  'mv src/* empty',
  'mv src/lib/* .',
  'mv src docs empty',
  'mv -t empty src docs',
  'mv -T src a',
  'mv -f package.json readme.md',
  'mv -n package.json readme.md || true',
  'mv latest a',
  'mv gone a',
  'mv package.json latest',
  'mv src/cart.js src/tax.ts src/lib',
  'mv src @/srv/shop',
  'mv docs/* docs/a.md empty 2> /dev/null || true',
  // Links.
  'ln -s src a',
  'ln -s src a && touch a/in',
  'ln -s src empty',
  'ln -s src/cart.js src/tax.ts empty',
  'ln -sf src/tax.ts readme.md',
  'ln -sfn docs latest',
  'ln -sf docs latest',
  'ln -snf @/srv/shop latest && touch latest/in',
  'ln -s @/app/src @/srv/code && cp @/srv/code/cart.js a',
  'ln -s price.js src/lib/p && cat src/lib/p > a',
  'ln package.json a',
  'ln package.json empty',
  'ln -t empty package.json readme.md',
  'ln -s a b && ln -s b c && touch a && cp c d',
  'ln -s src a && rm -rf a',
  'ln -s src a && rm -rf a/',
  'ln -s src a && rm -rf a/*',
  'ln -s src a && mv a b',
  'rm latest && mkdir latest',
  // Removals.
  'rm package.json',
  'rm -f package.json nothing',
  'rm -r src',
  'rm -rf src docs',
  'rm -rf src/',
  'rm -rf src/*',
  'rm -rf src/lib src/cart.js',
  'rm -rf ./src',
  'rm -rf *',
  'rm -rf .env',
  'rm -rf src/lib/.*[a-z]',
  'rm -rf s*',
  'rm -rf [sd]*',
  'rm -rf ???',
  'rm -rf *.TXT *.md',
  'rm -f src/*.map docs/?.*',
  'rm -f src/[a-c]*',
  'rm -f src/[!c]* 2> /dev/null || true',
  'rm -rf src && mkdir src',
  'rm -rf @/app/src',
  'rm -rf "src"',
  'rm -rf -- src',
  'rm --recursive --force src',
  'rm -fr src',
  'rm gone latest',
  'rm -rf latest/',
  'rm -rf latest/*',
  'unlink package.json',
  'rmdir empty',
  'rmdir empty src 2> /dev/null || true',
  'rmdir --ignore-fail-on-non-empty src empty',
  // What find finds.
  'find . -delete 2> /dev/null || true',
  'find src -delete',
  'find src -mindepth 1 -delete',
  'find src -type f -delete',
  'find src -type d -empty -delete',
  'find . -type d -empty -delete',
  'find . -type f -empty -delete',
  'find . -type l -delete',
  'find . -type f,l -delete',
  'find . -maxdepth 1 -type f -delete',
  'find . -maxdepth 2 -name "*.js" -delete',
  'find . -mindepth 2 -name "*.*" -type f -delete',
  'find . -mindepth 3 -delete',
  'find . -name package.json -delete',
  'find . -name "*.js" -delete',
  "find . -name '*.js' -o -name '*.ts' -delete",
  "find . \\( -name '*.js' -o -name '*.ts' \\) -delete",
  "find . -name '*.js' -a -name 'c*' -delete",
  "find . -name '*.js' -name 'c*' -delete",
  "find . -name '*.js' -and -name 'p*' -delete",
  "find . -name '*.js' -or -name '*.md' -delete",
  "find src ! -name '*.js' -type f -delete",
  "find src -not -name '*.js' -type f -delete",
  'find . -iname "*.txt" -delete',
  'find . -iname "SHOP.*" -delete',
  'find . -iname PACKAGE.JSON -delete',
  "find . -path './src/*' -type f -delete",
  "find . -path '*/lib/*' -delete",
  "find . -wholename './src/lib/*' -delete",
  "find src -path 'src/lib' -prune -o -type f -delete 2> /dev/null || true",
  "find . -path ./src -prune -o -name '*.txt' -exec rm {} +",
  "find src docs -name '*.*' -type f -delete",
  "find @/app/src -name '*.map' -delete",
  "find src/ -name '*.map' -delete",
  "find . -name '*.map' -exec rm {} \\;",
  "find . -name '*.map' -exec rm -f {} +",
  'find . -name lib -type d -exec rm -rf {} +',
  'find . -name lib -type d -prune -exec rm -rf {} +',
  "find . -name '*.map' | xargs rm",
  "find . -name '*.map' -print | xargs rm -f",
  "find . -name '*.map' -print0 | xargs -0 rm -f",
  "find . -name '*.css' | xargs -r rm",
  "find . -name 'nothing' -delete",
  "find . -name '.*' -type f -delete",
  "find . -name '[cp]*.js' -delete",
  "find . -name '????.js' -delete",
  'find . -true -type f -delete',
  'find . -false -delete',
  "find latest -name '*.js' -delete",
  "find latest/ -name '*.js' -delete",
  "find -L latest -name '*.js' -exec rm {} +",
  "find . -name '*.js' -exec cp {} empty \\;",
  "find . -name '*.js' -exec cp -t empty {} +",
  "find . -name '*.js' -exec mv -t empty {} +",
  'find docs -type f -exec touch seen {} +',
  'find . -empty -type d -exec rmdir {} +',
  'find src -depth -name lib -exec rm -r {} +',
  'find . -xdev -name "*.map" -delete',
  'echo src/cart.js docs/a.md | xargs rm',
  'echo src docs | xargs rm -rf',
  'echo a b | xargs mkdir',
  'echo a | xargs -I{} touch {}.txt',
  'echo a | xargs -n 1 touch',
  // Places.
  'cd src && touch a',
  'cd src && rm cart.js && cd .. && touch a'.replace('cd ..', 'cd @/app'),
  'cd src/lib && touch a && cd - > /dev/null && touch b',
  'cd @/srv; touch a',
  'cd; touch a',
  'cd ~ && touch a',
  'cd latest && touch a',
  '(cd src && touch a); touch b',
  '{ cd src; touch a; }; touch b',
  'cd src && { touch a; } && touch b',
  'pushd=1; cd docs; rm -f *.md',
  "sh -c 'cd src && touch a'; touch b",
  "sh -c 'touch $0' a",
  'sh -c "touch $1 a"',
  'mkdir a && cd a && touch in',
  'cd nothing 2> /dev/null || touch a',
  'cd nothing 2> /dev/null; touch a',
  // What runs and what does not.
  'true && touch a',
  'false && touch a; true',
  'false || touch a',
  'true || touch a',
  '! false && touch a',
  'if true; then touch a; else touch b; fi',
  'if false; then touch a; else touch b; fi',
  'if false; then touch a; elif true; then touch b; else touch c; fi',
  'if [ -f package.json ] && [ -d src ]; then touch a; fi',
  'if [ -f nothing ] || [ -d src ]; then touch a; fi',
  'if ! [ -f nothing ]; then touch a; fi',
  'if grep -q nothing readme.md; then touch a; else touch b; fi',
  'while false; do touch a; done',
  'until true; do touch a; done',
  'case x in x) touch a;; *) touch b;; esac',
  'case x in y) touch a;; *) touch b;; esac',
  'case x in y|x) touch a;; *) touch b;; esac',
  'case src/cart.js in *.js) touch a;; *) touch b;; esac',
  'case "" in "") touch a;; *) touch b;; esac',
  'X=2; case $X in 1) touch a;; [23]) touch b;; esac',
  'X=2; if [ "$X" = 2 ]; then touch a; else touch b; fi',
  'X=2; [ $X -gt 1 ] && touch a',
  'f() { touch a; }; f',
  'f() { touch "$1"; }; f a',
  'f() { touch a; }; true',
  'f() { rm package.json; }; f || touch b',
  'f() { return 1; }; f || touch a',
  'set -e; touch a; touch b',
  'set -e; false || touch a; touch b',
  'set -e; if false; then touch a; fi; touch b',
  'set -x; touch a',
  'touch a; exit 0; touch b',
  '(exit 1) || touch a',
  '(touch a; exit 0; touch b); touch c',
  'touch a & wait',
  'touch a; # touch b',
  'eval "touch a"',
  'env touch a',
  'env X=1 touch a',
  'command touch a',
  'nice touch a',
  'X=$(echo a); touch $X',
  'X=`echo a`; touch $X',
  'touch $(echo a b)',
  'touch "$(echo a b)"',
  'touch $(cat src/cart.js)',
  'touch $((1+1))',
  'test -f package.json && rm package.json',
  'test -f nothing && rm package.json; true',
  '[ -d src ] && mv src a || touch b',
  'rm nothing 2> /dev/null || rm package.json',
  'rm -f nothing || rm package.json',
  'cp nothing a 2> /dev/null && touch b; true',
  'sed -i s/cart/basket/ src/cart.js',
  'sed s/cart/basket/ src/cart.js > a',
  'tar cf a.tar src',
  'tar czf a.tgz src docs && rm -rf src docs',
  'tar cf - src | cat > a.tar',
  'chmod -R 755 src',
  'chmod +x package.json && touch a',
  'split -b 1 package.json part- && rm part-*',
];

export const scripts: readonly string[] = [
  ...commands,
  ...conditions.map((condition) => `if ${condition}; then touch @/yes; else touch @/no; fi`),
];

/** Path to what stands there: `directory`, `-> where a link leads`, `= the text of a file`, or `file` for any other text. */
export type Tree = Readonly<Record<string, string>>;

/** What a script changes in the tree; null: gone. */
export type Outcome = Readonly<Record<string, string | null>>;

/** What a real shell leaves behind of the tree alone, and of each script; null where that ends with an error, as no image comes of it. */
export interface LeftBehind {
  readonly tree: Tree;
  readonly scripts: Readonly<Record<string, Outcome | null>>;
}

export function leftBehind(shell: string): LeftBehind {
  const top = mkdtempSync(join(tmpdir(), 'dflint-left-'));
  let roots = 0;
  /** The tree, and what a script makes of it. */
  const run = (script: string): readonly [Tree, Tree | undefined] => {
    if (script.includes('..')) throw new Error('a script could leave its root');
    roots += 1;
    const root = join(top, String(roots));
    const cwd = join(root, 'app');
    mkdirSync(cwd, { recursive: true });
    const env = { PATH: process.env['PATH'] ?? '', HOME: join(root, 'root'), LC_ALL: 'C' };
    const status = (text: string) =>
      spawnSync(shell, ['-c', text.replaceAll('@', root)], { cwd, env, stdio: 'ignore' }).status;
    if (status(tree) !== 0) throw new Error('the tree cannot be made');
    const before = treeIn(root);
    return [before, status(script) === 0 ? treeIn(root) : undefined];
  };
  try {
    const outcomes = scripts.map((script) => {
      const [before, after] = run(script);
      return [script, after === undefined ? null : changed(before, after)] as const;
    });
    return { tree: run('true')[0], scripts: Object.fromEntries(outcomes) };
  } finally {
    rmSync(top, { recursive: true, force: true });
  }
}

const treeIn = (root: string): Tree => Object.fromEntries([...below(root, '')]);

/** Links are not followed. */
function* below(root: string, folder: string): Iterable<readonly [string, string]> {
  for (const name of readdirSync(join(root, folder)).sort()) {
    const path = `${folder}/${name}`;
    const text = described(join(root, path), root);
    yield [path, text];
    if (text === 'directory') yield* below(root, path);
  }
}

function described(path: string, root: string): string {
  const stat = lstatSync(path);
  if (stat.isDirectory()) return 'directory';
  if (stat.isSymbolicLink()) return `-> ${resolve(dirname(path), readlinkSync(path)).replace(root, '')}`;
  const text = readFileSync(path, 'utf8').replaceAll(root, '');
  return /^[\x20-\x7e\n]*$/.test(text) ? `= ${text}` : 'file';
}

const changed = (before: Tree, after: Tree): Outcome =>
  Object.fromEntries(
    [...new Set([...Object.keys(before), ...Object.keys(after)])]
      .sort()
      .flatMap((path) => (before[path] === after[path] ? [] : [[path, after[path] ?? null]])),
  );

export interface Answers {
  /** What the model says, where that is not so. */
  readonly wrong: readonly string[];
  /** What it does not say. */
  readonly open: readonly string[];
}

/** The model of the same script, held against the tree that a shell has left behind; `paths` are looked up in both. */
export function answersTo(script: string, left: Tree, paths: Iterable<string>): Answers {
  const rootfs = rootfsAfter(script);
  const wrong: string[] = [];
  const open: string[] = [];
  let missing = 0;
  const links = Object.keys(left).filter((path) => left[path]?.startsWith('-> '));
  for (const path of paths) {
    // The model looks through a link, and so would whoever opens this path.
    if (links.some((link) => path.startsWith(`${link}/`))) continue;
    const stands = left[path] ?? 'absent';
    const says = said(rootfs?.stat(path), path);
    if (says === stands) continue;
    if (isLess(says, stands)) {
      if (stands === 'absent') missing += 1;
      else open.push(`${path} is ${says}`);
    } else wrong.push(`${path} is ${stands}, not ${says}`);
  }
  if (missing > 0) open.push(`not known to be absent: ${missing}`);
  return { wrong, open };
}

function rootfsAfter(script: string) {
  const run = (text: string): string => `RUN <<'SCRIPT'\n${text.replaceAll('@', '')}\nSCRIPT\n`;
  const text = `FROM scratch\nWORKDIR /app\n${run(tree)}${run(script)}`;
  return createBuild(parseDockerfile(text), { context: unknownContext }).stages[0]?.result.rootfs;
}

/** In the words of a tree; `something` where only that is known, `unknown` where not even that. */
function said(stat: FileStat | undefined, path: string): string {
  if (stat?.presence !== 'present') return stat?.presence ?? 'no file system';
  const { change } = stat;
  const { content } = change ?? {};
  if (change === undefined || content?.kind === 'directory') return 'directory';
  if (change.path !== path) return 'something';
  if (content?.kind === 'link') return `-> ${content.to}`;
  if (content?.kind !== 'text') return 'something';
  return content.text === undefined || content.text.includes('\uFFFC') ? 'file' : `= ${content.text}`;
}

const isLess = (says: string, stands: string): boolean =>
  says === 'unknown' || (says === 'something' && stands !== 'absent') || (says === 'file' && stands.startsWith('= '));

/** The tree that an outcome makes of one. */
export const treeAfter = (before: Tree, outcome: Outcome): Tree =>
  Object.fromEntries(
    Object.entries({ ...before, ...outcome }).flatMap(([path, text]) => (text === null ? [] : [[path, text]])),
  );

/** Every path that stands in any of the trees. */
export const pathsIn = ({ tree: before, scripts: outcomes }: LeftBehind): readonly string[] =>
  [...new Set([before, ...Object.values(outcomes)].flatMap((each) => Object.keys(each ?? {})))].sort();
