/**
 * Names of packages that a distribution does not have, and people ask for: those of the other family, and those that
 * newer releases have dropped.
 *
 * Sources: pkgs.alpinelinux.org by branch (python and python-dev went with 3.12, python2 with 3.16), packages.debian.org
 * and packages.ubuntu.com by suite (python-pip went with Debian 11 and Ubuntu 20.04; python, python2, netcat and libssl1.1
 * with Debian 12; mysql-client and libmysqlclient-dev are not in Debian since 10 and 9).
 */
import { withoutMirror } from '../images/base-images.ts';
import { namesRelease } from '../images/rolling-tags.ts';

export interface Distribution {
  readonly name: 'alpine' | 'debian' | 'ubuntu';
  /** 12 of Debian, 2404 of Ubuntu, 320 of Alpine 3.20, or a later one where the tag moves; absent when not known. */
  readonly release?: number;
}

export interface PackageSlip {
  /** What the distribution calls it; absent where it has nothing like it. */
  readonly better?: string;
  /** The release is why: other sources of packages may have it. */
  readonly dropped: boolean;
  /** Packages that other sources have may be called so. */
  readonly perhapsElsewhere?: true;
}

const table = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text
      .split(' ')
      .map((pair): [string, string] => [pair.slice(0, pair.indexOf(':')), pair.slice(pair.indexOf(':') + 1)]),
  );

/** Debian's names that no branch of Alpine has. */
const notOfAlpine = table(
  'build-essential:build-base python3-pip:py3-pip python3-venv:python3 python3-setuptools:py3-setuptools libssl-dev:openssl-dev ' +
    'zlib1g-dev:zlib-dev libc6-dev:musl-dev libstdc++6:libstdc++ xz-utils:xz libsqlite3-dev:sqlite-dev ' +
    'libcurl4-openssl-dev:curl-dev libncurses5-dev:ncurses-dev libreadline-dev:readline-dev libbz2-dev:bzip2-dev ' +
    'liblzma-dev:xz-dev default-libmysqlclient-dev:mariadb-dev apt-transport-https: software-properties-common: ' +
    'libnss3:nss libasound2:alsa-lib openjdk-8-jre:openjdk8-jre openjdk-11-jre:openjdk11-jre openjdk-17-jre:openjdk17-jre ' +
    'openjdk-8-jdk:openjdk8 openjdk-11-jdk:openjdk11 openjdk-17-jdk:openjdk17 openssl-devel:openssl-dev zlib-devel:zlib-dev',
);

/** Names of Alpine, Fedora and Red Hat that no suite of Debian or Ubuntu has. */
const notOfDebian = table(
  'build-base:build-essential alpine-sdk:build-essential py3-pip:python3-pip openssl-dev:libssl-dev openssl-devel:libssl-dev ' +
    'zlib-devel:zlib1g-dev libffi-devel:libffi-dev python3-devel:python3-dev bzip2-devel:libbz2-dev readline-devel:libreadline-dev ' +
    'sqlite-devel:libsqlite3-dev ncurses-devel:libncurses-dev libxml2-devel:libxml2-dev libcurl-devel:libcurl4-openssl-dev ' +
    'postgresql-dev:libpq-dev postgresql-devel:libpq-dev postgresql-libs:libpq5 mariadb-dev:libmariadb-dev nodejs-npm:npm ' +
    'libc6-compat: gcompat: ttf-freefont:fonts-freefont-ttf openjdk8-jre:openjdk-8-jre openjdk11-jre:openjdk-11-jre ' +
    'openjdk17-jre:openjdk-17-jre py3-setuptools:python3-setuptools',
);

interface Dropped {
  readonly names: string;
  readonly better: string;
  /** The first release without it, by distribution. */
  readonly since: Partial<Record<Distribution['name'], number>>;
}

const droppedNames: readonly Dropped[] = [
  { names: 'python python-dev', better: 'python3', since: { alpine: 312, debian: 12, ubuntu: 2204 } },
  { names: 'python2 python2-dev', better: 'python3', since: { alpine: 316, debian: 12, ubuntu: 2404 } },
  { names: 'python2.7 python2-minimal python2.7-dev', better: 'python3', since: { debian: 13, ubuntu: 2404 } },
  { names: 'python-pip', better: 'python3-pip', since: { debian: 11, ubuntu: 2004 } },
  { names: 'python-setuptools', better: 'python3-setuptools', since: { debian: 12, ubuntu: 2404 } },
  { names: 'netcat', better: 'netcat-openbsd', since: { debian: 12, ubuntu: 2404 } },
  { names: 'libssl1.1', better: 'libssl3', since: { debian: 12, ubuntu: 2204 } },
  { names: 'libssl1.0.0 libssl1.0-dev', better: 'libssl-dev', since: { debian: 10, ubuntu: 2004 } },
  {
    names: 'openjdk-8-jre openjdk-8-jdk openjdk-8-jre-headless openjdk-8-jdk-headless',
    better: '',
    since: { debian: 10 },
  },
  {
    names: 'openjdk-11-jre openjdk-11-jdk openjdk-11-jre-headless openjdk-11-jdk-headless',
    better: '',
    since: { debian: 12 },
  },
  { names: 'mysql-client', better: 'default-mysql-client', since: { debian: 10 } },
  { names: 'libmysqlclient-dev', better: 'default-libmysqlclient-dev', since: { debian: 9 } },
];

