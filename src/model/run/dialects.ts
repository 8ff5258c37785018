/** Which shell of the Bourne family reads a script. */
import { systemShell } from '../../knowledge/index.ts';
import { posixShellIn } from '../../syntax/index.ts';
import type { Base } from '../build.ts';

/** `sh`: which shell that is, is not known. */
export type ShellDialect = 'sh' | 'bash' | 'dash' | 'ksh' | 'busybox';

/** The shell of a step by the words of SHELL or a `#!` line; undefined for one that is none of these: zsh. */
export function dialectOf(words: readonly string[] | undefined, base: Base): ShellDialect | undefined {
  switch (posixShellIn(words ?? ['sh'])) {
    case undefined:
    case 'sh':
      return systemDialect(base) ?? 'sh';
    case 'bash':
    case 'rbash':
      return 'bash';
    case 'ash':
      return 'busybox';
    case 'dash':
      return 'dash';
    case 'ksh':
    case 'mksh':
      return 'ksh';
    default:
      return undefined;
  }
}

function systemDialect(base: Base): ShellDialect | undefined {
  if (base.kind === 'stage') return systemDialect(base.stage.base);
  if (base.kind !== 'image') return undefined;
  const { familiar, tag } = base.reference;
  return systemShell(tag === undefined ? familiar : `${familiar}:${tag}`, base.facts);
}

/** Whether a shell makes several words of `{a,b}`; undefined where it is not known. */
export function expandsBraces(words: readonly string[] | undefined, base: Base): boolean | undefined {
  if (posixShellIn(words ?? []) === 'zsh') return true;
  const dialect = dialectOf(words, base);
  if (dialect === 'sh' || dialect === undefined) return undefined;
  return dialect === 'bash' || dialect === 'ksh';
}
