/**
 * What an install does with development packages.
 *
 * Source: measured with npm 11.19, pnpm 8.15, 9.15 and 10.34, yarn 1.22.22 and 4.18, bun 1.3.5 and 1.4.5, one
 * dependency and one development dependency; the table stands in `test/knowledge-development.test.ts`.
 */
import { omittedTypes } from './install-flags.ts';
import type { Invocation } from './invocation.ts';
import { configuredSetting, last, npmSetting, type Situation } from './npm-config.ts';
import { majorsOf } from './versions.ts';

export type Answer = 'yes' | 'no' | 'unknown';

/** Whether the call installs development packages. */
export function installsDevelopment(call: Invocation, situation: Situation): Answer {
  if (call.operation === 'focus') return focusSays(call);
  switch (call.manager) {
    case 'npm':
      return npmInstalls(call, situation);
    case 'pnpm':
      return pnpmInstalls(call, situation);
    case 'yarn':
      return yarnInstalls(call, situation);
    case 'bun':
      return bunInstalls(call, situation);
  }
}

const focusSays = (call: Invocation): Answer => {
  if (call.development !== 'omit') return call.uncertain ? 'unknown' : 'yes';
  return 'no';
};

/** Flags may stand in a word that is not known; where packages are named, it is more likely one of them. */
const mayHideFlags = (call: Invocation): boolean => call.uncertain && call.packages.length === 0;

/**
 * npm's `buildOmitList`: whatever includes dev wins over whatever omits it, each from its own place.
 * NODE_ENV=production is only the default of `omit`.
 */
function npmInstalls(call: Invocation, situation: Situation): Answer {
  if (call.development === 'include') return 'yes';
  const include = npmSetting('include', situation);
  const production = last(npmSetting('production', situation));
  const asksForDev = include?.includes('dev') === true || production === 'false';
  if (call.development === 'omit') return asksForDev ? 'unknown' : 'no';
  if (mayHideFlags(call) || include === undefined || production === undefined) return 'unknown';
  const only = last(npmSetting('only', situation));
  const omit = npmSetting('omit', situation);
  const also = last(npmSetting('also', situation));
  if (only === undefined || omit === undefined || also === undefined) return 'unknown';
  const onlyProduction = only === 'prod' || only === 'production';
  if (include?.includes('dev') === true || also?.startsWith('dev') === true) return 'yes';
  if (production === 'false' && !onlyProduction) return 'yes';
  if (onlyProduction || production === 'true') return 'no';
  if (omit !== null) return omittedTypes(omit).has('dev') ? 'no' : 'yes';
  return byNodeEnvironment('yes', situation);
}

/** pnpm up to 9 obeys NODE_ENV; 11 reads no setting of this kind from npm's configuration. */
function pnpmInstalls(call: Invocation, situation: Situation): Answer {
  if (call.development !== undefined) return call.development === 'omit' ? 'no' : 'yes';
  if (mayHideFlags(call)) return 'unknown';
  const majors = majorsOf(situation.version);
  const production = last(npmSetting('production', situation));
  const only = last(npmSetting('only', situation));
  const asked = only === 'prod' || only === 'production' || production === 'true';
  if (production === undefined || only === undefined) return 'unknown';
  if (asked) return majors !== undefined && majors.most <= 10 ? 'no' : 'unknown';
  if (production === 'false') return 'yes';
  const obeys = majors === undefined || (majors.least <= 9 && majors.most >= 10) ? 'unknown' : majors.most <= 9;
  return byNodeEnvironment(obeys === 'unknown' ? obeys : obeys ? 'yes' : 'no', situation);
}

function yarnInstalls(call: Invocation, situation: Situation): Answer {
  const majors = majorsOf(situation.version);
  // yarn 2+ stops at --production, so that no image with development packages comes of it.
  if (call.development !== undefined) return call.development === 'omit' ? 'no' : 'yes';
  if (majors !== undefined && majors.least >= 2) return call.uncertain ? 'unknown' : 'yes';
  if (mayHideFlags(call)) return 'unknown';
  const classic = classicInstalls(call, situation);
  return classic === 'yes' || majors?.most === 1 ? classic : 'unknown';
}

/** yarn 1: `production` of .yarnrc, .npmrc or the environment; NODE_ENV unless one of two variables says `false`. */
function classicInstalls({ operation }: Invocation, situation: Situation): Answer {
  const own = situation.environment('YARN_PRODUCTION');
  const upper = situation.environment('NPM_CONFIG_PRODUCTION');
  const production = last(npmSetting('production', situation));
  const [, ofInstall] = /^"?(?:--(install\.)?)?production"? +"?true\b/m.exec(situation.own ?? '') ?? [undefined, null];
  // `--install.` says nothing to `yarn add`: measured.
  const inFile = ofInstall === undefined || (ofInstall !== null && operation === 'install');
  if (own === 'true' || production === 'true' || inFile) return 'no';
  if (own === undefined || production === undefined) return 'unknown';
  return own === 'false' || upper === 'false' ? 'yes' : byNodeEnvironment('yes', situation);
}

/** Bun reads bunfig.toml and `omit` of .npmrc, and neither NODE_ENV nor npm's variables. */
function bunInstalls(call: Invocation, situation: Situation): Answer {
  if (call.development !== undefined) return call.development === 'omit' ? 'no' : 'yes';
  if (bunfigOmits(situation.own ?? '')) return 'no';
  const omit = configuredSetting('omit', situation);
  if (omit === undefined || mayHideFlags(call)) return 'unknown';
  return omit?.includes('dev') === true ? 'no' : 'yes';
}

/** `production = true` or `dev = false` under `[install]` (https://bun.sh/docs/runtime/bunfig; measured with 1.3.14). */
function bunfigOmits(bunfig: string): boolean {
  const [, section = ''] = bunfig.split(/^[ \t]*\[install\][ \t]*(?:#.*)?$/m);
  const [own = ''] = section.split(/^[ \t]*\[/m, 1);
  return /^[ \t]*(?:production[ \t]*=[ \t]*true|dev[ \t]*=[ \t]*false)\b/m.test(own);
}

/** What NODE_ENV decides where nothing else does. */
function byNodeEnvironment(obeys: Answer, situation: Situation): Answer {
  const mode = situation.environment('NODE_ENV');
  if (obeys === 'no' || mode === null) return 'yes';
  if (mode === undefined) return 'unknown';
  if (mode !== 'production') return 'yes';
  return obeys === 'yes' ? 'no' : 'unknown';
}

const pruning: ReadonlySet<Invocation['operation']> = new Set(['install', 'add', 'remove', 'prune', 'focus']);

/**
 * Whether the call takes development packages out of a tree that holds them: `npm prune --omit=dev`,
 * `pnpm prune --prod`, or a production install over the tree. Bun keeps them, and a call that is limited
 * to some workspaces keeps those of the others.
 */
export function prunesDevelopment(call: Invocation, situation: Situation): Answer {
  if (call.manager === 'bun' || call.noTree || !pruning.has(call.operation)) return 'no';
  const installed = installsDevelopment(call, situation);
  if (installed !== 'no') return installed === 'yes' ? 'no' : 'unknown';
  return call.workspaces.length > 0 ? 'unknown' : 'yes';
}
