/** Random Dockerfiles over a small build context, of the instructions and commands whose effect on files the model follows. */

export interface RandomCase {
  readonly dockerfile: string;
  /** Path in the context to text. */
  readonly files: Readonly<Record<string, string>>;
}

const contextFiles: Readonly<Record<string, string>> = {
  'package.json': '{"name":"shop","version":"1.0.0"}\n',
  'src/index.js': 'console.log(1)\n',
  'src/lib/price.js': 'export {}\n',
  'src/lib/tax.ts': 'export {}\n',
  'src/.hidden': 'x\n',
  'public/logo.svg': '<svg/>\n',
  'public/css/site.css': 'a{}\n',
  'docs/guide.md': '# guide\n',
  'scripts/start.sh': '#!/bin/sh\n',
  'config/app.yml': 'a: 1\n',
  'config/local/app.yml': 'a: 2\n',
  '.env': 'A=1\n',
  'readme.md': '# shop\n',
};

const ignores = [
  '',
  'docs\n',
  '*.md\n',
  '**/*.md\n!docs/guide.md\n',
  'src/lib\n!src/lib/tax.ts\n',
  '*\n!src\n!package.json\n',
  '.env\nconfig/*\n!config/local\n',
];

const contextSources = [
  ...[
    'package.json',
    'src',
    'src/',
    'src/lib',
    'src/lib/price.js',
    'public',
    'public/css',
    'scripts/start.sh',
    'config',
  ],
  ...[
    'src/*.js',
    'src/*',
    '*.json',
    'config/*.yml',
    'public/*',
    'src/lib/*.[jt]s',
    '.env',
    '.',
    './',
    '*',
    'docs',
    '*.md',
  ],
];
const folders = ['/app', '/srv/shop', '/web/x', '/data/a'];
const fileNames = ['one', 'two.txt', 'index.js', 'a.yml', 'guide.md'];
const folderNames = ['shelf', 'out', 'css', 'three'];

