/**
 * Which Node.js a package manager runs on.
 *
 * Source: `engines` of npm, pnpm and @yarnpkg/cli in the registry. pnpm and Yarn look at it when they are called; npm
 * when one is installed over another. Measured: pnpm 9.15, 10.34 and 11.5 and Yarn 4.18 on Node.js 14 to 22.12 stop;
 * `npm install -g npm@latest` with npm 8 to 11 stops with EBADENGINE. pnpm 12 is a program of its own.
 */
import { majorsOf } from './versions.ts';

export interface ManagerEngine {
  /** Major number of the manager. */
  readonly major: number;
  /** As npm writes ranges. */
  readonly range: string;
}

const engines: Readonly<Record<string, ReadonlyMap<number, string>>> = {
  npm: new Map([
    [7, '>=10'],
    [8, '^12.13.0 || ^14.15.0 || >=16'],
    [9, '^14.17.0 || ^16.13.0 || >=18.0.0'],
    [10, '^18.17.0 || >=20.5.0'],
    [11, '^20.17.0 || >=22.9.0'],
    [12, '^22.22.2 || ^24.15.0 || >=26.0.0'],
  ]),
  pnpm: new Map([
    [6, '>=12.17'],
    [7, '>=14.6'],
    [8, '>=16.14'],
    [9, '>=18.12'],
    [10, '>=18.12'],
    [11, '>=22.13'],
  ]),
  yarn: new Map([[4, '>=18.12.0']]),
};

/** What `latest` of npm has been since July of 2026, or is older than. */
const newestNpm = 12;

/** Undefined where the version is none of one major number, or nothing is known of that. */
export function managerEngine(manager: string, version: string | undefined): ManagerEngine | undefined {
  const majors = majorsOf(manager === 'npm' && version === 'latest' ? String(newestNpm) : version);
  if (majors === undefined || majors.least !== majors.most) return undefined;
  const range = Object.hasOwn(engines, manager) ? engines[manager]?.get(majors.least) : undefined;
  return range === undefined ? undefined : { major: majors.least, range };
}
