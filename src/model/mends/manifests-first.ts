/** The manifests and the install before the source. */
import type { CopyInstruction } from '../../syntax/index.ts';
import type { Build, CacheInput, Command } from '../build.ts';
import { join, relativeTo } from '../files/path.ts';
import type { LateInstall } from '../installs/late-installs.ts';
import type { Fix } from './fix.ts';
import { manifestsOf } from './manifests.ts';
import { commentsOf, isNeededBetween, placeBehind } from './move-copy.ts';
import { sourceBehind } from './source-behind.ts';
import { between, writtenAt } from './written.ts';

/**
 * Moves the COPY of the source behind the install, and puts one of the manifests in its place. `late`: what runs again
 * with the first COPY of it. Where the
 * manifests are there already, nothing is put there. Undefined unless one COPY of one folder stands before one install.
 */
export function manifestsFirst(build: Build, [late, ...others]: readonly LateInstall[]): Fix | undefined {
  if (late === undefined || others.length > 0 || late.manifest !== undefined) return undefined;
  const [source, ...more] = late.sources;
  const { install, step: run } = late.command;
  if (source === undefined || source.mounted) return undefined;
  if (install === undefined || install.follows !== undefined || install.adds.length > 0) return undefined;
  // What the RUN takes out again would stay in the layer of an install apart.
  if (run.commands.slice(run.commands.indexOf(late.command) + 1).some(takesPackagesOut)) return undefined;
  const beside = install.needsSource ? undefined : sourceBehind(build, late, install);
  if (beside !== undefined || more.some(({ step }) => step !== source.step)) return beside;
  const copy = plainCopy(source, build);
  if (copy === undefined || run.stage !== source.step.stage || isNeededBetween([source.step], run)) return undefined;
  const folder = install.directory === undefined ? undefined : relativeTo(source.destination, install.directory);
  if (folder !== '') return undefined;
  const manifests = manifestsOf(install, source, build);
  const cut = placeBehind(late.command, build);
  if (manifests === undefined || cut === undefined) return undefined;
  // Of a workspace it needs what the members say, and no more.
  if (install.needsSource && (manifests.members ?? []).length === 0) return undefined;
  const [from] = copy.sources;
  if (from === undefined) return undefined;
  const into = `${writtenAt(build, copy.destination.span).replace(/^\.\/?$|\/$/, '')}`;
  const destination = into === '' ? './' : `${into}/`;
  const names = manifests.names.map((name) => join(source.path === '.' ? '' : source.path, name)).join(' ');
  const head = writtenAt(
    build,
    between({ ...copy.span, endLine: copy.span.line, endColumn: copy.span.column }, from.span),
  );
  const at = (path: string): string => join(source.path === '.' ? '' : source.path, path);
  const below = [
    ...(manifests.folders ?? []).map((path) => `${head}${at(path)} ${destination}${path}/`),
    ...(manifests.members ?? []).map((path) => `${head}${at(`${path}/package.json`)} ${destination}${path}/`),
  ];
  const comments = commentsOf(copy);
  const moved = [...comments.map(({ span }) => writtenAt(build, span)), writtenAt(build, copy.span)].join('\n');
  const start = comments[0]?.span ?? copy.span;
  const gap = writtenAt(build, linesBelow(copy, build)).trim() === '' ? '\n\n' : '\n';
  return {
    says: `Copy ${manifests.names.join(', ')} before the install, the source after it`,
    safety: manifests.certain ? 'safe' : 'unsafe',
    edits: [
      {
        at: { ...start, endLine: copy.span.endLine, endColumn: copy.span.endColumn },
        text: [`${head}${names} ${destination}`, ...below].join('\n'),
      },
      cut(`${gap}${moved}`),
    ],
  };
}

const takesPackagesOut = ({ name, arguments: words, invocation, install }: Command): boolean =>
  invocation?.operation === 'prune' ||
  install?.follows !== undefined ||
  (name === 'rm' && words.some((word) => word === undefined || /(?:^|\/)(?:node_modules|vendor)\/?$/.test(word)));

/** The line below an instruction, with its line end. */
const linesBelow = ({ span }: CopyInstruction, { file: { source } }: Build) => {
  const last = Math.min(span.endLine + 2, source.lineStarts.length);
  return { line: span.endLine, column: span.endColumn, endLine: last, endColumn: 1 };
};

/** One folder, on one line, in the file itself. */
function plainCopy({ step, destination, through }: CacheInput, build: Build): CopyInstruction | undefined {
  const { instruction } = step;
  if (instruction.keyword !== 'COPY' || through !== undefined || instruction.onbuild) return undefined;
  const { sources, from, json, parents, exclude, heredocs, span } = instruction;
  if (sources.length !== 1 || from !== undefined || json || parents || exclude.length > 0 || heredocs.length > 0)
    return undefined;
  const [source] = sources;
  const plain = span.line === span.endLine && !instruction.comments.some(({ span: at }) => at.line === 1);
  const isWhole = source?.text !== undefined && /^[\w./-]+$/.test(source.text) && destination !== '/';
  return plain && isWhole && isFolder(source.text, build) ? instruction : undefined;
}

const isFolder = (path: string, { context }: Build): boolean =>
  /^\.?\/?$/.test(path) || context.stat(path.replace(/^(?:\.?\/)+/, '').replace(/(?<!\/)\/+$/, '')) === 'directory';
