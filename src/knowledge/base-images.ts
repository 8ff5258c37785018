/**
 * What is known of base images before anything is built: the user they start as, their C library,
 * whether they have a shell, what their entrypoint does.
 *
 * Source: the images' own Dockerfiles and documentation, as published by Docker official images, the
 * distroless project, Chainguard, Bitnami, Red Hat, Microsoft. `root` is said only where it is sure.
 */

export interface BaseImageFacts {
  /** User in the image config. */
  readonly user: 'root' | 'non-root' | 'unknown';
  readonly userName?: string;
  readonly os: 'linux' | 'windows';
  readonly libc: 'glibc' | 'musl' | 'none' | 'unknown';
  /** Has /bin/sh. */
  readonly shell: boolean;
  /** A server whose master process starts as root to bind its port and gives its workers another user. */
  readonly server?: 'nginx' | 'httpd' | 'caddy' | 'haproxy';
  /** The image's own entrypoint changes to an unprivileged user. */
  readonly dropsPrivileges?: true;
  /** An account made to run as. */
  readonly suggestedUser?: string;
  /** Working directory in the image config. */
  readonly workdir?: string;
  /** Variables that the image sets; undefined values differ by version. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Programs that come with it. */
  readonly tools: readonly string[];
}

interface Family {
  readonly facts: Partial<BaseImageFacts>;
  /** Tags of this form are Alpine's. */
  readonly alpineTags?: true;
  readonly nonRootTags?: RegExp;
}

const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const plain: Family = { facts: {} };
const musl: Family = { facts: { libc: 'musl' } };
const language: Family = { facts: {}, alpineTags: true };
const droppedByEntrypoint: Family = { facts: { dropsPrivileges: true }, alpineTags: true };

/** Images that start as root, by familiar name. */
const rootImages: ReadonlyMap<string, Family> = new Map<string, Family>([
  ...(
    [
      'debian',
      'ubuntu',
      'fedora',
      'centos',
      'rockylinux',
      'almalinux',
      'amazonlinux',
      'oraclelinux',
      'archlinux',
      'photon',
      'buildpack-deps',
      'kalilinux/kali-rolling',
    ] as const
  ).map((name): [string, Family] => [name, plain]),
  ['alpine', musl],
  ['busybox', plain],
  [
    'node',
    {
      facts: {
        suggestedUser: 'node',
        tools: ['node', 'npm', 'yarn', 'corepack'],
        env: { NODE_VERSION: undefined, YARN_VERSION: undefined },
      },
      alpineTags: true,
    },
  ],
  [
    'oven/bun',
    {
      facts: { suggestedUser: 'bun', tools: ['bun'], workdir: '/home/bun/app' },
      alpineTags: true,
      nonRootTags: /distroless/,
    },
  ],
  ['denoland/deno', { facts: { suggestedUser: 'deno', tools: ['deno'] }, alpineTags: true }],
  [
    'python',
    {
      facts: { tools: ['python3', 'pip'], env: { PYTHON_VERSION: undefined, LANG: undefined, GPG_KEY: undefined } },
      alpineTags: true,
    },
  ],
  [
    'golang',
    {
      facts: {
        workdir: '/go',
        tools: ['go'],
        env: { GOLANG_VERSION: undefined, GOPATH: '/go', GOTOOLCHAIN: undefined },
      },
      alpineTags: true,
    },
  ],
  [
    'rust',
    {
      facts: {
        tools: ['cargo'],
        env: { RUST_VERSION: undefined, CARGO_HOME: '/usr/local/cargo', RUSTUP_HOME: '/usr/local/rustup' },
      },
      alpineTags: true,
    },
  ],
  [
    'ruby',
    { facts: { tools: ['ruby', 'bundle'], env: { RUBY_VERSION: undefined, GEM_HOME: undefined } }, alpineTags: true },
  ],
  ['php', language],
  ['composer', { facts: { libc: 'musl', workdir: '/app', tools: ['composer', 'php'] } }],
  ['openjdk', language],
  ['eclipse-temurin', language],
  ['amazoncorretto', language],
  ['sapmachine', language],
  ['ibm-semeru-runtimes', plain],
  ['maven', language],
  ['tomcat', { facts: { workdir: '/usr/local/tomcat' } }],
  ['erlang', language],
  ['elixir', language],
  ['swift', plain],
  ['perl', plain],
  ['r-base', plain],
  ['haskell', plain],
  ['dart', plain],
  [
    'nginx',
    {
      facts: { server: 'nginx', suggestedUser: 'nginx', env: { NGINX_VERSION: undefined, PKG_RELEASE: undefined } },
      alpineTags: true,
    },
  ],
  ['httpd', { facts: { server: 'httpd', workdir: '/usr/local/apache2' }, alpineTags: true }],
  ['caddy', { facts: { server: 'caddy', libc: 'musl', workdir: '/srv' } }],
  ['postgres', droppedByEntrypoint],
  ['redis', droppedByEntrypoint],
  ['valkey/valkey', droppedByEntrypoint],
  ['mysql', droppedByEntrypoint],
  ['mariadb', droppedByEntrypoint],
  ['mongo', droppedByEntrypoint],
  ['rabbitmq', droppedByEntrypoint],
  ['memcached', { facts: { user: 'non-root', userName: 'memcache' }, alpineTags: true }],
  ['cypress/base', plain],
  ['cypress/browsers', plain],
  ['cypress/included', plain],
  ['mcr.microsoft.com/playwright', plain],
  ['mcr.microsoft.com/dotnet/sdk', language],
  [
    'mcr.microsoft.com/dotnet/aspnet',
    { facts: { suggestedUser: 'app' }, alpineTags: true, nonRootTags: /chiseled|distroless/ },
  ],
  [
    'mcr.microsoft.com/dotnet/runtime',
    { facts: { suggestedUser: 'app' }, alpineTags: true, nonRootTags: /chiseled|distroless/ },
  ],
  [
    'mcr.microsoft.com/dotnet/runtime-deps',
    { facts: { suggestedUser: 'app' }, alpineTags: true, nonRootTags: /chiseled|distroless/ },
  ],
  ['nvidia/cuda', plain],
  ['tensorflow/tensorflow', plain],
  ['continuumio/miniconda3', plain],
  ['continuumio/anaconda3', plain],
  ['ghcr.io/astral-sh/uv', language],
  ['registry.access.redhat.com/ubi7/ubi', plain],
  ['registry.access.redhat.com/ubi8/ubi', plain],
  ['registry.access.redhat.com/ubi9/ubi', plain],
  ['registry.access.redhat.com/ubi8/ubi-minimal', plain],
  ['registry.access.redhat.com/ubi9/ubi-minimal', plain],
  ['public.ecr.aws/lambda/nodejs', { facts: { user: 'unknown', workdir: '/var/task', tools: ['node', 'npm'] } }],
  ['public.ecr.aws/lambda/python', { facts: { user: 'unknown', workdir: '/var/task' } }],
]);

