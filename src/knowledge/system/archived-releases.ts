/**
 * Releases of distributions that their mirrors no longer have: the lists of packages that an image asks for answer 404.
 *
 * Sources: https://www.debian.org/distrib/archive (buster left deb.debian.org in July 2025, stretch and jessie in April
 * 2023), https://old-releases.ubuntu.com/releases/, https://blog.centos.org/2024/05/ (mirrorlist.centos.org was turned off
 * after 2024-06-30), https://www.centos.org/centos-linux-eol/ (8 left the mirrors on 2022-01-31). Images of languages by
 * the lists of docker-library/official-images on the days when Debian 10 and 11 came out; what was built anew on a later
 * Debian is left out.
 */

export interface ArchivedRelease {
  /** `Debian 10 (buster)`. */
  readonly release: string;
  /** What asks for its lists: `apt`, `yum`. */
  readonly packages: 'apt' | 'yum';
}

interface Archived extends ArchivedRelease {
  readonly since: string;
}

const apt = (release: string, since: string): Archived => ({ release, since, packages: 'apt' });

const suites: ReadonlyMap<string, Archived> = new Map([
  ['wheezy', apt('Debian 7 (wheezy)', '2019-04-01')],
  ['jessie', apt('Debian 8 (jessie)', '2023-05-01')],
  ['stretch', apt('Debian 9 (stretch)', '2023-05-01')],
  ['buster', apt('Debian 10 (buster)', '2025-08-01')],
  ['eoan', apt('Ubuntu 19.10 (eoan)', '2021-07-01')],
  ['groovy', apt('Ubuntu 20.10 (groovy)', '2022-07-01')],
  ['hirsute', apt('Ubuntu 21.04 (hirsute)', '2023-01-01')],
  ['impish', apt('Ubuntu 21.10 (impish)', '2023-07-01')],
  ['kinetic', apt('Ubuntu 22.10 (kinetic)', '2024-07-01')],
  ['lunar', apt('Ubuntu 23.04 (lunar)', '2025-01-01')],
  ['mantic', apt('Ubuntu 23.10 (mantic)', '2025-07-01')],
]);

const suiteOfNumber: ReadonlyMap<string, string> = new Map([
  ['7', 'wheezy'],
  ['8', 'jessie'],
  ['9', 'stretch'],
  ['10', 'buster'],
  ['19.10', 'eoan'],
  ['20.10', 'groovy'],
  ['21.04', 'hirsute'],
  ['21.10', 'impish'],
  ['22.10', 'kinetic'],
  ['23.04', 'lunar'],
  ['23.10', 'mantic'],
]);

const centos: ReadonlyMap<string, Archived> = new Map(
  (
    [
      ['5', '2017-05-01'],
      ['6', '2020-12-15'],
      ['7', '2024-07-15'],
      ['8', '2022-02-15'],
    ] as const
  ).map(([number, since]) => [number, { release: `CentOS ${number}`, since, packages: 'yum' }]),
);

/** The last version of an official image that was made on Debian 10 or before, by the first numbers of its tag. */
const lastOnBuster: ReadonlyMap<string, readonly (readonly number[])[]> = new Map([
  ['node', [[16, 16]]],
  ['golang', [[1, 15]]],
  ['php', [[7, 2]]],
  [
    'python',
    [
      [3, 5],
      [3, 6, 13],
      [3, 7, 10],
      [3, 8, 10],
      [3, 9, 5],
    ],
  ],
  [
    'ruby',
    [
      [2, 5],
      [2, 6, 7],
      [2, 7, 3],
      [3, 0, 1],
    ],
  ],
]);

/** `name` is the familiar one; of an image that others make it is not known which lists it asks for. */
export function archivedRelease(name: string, tag: string, today: string): ArchivedRelease | undefined {
  const image = name.replace(/^(?:.*\/)?library\//, '');
  const found = image.includes('/') ? ofVendors(image, tag) : ofOfficial(image, tag);
  return found !== undefined && found.since <= today ? { release: found.release, packages: found.packages } : undefined;
}

const ofVendors = (image: string, tag: string): Archived | undefined =>
  image.startsWith('mcr.microsoft.com/dotnet/') ? namedSuite(tag) : undefined;

const namedSuite = (tag: string): Archived | undefined =>
  tag
    .split('-')
    .map((part) => suites.get(part))
    .find((each) => each !== undefined);

function ofOfficial(image: string, tag: string): Archived | undefined {
  if (tag.includes('alpine') || tag.includes('windows') || tag.includes('nanoserver')) return undefined;
  const named = namedSuite(tag);
  if (named !== undefined) return named;
  if (image === 'centos') return centos.get(tag === 'latest' ? '8' : (/^(?:centos)?(\d+)/.exec(tag)?.[1] ?? ''));
  const number = /^\d+(?:\.\d+)*/.exec(tag)?.[0];
  if (number === undefined) return undefined;
  if (image === 'debian') return suites.get(suiteOfNumber.get(number.split('.')[0] ?? '') ?? '');
  if (image === 'ubuntu') return suites.get(suiteOfNumber.get(number) ?? '');
  const lasts = lastOnBuster.get(image);
  // Another system is named, or one of a later Debian.
  if (lasts === undefined || !/^[\d.]+(?:-(?:slim|apache|fpm|cli|zts|onbuild))*$/.test(tag)) return undefined;
  const numbers = number.split('.').map(Number);
  return lasts.some((last) => isWithin(numbers, last)) ? onBusterOrBefore : undefined;
}

const onBusterOrBefore = apt('the Debian of this image (10 or older)', '2025-08-01');

/** Of one number or two all that is not above counts; of three the first two say which line it is. */
function isWithin(numbers: readonly number[], last: readonly number[]): boolean {
  const line = last.length === 3 ? last.slice(0, 2) : [];
  if (line.some((number, at) => numbers[at] !== number)) return false;
  for (const [at, highest] of last.entries()) {
    const number = numbers[at];
    if (number === undefined) return false;
    if (number !== highest) return number < highest;
  }
  return true;
}
