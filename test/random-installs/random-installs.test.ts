/**
 * `npm run oracle:installs`: does random installs of pnpm, Yarn, Bun and npm for real, each stage over a copy of this
 * machine's files that is thrown away, and holds what the model says of packages for development against what is there.
 * `RANDOM_INSTALLS=200 RANDOM_SEED=1`; needs root on Linux, the package registries, and what BuildKit does not: it would
 * take minutes for each.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createContext, memoryTree } from '../../src/context/index.ts';
import { createBuild, shippedTrees } from '../../src/model/index.ts';
import { parseDockerfile } from '../../src/syntax/index.ts';
import { filesOf } from '../harness/oracle-cases.ts';
import { repository } from '../harness/shared.ts';
import { type RandomInstallsCase, randomInstallsCase } from './random-installs-case.ts';

const count = Number(process.env['RANDOM_INSTALLS'] ?? 50);
const firstSeed = Number(process.env['RANDOM_SEED'] ?? 1);
const root = mkdtempSync(join(tmpdir(), 'random-installs-'));

/** Where the programs of a package manager stand; kept from one case to the next. */
function programsOf(tool: string): string {
  const folder = join(root, 'tools', tool.replace(/\W+/g, '-'));
  if (tool !== 'npm' && !existsSync(folder)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{"private":true}');
    const made = spawnSync('npm', ['install', tool], { cwd: folder, encoding: 'utf8' });
    if (made.status !== 0) throw new Error(made.stderr);
    const bun = join(folder, 'node_modules/bun/install.js');
    if (existsSync(bun)) spawnSync('node', [bun], { cwd: join(folder, 'node_modules/bun') });
  }
  return join(folder, 'node_modules/.bin');
}

