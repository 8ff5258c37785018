/** What is known of a base image before anything is built, by its name and tag. */
import { type Family, families, familiesByPrefix } from './base-image-families.ts';

export interface BaseImageFacts {
  /** User in the image config. */
  readonly user: 'root' | 'non-root' | 'unknown';
  /** As the image config has it: a name or a number. */
  readonly userName?: string | undefined;
  readonly os: 'linux' | 'windows';
  readonly libc: 'glibc' | 'musl' | 'none' | 'unknown';
  /** Has /bin/sh. */
  readonly shell: boolean;
  /** A server whose master process starts as root to bind its port and gives its workers another user. */
  readonly server?: 'nginx' | 'httpd' | 'caddy' | 'haproxy' | 'php-fpm';
  /** The image's own entrypoint changes to an unprivileged user. */
  readonly dropsPrivileges?: true;
  /** An account in it that is made to run as. */
  readonly suggestedUser?: string | undefined;
  /** Working directory in the image config. */
  readonly workdir?: string;
  /** Variables that the image sets; undefined values differ by version. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Programs that come with it, as far as rules ask for them. */
  readonly tools: readonly string[];
  /** Major version of Node.js, where the name or the tag gives it. */
  readonly nodeMajor?: number;
  /** Version of Python as `3.13`, of Docker's official image and those based on it. */
  readonly python?: string;
}

/** PATH of images that set none, which BuildKit gives to `scratch` as well. */
export const systemPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * Facts of a base image; undefined for images that are not known. `name` is the familiar name, without
 * Docker Hub's own parts: `node`, `oven/bun`, `gcr.io/distroless/static-debian12`. In a tag of which only a
 * part is known U+FFFC stands for the rest; what differs between the tags it can be is unknown then.
 */
export function baseImage(name: string, tag: string | undefined): BaseImageFacts | undefined {
  const familiar = withoutMirror(name);
  const written = tag ?? '';
  if (isWindows(familiar, written)) return windows;
  if (isDistroless(familiar)) return withNode(familiar, written, distroless(familiar, written));
  const family = families.get(familiar) ?? familiesByPrefix.find(([pattern]) => pattern.test(familiar))?.[1];
  if (family === undefined) return undefined;
  return withPython(familiar, written, withNode(familiar, written, factsOf(family, written)));
}

/** Distroless under its own name or in a mirror: `gcr.io/distroless/static`, `registry.example.com/distroless/nodejs22-debian12`. */
export const isDistroless = (name: string): boolean =>
  /(?:^|\/)distroless\/(?:static|base(?:-nossl)?|cc|nodejs\d*|python3|java(?:-base|\d+)?)(?:-debian\d+)?$/.test(name);

/**
 * Repositories that hand on what Docker Hub has, as Artifactory, Nexus and Harbor call them: `docker-remote`, `dockerhub-proxy`,
 * as the first part of the host or a part of the path. `docker` alone may be a company's own.
 */
const hubProxy =
  /^(?:(?:docker-?hub|docker\.io)(?:-(?:remote|proxy|cache|mirror))?|docker-(?:io-)?(?:remote|proxy|cache|mirror)|hub-proxy)$/;

/** `artifacts.example.com/docker-remote/node`, `docker-remote.artifacts.example.com/node`. */
function withoutHubProxy(name: string): string {
  const [host = '', ...path] = name.split('/');
  if (path.length === 0 || !/[.:]/.test(host)) return name;
  const at = path.findIndex((part) => hubProxy.test(part));
  if (at !== -1 && at < path.length - 1) return path.slice(at + 1).join('/');
  return hubProxy.test(host.slice(0, host.indexOf('.'))) ? path.join('/') : name;
}

