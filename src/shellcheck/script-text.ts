/** A script as ShellCheck is given it, and the way back from its places to those of the Dockerfile. */
import type { CheckableScript, ShellDialect } from '../model/index.ts';
import { createSource, type Source, type Span, spanOf } from '../syntax/index.ts';

/** A place as ShellCheck tells it: 1-based, columns in code points, a tab counting one. */
export interface ScriptPlace {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface ScriptText {
  /** Equal for scripts of which ShellCheck would say the same. */
  readonly text: string;
  /** Undefined for what stands in lines that are not in the Dockerfile. */
  spanOf(place: ScriptPlace): Span | undefined;
  /** The line of the Dockerfile that a line of the script is in; undefined where it is in several, or in none. */
  lineOf(line: number): number | undefined;
  /** What stands at a place. */
  slice(place: ScriptPlace): string;
  /**
   * The stretch of the Dockerfile to put something in the place of; of an empty one the place itself, which is that
   * before the next character or that after the last one. Undefined, too, when it runs over the end of a line.
   */
  editSpan(place: ScriptPlace, insertionPoint: 'beforeStart' | 'afterEnd'): Span | undefined;
}

const shebangs: Readonly<Record<ShellDialect, string>> = {
  sh: '#!/bin/sh',
  bash: '#!/bin/bash',
  // ShellCheck 0.11 takes dash for one that has pipefail, as dash 0.5.12 of Debian 12 has not.
  dash: '#!/bin/sh',
  ksh: '#!/bin/ksh',
  busybox: '#!/bin/busybox sh',
};

/** The place in the Dockerfile of what is ours. */
const nowhere = -1;

export function scriptText(script: CheckableScript): ScriptText {
  const { text: mapped, dialect } = script;
  const body = mapped.text;
  // What ShellCheck is told before the first command holds for all of them.
  const opening = /^(?:[ \t\r]*(?:#.*)?\n)*/.exec(body)?.[0].length ?? 0;
  const before = `${shebangs[dialect]}\n${directiveOf(script)}`;
  const between = `${script.errexit ? 'set -e\n' : ''}${exportsOf(script)}`;
  let text = '';
  const offsets: number[] = [];
  const put = (ours: string): void => {
    text += ours;
    for (let at = 0; at < ours.length; at += 1) offsets.push(nowhere);
  };
  const copy = (start: number, end: number): void => {
    for (let at = start; at < end; at += 1)
      if (body[at] !== '\r' || body[at + 1] !== '\n') {
        text += body[at];
        offsets.push(mapped.offsets[at] ?? nowhere);
      }
  };
  put(before);
  copy(0, opening);
  put(between);
  copy(opening, body.length);
  const source = createSource(text);
  const wide = /[\u{10000}-\u{10ffff}]/u.test(text);
  const offsetOf = (line: number, column: number): number =>
    wide ? offsetAtCodePoint(source, line, column) : Math.min(startOf(source, line) + column - 1, endOf(source, line));
  const fileOffset = (at: number): number => offsets[at] ?? nowhere;

  const spanAt = ({ line, column, endLine, endColumn }: ScriptPlace): Span | undefined => {
    const start = offsetOf(line, column);
    const end = Math.max(offsetOf(endLine, endColumn), start + 1);
    // At the end of the script, its last character is the nearest one.
    const from = fileOffset(Math.min(start, offsets.length - 1));
    const last = fileOffset(Math.min(end, offsets.length) - 1);
    return from === nowhere || last < from ? undefined : spanOf(mapped.source, from, last + 1);
  };

  return {
    text: text.endsWith('\n') ? text : `${text}\n`,
    spanOf: spanAt,
    lineOf(line) {
      const whole = spanAt({ line, column: 1, endLine: line, endColumn: Number.POSITIVE_INFINITY });
      return whole?.line === whole?.endLine ? whole?.line : undefined;
    },
    slice: ({ line, column, endLine, endColumn }) => text.slice(offsetOf(line, column), offsetOf(endLine, endColumn)),
    editSpan({ line, column, endLine, endColumn }, insertionPoint) {
      const start = offsetOf(line, column);
      const end = offsetOf(endLine, endColumn);
      const next = fileOffset(start);
      const last = fileOffset(end - 1);
      if (start === end) {
        const at = insertionPoint === 'afterEnd' || last === nowhere ? next : last + 1;
        return at === nowhere ? undefined : spanOf(mapped.source, at, at);
      }
      if (next === nowhere || last < next) return undefined;
      return mapped.source.text.slice(next, last + 1) === text.slice(start, end)
        ? spanOf(mapped.source, next, last + 1)
        : undefined;
    },
  };
}

const startOf = ({ text, lineStarts }: Source, line: number): number => lineStarts[line - 1] ?? text.length;
const endOf = ({ text, lineStarts }: Source, line: number): number => (lineStarts[line] ?? text.length + 1) - 1;

function offsetAtCodePoint(source: Source, line: number, column: number): number {
  const end = endOf(source, line);
  let at = startOf(source, line);
  for (let passed = 1; passed < column && at < end; passed += 1)
    at += (source.text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  return at;
}

/** A number, so that ShellCheck asks for no quotes around it. */
function exportsOf({ text, isSet }: CheckableScript): string {
  const names = new Set(text.text.match(/[A-Za-z_]\w*/g) ?? []);
  return [...names]
    .filter(isSet)
    .sort()
    .map((name) => `export ${name}=1\n`)
    .join('');
}

/** `# shellcheck disable=SC2086` above a RUN or between its lines, which the shell never gets to see. */
function directiveOf({ comments }: CheckableScript): string {
  const codes = comments.flatMap(({ text }) => {
    const [, list = ''] = /^shellcheck[ \t]+(?:[a-z-]+=\S*[ \t]+)*disable=(\S+)/.exec(text) ?? [];
    return list.split(',').filter((code) => /^(?:SC\d{4}(?:-SC\d{4})?|all)$/.test(code));
  });
  return codes.length === 0 ? '' : `# shellcheck disable=${[...new Set(codes)].join(',')}\n`;
}