const dropped: ReadonlyMap<string, Dropped> = new Map(
  droppedNames.flatMap((row) => row.names.split(' ').map((name): [string, Dropped] => [name, row])),
);

/**
 * Names of Debian are in small letters, https://www.debian.org/doc/debian-policy/ch-controlfields.html#source; apt looks for
 * a name as it is written. Words with a dot or a star are expressions to it.
 */
const hasCapitals = /^(?=[^A-Z]*[A-Z])[A-Za-z\d][A-Za-z\d+-]*[A-Za-z\d+]$/;

/** Undefined where the distribution has the package, or may have it. */
export function packageSlip(name: string, { name: distribution, release }: Distribution): PackageSlip | undefined {
  if (distribution !== 'alpine' && hasCapitals.test(name))
    return { better: name.toLowerCase(), dropped: false, perhapsElsewhere: true };
  const foreign = (distribution === 'alpine' ? notOfAlpine : notOfDebian).get(name);
  if (foreign !== undefined) return foreign === '' ? { dropped: false } : { better: foreign, dropped: false };
  const row = dropped.get(name);
  const since = row?.since[distribution];
  if (row === undefined || since === undefined || release === undefined || release < since) return undefined;
  return row.better === '' ? { dropped: true } : { better: row.better, dropped: true };
}

const suites: ReadonlyMap<string, Distribution> = new Map([
  ...['stretch', 'buster', 'bullseye', 'bookworm', 'trixie'].map((suite, at): [string, Distribution] => [
    suite,
    { name: 'debian', release: 9 + at },
  ]),
  ['bionic', { name: 'ubuntu', release: 1804 }],
  ['focal', { name: 'ubuntu', release: 2004 }],
  ['jammy', { name: 'ubuntu', release: 2204 }],
  ['noble', { name: 'ubuntu', release: 2404 }],
]);

/** Images of Docker Hub that are made on Debian unless their tag says otherwise. */
const onDebian = new Set('node python golang ruby php rust openresty postgres redis nginx httpd perl'.split(' '));

/** Those of which a tag without a release is made anew with each release of the distribution. */
const isKeptUp = new Set('node python golang ruby php rust nginx httpd'.split(' '));

/** The last Alpine of each major version of Node.js that gets no more images, and one that the others have passed. */
const alpineOfNode: Readonly<Record<string, number>> = { 12: 315, 14: 317, 16: 318 };

/** What a tag without a release stands for now, or stood for when it was made last. */
function movingRelease(image: string, tag: string, name: Distribution['name']): Distribution {
  const [, major = '', minor = ''] = /^(\d+)(?:\.(\d+))?/.exec(tag) ?? [];
  const isCurrent =
    (image === 'node' && Number(major) >= 20) ||
    (image === 'python' && Number(major) === 3 && Number(minor) >= 11) ||
    (isKeptUp.has(image) && !/onbuild/.test(tag) && (tag === '' || !namesRelease(image, tag)));
  if (image === name && /^(?:latest|stable|stable-slim|edge|rolling|3)?$/.test(tag))
    return { name, release: { alpine: 322, debian: 13, ubuntu: 2404 }[name] };
  if (name === 'debian' && isCurrent) return { name, release: 12 };
  const last = image === 'node' ? alpineOfNode[major] : undefined;
  if (name === 'alpine' && (isCurrent || last !== undefined)) return { name, release: last ?? 320 };
  return { name };
}

/** The distribution of an image whose names tell it; `tag` may be missing a part. */
export function distributionOf(name: string, tag: string | undefined = ''): Distribution | undefined {
  const image = withoutMirror(name);
  if (tag.includes('\uFFFC') || image.includes('/')) return undefined;
  if (image === 'ubuntu')
    return suiteOf(tag) ?? ubuntu(/^(\d\d)\.(\d\d)/.exec(tag)) ?? movingRelease(image, tag, image);
  if (image === 'debian') {
    const number = /^(\d+)(?:[.-]|$)/.exec(tag)?.[1];
    return (
      suiteOf(tag) ??
      (number === undefined ? movingRelease(image, tag, image) : { name: 'debian', release: Number(number) })
    );
  }
  const alpine = image === 'alpine' ? /^(\d)\.(\d+)/.exec(tag) : /alpine(\d)\.(\d+)/.exec(tag);
  if (alpine !== null) return { name: 'alpine', release: Number(alpine[1]) * 100 + Number(alpine[2]) };
  if (image === 'alpine' || (onDebian.has(image) && /(?:^|-)alpine(?:$|-)/.test(tag)))
    return movingRelease(image, tag, 'alpine');
  if (!onDebian.has(image) || /windows|nanoserver|ubi|oracle/.test(tag)) return undefined;
  return suiteOf(tag) ?? movingRelease(image, tag, 'debian');
}

const suiteOf = (tag: string): Distribution | undefined =>
  tag
    .split('-')
    .map((part) => suites.get(part))
    .find((suite) => suite !== undefined);

const ubuntu = (match: RegExpExecArray | null): Distribution | undefined =>
  match === null ? undefined : { name: 'ubuntu', release: Number(match[1]) * 100 + Number(match[2]) };
