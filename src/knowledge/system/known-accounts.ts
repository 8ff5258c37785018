/**
 * Accounts whose number is known, beside those of the system, in images that people build upon.
 *
 * Sources: the Dockerfiles of Docker's official images (nodejs/docker-node, nginx, redis, postgres, gradle) and of
 * oven-sh/bun; /etc/passwd of ubuntu:24.04; /etc/group of alpine-baselayout.
 */
import { withoutMirror } from '../images/base-images.ts';

export interface KnownAccount {
  readonly kind: 'user' | 'group';
  readonly name: string;
  readonly number: string;
}

const both = (name: string, number: string): readonly KnownAccount[] => [
  { kind: 'user', name, number },
  { kind: 'group', name, number },
];

/** By image, and by what its tag says where only some have it. */
const known: readonly (readonly [image: RegExp, tag: RegExp, accounts: readonly KnownAccount[]])[] = [
  [/^node$/, /^/, both('node', '1000')],
  [/^oven\/bun$/, /^(?!.*distroless)/, both('bun', '1000')],
  [/^gradle$/, /^/, both('gradle', '1000')],
  [/^ubuntu$/, /^(?:latest|rolling|devel|noble|questing|resolute|2[4-9]\.)/, both('ubuntu', '1000')],
  [/^nginx$/, /^/, both('nginx', '101')],
  [
    /^(?:alpine|node|nginx|python|golang|php|ruby|rust)$/,
    /^(?!.*slim).*alpine/,
    [{ kind: 'group', name: 'www-data', number: '82' }],
  ],
  [/^alpine$/, /^/, [{ kind: 'group', name: 'www-data', number: '82' }]],
];

/** Those of an image by its familiar name and its tag, which certainly has them. */
export function knownAccounts(image: string, tag: string): readonly KnownAccount[] {
  const name = withoutMirror(image);
  return known.flatMap(([images, tags, accounts]) => (images.test(name) && tags.test(tag) ? accounts : []));
}
