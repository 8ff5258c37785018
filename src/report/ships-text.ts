/** What an image will hold, for people: its config first, then what is worth knowing, then the files. */
import { type FileGroup, groupFiles, type ImageCommand, type PlacedSecret, type ShippedImage } from '../model/index.ts';
import { harmless, harmlessProse } from './harmless.ts';
import { plainStyle, type Style } from './style.ts';
import { displayWidth, shortened, wrap } from './width.ts';

export interface ShipsTextOptions {
  readonly style?: Style;
  /** Columns of the terminal. Default 80. */
  readonly columns?: number;
  /** List every file instead of folding what one instruction brings. */
  readonly files?: boolean;
}

const labelWidth = 'healthcheck'.length;

export function shipsText(image: ShippedImage, options: ShipsTextOptions = {}): string {
  const { style = plainStyle, columns = 80, files = false } = options;
  const wide = Math.max(40, columns);
  const { target } = image;
  const name = target.name === undefined ? `stage ${target.index}` : harmless(target.name.raw);
  const size = image.baseSize === undefined ? '' : `, ${image.baseSize}`;
  const lines = [
    `${style.strong(name)} ${style.faint(`line ${target.from.span.line}, on ${harmless(image.base.replace(/@.*/s, ''))}${size}`)}`,
    '',
    ...configRows(image, style).flatMap((each) => row(each, wide, style)),
    ...section(
      'dependencies',
      [
        ...image.trees.map((tree) => treeLine(tree, style)),
        ...image.discardedTrees.map((tree) => discardedLine(tree, style)),
      ],
      style,
    ),
    ...section(
      'package-manager caches',
      image.caches.map((cache) => cacheLine(cache, style)),
      style,
    ),
    ...section(
      'secrets',
      image.secretPlaces.map((secret) => secretLine(secret, style)),
      style,
    ),
    ...section('files', files ? image.entries.map(({ path }) => harmless(path)) : fileLines(image, wide, style), style),
    ...section(
      'not known',
      image.unknowns.flatMap(({ what, why }) => wrap(harmlessProse(`${what}: ${why}`), wide - 2, '', '  ')),
      style,
    ),
  ];
  return `${lines.join('\n')}\n`;
}

const lineOf = (at: { readonly span: { readonly line: number } }): string => `line ${at.span.line}`;

/** A label, and the parts of its value, which may stand in one line or below each other. */
type Row = readonly [label: string, parts: readonly string[]];

function configRows(image: ShippedImage, style: Style): readonly Row[] {
  const { user } = image;
  const identity = { root: style.warning('root'), 'non-root': 'not root', unknown: 'not known' }[user.identity];
  const account = user.name === undefined || user.name === 'root' ? identity : `${harmless(user.name)}, ${identity}`;
  const own = [...image.env].filter(([, { via }]) => via !== 'image');
  const inherited = image.env.size - own.length;
  const pair = ([name, { text }]: readonly [string, { readonly text?: string }]): string =>
    `${harmless(name)}=${text === undefined ? '?' : harmless(quoted(text))}`;
  const rows: readonly Row[] = [
    ['user', [account, style.faint(user.setBy === 'base' ? 'from the base image' : lineOf(user))]],
    ['directory', [harmless(image.workingDir ?? 'not known')]],
    ['entrypoint', command(image.entrypoint, style)],
    ['command', command(image.cmd, style)],
    ['ports', image.exposedPorts.map(harmless)],
    [
      'env',
      [
        ...own.map(pair),
        ...(inherited > 0 ? [style.faint(`${own.length > 0 ? 'and ' : ''}${inherited} of the base image`)] : []),
      ],
    ],
    ['labels', [...image.labels].map(pair)],
    ['volumes', image.volumes.map(harmless)],
    ['stop signal', image.stopSignal === undefined ? [] : [harmless(image.stopSignal)]],
    ['healthcheck', healthcheckOf(image)],
    ['onbuild', image.onbuild.map((text) => harmless(text.replace(/\s+/g, ' ')))],
  ];
  return rows.filter(([, parts]) => parts.length > 0);
}

/** The words of the exec form, or the line that the shell gets. */
function healthcheckOf({ healthcheck }: ShippedImage): readonly string[] {
  if (healthcheck === undefined) return [];
  if (healthcheck === 'none') return ['none'];
  const [form, ...words] = healthcheck;
  return [form === 'CMD' ? oneLine(words) : harmless(words.join(' ').replace(/\s+/g, ' '))];
}

