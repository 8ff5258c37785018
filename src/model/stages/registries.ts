/** Where images come from, and whether that is among the registries that a team trusts. */
import { type Located, parseImageReference } from '../../syntax/index.ts';
import type { Build, Stage } from '../build.ts';

export interface ImageOrigin extends Located {
  /** Host with its port, as it is written; `docker.io` where none is. */
  readonly domain: string;
}

/** Every image that FROM, `--from` and `from=` name, as far as its registry is known. */
export function* imageOrigins(build: Build): Iterable<ImageOrigin> {
  for (const stage of build.stages) {
    const domain = domainOfBase(stage);
    if (domain !== undefined) yield { span: stage.from.image.span, domain };
  }
  for (const { span, via, name, namesake, namedContext } of build.outsideReferences) {
    const domain = namedContext || namesake !== undefined ? undefined : parseImageReference(name)?.domain;
    if (via !== 'base' && domain !== undefined) yield { span, domain };
  }
}

function domainOfBase({ base, from }: Stage): string | undefined {
  if (base.kind === 'image') return base.reference.domain;
  if (base.kind !== 'unresolved') return undefined;
  const { references, raw } = from.image;
  // The registry of `ghcr.io/shop/$NAME` is known all the same.
  const host = references.length === 0 ? undefined : raw.replace(/^["']/, '').split('/', 1)[0];
  if (host === undefined || /[$\\]/.test(host)) return undefined;
  const domain = parseImageReference(`${host}/image`)?.domain;
  return domain === 'docker.io' && host !== domain ? undefined : domain;
}

/** Names that Docker Hub has beside `docker.io`. */
const dockerHub: ReadonlySet<string> = new Set([
  'docker.io',
  'index.docker.io',
  'registry-1.docker.io',
  'hub.docker.com',
]);

/** Whether a registry is `trusted`: by name without case, by `*.example.com` for what is below it, or all by `*`. */
export function isTrusted(domain: string, trusted: readonly string[]): boolean {
  const name = domain.toLowerCase();
  return trusted.some((entry) => {
    const pattern = entry.toLowerCase();
    if (pattern.startsWith('*')) return name.endsWith(pattern.slice(1));
    if (pattern.endsWith('*')) return name.startsWith(pattern.slice(0, -1));
    return name === pattern || (dockerHub.has(name) && dockerHub.has(pattern));
  });
}
