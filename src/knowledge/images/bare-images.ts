/**
 * Images with a distribution, or less, and at most a language in the places of the system: no program of theirs stands
 * in a directory of its own. By the Dockerfiles of Docker's official images and https://github.com/GoogleContainerTools/distroless.
 */
import { withoutMirror } from './base-images.ts';

const bare: ReadonlySet<string> = new Set(
  (
    'alpine debian ubuntu busybox fedora amazonlinux rockylinux almalinux oraclelinux archlinux photon ' +
    'buildpack-deps golang rust gcc node python ruby php'
  ).split(' '),
);

export function isBareImage(name: string): boolean {
  const familiar = withoutMirror(name);
  return bare.has(familiar) || /^gcr\.io\/distroless\/(?:static|base|cc)(?:-|$)|^redhat\/ubi\d+/.test(familiar);
}