/** Registries and proxies that hold Docker's official images under the same names, and its images by architecture. */
export const withoutMirror = (name: string): string =>
  withoutHubProxy(name)
    .replace(/^(?:registry-1\.|index\.)?docker\.io\//, '')
    .replace(/^[^/.]+\.[^/]*\/(?:[^/]+\/)*library\//, '')
    .replace(/^[^/.]+\.[^/]*\/(?:[^/]+\/)*dependency_proxy\/containers\//, '')
    .replace(/^mirror\.gcr\.io\//, '')
    .replace(/^(?:library|amd64|arm32v[567]|arm64v8|i386|mips64le|ppc64le|riscv64|s390x)\/(?=[a-z0-9-]+$)/, '');

const windows: BaseImageFacts = {
  user: 'unknown',
  os: 'windows',
  libc: 'none',
  shell: false,
  env: {},
  tools: [],
};

const isWindows = (name: string, tag: string): boolean =>
  /^mcr\.microsoft\.com\/(?:windows|dotnet\/framework|mssql\/server\/windows)|^microsoft\/(?:windowsservercore|nanoserver|aspnet$|iis$|dotnet-framework|mssql-server-windows)/.test(
    name,
  ) || /nanoserver|windowsservercore|(?:^|-)ltsc20\d\d/.test(tag);

function factsOf(family: Family, tag: string): BaseImageFacts {
  const ofTag = family.tags?.find(([pattern]) => pattern.test(tag))?.[1];
  const ofAlpine: Partial<BaseImageFacts> = tag.includes('alpine') ? { libc: 'musl' } : {};
  const known = { ...family.facts, ...ofAlpine, ...ofTag, ...(tag.includes(unknown) ? commonFacts(family, tag) : {}) };
  return {
    user: 'unknown',
    os: 'linux',
    libc: 'glibc',
    shell: true,
    tools: [],
    ...known,
    env: { PATH: known.user === 'unknown' ? undefined : systemPath, ...family.facts.env, ...ofTag?.env },
  };
}

/** U+FFFC, as in `model/state/unknown-text.ts`. */
const unknown = '\uFFFC';

/** What holds for all tags that a partly known one can be. */
function commonFacts(family: Family, tag: string): Partial<BaseImageFacts> {
  const variants = family.tags?.map(([, facts]) => facts) ?? [];
  const sameUser = variants.every(({ user }) => user === undefined || user === family.facts.user);
  const tools = (family.facts.tools ?? []).filter((tool) =>
    variants.every((facts) => facts.tools === undefined || facts.tools.includes(tool)),
  );
  return {
    tools,
    ...(sameUser ? {} : { user: 'unknown', userName: undefined }),
    ...(/alpine|slim|debian|bookworm|bullseye|buster|trixie|jammy|noble/.test(tag) ? {} : { libc: 'unknown' }),
  };
}

/** Distroless images start as root unless the tag says nonroot; they have no shell unless it says debug. */
function distroless(name: string, tag: string): BaseImageFacts {
  const nonRoot = /(?:^|-)nonroot/.test(tag);
  return {
    user: nonRoot ? 'non-root' : tag.includes(unknown) ? 'unknown' : 'root',
    ...(nonRoot ? { userName: '65532', workdir: '/home/nonroot' } : {}),
    os: 'linux',
    libc: /\/static(?:-debian\d+)?$/.test(name) ? 'none' : 'glibc',
    shell: tag.includes('debug'),
    suggestedUser: 'nonroot',
    tools: /nodejs/.test(name) ? ['node'] : /java/.test(name) ? ['java'] : /python/.test(name) ? ['python3'] : [],
    env: { PATH: systemPath, SSL_CERT_FILE: '/etc/ssl/certs/ca-certificates.crt' },
  };
}

/** `node:22-alpine`, `nodejs22-debian12`, `ubi9/nodejs-20`, `lambda/nodejs:20`. corepack left Node.js with version 25. */
function withNode(name: string, tag: string, facts: BaseImageFacts): BaseImageFacts {
  const inTag = /(?:^|\/)(?:node|nodejs|javascript-node|typescript-node)$/.test(name)
    ? /^v?(\d{1,2})(?!\d)/.exec(tag)
    : null;
  const major = (inTag ?? /nodejs-?(\d{1,2})/.exec(name))?.[1];
  if (major === undefined) return facts;
  const nodeMajor = Number(major);
  if (nodeMajor < 25) return { ...facts, nodeMajor };
  return { ...facts, nodeMajor, tools: facts.tools.filter((tool) => tool !== 'corepack') };
}

/** `python:3.13-slim`, `astral-sh/uv:python3.13-trixie-slim`. */
function withPython(name: string, tag: string, facts: BaseImageFacts): BaseImageFacts {
  const pattern = name === 'python' ? /^(\d\.\d+)/ : /astral-sh\/uv$/.test(name) ? /(?:^|-)python(\d\.\d+)/ : undefined;
  const python = pattern?.exec(tag)?.[1];
  return python === undefined ? facts : { ...facts, python };
}
