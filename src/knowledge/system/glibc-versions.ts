/**
 * The version of glibc in releases of distributions, the part after `2.`.
 *
 * Sources: the package `libc6` on packages.debian.org and packages.ubuntu.com; `glibc` in the release notes of
 * RHEL 7 to 10 and Amazon Linux; for images of languages the lists of docker-library/official-images (`library/golang`,
 * `library/rust`) on the days when Debian 10 to 13 came out. Versions whose tags moved from one Debian to the next are left out.
 */

const releases: readonly (readonly [RegExp, number])[] = [
  [/(?:^|[-.])(?:trixie|debian-?13)(?![\w])/, 41],
  [/(?:^|[-.])(?:bookworm|debian-?12)(?![\w])/, 36],
  [/(?:^|[-.])(?:bullseye|debian-?11)(?![\w])/, 31],
  [/(?:^|[-.])(?:buster|debian-?10)(?![\w])/, 28],
  [/(?:^|[-.])(?:stretch|debian-?9)(?![\w])/, 24],
  [/(?:^|[-.])(?:noble|ubuntu-?24\.04)(?![\w.])/, 39],
  [/(?:^|[-.])(?:jammy|ubuntu-?22\.04)(?![\w.])/, 35],
  [/(?:^|[-.])(?:focal|ubuntu-?20\.04)(?![\w.])/, 31],
  [/(?:^|[-.])(?:bionic|ubuntu-?18\.04)(?![\w.])/, 27],
  [/(?:^|[-.])(?:xenial|ubuntu-?16\.04)(?![\w.])/, 23],
];

const redHat: Readonly<Record<string, number>> = { 7: 17, 8: 28, 9: 34, 10: 39 };

/** By the first number of the tag. */
const byNumber: readonly (readonly [RegExp, Readonly<Record<string, number>>])[] = [
  [/^debian$/, { 9: 24, 10: 28, 11: 31, 12: 36, 13: 41 }],
  [/(?:^|\/)(?:almalinux|rockylinux|rockylinux\/rockylinux|oraclelinux|centos)$/, redHat],
  [/(?:^|\/)amazonlinux$/, { 2: 26, 2023: 34 }],
];

/** First and last minor version of a language's image that was only ever made on one release of Debian. */
const ofLanguages: ReadonlyMap<string, readonly (readonly [number, number, number])[]> = new Map([
  [
    'rust',
    [
      [37, 53, 28],
      [56, 69, 31],
      [71, 88, 36],
      [90, 99, 41],
    ],
  ],
  [
    'golang',
    [
      [13, 15, 28],
      [18, 18, 31],
      [21, 23, 36],
      [25, 26, 41],
    ],
  ],
]);

/** Undefined where the names do not tell. `name` is the familiar one. */
export function glibcVersion(name: string, tag: string): number | undefined {
  if (tag.includes('alpine')) return undefined;
  const image = name.replace(/^.*\/library\//, '');
  const named = releases.find(([pattern]) => pattern.test(tag) || pattern.test(image))?.[1];
  if (named !== undefined) return named;
  if (image === 'ubuntu') return releases.find(([pattern]) => pattern.test(`ubuntu-${tag}`))?.[1];
  const family = /(?:^|\/)ubi(\d+)(?:[/-]|$)/.exec(image)?.[1];
  if (family !== undefined) return redHat[family];
  const number = /^\d+/.exec(tag)?.[0];
  const table = byNumber.find(([pattern]) => pattern.test(image))?.[1];
  if (table !== undefined) return number === undefined ? undefined : table[number];
  const minor = /^1\.(\d+)(?:\.\d+)?(?:-slim)?$/.exec(tag)?.[1];
  if (minor === undefined) return undefined;
  return ofLanguages.get(image)?.find(([first, last]) => Number(minor) >= first && Number(minor) <= last)?.[2];
}

/** `__libc_start_main`, which every program calls first, has a new version since 2.34 (glibc's NEWS). */
export const startsOnlySince = 34;
