/**
 * Which base images lack curl and wget, and which commands may bring them.
 *
 * Sources: the Dockerfiles of Docker's official images, of oven-sh/bun, of dotnet/dotnet-docker and of
 * GoogleContainerTools/distroless; the package lists of alpine, debian and ubuntu. BusyBox has wget and no curl.
 */
import { installsNoProgram } from '../node/node-runtime.ts';
import { systemPackageCall } from '../system/system-packages.ts';
import { isDistroless, withoutMirror } from './base-images.ts';

type Words = readonly (string | undefined)[];

export type HttpClient = 'curl' | 'wget';

export const isHttpClient = (program: string): program is HttpClient => program === 'curl' || program === 'wget';

const setOf = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** Their `-slim` is debian:*-slim and little else, their `-alpine` alpine and little else. */
const slimAndAlpine = setOf('node python ruby rust golang openjdk oven/bun');

const alpineOnly = setOf('alpine busybox caddy');

/** Their `-alpine` is alpine without curl; of their other variants nothing is said here. */
const alpineVariants = setOf('eclipse-temurin amazoncorretto postgres redis');

/** Made from debian with curl and without wget, where the tag names no other system. */
const curlAlone = setOf('nginx php');

/** Made from debian or ubuntu without a client, where the tag names no other system. */
const bare = setOf(
  ['aspnet', 'runtime', 'runtime-deps'].map((name) => `mcr.microsoft.com/dotnet/${name}`).join(' ') + ' httpd',
);

/** True only where the image certainly has no such program; a tag with U+FFFC in it is known in part. */
export function lacksClient(name: string, tag: string | undefined, client: HttpClient): boolean {
  const image = withoutMirror(name);
  const written = tag ?? '';
  const whole = !written.includes('\uFFFC');
  if (isDistroless(image)) return !written.includes('debug') && whole;
  if (image === 'debian' || image === 'ubuntu') return !written.includes('scm') && !written.includes('curl');
  if (/windows|nanoserver|builder/.test(written)) return false;
  if (alpineOnly.has(image)) return client === 'curl';
  if (image === 'nginx' && /alpine(?!-slim)/.test(written)) return false;
  if (/alpine/.test(written) && image !== 'php')
    return client === 'curl' && [slimAndAlpine, alpineVariants, curlAlone, bare].some((group) => group.has(image));
  if (curlAlone.has(image)) return whole && client === 'wget' && !written.includes('alpine');
  if (bare.has(image)) return whole && !/azurelinux|mariner/.test(written);
  if (!slimAndAlpine.has(image)) return false;
  // Up to Node.js 8 the slim images were made from buildpack-deps:curl.
  if (image === 'node' && /^(?:[0-9]|1[01])(?:\.|-|$)/.test(written)) return false;
  return (
    /slim/.test(written) || (image === 'oven/bun' && /^(?:latest|canary|debian|[\d.]+(?:-debian)?)?$/.test(written))
  );
}

/** Whether the wget of an image, where nothing brings another one, is BusyBox's. */
export function hasBusyBoxWget(name: string, tag: string | undefined): boolean {
  const image = withoutMirror(name);
  const groups = [slimAndAlpine, alpineVariants, curlAlone, bare];
  return alpineOnly.has(image) || (/alpine/.test(tag ?? '') && groups.some((group) => group.has(image)));
}

/** Options of GNU Wget that BusyBox stops at (tried: 1.35), in checks as people write them. */
export const busyBoxLacks = (option: string): boolean =>
  /^--(?:retry-connrefused|retry-on-http-error|retry-on-host-error|wait|waitretry|method|body-data|max-redirect|connect-timeout|read-timeout|dns-timeout|inet[46]-only|no-hsts|content-on-error|http-user|http-password|ca-certificate|auth-no-challenge)(?:=|$)/.test(
    option,
  );

/** Packages that depend on a client: abuild on curl, the others on wget or curl. */
const carriers = setOf(
  'alpine-sdk abuild google-chrome-stable google-chrome-beta devscripts ubuntu-server busybox-extras',
);

const projectTools = setOf(
  'npm npx yarn pnpm pnpx bun bunx node corepack pip pip3 python python3 uv poetry gem bundle go cargo composer turbo nx tsc next prisma git',
);

/** Whether a command may put curl or wget into an image, other than by a package of that name. */
export function mayBringClient([name, ...rest]: Words): boolean {
  if (name === undefined) return true;
  const call = systemPackageCall([name, ...rest]);
  if (call !== undefined)
    return (
      call.open ||
      call.packages.some((each) => carriers.has(each.name)) ||
      rest.some((word) => word !== undefined && /^\.?\/|\.(?:deb|rpm|apk)$/.test(word))
    );
  if (projectTools.has(name))
    return rest.some((word) => word === undefined || /playwright|puppeteer|cypress|install-deps|browsers/.test(word));
  return !installsNoProgram([name, ...rest]);
}
