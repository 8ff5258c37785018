/**
 * Image references, after distribution/reference: `[domain/]path[:tag][@digest]`, where `node` is short
 * for `docker.io/library/node`.
 */

export interface ImageReference {
  /** Host with its port, `docker.io` where none is written. */
  readonly domain: string;
  /** Without domain, tag and digest: `library/node`. */
  readonly path: string;
  /** As one writes it: `node` for docker.io/library/node, `bitnami/node`, `ghcr.io/owner/app`. */
  readonly familiar: string;
  readonly tag?: string;
  /** `sha256:…`. */
  readonly digest?: string;
}

const defaultDomain = 'docker.io';
const legacyDomain = 'index.docker.io';
const officialPrefix = 'library/';
/** Characters that a path may have. */
const longestName = 255;

const pathComponent = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const domainLabel = /^(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])$/;
const ipv6 = /^\[[a-fA-F0-9:]+\]$/;
const port = /^[0-9]+$/;
const tagForm = /^\w[\w.-]{0,127}$/;
const digestForm = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;
const hexId = /^[a-f0-9]{64}$/;

/** Hexadecimal digits of the algorithms that a digest can be checked with. */
const digestLengths: ReadonlyMap<string, number> = new Map([
  ['sha256', 64],
  ['sha384', 96],
  ['sha512', 128],
]);

/** Reads a reference that holds no variables; undefined when BuildKit could not. */
export function parseImageReference(text: string): ImageReference | undefined {
  if (hexId.test(text)) return undefined;
  const at = text.indexOf('@');
  const digest = at === -1 ? undefined : text.slice(at + 1);
  const named = at === -1 ? text : text.slice(0, at);
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1);
  const tag = colon === -1 ? undefined : named.slice(colon + 1);
  const name = colon === -1 ? named : named.slice(0, colon);
  if (tag !== undefined && !tagForm.test(tag)) return undefined;
  if (digest !== undefined && !isDigest(digest)) return undefined;
  const { domain, path } = splitDomain(name);
  if (!isDomain(domain) || !path.split('/').every((component) => isPathComponent(component))) return undefined;
  if (path.length > longestName) return undefined;
  return {
    domain,
    path,
    familiar: familiarName(domain, path),
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
  };
}

/** What stands before the first slash is a domain if it has a dot, a colon or a capital, or is `localhost`. */
function splitDomain(name: string): { domain: string; path: string } {
  const slash = name.indexOf('/');
  const first = name.slice(0, slash);
  const isHost = slash !== -1 && (/[.:]/.test(first) || first === 'localhost' || first.toLowerCase() !== first);
  const domain = isHost && first !== legacyDomain ? first : defaultDomain;
  const path = isHost ? name.slice(slash + 1) : name;
  return { domain, path: domain === defaultDomain && !path.includes('/') ? officialPrefix + path : path };
}

function isDomain(domain: string): boolean {
  const colon = domain.indexOf(':', domain.lastIndexOf(']') + 1);
  const host = colon === -1 ? domain : domain.slice(0, colon);
  if (colon !== -1 && !port.test(domain.slice(colon + 1))) return false;
  return ipv6.test(host) || host.split('.').every((label) => domainLabel.test(label));
}

function isPathComponent(component: string): boolean {
  return component.length <= longestName && pathComponent.test(component);
}

function isDigest(digest: string): boolean {
  if (!digestForm.test(digest)) return false;
  const colon = digest.indexOf(':');
  const length = digestLengths.get(digest.slice(0, colon));
  const hex = digest.slice(colon + 1);
  return length !== undefined && hex.length === length && hex === hex.toLowerCase();
}

function familiarName(domain: string, path: string): string {
  if (domain !== defaultDomain) return `${domain}/${path}`;
  const short = path.slice(officialPrefix.length);
  return path.startsWith(officialPrefix) && !short.includes('/') ? short : path;
}
