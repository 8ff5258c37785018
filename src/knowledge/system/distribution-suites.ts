/**
 * Releases of Debian, Ubuntu and Alpine, as repositories and tags of images name them.
 *
 * Sources: https://www.debian.org/releases/, https://wiki.debian.org/DebianReleases, https://wiki.ubuntu.com/Releases,
 * https://wiki.alpinelinux.org/wiki/Repositories, sources.list(5)
 */

const debian: Readonly<Record<string, string>> = {
  '8': 'jessie',
  '9': 'stretch',
  '10': 'buster',
  '11': 'bullseye',
  '12': 'bookworm',
  '13': 'trixie',
  '14': 'forky',
};
const debianNames = new Set(Object.values(debian));
const debianMoving = new Set(['sid', 'unstable', 'testing', 'experimental']);

const ubuntu: Readonly<Record<string, string>> = {
  '14.04': 'trusty',
  '16.04': 'xenial',
  '18.04': 'bionic',
  '20.04': 'focal',
  '22.04': 'jammy',
  '24.04': 'noble',
};
const ubuntuNames = new Set([
  ...Object.values(ubuntu),
  'eoan',
  'groovy',
  'hirsute',
  'impish',
  'kinetic',
  'lunar',
  'mantic',
  'oracular',
  'plucky',
]);

export interface DistributionRelease {
  readonly distribution: 'debian' | 'ubuntu' | 'alpine';
  /** Codename, for Alpine `3.20` or `edge`; absent where the tag leaves it open. */
  readonly release?: string;
}

/** The release that an image is made of, as far as its names tell; `name` is the familiar one. */
export function releaseOfImage(name: string, tag: string): DistributionRelease | undefined {
  const parts = tag.toLowerCase().split(/[-_]/);
  const alpine = parts.map((part) => /^alpine(\d+\.\d+)?/.exec(part)).find((match) => match !== null);
  if (alpine !== undefined || name === 'alpine') {
    const release = alpine?.[1] ?? (name === 'alpine' ? /^(?:\d+\.\d+|edge)/.exec(tag)?.[0] : undefined);
    return { distribution: 'alpine', ...(release === undefined ? {} : { release }) };
  }
  const ofDebian = parts.find((part) => debianNames.has(part) || debianMoving.has(part));
  if (ofDebian !== undefined) return { distribution: 'debian', release: ofDebian };
  const ofUbuntu = parts.find((part) => ubuntuNames.has(part));
  if (ofUbuntu !== undefined) return { distribution: 'ubuntu', release: ofUbuntu };
  if (name === 'debian') {
    const release = debian[/^\d+/.exec(tag)?.[0] ?? ''];
    return { distribution: 'debian', ...(release === undefined ? {} : { release }) };
  }
  if (name !== 'ubuntu') return undefined;
  const release = ubuntu[/^\d+\.\d+/.exec(tag)?.[0] ?? ''];
  return { distribution: 'ubuntu', ...(release === undefined ? {} : { release }) };
}

export interface RepositoryLine {
  readonly distribution: DistributionRelease['distribution'];
  /** As written. */
  readonly suite: string;
  /** The release that it belongs to: `bookworm` of `bookworm-updates`. */
  readonly release: string;
}

const components = /^(?:main|contrib|non-free|non-free-firmware|universe|restricted|multiverse)$/;

/** Hosts of the distributions, and what mirrors are called: vendors have folders `debian` and `ubuntu` of their own. */
const archiveHosts =
  /(?:^|\.)(?:debian\.org|ubuntu\.com)$|^(?:[a-z]{2}\.)?(?:ftp|mirrors?|deb|security|archive|httpredir|snapshot)\d*[.-]/;

/** A line of sources.list or of apk's repositories that names an archive of a distribution itself. */
export function repositoryLine(line: string): RepositoryLine | undefined {
  const [, host = '', path = '', suite = '', rest = ''] =
    /^deb(?:-src)?\s+(?:\[[^\]]*\]\s+)?[a-z+]+:\/\/([^/\s]+)(\/\S*)?\s+(\S+)\s+(\S.*)$/s.exec(line.trim()) ?? [];
  if (suite !== '') {
    if (!rest.split(/\s+/).every((component) => components.test(component))) return undefined;
    const release = suite.replace(
      /(?:-(?:updates|security|backports|proposed|proposed-updates|backports-sloppy)|\/updates)$/,
      '',
    );
    const isArchive = archiveHosts.test(host);
    if (
      /\/debian(?:-security)?\/?$/.test(path) &&
      (debianMoving.has(release) || (isArchive && debianNames.has(release)))
    )
      return { distribution: 'debian', suite, release };
    return isArchive && /\/ubuntu(?:-ports)?\/?$/.test(path) && ubuntuNames.has(release)
      ? { distribution: 'ubuntu', suite, release }
      : undefined;
  }
  const alpine = /^\s*https?:\/\/\S+\/alpine\/(edge|v\d+\.\d+)\/(?:main|community|testing)\/?\s*$/.exec(line)?.[1];
  return alpine === undefined
    ? undefined
    : { distribution: 'alpine', suite: alpine, release: alpine.replace(/^v/, '') };
}

/** Whether a base, whose own release may be open, certainly is of another release than an archive. */
export function isForeign({ distribution, release }: RepositoryLine, base: DistributionRelease): boolean {
  if (distribution !== base.distribution) return (distribution === 'alpine') === (base.distribution === 'alpine');
  if (base.release === undefined) return debianMoving.has(release) || release === 'edge';
  const both = [base.release, release];
  return base.release !== release && !(both.includes('sid') && both.includes('unstable'));
}
