/**
 * Programs that images are known not to have: package managers of other distributions, and those of Node.js.
 *
 * Sources: apk(8), apt(8), dnf(8); AWS Lambda Developer Guide, "Runtimes": the images on Amazon Linux 2023 have dnf and no
 * yum; node-runtime.ts.
 */
import { withoutMirror } from '../images/base-images.ts';
import { nodeRuntime } from '../node/node-runtime.ts';
import { distributionOf } from './package-slips.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

const ofDebian = 'apt apt-get aptitude apt-key dpkg add-apt-repository';
const ofRedHat = 'yum dnf microdnf tdnf rpm';
const others = 'zypper pacman emerge';

/** What another image or distribution has, and the program that does the same here. */
const lacking = {
  apk: words(`${ofDebian} ${ofRedHat} ${others}`),
  'apt-get': words(`apk yum dnf microdnf tdnf ${others} add-apt-repository`),
  dnf: words(`apk apt apt-get aptitude ${others}`),
};

const ofNode = words('node npm npx yarn pnpm pnpx corepack');

/** Whether a program is one of Node.js, of those that images are known to lack. */
export const runsOnNode = (program: string): boolean => ofNode.has(program);

/** All that any image is known to lack: to work out what an image is takes longer than to look in here. */
const mayBeLacking: ReadonlySet<string> = new Set([...Object.values(lacking).flatMap((each) => [...each]), ...ofNode]);

const redHat =
  /^(?:fedora|almalinux|rockylinux|rockylinux\/rockylinux|amazonlinux|oraclelinux|centos|quay\.io\/centos\/centos|registry\.access\.redhat\.com\/ubi\d+(?:\/ubi(?:-minimal)?)?)$/;

/** Of Amazon's own images for functions, by the version from which on they stand on Amazon Linux 2023. */
const lambda: ReadonlyMap<string, number> = new Map([
  ['nodejs', 20],
  ['python', 3.12],
  ['java', 21],
  ['ruby', 3.3],
  ['dotnet', 8],
]);

export interface AbsentProgram {
  /** The major version of Node.js from which on its images come without it. */
  readonly until?: number;
  /** The package manager of the image, where another distribution's is called. */
  readonly instead?: keyof typeof lacking;
  /** The package of the distribution that has it. */
  readonly broughtBy?: string;
}

/** A program of the distribution that its images leave out, by the package that brings it; Debian has that up to 12. */
const leftOut: ReadonlyMap<string, string> = new Map([['add-apt-repository', 'software-properties-common']]);

/** With what the names of packages begin that bring a program; Ubuntu's sets of packages may bring what it has. */
export const bringersOf = (program: string): readonly string[] =>
  leftOut.has(program)
    ? ['software-properties', 'python-software-properties', 'python3-software-properties', 'ubuntu-']
    : [program.split('-', 1)[0] ?? program];

/** Undefined where an image has a program, or may have it. */
export function absentProgram(program: string, image: string, tag: string | undefined): AbsentProgram | undefined {
  if (!mayBeLacking.has(program)) return undefined;
  const manager = managerOf(withoutMirror(image), tag);
  if (manager !== undefined && lacking[manager].has(program)) {
    const broughtBy = manager === 'apt-get' ? leftOut.get(program) : undefined;
    return broughtBy === undefined ? { instead: manager } : { broughtBy };
  }
  if (program === 'yum' && standsOnAmazonLinux2023(image, tag)) return { instead: 'dnf' };
  if (program === 'corepack' && isNodeWithoutCorepack(image, tag)) return { until: corepackLess };
  const runtime = ofNode.has(program) ? nodeRuntime(image) : undefined;
  return runtime === undefined || runtime.startsNode || runtime.programs.has(program) ? undefined : {};
}

/** Node.js 25 came in October 2025 (nodejs/TSC#1697): tags that name no release of anything stand for it or later ones. */
const corepackLess = 25;

const newest = /^(?:latest|(?:current-)?(?:alpine|slim|bookworm|trixie|bookworm-slim|trixie-slim)|current)$/;

function isNodeWithoutCorepack(image: string, tag = 'latest'): boolean {
  if (withoutMirror(image) !== 'node') return false;
  const [, major] = /^(\d+)(?:[.-]|$)/.exec(tag) ?? [];
  return major === undefined ? newest.test(tag) : Number(major) >= corepackLess;
}

function managerOf(image: string, tag: string | undefined): keyof typeof lacking | undefined {
  if (redHat.test(image) || /^public\.ecr\.aws\/lambda\//.test(image)) return 'dnf';
  const distribution = distributionOf(image, tag);
  return distribution === undefined ? undefined : distribution.name === 'alpine' ? 'apk' : 'apt-get';
}

function standsOnAmazonLinux2023(image: string, tag = ''): boolean {
  const [, language = ''] = /^public\.ecr\.aws\/lambda\/(\w+)$/.exec(image) ?? [];
  if (language === 'provided') return tag.startsWith('al2023');
  const since = lambda.get(language);
  const [, version] = /^(\d+(?:\.\d+)?)/.exec(tag) ?? [];
  return since !== undefined && version !== undefined && asNumber(version) >= asNumber(String(since));
}

/** 3.9 comes before 3.12. */
const asNumber = (version: string): number => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major * 1000 + minor;
};
