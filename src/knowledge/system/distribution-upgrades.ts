/**
 * Commands that bring the whole system to another release, or to the newest packages at any price.
 *
 * By zypper(8) (dist-upgrade), apt-get(8) (dist-upgrade may remove packages), do-release-upgrade(8), dnf5-system-upgrade(8).
 * `apk upgrade`, `pacman -Syu`, `apt-get upgrade` and `dnf upgrade` stay within the release.
 */
import { packageOperands } from './system-packages.ts';

type Words = readonly (string | undefined)[];

export interface DistributionUpgrade {
  readonly program: string;
  /** The operation as written; empty where the program does nothing else. */
  readonly verb: string;
  /** `release`: packages of another release, and those that have to go for them; `packages`: of the same one. */
  readonly reach: 'release' | 'packages';
}

interface Upgrader {
  readonly verbs: readonly string[];
  readonly reach: DistributionUpgrade['reach'];
}

const zypper: Upgrader = { verbs: ['dist-upgrade', 'dup'], reach: 'release' };
const dnf: Upgrader = { verbs: ['system-upgrade'], reach: 'release' };
const apt: Upgrader = { verbs: ['dist-upgrade', 'full-upgrade'], reach: 'packages' };

const upgraders: ReadonlyMap<string, Upgrader> = new Map([
  ['zypper', zypper],
  ['dnf', dnf],
  ['dnf5', dnf],
  ['yum', dnf],
  ['apt-get', apt],
  ['apt', apt],
  ['aptitude', apt],
  ['apt-fast', apt],
]);

/** Undefined for other commands. */
export function distributionUpgrade(words: Words): DistributionUpgrade | undefined {
  const [path = ''] = words;
  const program = path.slice(path.lastIndexOf('/') + 1);
  if (program === 'do-release-upgrade') return { program, verb: '', reach: 'release' };
  const verb = packageOperands(words)?.find((word) => word !== undefined);
  const upgrader = upgraders.get(program);
  if (verb === undefined || upgrader === undefined || !upgrader.verbs.includes(verb)) return undefined;
  return { program, verb, reach: upgrader.reach };
}

/** Distributions that know no other upgrade: `zypper dup` is that of openSUSE Tumbleweed, by its own documentation. */
export const isRolling = (image: string): boolean => /(?:^|[/-])tumbleweed(?:$|[-:/])|slowroll/.test(image);
