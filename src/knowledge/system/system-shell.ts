/** What /bin/sh is in an image. */
import type { BaseImageFacts } from '../images/base-images.ts';

/**
 * Distributions whose /bin/sh is bash, by the names of their images and of the tags that name them, and images that
 * are made from these: `eclipse-temurin:21-ubi9-minimal`, `amazoncorretto:21`, `mysql:8`.
 */
const withBash =
  /(?:^|[/:-])(?:ubi\d|rhel\d|fedora|centos|rocky|alma|amazonlinux|al20\d\d|amzn|oracle|archlinux|opensuse|suse|leap|tumbleweed|bci|photon|mageia|clearlinux|amazoncorretto|mysql|mariadb-ubi|lambda)/;

/**
 * The shell of Debian and Ubuntu is dash, that of Alpine busybox. Undefined for a base that is not known; `name` is
 * its familiar one, with or without its tag.
 */
export function systemShell(
  name: string | undefined,
  facts: BaseImageFacts | undefined,
): 'bash' | 'busybox' | 'dash' | undefined {
  if (facts?.libc === 'musl') return 'busybox';
  if (withBash.test(name ?? '')) return 'bash';
  return facts?.libc === 'glibc' ? 'dash' : undefined;
}