/** A repeatable source of random numbers (mulberry32). */
export function randomSource(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** What a generator chooses with. */
export function choices(random: () => number): {
  pick<Item>(items: readonly Item[]): Item;
  /** The line, for a share of all cases. */
  maybe(share: number, line: () => string): readonly string[];
} {
  return {
    pick(items) {
      const item = items[Math.floor(random() * items.length)];
      if (item === undefined) throw new Error('nothing to pick from');
      return item;
    },
    maybe: (share, line) => (random() < share ? [line()] : []),
  };
}

/** What a generator knows of the stage it writes: enough to name paths that are likely to be there. */
interface Draft {
  readonly random: () => number;
  workdir: string;
  readonly files: string[];
  readonly directories: string[];
}

const pick = <Item>({ random }: Pick<Draft, 'random'>, items: readonly Item[]): Item => choices(random).pick(items);
const chance = (draft: Pick<Draft, 'random'>, share: number): boolean => draft.random() < share;

const absolute = (draft: Draft, path: string): string =>
  path.startsWith('/') ? path : `${draft.workdir === '/' ? '' : draft.workdir}/${path}`;

const parent = (path: string): string => path.replace(/\/[^/]*$/, '') || '/';
const normal = (path: string): string => new URL(path, 'file:///').pathname.replace(/(.)\/+$/, '$1');

/** Notes a file or directory, and the directories above it. */
function remember(draft: Draft, path: string, kind: 'files' | 'directories'): string {
  let at = normal(absolute(draft, path));
  if (at === '/') return path;
  draft[kind].push(at);
  for (at = parent(at); at !== '/'; at = parent(at)) draft.directories.push(at);
  return path;
}

const file = (draft: Draft): string =>
  draft.files.length === 0 ? remember(draft, '/made', 'files') : pick(draft, draft.files);
const directory = (draft: Draft): string => (draft.directories.length === 0 ? '/srv' : pick(draft, draft.directories));
const known = (draft: Draft): string => (chance(draft, 0.5) ? file(draft) : directory(draft));

/** What is at a path, and below it, is there no longer. */
function forget(draft: Draft, path: string): string {
  for (const list of [draft.files, draft.directories])
    list.splice(0, list.length, ...list.filter((each) => each !== path && !each.startsWith(`${path}/`)));
  return path;
}

/** A directory whose files are forgotten. */
function emptied(draft: Draft): string {
  const path = directory(draft);
  forget(draft, path);
  draft.directories.push(path);
  return path;
}

/** A name in a directory that is likely to be there. */
function newPath(draft: Draft, names: readonly string[]): string {
  const name = pick(draft, names);
  return pick(draft, ['', '', `${directory(draft)}/`, `${directory(draft)}/`, '../', './']) + name;
}

function destination(draft: Draft): string {
  return pick(draft, [
    ...[
      './',
      '.',
      `${pick(draft, folders)}/`,
      pick(draft, folders),
      `${pick(draft, folderNames)}/`,
      pick(draft, fileNames),
    ],
    ...[`${directory(draft)}/`, directory(draft), file(draft)],
  ]);
}

/** Notes what a source of the context makes at a destination. */
function land(draft: Draft, source: string, to: string): void {
  const path = source.replace(/^\.(?:\/|$)|\/$/g, '');
  const below = Object.keys(contextFiles)
    .filter((name) => path === '' || name.startsWith(`${path}/`))
    .filter((name) => !name.endsWith('.md'));
  for (const name of below)
    remember(draft, `${to.replace(/\/?$/, '/')}${name.slice(path === '' ? 0 : path.length + 1)}`, 'files');
  if (path in contextFiles) remember(draft, /\/$|^\.$/.test(to) ? `${to}/${path.replace(/^.*\//, '')}` : to, 'files');
}

function copy(draft: Draft): string {
  const count = chance(draft, 0.25) ? 2 : 1;
  const sources = Array.from({ length: count }, () => pick(draft, contextSources));
  const to = count > 1 ? pick(draft, ['./', `${pick(draft, folders)}/`]) : destination(draft);
  for (const source of sources) land(draft, source, to);
  const flags = [
    chance(draft, 0.1) ? '--chown=1000:1000 ' : '',
    chance(draft, 0.1) ? '--chmod=755 ' : '',
    chance(draft, 0.1) ? '--link ' : '',
    chance(draft, 0.1) ? '--parents ' : '',
    chance(draft, 0.1) ? `--exclude=${pick(draft, ['*.md', '**/*.js', 'lib', 'src/lib', '*.svg'])} ` : '',
  ].join('');
  return `${chance(draft, 0.1) && flags === '' ? 'ADD' : 'COPY'} ${flags}${sources.join(' ')} ${to}`;
}

/** A directory and a place that is not below it: busybox copies a directory into itself without end. */
function transferPaths(draft: Draft): readonly [string, string] {
  const from = directory(draft);
  const to = newPath(draft, folderNames);
  return `${normal(absolute(draft, to))}/`.startsWith(`${from}/`)
    ? [from, '/tmp/elsewhere']
    : [from, remember(draft, to, 'directories')];
}

function fileCommand(draft: Draft): string {
  const made = (): string => remember(draft, newPath(draft, fileNames), 'files');
  const madeDirectory = (): string => remember(draft, newPath(draft, folderNames), 'directories');
  const outside = transferPaths(draft);
  const folder = pick(draft, folders);
  switch (Math.floor(draft.random() * 22)) {
    case 0:
      return `mkdir -p ${madeDirectory()}`;
    case 1:
      return `touch ${made()}`;
    case 2:
      return `echo hello > ${made()}`;
    case 3:
      return `echo more >> ${made()}`;
    case 4:
      return `cp -r ${outside[0]} ${outside[1]}`;
    case 5:
      return `cp ${file(draft)} ${made()}`;
    case 6:
      return `mv ${forget(draft, outside[0])} ${outside[1]}`;
    case 7:
      return `rm -rf ${forget(draft, known(draft))}`;
    case 8:
      return `rm -rf ${directory(draft)}/${pick(draft, ['*.js', '*.md', '.*.x', '[o-p]*'])}`;
    case 9:
      return `rm -rf ${emptied(draft)}/*`;
    case 10:
      return `ln -s ${known(draft)} ${made()}`;
    case 11:
      return `cd ${directory(draft)} && touch ${pick(draft, fileNames)} && cd -`;
    case 12:
      return `(cd ${directory(draft)} && echo sub > ${pick(draft, fileNames)})`;
    case 13:
      return `if [ -f ${known(draft)} ]; then echo yes > ${newPath(draft, fileNames)}; else mkdir -p ${newPath(draft, folderNames)}; fi`;
    case 14:
      return `if [ -d ${known(draft)} ]; then touch ${directory(draft)}/${pick(draft, fileNames)}; fi`;
    case 15:
      return `for each in ${pick(draft, folderNames)} ${pick(draft, folderNames)}; do mkdir -p ${folder}/$each && echo $each > ${folder}/$each/made; done`;
    case 16:
      return `echo text | tee ${made()} > /dev/null`;
    case 17:
      return `cp -r ${outside[0]}/. ${outside[1]}`;
    case 18:
      return `find ${directory(draft)} -name '${pick(draft, ['*.js', '*.md', 'lib', 'made'])}' -exec rm -rf {} +`;
    case 19:
      return `[ -e ${known(draft)} ] || mkdir -p ${newPath(draft, folderNames)}`;
    case 20:
      return `tar -cf /tmp/kept.tar -C ${directory(draft)} . && mkdir -p ${pick(draft, folders)} && tar -xf /tmp/kept.tar -C ${pick(draft, folders)} && rm /tmp/kept.tar`;
    default:
      return `sed -i s/a/b/ ${file(draft)}`;
  }
}

/** What is written to a mount does not stay; what is copied out of one does. */
function mounted(draft: Draft, from: string | undefined): string {
  const to = remember(draft, newPath(draft, folderNames), 'directories');
  return pick(draft, [
    `RUN --mount=type=bind,source=src,target=/mounted cp -r /mounted ${to}`,
    `RUN --mount=type=bind,target=/mounted cp /mounted/package.json ${remember(draft, newPath(draft, fileNames), 'files')}`,
    `RUN --mount=type=cache,target=/cache touch /cache/kept && mkdir -p ${to} && cp /cache/kept ${to}/kept`,
    `RUN --mount=type=tmpfs,target=/scratch echo hello > /scratch/file && mkdir -p ${to} && mv /scratch/file ${to}/`,
    `RUN --mount=type=cache,target=${pick(draft, folders)}/cache ${fileCommand(draft)}`,
    from === undefined
      ? `RUN --mount=type=bind,source=public,target=public ls public`
      : `RUN --mount=type=bind,from=${from},target=/mounted mkdir -p ${to} && ls /mounted > ${to}/list`,
  ]);
}

function run(draft: Draft): string {
  if (chance(draft, 0.1)) {
    const path = remember(draft, newPath(draft, fileNames), 'files');
    return `RUN <<EOF\nset -e\n${fileCommand(draft)}\ncat > ${path} <<TEXT\nline\nTEXT\nEOF`;
  }
  const commands = Array.from({ length: 1 + Math.floor(draft.random() * 3) }, () => fileCommand(draft));
  return `RUN ${commands.join(' \\\n && ')}`;
}

function configuration(draft: Draft, scratch: boolean): string {
  return pick(draft, [
    `ENV A=${pick(draft, ['1', '"two words"', '$A-x', '${B:-none}'])} B=$A`,
    `LABEL shop.part="${pick(draft, ['web', 'mail'])} $A"`,
    `EXPOSE ${pick(draft, ['80', '8000-8002', '53/udp', '${PORT:-3000}'])}`,
    `USER ${pick(draft, scratch ? ['1000:1000', '0'] : ['node', '1000:1000', 'root', '0'])}`,
    `CMD ${pick(draft, ['["node", "src/index.js"]', 'node src/index.js', '["sh"]'])}`,
    `ENTRYPOINT ${pick(draft, ['["docker-entrypoint.sh"]', '["node"]', 'exec node src/index.js', '[]'])}`,
    `VOLUME ${pick(draft, ['/data', '["/data", "/cache"]'])}`,
    `STOPSIGNAL ${pick(draft, ['SIGINT', '9'])}`,
    `HEALTHCHECK ${pick(draft, ['NONE', 'CMD node health.js', 'CMD ["node", "health.js"]'])}`,
    `ARG PORT=${pick(draft, ['80', '$A'])}`,
    'SHELL ["/bin/sh", "-ec"]',
  ]);
}

function stage(
  random: () => number,
  earlier: readonly { name: string; draft: Draft }[],
): { text: string; draft: Draft } {
  const base = earlier.length > 0 && random() < 0.3 ? earlier[Math.floor(random() * earlier.length)] : undefined;
  const draft: Draft = {
    random,
    workdir: base?.draft.workdir ?? '/',
    files: [...(base?.draft.files ?? [])],
    directories: [...(base?.draft.directories ?? [])],
  };
  const scratch = base === undefined && earlier.length > 0 && chance(draft, 0.15);
  const lines: string[] = [];
  const count = 3 + Math.floor(random() * 6);
  for (let at = 0; at < count; at += 1) {
    const from = earlier.length > 0 && chance(draft, 0.35) ? pick(draft, earlier) : undefined;
    const roll = random();
    if (roll < 0.15) {
      const to = pick(draft, [...folders, 'sub', '..', './deep/er']);
      draft.workdir = new URL(absolute(draft, to), 'file:///').pathname.replace(/(.)\/$/, '$1');
      remember(draft, draft.workdir, 'directories');
      lines.push(`WORKDIR ${to}`);
    } else if (from !== undefined) {
      const to = destination(draft);
      const path = known(from.draft);
      remember(draft, to, from.draft.files.includes(path) ? 'files' : 'directories');
      lines.push(
        `COPY --from=${from.name} ${path}${pick(draft, ['', '', '/', '/*'])} ${pick(draft, [to, `${to.replace(/\/?$/, '/')}`])}`,
      );
    } else if (roll < 0.5) lines.push(copy(draft));
    else if (roll < 0.55) lines.push(`COPY <<EOF ${remember(draft, newPath(draft, fileNames), 'files')}\ntext $A\nEOF`);
    else if (roll < 0.82 && !scratch) lines.push(run(draft));
    else if (roll < 0.88 && !scratch) lines.push(mounted(draft, earlier.at(-1)?.name));
    else if (roll < 0.9 && !scratch)
      lines.push(`ONBUILD ${chance(draft, 0.5) ? copy(draft) : `RUN ${fileCommand(draft)}`}`);
    else lines.push(configuration(draft, scratch));
  }
  const image = base?.name ?? (scratch ? 'scratch' : pick(draft, ['node:20-alpine', 'node:20-alpine', 'alpine:3.20']));
  return { text: `FROM ${image} AS s${earlier.length}\n${lines.join('\n')}\n`, draft };
}

export function randomCase(seed: number): RandomCase {
  const random = randomSource(seed);
  const stages: { name: string; draft: Draft }[] = [];
  let dockerfile = '';
  const count = 1 + Math.floor(random() * 3);
  for (let at = 0; at < count; at += 1) {
    const { text, draft } = stage(random, stages);
    stages.push({ name: `s${at}`, draft });
    dockerfile += `${text}\n`;
  }
  const ignore = random() < 0.6 ? '' : (ignores[Math.floor(random() * ignores.length)] ?? '');
  return { dockerfile, files: ignore === '' ? contextFiles : { ...contextFiles, '.dockerignore': ignore } };
}