/** Images that start as somebody else, by familiar name or by a prefix that ends in `/`. */
const otherImages: ReadonlyMap<string, Partial<BaseImageFacts>> = new Map<string, Partial<BaseImageFacts>>([
  ['nginxinc/nginx-unprivileged', { userName: '101' }],
  ['nginx/nginx-unprivileged', { userName: '101' }],
  ['gradle', { user: 'root' }],
  ['haproxy', { userName: 'haproxy' }],
  ['jenkins/jenkins', { userName: 'jenkins' }],
  ['grafana/grafana', { userName: '472' }],
  ['ghcr.io/puppeteer/puppeteer', { userName: 'pptruser' }],
  ['apify/actor-node', { userName: 'myuser' }],
  ['jupyter/base-notebook', { userName: 'jovyan' }],
]);

const nonRootPrefixes: readonly string[] = ['bitnami/', 'cgr.dev/', 'chainguard/', 'bitnamilegacy/'];

/** Facts of a base image; undefined for images that are not known. `name` is the familiar name, without Docker Hub's own parts. */
export function baseImage(name: string, tag: string | undefined): BaseImageFacts | undefined {
  const familiar = withoutMirror(name);
  if (familiar.startsWith('gcr.io/distroless/')) return distroless(familiar, tag ?? '');
  const windows =
    /^mcr\.microsoft\.com\/(windows|powershell)/.test(familiar) ||
    /nanoserver|windowsservercore|ltsc20/.test(tag ?? '');
  if (windows) return facts({ os: 'windows', user: 'unknown', libc: 'none', shell: false });
  const other = otherImages.get(familiar);
  if (other !== undefined) return facts({ user: 'non-root', ...other });
  if (
    /^registry\.(access\.)?redhat\.(com|io)\/(ubi\d\/|rhel\d\/)?(nodejs|python|ruby|php|openjdk|go-toolset|dotnet)/.test(
      familiar,
    )
  )
    return facts({ user: 'non-root', userName: '1001', workdir: '/opt/app-root/src' });
  if (nonRootPrefixes.some((prefix) => familiar.startsWith(prefix)))
    return facts({ user: 'non-root', libc: 'unknown' });
  if (familiar.startsWith('dhi.io/'))
    return facts({ user: /-dev\b|-sdk\b/.test(tag ?? '') ? 'root' : 'non-root', libc: 'unknown' });
  const family = rootImages.get(familiar);
  if (family === undefined) return undefined;
  const alpine = family.alpineTags === true && /alpine/.test(tag ?? '');
  const nonRoot = family.nonRootTags?.test(tag ?? '') === true;
  return facts({
    ...family.facts,
    ...(alpine ? { libc: 'musl' as const } : {}),
    ...(nonRoot ? { user: 'non-root' as const } : {}),
  });
}

/** Registries that mirror Docker's official images under the same names. */
const withoutMirror = (name: string): string =>
  name
    .replace(
      /^(public\.ecr\.aws\/docker|mirror\.gcr\.io|registry-1\.docker\.io|index\.docker\.io|docker\.io)\/(library\/)?/,
      '',
    )
    .replace(
      /^(amd64|arm64v8|arm32v7|arm32v6|i386|ppc64le|s390x|balenalib|library)\/(?=(node|alpine|debian|ubuntu|python|nginx|golang|ruby|redis|postgres|php)$)/,
      '',
    );

function facts(known: Partial<BaseImageFacts>): BaseImageFacts {
  return {
    user: 'root',
    os: 'linux',
    libc: 'glibc',
    shell: true,
    tools: [],
    ...known,
    env: { PATH: path, ...known.env },
  };
}

/** Distroless images start as root unless the tag says nonroot; they have no shell unless it says debug. */
function distroless(name: string, tag: string): BaseImageFacts {
  const nonRoot = /(^|-)nonroot/.test(tag);
  return facts({
    user: nonRoot ? 'non-root' : 'root',
    ...(nonRoot ? { userName: '65532', workdir: '/home/nonroot' } : {}),
    libc: /\/(static|static-debian\d+)$/.test(name) ? 'none' : 'glibc',
    shell: tag.includes('debug'),
    suggestedUser: 'nonroot',
    tools: /nodejs/.test(name) ? ['node'] : [],
    env: {},
  });
}
