/** Source behind the install, where the manifests have come before it. */

import { lockfilesOf, type PackageManager } from '../../knowledge/index.ts';
import type { CopyInstruction, Edit } from '../../syntax/index.ts';
import type { Build, Install, Step } from '../build.ts';
import { textAt } from '../files/context-text.ts';
import { join, relativeTo } from '../files/path.ts';
import type { LateInstall } from '../installs/late-installs.ts';
import type { Fix } from './fix.ts';
import { commentsOf, isNeededBetween, placeBehind } from './move-copy.ts';
import { writtenAt } from './written.ts';

/** Undefined unless every COPY of source stands on one line, beside what the install reads. */
export function sourceBehind(build: Build, { command, sources }: LateInstall, install: Install): Fix | undefined {
  const { step: run } = command;
  const { directory } = install;
  const steps = [...new Set(sources.map(({ step }) => step))];
  const [first] = steps;
  if (!install.node && !installsPackagesOnly.has(install.manager)) return undefined;
  if (directory === undefined || first === undefined || !hasManifests(install, first)) return undefined;
  if (sources.some(({ destination }) => relativeTo(destination, directory) !== undefined)) return undefined;
  const copies = steps.flatMap(({ instruction, stage }) =>
    instruction.keyword === 'COPY' && stage === run.stage && isPlain(instruction, build) ? [instruction] : [],
  );
  const place = placeBehind(command, build);
  if (copies.length !== steps.length || place === undefined || isNeededBetween(steps, run)) return undefined;
  const moved = copies.flatMap((copy) => [...commentsOf(copy), copy]).map(({ span }) => writtenAt(build, span));
  const text = textAt(join(directory, 'package.json'), run.before.rootfs, build);
  const isParted = copies.some(({ span }) => isBlankLine(span.endLine + 1, build));
  return {
    says: 'Copy the source after the install',
    safety: install.node && text !== undefined && !runsScripts(text) ? 'safe' : 'unsafe',
    edits: [
      ...copies.map((copy) => without(copy, copies, build)),
      place(`${isParted ? '\n\n' : '\n'}${moved.join('\n')}`),
    ],
  };
}

/** Others build the project itself, or run its scripts. */
const installsPackagesOnly: ReadonlySet<string> = new Set(['pip', 'go', 'maven', 'bundler']);

/** Scripts that npm and its kin run when they install. */
export const runsScripts = (manifest: string): boolean =>
  /"(?:pre|post)?install"\s*:|"(?:pre|post)?prepare"\s*:|"(?:file|link|portal|workspace):/.test(manifest);

/** What the install has when it runs was there before the source. */
function hasManifests({ node, manager, directory, command, reads }: Install, { before }: Step): boolean {
  if (directory === undefined) return false;
  const names = node ? managers.filter((each) => each === manager).flatMap(lockfilesOf) : [];
  const paths = [...reads, ...names.map((name) => join(directory, name))];
  const there = paths.filter((path) => command.step.before.rootfs.stat(path).presence !== 'absent');
  const [manifest] = reads;
  return (
    manifest !== undefined &&
    before.rootfs.stat(manifest).presence === 'present' &&
    there.every((path) => before.rootfs.stat(path).presence === command.step.before.rootfs.stat(path).presence)
  );
}

const managers: readonly PackageManager[] = ['npm', 'yarn', 'pnpm', 'bun'];

const isPlain = ({ span, from, json, heredocs, onbuild, comments }: CopyInstruction, build: Build): boolean =>
  span.line === span.endLine &&
  from === undefined &&
  !json &&
  !onbuild &&
  heredocs.length === 0 &&
  !comments.some(({ span: at }) => at.line === 1) &&
  writtenAt(build, { ...span, column: 1, endLine: span.line, endColumn: span.column }) === '';

/** Its lines, with those of its comments; where blank lines stand above and below all of them, one stays. */
function without(copy: CopyInstruction, copies: readonly CopyInstruction[], build: Build): Edit {
  const last = copy.span.endLine + 1;
  let above = startOf(copy);
  for (let found: CopyInstruction | undefined = copy; found !== undefined; ) {
    above = startOf(found);
    found = copies.find(({ span }) => span.endLine + 1 === above);
  }
  const doubled = above > 1 && isBlankLine(above - 1, build) && isBlankLine(last, build);
  return { at: { line: startOf(copy), column: 1, endLine: doubled ? last + 1 : last, endColumn: 1 }, text: '' };
}

const startOf = (copy: CopyInstruction): number => (commentsOf(copy)[0]?.span ?? copy.span).line;

function isBlankLine(line: number, { file: { source } }: Build): boolean {
  const { text, lineStarts } = source;
  return line < lineStarts.length && text.slice(lineStarts[line - 1], lineStarts[line]).trim() === '';
}