const quoted = (text: string): string => (/^[\w./:@%+,=-]*$/.test(text) ? text : JSON.stringify(text));

/** The words of a command as one would type them; a script keeps its text, its line breaks and indents folded. */
const oneLine = (words: readonly string[]): string =>
  harmless(words.map((word) => quoted(word.replace(/\s+/g, ' '))).join(' '));

function command({ setBy, words, at }: ImageCommand, style: Style): readonly string[] {
  if (setBy === 'none') return [];
  if (setBy === 'unknown') return ['not known'];
  return [oneLine(words), style.faint(at === undefined ? 'from the base image' : lineOf(at))];
}

/** Parts go on below, indented, when they do not fit beside each other; one that is too long by itself is cut. */
function row([label, parts]: Row, columns: number, style: Style): readonly string[] {
  const lead = `  ${label.padEnd(labelWidth)}  `;
  const room = columns - lead.length;
  const lines: string[] = [];
  let line = '';
  for (const part of parts) {
    const fitting = displayWidth(plain(part)) > room ? shortened(part, room) : part;
    const joined = line === '' ? fitting : `${line}  ${fitting}`;
    if (line !== '' && displayWidth(plain(joined)) > room) {
      lines.push(line);
      line = fitting;
    } else line = joined;
  }
  lines.push(line);
  return lines.map((text, at) => `${at === 0 ? style.faint(lead) : ' '.repeat(lead.length)}${text}`);
}

/** Without the escape sequences of the style. */
const plain = (text: string): string => text.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g'), '');

const section = (title: string, lines: readonly string[], style: Style): readonly string[] =>
  lines.length === 0 ? [] : ['', `  ${style.strong(title)}`, ...lines.map((line) => `    ${line}`)];

function treeLine({ path, tree, development }: ShippedImage['trees'][number], style: Style): string {
  const kind = {
    yes: style.warning('production and development'),
    no: 'production only',
    unknown: 'development packages: not known',
  }[development];
  const { command: made, manager } = tree.install;
  const left = development !== 'no' || tree.unlinked === undefined ? '' : `, ${style.warning('development')} in .pnpm`;
  return `${harmless(path)}  ${manager}, ${kind}${left}${style.faint(`  ${lineOf(made)}`)}`;
}

const discardedLine = ({ path, tree, change }: ShippedImage['discardedTrees'][number], style: Style): string =>
  `${harmless(path)}  ${tree.install.manager}, ${style.warning('development packages')} in a layer, though taken out later${style.faint(`  ${lineOf(change.step)}`)}`;

function cacheLine({ cache, filledBy, emptiedBy }: ShippedImage['caches'][number], style: Style): string {
  const place = emptiedBy === undefined ? '' : ', in a layer, though emptied later';
  return `${harmless(cache.paths[0] ?? '')}  ${cache.holds} of ${cache.manager}${place}${style.faint(`  ${lineOf(filledBy)}`)}`;
}

const placeNames: Readonly<Record<PlacedSecret['places'][number], string>> = {
  rootfs: 'in the file system',
  layer: 'in a layer, though deleted later',
  config: 'in the config',
  history: 'in the history',
  provenance: 'in provenance of mode=max',
};

const secretLine = (secret: PlacedSecret, style: Style): string =>
  `${style.error(harmless(secret.name))}  ${secret.places.map((place) => placeNames[place]).join(', ')}${style.faint(`  ${lineOf(secret)}`)}`;

function fileLines(image: ShippedImage, columns: number, style: Style): readonly string[] {
  const groups = groupFiles(image.entries);
  const width = Math.min(
    Math.floor(columns / 2),
    Math.max(0, ...groups.map(({ path }) => displayWidth(harmless(path)))),
  );
  return groups.map((group) => {
    const path = harmless(group.path);
    const padding = ' '.repeat(Math.max(0, width - displayWidth(path)));
    return `${path}${padding}  ${described(group)}${style.faint(`  ${placeOf(group)}`)}`;
  });
}

function described({ entries, files, holds }: FileGroup): string {
  if (holds !== undefined) return holds;
  const perhaps = entries.every(({ presence }) => presence === 'unknown') ? ', perhaps' : '';
  return `${files === 1 ? '1 file' : `${files} files`}${perhaps}`;
}

const placeOf = ({ change, origin }: FileGroup): string =>
  origin === undefined || origin.step.span.line === change.step.span.line
    ? lineOf(change.step)
    : `line ${change.step.span.line}, from line ${origin.step.span.line}`;
