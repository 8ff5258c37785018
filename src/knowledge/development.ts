/**
 * What an install does with development packages and with the lockfile.
 *
 * Source: measured with npm 11.19, pnpm 8.15, 9.15 and 10.34, yarn 1.22.22 and 4.18, bun 1.4.5, one
 * dependency and one development dependency; the table stands in `test/knowledge-development.test.ts`.
 */
import type { Invocation, PackageManager } from './invocation.ts';

/** What surrounds a call. */
export interface Situation {
  /** A variable's text; null where it is not set, undefined where it is not known. */
  environment(name: string): string | null | undefined;
  /** Settings made with `config set`, keys in lower case; undefined values are not known. */
  readonly settings: ReadonlyMap<string, string | undefined>;
  /** Texts of the .npmrc files in effect, nearest first. */
  readonly config: readonly string[];
  /** Version of the manager: `9.1.0`, `9`, `>=2`; undefined when not known. */
  readonly version: string | undefined;
}

type Answer = 'yes' | 'no' | 'unknown';

/** The first number of a version or range; undefined when it has none (`latest`). */
export function majorOf(version: string | undefined): number | undefined {
  const digits = /\d+/.exec(version ?? '')?.[0];
  return digits === undefined ? undefined : Number(digits);
}

/** Whether the call installs development packages. */
export function installsDevelopment(call: Invocation, situation: Situation): Answer {
  if (call.operation === 'focus') return call.development === 'omit' ? 'no' : 'yes';
  if (call.development === 'include') return 'yes';
  if (call.development === 'omit') return 'no';
  if (call.uncertain && call.packages.length === 0) return 'unknown';
  const said = settingSays(call.manager, situation);
  if (said !== undefined) return said;
  const mode = situation.environment('NODE_ENV');
  if (mode === null) return 'yes';
  const obeys = obeysNodeEnvironment(call.manager, situation.version);
  if (obeys === 'no') return 'yes';
  if (mode === undefined) return 'unknown';
  if (mode !== 'production') return 'yes';
  return obeys === 'yes' ? 'no' : 'unknown';
}

/** Whether NODE_ENV=production alone keeps development packages out: npm, yarn 1, pnpm up to 9. */
function obeysNodeEnvironment(manager: PackageManager, version: string | undefined): Answer {
  const major = majorOf(version);
  switch (manager) {
    case 'npm':
      return 'yes';
    case 'bun':
      return 'no';
    case 'yarn':
      return major === undefined ? 'unknown' : major >= 2 ? 'no' : 'yes';
    case 'pnpm':
      return major === undefined ? 'unknown' : major >= 10 ? 'no' : 'yes';
  }
}

/** What configuration says of development packages: environment before `config set` before .npmrc. yarn 2+ and bun do not read it. */
function settingSays(manager: PackageManager, situation: Situation): Answer | undefined {
  if (manager === 'bun') return undefined;
  const omit = setting('omit', situation);
  const include = setting('include', situation);
  if (include?.split(/[\s,]+/).includes('dev')) return 'yes';
  if (manager === 'npm' && omit !== undefined) return omit.split(/[\s,]+/).includes('dev') ? 'no' : 'yes';
  const production =
    setting('production', situation) ?? (setting('only', situation)?.startsWith('prod') ? 'true' : undefined);
  if (production === undefined || (manager === 'yarn' && (majorOf(situation.version) ?? 2) >= 2)) return undefined;
  return production === 'false' ? 'yes' : 'no';
}

/** The text of a setting of npm's configuration, by environment, `config set` or .npmrc. */
function setting(name: string, situation: Situation): string | undefined {
  const prefix = ['npm_config_', 'NPM_CONFIG_'];
  for (const start of prefix) {
    const text = situation.environment(start + (start === 'npm_config_' ? name : name.toUpperCase()));
    if (typeof text === 'string') return text;
  }
  const made = situation.settings.get(name);
  if (made !== undefined) return made;
  for (const file of situation.config) {
    const match = new RegExp(`^\\s*${name}(?:\\[\\])?\\s*=\\s*(.*?)\\s*$`, 'm').exec(file)?.[1];
    if (match !== undefined) return match.replace(/^["']|["']$/g, '');
  }
  return undefined;
}

/**
 * Whether the call takes development packages out of a tree that holds them: `npm prune --omit=dev`,
 * `pnpm prune --prod`, or a production install over the tree. Bun keeps them (measured).
 */
export function prunesDevelopment(call: Invocation, situation: Situation): Answer {
  if (call.manager === 'bun') return 'no';
  const installed = installsDevelopment(call, situation);
  if (installed !== 'no') return installed === 'yes' ? 'no' : 'unknown';
  return 'yes';
}

/** Whether the install keeps to the lockfile. */
export function isFrozen(call: Invocation, situation: Situation): Answer {
  if (call.operation === 'focus' || call.operation === 'fetch') return 'yes';
  if (call.frozen !== undefined) return call.frozen ? 'yes' : 'no';
  if (call.operation === 'add') return 'no';
  const ci = situation.environment('CI');
  const major = majorOf(situation.version);
  switch (call.manager) {
    case 'npm':
      return 'no';
    case 'yarn': {
      if (major === 1) return configured('--install.frozen-lockfile', situation) ? 'yes' : 'no';
      const immutable = situation.environment('YARN_ENABLE_IMMUTABLE_INSTALLS');
      if (typeof immutable === 'string') return /^(1|true)$/.test(immutable) ? 'yes' : 'no';
      if (ci === null || ci === undefined) return ci === null && immutable === null ? 'no' : 'unknown';
      return major === undefined ? 'unknown' : 'yes';
    }
    case 'pnpm': {
      const said = setting('frozen-lockfile', situation) ?? setting('frozen_lockfile', situation);
      if (said !== undefined) return said === 'true' ? 'yes' : 'no';
      if (ci === undefined) return 'unknown';
      return ci === null || /^(|0|false)$/.test(ci) ? 'no' : 'yes';
    }
    case 'bun':
      return 'no';
  }
}

const configured = (key: string, situation: Situation): boolean =>
  situation.settings.get(key) === 'true' || situation.config.some((file) => file.includes(`${key} true`));

/**
 * Whether the call stops when there is no lockfile. npm ci and frozen installs of pnpm and yarn 2+ do;
 * yarn 1 and bun go on and install what they resolve.
 */
export function failsWithoutLockfile(call: Invocation, situation: Pick<Situation, 'version'>): boolean {
  if (call.operation === 'fetch') return true;
  if (call.operation !== 'install' || call.frozen !== true) return false;
  if (call.manager === 'yarn') return (majorOf(situation.version) ?? (call.berry ? 2 : 1)) >= 2;
  return call.manager !== 'bun';
}

const lockfileNames: Readonly<Record<PackageManager, readonly string[]>> = {
  npm: ['package-lock.json', 'npm-shrinkwrap.json'],
  yarn: ['yarn.lock'],
  pnpm: ['pnpm-lock.yaml'],
  bun: ['bun.lock', 'bun.lockb'],
};

/** The lockfiles that a manager reads, the one it writes first. npm 7 and newer also take versions out of yarn.lock, `npm ci` does not. */
export const lockfilesOf = (manager: PackageManager): readonly string[] => lockfileNames[manager];
