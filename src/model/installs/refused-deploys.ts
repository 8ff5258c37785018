/** `pnpm deploy` in workspaces whose packages are not injected. */
import { deploySettings, majorsOf } from '../../knowledge/index.ts';
import type { Build, Command } from '../build.ts';
import { textAt } from '../files/context-text.ts';
import { directoryName, join } from '../files/path.ts';
import { firstOfStage } from '../per-stage.ts';
import { surelyEndsTheBuild } from '../query.ts';
import { declaredAbove } from './declared-manager.ts';

export interface RefusedDeploy {
  readonly command: Command;
  readonly version: string;
  /** `legacy`: the option is not known yet; `injected`: it deploys injected packages alone. */
  readonly is: 'legacy' | 'injected';
}

/** The first of each stage, where the version is known and, from 10 on, the settings of the workspace are. */
export const refusedDeploys = firstOfStage((command: Command, build: Build): RefusedDeploy | undefined => {
  const { invocation: call, step, arguments: words, workdir, shell } = command;
  if (call?.manager !== 'pnpm' || call.operation !== 'deploy' || !surelyEndsTheBuild(command)) return undefined;
  if (words.includes(undefined) || workdir === undefined) return undefined;
  const chosen = step.before.managers.get('pnpm');
  const declared = declaredAbove(command, workdir, build);
  const version = declared?.manager === 'pnpm' ? declared.version : declared?.manager === 'none' ? chosen : undefined;
  const majors = majorsOf(version);
  if (version === undefined || majors === undefined || majors.least !== majors.most) return undefined;
  if (majors.most < 10) return words.includes('--legacy') ? { command, version, is: 'legacy' } : undefined;
  if (majors.least > 11 || words.some((word) => deploySettings.option.test(word ?? ''))) return undefined;
  const isSet = [...step.before.env.keys(), ...shell.environment.map(({ name }) => name)].some((name) =>
    deploySettings.variable.test(name),
  );
  return isSet || maySet(workdir, majors.most, command, build) ? undefined : { command, version, is: 'injected' };
});

/** Of pnpm-workspace.yaml and, before pnpm 11, .npmrc beside it; one that is not seen may. */
function maySet(folder: string, major: number, { step }: Command, build: Build): boolean {
  const { rootfs } = step.before;
  for (let at = folder; ; at = directoryName(at)) {
    const workspace = join(at, 'pnpm-workspace.yaml');
    if (rootfs.stat(workspace).presence !== 'absent') {
      const text = textAt(workspace, rootfs, build);
      if (text === undefined || deploySettings.line.test(text)) return true;
      const settings = join(at, '.npmrc');
      if (major > 10 || rootfs.stat(settings).presence === 'absent') return false;
      return deploySettings.line.test(textAt(settings, rootfs, build) ?? 'force-legacy-deploy=true');
    }
    if (at === '/') return true;
  }
}
