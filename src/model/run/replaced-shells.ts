/** /bin/sh that is made another shell. */
import type { Located } from '../../syntax/index.ts';
import type { Build, Stage } from '../build.ts';
import { chainOf } from '../query.ts';
import { operands } from './operands.ts';
import { writtenCommands } from './written-runs.ts';

export interface ReplacedShell extends Located {
  /** What stands in its place; absent when not known. */
  readonly shell?: string;
}

const valued: ReadonlySet<string> = new Set(['-S', '--suffix', '-t', '--target-directory']);
const shellPaths: ReadonlySet<string> = new Set(['/bin/sh', '/usr/bin/sh', '/bin/', '/usr/bin/']);

export function* replacedShells(build: Build): Iterable<ReplacedShell> {
  for (const { name, arguments: words, shell, run } of writtenCommands(build)) {
    if (name !== 'ln' && name !== 'cp') continue;
    const [target, link, ...others] = operands(words, valued);
    if (link === undefined || others.length > 0 || !shellPaths.has(link.replaceAll(/\/{2,}/g, '/'))) continue;
    if (link.endsWith('/') && target?.endsWith('/sh') !== true) continue;
    if (target !== undefined && isFirstShell(target, run.step.stage)) continue;
    const at = shell.words.find(({ text }) => text === link) ?? shell;
    yield { span: at.span, ...(target === undefined ? {} : { shell: target }) };
  }
}

/** An image without a shell gets one, from BusyBox as a rule. */
function isFirstShell(target: string, stage: Stage): boolean {
  const base = chainOf(stage)[0]?.base;
  if (base?.kind === 'scratch' || (base?.kind === 'image' && base.facts?.shell === false)) return true;
  return /(?:^|\/)(?:busybox|toybox|sh|ash)$/.test(target);
}
