/** How large a base image is, by its name and tag: a class, for sizes differ by version and platform. */
import { isDistroless, withoutMirror } from './base-images.ts';

/** Unpacked: `empty` nothing, `tiny` up to 30 MB, `small` up to 150 MB, `medium` up to 500 MB, `large` above. */
export type SizeClass = 'empty' | 'tiny' | 'small' | 'medium' | 'large';

/** Systems without a language, by the sizes that their pages on Docker Hub give. */
const systems: ReadonlyMap<string, SizeClass> = new Map([
  ['alpine', 'tiny'],
  ['busybox', 'tiny'],
  ['bash', 'tiny'],
  ['debian', 'small'],
  ['ubuntu', 'small'],
  ['bitnami/minideb', 'small'],
  ['nginx', 'medium'],
  ['nginxinc/nginx-unprivileged', 'medium'],
  ['httpd', 'small'],
  ['caddy', 'small'],
  ['redis', 'small'],
  ['amazonlinux', 'medium'],
  ['fedora', 'medium'],
  ['buildpack-deps', 'large'],
]);

/** Languages whose plain tag is built on buildpack-deps, with compilers and headers. */
const fullLanguages =
  /^(?:node|python|ruby|golang|rust|php|perl|gcc|openjdk|maven|gradle|elixir|erlang|haskell|swift)$/;

/** Undefined for images that are not known. */
export function baseImageSize(name: string, tag: string | undefined): SizeClass | undefined {
  const familiar = withoutMirror(name);
  if (familiar === 'scratch') return 'empty';
  if (isDistroless(familiar))
    return /\/static/.test(familiar) ? 'tiny' : /nodejs|java|python/.test(familiar) ? 'medium' : 'small';
  const small = /alpine|slim|distroless/.test(tag ?? '');
  const system = systems.get(familiar);
  if (system !== undefined) return small && system === 'medium' ? 'small' : system;
  if (!fullLanguages.test(familiar)) return undefined;
  if (!small) return 'large';
  return /^(?:golang|rust|gcc|swift|maven|gradle)$/.test(familiar) ? 'large' : 'medium';
}
