/**
 * What the shells that are /bin/sh in images have, though ShellCheck 0.11 says otherwise. It takes BusyBox for dash in
 * most things, and `sh` for what POSIX has. Measured with BusyBox 1.35, dash 0.5.12 and bash 5.2.
 */
import type { ShellDialect } from '../model/index.ts';
import type { ShellcheckComment } from './report.ts';

/** As ShellCheck names it: `In dash, read -t is not supported.` */
const ofBusybox: ReadonlySet<string> = new Set([
  ...['RANDOM', 'HOSTNAME', 'EPOCHSECONDS', 'EPOCHREALTIME'],
  ...['read -t', 'read -n', 'read -s', 'read -d', 'wait -n', 'export -n', 'exec flags', "'let'"],
  ...['trapping ERR', 'process substitution', 'echo flags besides -n and -e'],
]);

const lack = /^In (?:dash|POSIX sh|busybox sh), (.+?)(?: is| are)? (?:not supported|undefined)/;

/** `local`: https://www.shellcheck.net/wiki/SC3043. */
export const everyShellHas: ReadonlySet<number> = new Set([3043]);

/** `part` is what stands at its place: of the flags of echo, `-n` is one that every shell has. */
export function isThere({ code, message }: ShellcheckComment, dialect: ShellDialect, part: string): boolean {
  if (dialect === 'busybox') return ofBusybox.has(lack.exec(message)?.[1] ?? '');
  if (dialect !== 'sh' && dialect !== 'dash') return false;
  return everyShellHas.has(code) || (code === flagsOfEcho && part === '-n');
}

const flagsOfEcho = 3037;
