/**
 * Scripts of package.json that an install runs once its packages are there. It ends with the status of one that fails.
 *
 * Measured, npm 11.19, pnpm 9.15 and 10.12, bun 1.2 (with and without development packages) and yarn 1.22, which leaves
 * out `prepare` in production; those of members of a workspace run at the install of its root. Not here: yarn 2 and
 * later, and `preinstall`, which some run before the packages are there.
 */
import type { Answer } from './development.ts';
import type { Invocation } from './invocation.ts';
import { last, npmSetting, type Situation } from './npm-config.ts';
import { majorOf } from './versions.ts';

/** Their names, in order; none where scripts are or may be switched off. `development`: whether such packages come in. */
export function scriptsOfInstall(call: Invocation, situation: Situation, development: Answer): readonly string[] {
  if (call.operation !== 'install' || call.global || call.ignoreScripts || call.noTree) return [];
  const ignored = last(npmSetting('ignore-scripts', situation));
  if (ignored === undefined || ignored === 'true') return [];
  if (call.manager !== 'yarn') return ['install', 'postinstall', 'prepare'];
  if (majorOf(situation.version) !== 1) return [];
  return development === 'yes' ? ['install', 'postinstall', 'prepare'] : ['install', 'postinstall'];
}