function contextOf({ project, lockfile, files, tool }: RandomInstallsCase, folder: string): void {
  const source = join(repository, 'fixtures/random-installs', project);
  for (const name of readdirSync(source))
    if (!/lock|^pnpm-/.test(name)) cpSync(join(source, name), join(folder, name), { recursive: true });
  for (const [name, from] of Object.entries(lockfile)) cpSync(join(source, from), join(folder, name));
  if (project === 'workspace' && tool.startsWith('pnpm'))
    cpSync(join(source, 'pnpm-workspace.yaml'), join(folder, 'pnpm-workspace.yaml'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
}

/** What a line does, for a shell whose root is the stage's, with the context at /context and the stage before at /from. */
function scriptOf(line: string): string {
  const [, keyword = '', rest = ''] = /^(\w+) (.*)$/.exec(line) ?? [];
  if (keyword === 'WORKDIR') return `mkdir -p ${rest}; cd ${rest}`;
  if (keyword === 'ENV' || keyword === 'ARG') return `export ${rest}`;
  if (line === 'COPY . .') return 'cp -a /context/. .';
  const [, from, to] = /^--from=build (\S+) (\S+)$/.exec(rest) ?? [];
  if (keyword === 'COPY' && from !== undefined && to !== undefined)
    return `set -- /from${from}; [ -e "$1" ] || exit 1; if [ -d "$1" ]; then mkdir -p ${to}; cp -a "$1"/. ${to}; else cp -a "$@" ${to}; fi`;
  if (/^npm install -g (?:pnpm|bun|@yarnpkg)/.test(rest)) return ':';
  if (keyword === 'RUN') return `sh -c '${rest.replaceAll("'", `'\\''`)}' || exit 1`;
  throw new Error(`no script for ${line}`);
}

interface Measured {
  readonly development: boolean;
  /** pnpm keeps some without links. */
  readonly unlinked: boolean;
  /** The folders of packages that are in no other one, and hold more than links. */
  readonly trees: readonly string[];
}

/** A link whose package has stayed behind is none. */
const findDevelopment =
  'find /app /out -path "*/node_modules/*" -not -path "*/.pnpm/*" \\( -name left-pad -o -name repeat-string \\) -exec test -e {} \\; -print 2>/dev/null';
const findUnlinked =
  'find /app /out -path "*/node_modules/.pnpm/*" -prune \\( -name "left-pad@*" -o -name "repeat-string@*" \\) -print 2>/dev/null';
const findTrees =
  'find /app /out -name node_modules -type d -prune 2>/dev/null | while read -r tree; do ' +
  '[ -n "$(find "$tree" -mindepth 1 -maxdepth 2 -type d \\( -not -name ".*" -not -name "@*" -o -name .pnpm -o -name .store -o -name .bun \\))" ] && echo "TREE $tree"; done';

/** Undefined where a step fails. */
function measure(each: RandomInstallsCase, folder: string): Measured | undefined {
  mkdirSync(join(folder, 'context'), { recursive: true });
  contextOf(each, join(folder, 'context'));
  const stages = each.dockerfile.trim().split('\n\n');
  const lines = stages.map((stage) => stage.split('\n'));
  const inherits = lines.at(-1)?.[0] === 'FROM build';
  const shells = inherits ? [lines.flat()] : lines;
  const mounts = shells.map((shell, at) => {
    const [stage, before] = [join(folder, `stage${at}`), join(folder, `stage${at - 1}`)];
    for (const name of ['up', 'work', 'root']) mkdirSync(join(stage, name), { recursive: true });
    writeFileSync(
      join(stage, 'script'),
      [
        `export HOME=/stage-home PATH=${programsOf(each.tool)}:$PATH; mkdir -p $HOME; cd /`,
        ...shell.filter((line) => !line.startsWith('FROM ')).map(scriptOf),
        `echo BUILT; ${findDevelopment} | sed 's/^/FOUND /'; ${findUnlinked} | sed 's/^/UNLINKED /'; ${findTrees}; echo DONE`,
      ].join('\n'),
    );
    const rootfs = join(stage, 'root');
    return [
      `mount -t overlay overlay -o lowerdir=/,upperdir=${stage}/up,workdir=${stage}/work ${rootfs} || exit 9`,
      `mkdir -p ${rootfs}/context ${rootfs}/from`,
      `mount --bind ${folder}/context ${rootfs}/context`,
      ...(at === 0 ? [] : [`mount --bind ${before}/root ${rootfs}/from`]),
      ...['proc', 'dev'].map((name) => `mount --rbind /${name} ${rootfs}/${name}`),
      `timeout 120 chroot ${rootfs} sh ${stage}/script > ${stage}/said 2>&1 < /dev/null; tail -n 40 ${stage}/said`,
    ].join('\n');
  });
  const last = mounts.length - 1;
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_|^NODE_ENV$/i.test(name)));
  const { stdout, status } = spawnSync('unshare', ['-m', 'sh', '-c', mounts.join('\n')], {
    encoding: 'utf8',
    env: clean,
  });
  if (status === 9) throw new Error('no overlay file system here');
  const built = stdout.split('BUILT');
  const said = built.at(-1)?.split('\n') ?? [];
  if (built.length !== last + 2) return undefined;
  return {
    development: said.some((line) => line.startsWith('FOUND ')),
    unlinked: said.some((line) => line.startsWith('UNLINKED ')),
    trees: said.flatMap((line) => (line.startsWith('TREE ') ? line.slice('TREE '.length) : [])).sort(),
  };
}

test('packages for development are where the model says', { timeout: 7_200_000 }, () => {
  const told = { yes: 0, no: 0, unknown: 0, 'does not build': 0 };
  const wrong: string[] = [];
  for (let seed = firstSeed; seed < firstSeed + count; seed += 1) {
    const each = randomInstallsCase(seed);
    const folder = join(root, String(seed));
    const measured = measure(each, folder);
    if (measured === undefined) told['does not build'] += 1;
    else {
      const context = createContext(memoryTree(new Map(filesOf(join(folder, 'context')))), '/', '/Dockerfile');
      const build = createBuild(parseDockerfile(each.dockerfile), { path: 'Dockerfile', context });
      const trees = [...shippedTrees(build)];
      const answers = trees.map(({ development }) => development);
      const claim = answers.includes('yes') ? 'yes' : answers.includes('unknown') ? 'unknown' : 'no';
      told[claim] += 1;
      const is = measured.development ? 'yes' : 'no';
      const places = trees.map(({ path }) => path).sort();
      const unlinked = trees.some(({ tree }) => tree.unlinked !== undefined);
      const differs =
        claim !== 'unknown' && claim !== is
          ? `development ${claim}, measured ${is}`
          : claim === 'no' && unlinked !== measured.unlinked
            ? `unlinked ${unlinked}, measured ${measured.unlinked}`
            : places.join(' ') === measured.trees.join(' ') || measured.trees.length === 0
              ? undefined
              : `trees in ${places.join(' ')}, measured ${measured.trees.join(' ')}`;
      if (differs !== undefined)
        wrong.push(`${seed}: ${each.project}, ${differs}\n${JSON.stringify(each.files)}\n${each.dockerfile}`);
    }
    rmSync(folder, { recursive: true, force: true });
  }
  console.info(told, root);
  expect(wrong).toEqual([]);
});
