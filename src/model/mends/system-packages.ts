/** Packages of the distribution that a program needs when it runs, without those that only a build needs. */
import { buildToolKind, systemPackageCall } from '../../knowledge/index.ts';
import { createSource, offsetAt } from '../../syntax/index.ts';
import type { Command } from '../build.ts';
import { systemPackageCallOf } from '../run/command-calls.ts';
import type { Block } from './stage-blocks.ts';

/** The RUN without what only a build needs; empty where nothing is left, undefined where it cannot be taken apart. */
export function runtimePackages({ step, text }: Block): string | undefined {
  const { instruction, commands } = step;
  const cuts: { readonly from: number; readonly to: number }[] = [];
  const source = createSource(text);
  let kept = 0;
  for (const command of commands) {
    const { shell } = command;
    const call = systemPackageCallOf(command);
    if (call === undefined) continue;
    if (call.operation === 'update-index') continue;
    if (call.operation !== 'install' || call.open || call.virtual !== undefined || shell.elsewhere !== undefined)
      return undefined;
    const idle = new Set(
      call.packages.filter(({ name: each }) => isOfBuild(each, command)).map(({ written }) => written),
    );
    kept += call.packages.length - idle.size;
    if (
      idle.size > 0 &&
      idle.size === call.packages.length &&
      commands.some((each) => each !== command && installsMore(each))
    )
      return undefined;
    for (const word of shell.words.filter(({ text: each }) => each !== undefined && idle.has(each))) {
      const line = word.span.line - instruction.span.line + 1;
      const from = offsetAt(source, line, word.span.column);
      const to = offsetAt(source, word.span.endLine - instruction.span.line + 1, word.span.endColumn);
      if (text.slice(from, to) !== word.raw) return undefined;
      cuts.push({ from, to });
    }
  }
  if (kept === 0) return '';
  return cuts.toReversed().reduce((whole, { from, to }) => without(whole, from, to), text);
}

const installsMore = (command: Command): boolean => systemPackageCallOf(command)?.operation === 'install';

/** Headers bring the libraries that programs are linked with, so that they stay, but for those of the C library. */
function isOfBuild(name: string, { name: program, arguments: words }: Command): boolean {
  const kind = buildToolKind(name);
  if (kind === 'compiler') return true;
  if (kind === 'helper') return !/^(?:openjdk|default-jdk|java-|temurin|zulu|patch$)/.test(name);
  if (kind === 'headers') return /^(?:linux-headers|musl-dev|libc-dev|libc6-dev|python3?-dev)$/.test(name);
  // node-gyp wants Python, and a compiler beside it says so.
  return /^python(?:3(?:\.\d+)?|2|-is-python3|3-minimal)?$/.test(name) && installsCompiler([program, ...words]);
}

const installsCompiler = (words: readonly (string | undefined)[]): boolean =>
  systemPackageCall(words)?.packages.some(({ name }) => buildToolKind(name) === 'compiler' || name === 'make') === true;

/** Takes a word out, with its line where nothing else stands on it, with the continuation where it was the last. */
function without(text: string, from: number, to: number): string {
  const start = text.lastIndexOf('\n', from - 1) + 1;
  const end = text.indexOf('\n', to);
  const rest = end === -1 ? text.slice(to) : text.slice(to, end);
  const isAlone = /^[ \t]*$/.test(text.slice(start, from)) && start > 0;
  if (isAlone && /^[\\`]?$/.test(rest.trim())) {
    if (end !== -1) return text.slice(0, start) + text.slice(end + 1);
    return text.slice(0, start - 1).replace(/(?<![ \t])[ \t]*[\\`][ \t]*$/, '');
  }
  const space = /(?<![ \t])[ \t]*$/.exec(text.slice(0, from))?.[0].length ?? 0;
  return isAlone
    ? text.slice(0, from) + text.slice(to).replace(/^[ \t]+/, '')
    : text.slice(0, from - space) + text.slice(to);
}
