/**
 * Tags that name a flavour and no release: those of Docker's official images (their tag lists,
 * docker-library/official-images), and names that projects give to what they built last.
 */

/** Parts of tags that move on with each release, or say only how the image is made. */
const flavours: ReadonlySet<string> = new Set(
  (
    'latest lts current stable mainline edge canary rolling nightly devel unstable testing experimental sid rc beta alpha ' +
    'alpine slim fat full minimal fpm apache cli zts jdk jre onbuild perl otel management standalone ' +
    'bookworm bullseye buster stretch trixie noble jammy focal bionic windowsservercore nanoserver'
  ).split(' '),
);

/** Distributions whose releases are known by a name as well: it pins the release there. */
const releaseNames = /^(?:trixie|bookworm|bullseye|buster|stretch|noble|jammy|focal|bionic|xenial)$/;

const distributions: ReadonlySet<string> = new Set(['debian', 'ubuntu', 'buildpack-deps']);

/** Whether a tag names a release of an official image: `22-alpine` does, `alpine` does not. */
export function namesRelease(image: string, tag: string): boolean {
  const parts = tag.split('-');
  if (distributions.has(image) && parts.some((part) => releaseNames.test(part))) return true;
  return !parts.every((part) => flavours.has(part));
}

const movingNames =
  /^(?:stable|mainline|lts|current|canary|edge|rolling|nightly|main|master|trunk|head|dev|devel|develop|development|unstable|snapshot)$/;

/** Whether a tag of any image says by its name that it moves on: `canary`, `stable-alpine`; not so `22-dev`. */
export function movesByName(tag: string): boolean {
  const parts = tag.toLowerCase().split('-');
  return (
    parts.some((part) => movingNames.test(part)) && parts.every((part) => flavours.has(part) || movingNames.test(part))
  );
}
