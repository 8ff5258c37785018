/**
 * Packages of distributions that are Node.js or depend on it.
 *
 * Sources: https://pkgs.alpinelinux.org (yarn and pnpm depend on nodejs), https://packages.debian.org. Not here: the package
 * yarn of its own repository for Debian, which only recommends nodejs.
 */
import type { SystemManager } from './system-packages.ts';

const names: Readonly<Partial<Record<SystemManager, ReadonlySet<string>>>> = {
  apk: new Set(['nodejs', 'nodejs-current', 'nodejs-npm', 'npm', 'yarn', 'pnpm']),
  apt: new Set(['nodejs', 'nodejs-legacy', 'npm', 'yarnpkg']),
};

export const bringsNode = (name: string, manager: SystemManager): boolean => names[manager]?.has(name) === true;
