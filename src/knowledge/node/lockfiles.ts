/**
 * What an install does with the lockfile.
 *
 * Source: measured with npm 11.19, pnpm 8.15, 9.15 and 10.34, yarn 1.22.22 and 4.18, bun 1.3.5, each with a
 * fitting, an outdated and no lockfile; the table stands in `test/knowledge-lockfiles.test.ts`.
 */
import type { Invocation, PackageManager } from './invocation.ts';
import { last, npmSetting, type Situation } from './npm-config.ts';
import { majorsOf } from './versions.ts';

type Answer = 'yes' | 'no' | 'unknown';

/** Whether the call keeps to the lockfile and stops where that does not fit the manifest. */
export function isFrozen(call: Invocation, situation: Situation): Answer {
  switch (call.operation) {
    case 'fetch':
      return 'yes';
    case 'install':
      break;
    case 'add':
    case 'focus':
      return 'no';
    default:
      return 'unknown';
  }
  if (call.frozen === false) return 'no';
  if (call.frozen === true && call.manager !== 'yarn') return 'yes';
  if (call.uncertain) return call.frozen === true ? 'yes' : 'unknown';
  switch (call.manager) {
    case 'yarn':
      return yarnIsFrozen(call, situation);
    case 'pnpm':
      return pnpmIsFrozen(situation);
    case 'npm':
    case 'bun':
      return 'no';
  }
}

/** Whether the variable CI is set to something that pnpm and yarn 2+ heed: `0` is, the empty text and `false` are not. */
function inContinuousIntegration(situation: Situation): Answer {
  const value = situation.environment('CI');
  if (value === undefined) return 'unknown';
  return value === null || value === '' || value === 'false' ? 'no' : 'yes';
}

function pnpmIsFrozen(situation: Situation): Answer {
  const said = last(npmSetting('frozen-lockfile', situation));
  if (said === undefined) return 'unknown';
  if (said !== null) return said === 'true' ? 'yes' : 'no';
  return inContinuousIntegration(situation);
}

/** yarn 1 does not heed `--immutable`, nor yarn 2+ any other setting than its own. */
function yarnIsFrozen(call: Invocation, situation: Situation): Answer {
  const majors = majorsOf(situation.version);
  if (majors?.most === 1) return classicIsFrozen(call, situation);
  if (call.frozen === true) return 'yes';
  const berry = berryIsFrozen(situation);
  if (majors !== undefined && majors.least >= 2) return berry;
  return berry === classicIsFrozen(call, situation) ? berry : 'unknown';
}

function classicIsFrozen(call: Invocation, situation: Situation): Answer {
  if (call.frozen === true) return call.berry ? 'no' : 'yes';
  const configured = situation.config.some((file) => /^"?--(?:install\.)?frozen-lockfile"? +"?true\b/m.test(file));
  return configured || situation.settings.get('--install.frozen-lockfile') === 'true' ? 'yes' : 'no';
}

function berryIsFrozen(situation: Situation): Answer {
  const immutable = situation.environment('YARN_ENABLE_IMMUTABLE_INSTALLS');
  if (immutable === undefined) return 'unknown';
  if (immutable !== null && immutable !== '') return /^(1|true)$/.test(immutable) ? 'yes' : 'no';
  for (const file of situation.config) {
    const said = /^enableImmutableInstalls:[ \t]*["']?(true|false)/m.exec(file)?.[1];
    if (said !== undefined) return said === 'true' ? 'yes' : 'no';
  }
  const made = situation.settings.get('enableimmutableinstalls');
  if (made !== undefined) return made === 'true' ? 'yes' : 'no';
  return inContinuousIntegration(situation);
}

const nothingKnown: Situation = {
  environment: () => undefined,
  settings: new Map(),
  config: [],
  version: undefined,
};

/**
 * Whether the call certainly stops when there is no lockfile: `npm ci`, frozen installs of pnpm and of
 * yarn 2+. yarn 1 and bun go on and install what they resolve, and so does `pnpm fetch`; pnpm in
 * continuous integration writes one.
 */
export function failsWithoutLockfile(call: Invocation, known: Partial<Situation>): boolean {
  if (call.operation !== 'install') return false;
  const situation = { ...nothingKnown, ...known };
  switch (call.manager) {
    case 'npm':
      return call.frozen === true;
    case 'pnpm':
      return (
        call.frozen === true || (call.frozen === undefined && last(npmSetting('frozen-lockfile', situation)) === 'true')
      );
    case 'yarn': {
      const majors = majorsOf(situation.version);
      if ((majors?.least ?? (call.berry ? 2 : 1)) < 2) return false;
      return isFrozen(call, majors === undefined ? { ...situation, version: '>=2' } : situation) === 'yes';
    }
    case 'bun':
      return false;
  }
}

const names: Readonly<Record<PackageManager, readonly string[]>> = {
  npm: ['package-lock.json', 'npm-shrinkwrap.json'],
  yarn: ['yarn.lock'],
  pnpm: ['pnpm-lock.yaml'],
  bun: ['bun.lock', 'bun.lockb'],
};

/** The lockfiles that a manager reads, the one it writes first. npm 7 and newer also take versions out of yarn.lock, `npm ci` does not. */
export const lockfilesOf = (manager: PackageManager): readonly string[] => names[manager];
