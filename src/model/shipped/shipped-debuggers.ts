/** Debuggers in images that are not for developers. */
import { debuggerInstalled, isDebuggerPackage } from '../../knowledge/index.ts';
import type { Build, Located, Stage } from '../build.ts';
import { systemPackages } from '../installs/system-packages.ts';
import { chainOf } from '../query.ts';
import { purposeOf } from '../start/start.ts';
import { isMadeForDevelopers } from './made-for-developers.ts';

export interface ShippedDebugger extends Located {
  readonly target: Stage;
  /** As written. */
  readonly name: string;
  /** XDEBUG_MODE=off stands in the image. */
  readonly switchedOff: boolean;
}

/** The first of each target; those that are installed on a condition are left out. */
export function* shippedDebuggers(build: Build): Iterable<ShippedDebugger> {
  const told = new Set<Located['span']>();
  for (const target of build.targets) {
    if (purposeOf(target, build.path) !== 'runtime' || isMadeForDevelopers(build, target)) continue;
    const found = firstIn(target);
    if (found === undefined || told.has(found.span)) continue;
    told.add(found.span);
    const switchedOff = target.result.env.get('XDEBUG_MODE')?.text === 'off';
    yield { ...found, target, switchedOff };
  }
}

function firstIn(target: Stage): (Located & { readonly name: string }) | undefined {
  const kept = systemPackages(target).find(({ name, presence }) => presence === 'present' && isDebuggerPackage(name));
  if (kept !== undefined) return kept;
  for (const stage of chainOf(target))
    for (const { commands } of stage.steps)
      for (const command of commands) {
        const name = command.runs === 'always' ? debuggerInstalled(command.name, command.arguments) : undefined;
        const word = command.shell.words.find(({ text }) => text === name) ?? command;
        if (name !== undefined) return { span: word.span, name };
      }
  return undefined;
}
