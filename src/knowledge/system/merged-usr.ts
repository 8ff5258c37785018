/**
 * Releases in which `/bin`, `/sbin` and the folders of libraries are links into `/usr`.
 *
 * Sources: Debian's release notes (merged by default since 12) and the `debian` images, in which 11 has them apart;
 * Ubuntu's release notes (19.04); the Fedora feature UsrMove, which RHEL has since 7 and Amazon Linux since 2.
 */
import { glibcVersion } from './glibc-versions.ts';

const others = /(?:^|[/:-])(?:focal|jammy|noble|ubuntu|ubi\d+|almalinux|rockylinux|oraclelinux|centos|amazonlinux)/;
const apart = /xenial|bionic|ubuntu-?1[0-8]|^ubuntu:1[0-8]|distroless/;

/** `name` is the familiar one. False where the names do not tell. */
export function hasMergedUsr(name: string, tag: string): boolean {
  const version = apart.test(`${name}:${tag}`) ? undefined : glibcVersion(name, tag);
  return version !== undefined && (version >= bookworm || others.test(`${name}:${tag}`));
}

/** Its version of glibc: Debian has none of those of the others above. */
const bookworm = 36;

const links: ReadonlySet<string> = new Set(['/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32']);

/** The link that a path leads through there. */
export function linkOfMergedUsr(path: string): string | undefined {
  const first = /^\/[^/]+/.exec(path)?.[0];
  return first !== undefined && links.has(first) ? first : undefined;
}
