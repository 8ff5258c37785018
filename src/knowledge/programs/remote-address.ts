/**
 * What the address of a download tells.
 *
 * Sources: https://docs.github.com/en/repositories/releasing-projects-on-github/linking-to-releases,
 * https://docs.github.com/en/repositories/working-with-files/using-files/downloading-source-code-archives,
 * https://docs.gitlab.com/api/repository_files/, https://docs.docker.com/build/concepts/context/#url-fragments
 */

export interface RemoteAddress {
  readonly scheme: string;
  /** Lower case, without user and port. */
  readonly host: string;
  /** With the slash in front; query and fragment are not in it. */
  readonly path: string;
}

/** U+FFFC stands for what is not known of it. Programs take an address without a scheme as http. */
export function readAddress(text: string): RemoteAddress | undefined {
  const [, scheme = 'http', rest] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(\S+)$/i.exec(text) ?? [];
  const [, authority = '', path = ''] = /^([^/?#]*)([^?#]*)/.exec(rest ?? '') ?? [];
  const host = authority
    .replace(/^.*@/, '')
    .replace(/:[^:]*$/, '')
    .toLowerCase();
  return host === '' || !/[.\uFFFC]/.test(host) ? undefined : { scheme: scheme.toLowerCase(), host, path };
}

/** Names of branches, and of releases that are moved to each new version. */
export const isMovingName = (name: string): boolean =>
  /^(?:HEAD|master|main|latest|trunk|develop|development|dev|next|nightly|refs\/heads\/.*)$/.test(name);

export const namesNewestRelease = (name: string): boolean => /^(?:latest|stable|current|nightly)/i.test(name);

const codeHosts =
  /^(?:www\.|raw\.|codeload\.)?(?:github(?:usercontent)?\.com|gitlab\.com|bitbucket\.org|codeberg\.org)$/;

/** Places in an address where a code host has the name of a branch, tag or commit. */
const revisionPlaces: readonly RegExp[] = [
  /^\/[^/]+\/[^/]+\/(?:-\/)?(?:raw|blob|get|zipball|tarball)\/((?:refs\/heads\/)?[^/]+?)(?:\.tar\.gz|\.tgz|\.zip)?(?:\/|$)/,
  /^\/[^/]+\/[^/]+\/(?:-\/)?archive\/((?:refs\/heads\/)?[^/]+?)(?:\.tar\.gz|\.tgz|\.zip|\.tar\.bz2)?(?:\/|$)/,
  /^\/[^/]+\/[^/]+\/(?:tar\.gz|zip|legacy\.tar\.gz)\/((?:refs\/heads\/)?[^/]+)$/,
  /^\/[^/]+\/[^/]+\/releases\/(?:(latest)\/download|download\/(latest|nightly|continuous|edge))\//,
];

/** The part of an address that names whatever is newest: `latest`, a branch. */
export function movingPart({ host, path }: RemoteAddress): string | undefined {
  if (codeHosts.test(host)) {
    const raw = host === 'raw.githubusercontent.com' ? /^\/[^/]+\/[^/]+\/((?:refs\/heads\/)?[^/]+)\//.exec(path) : null;
    for (const match of [raw, ...revisionPlaces.map((place) => place.exec(path))]) {
      const name = match?.[1] ?? match?.[2];
      if (name !== undefined && isMovingName(name)) return name.replace(/^refs\/heads\//, '');
    }
  }
  if (versioned.test(lastPart(path))) return undefined;
  return (
    /(?:^|[/_.-])((?:latest|current)(?:-v?\d+(?:\.x)?)?)(?:[/_.-]|$)/i.exec(path)?.[1] ??
    /\/(stable)\.txt$/.exec(path)?.[1]
  );
}

const versioned = /\d\.\d/;

/** Letters and numbers that only this content has: a commit, a digest. */
export const namesContent = ({ path }: RemoteAddress): boolean =>
  /(?:^|[^0-9a-f])[0-9a-f]{40,128}(?:[^0-9a-f]|$)/i.test(path);

/** A release stands in it: a version of two numbers or more, a digest, or what a variable holds. `setup_20.x` is none. */
export const namesVersion = (address: RemoteAddress): boolean =>
  namesContent(address) || /\d[._]\d|\uFFFC(?!\.x)/.test(address.path);

export const lastPart = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Keys and certificates are what others are checked against. */
export const isTrustAnchor = ({ path }: RemoteAddress): boolean =>
  /\.(?:asc|gpg|sig|pem|crt|cer|der|key|pub|keyring|jks|p7b|rsa\.pub|minisig)$|gpg-?key|\/KEYS$|apt-key|\/keys?\//i.test(
    path,
  );

/** Lists of what a program or package manager is to take, which are read and not run. */
export const isPackageSource = ({ path }: RemoteAddress): boolean =>
  /\.(?:list|repo|sources|flatpakrepo)$|\/repositories\/|(?:^|\/)(?=[^/]*-release)[^/]*\.(?:deb|rpm)$|packages-microsoft-prod\.deb$/.test(
    path,
  );

export const isChecksumList = ({ path }: RemoteAddress): boolean =>
  /(?:sum|digest)s?(?:$|[._-])|\.(?:sha\d*|md5|sha\d+sum|sha\d+sums|md5sum|digest)(?:\.txt)?$/i.test(lastPart(path));

/** Text that is read: what it is for is not known, nor that anything in it runs. */
export const isPlainData = ({ path }: RemoteAddress): boolean =>
  /\.(?:json|ya?ml|toml|ini|conf|cfg|txt|md|html?|css|csv|tsv|xml|sql|dtd|xsd|svg|png|jpe?g|ico|ttf|otf|woff2?|dat|mmdb|cnf|service|mp[34]|wav|pdf|proto|graphql|lock|mod|sum|properties)(?:\.(?:gz|bz2|xz|zst))?$/i.test(
    path,
  ) || /^\/repos\//.test(path);

/** Archives and packages, and programs by their name. */
export const isParcelOrProgram = ({ path }: RemoteAddress): boolean =>
  /\.(?:t?gz|tar|tar\.\w+|tbz2?|txz|zip|deb|rpm|apk|jar|war|whl|phar|exe|msi|sh|bash|py|pl|run|bin|AppImage|so|nupkg|vsix|gem|egg|snap|xz|zst|bz2)$/i.test(
    path,
  );

/** Servers that only the network of the build reaches. */
export const isWithin = ({ host }: RemoteAddress): boolean =>
  /^[\d.]+$|\.(?:local|internal|intranet|corp|lan|home|localdomain|svc|docker|test)$|^host\.docker\./.test(host);

/** The name of a processor for which alone the file is. */
export const architectureIn = ({ path }: RemoteAddress): string | undefined =>
  /(?:^|[^a-z0-9])(amd64|x86_64|x86-64|x64|linux64|aarch64|arm64)(?:[^a-z0-9]|$)/i.exec(path)?.[1];
