/**
 * Families of base images, with what their own Dockerfiles set.
 *
 * Sources: the Dockerfiles of Docker's official images (docker-library, nodejs/docker-node, oven-sh/bun,
 * denoland/deno_docker, keeganwitt/docker-gradle, dotnet/dotnet-docker), of bitnami/containers,
 * devcontainers/images, GoogleContainerTools/distroless, and the documentation of Chainguard, Docker
 * Hardened Images, Red Hat and AWS. A user is given only where one of these says it.
 */
import type { BaseImageFacts } from './base-images.ts';

export interface Family {
  /** What holds for every tag. */
  readonly facts: Partial<BaseImageFacts>;
  /** What other tags make of it, the first that fits. */
  readonly tags?: readonly (readonly [RegExp, Partial<BaseImageFacts>])[];
}

type Env = Readonly<Record<string, string | undefined>>;

/** Variables that are set to something that differs by version. */
const varying = (names: string): Env => Object.fromEntries(names.split(' ').map((name) => [name, undefined]));

/** What PHPIZE_DEPS holds in the images of PHP: all that `phpize` needs (docker-library/php). */
const phpizeOfDebian = 'autoconf dpkg-dev file g++ gcc libc-dev make pkg-config re2c';
const phpizeOfAlpine = 'autoconf dpkg-dev dpkg file g++ gcc libc-dev make pkgconf re2c';

const phpVariables = (phpize: string): BaseImageFacts['env'] => ({
  PHP_INI_DIR: '/usr/local/etc/php',
  PHPIZE_DEPS: phpize,
  ...varying('PHP_CFLAGS PHP_CPPFLAGS PHP_LDFLAGS GPG_KEYS PHP_VERSION PHP_URL PHP_ASC_URL PHP_SHA256'),
});

const systemPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

const root: Partial<BaseImageFacts> = { user: 'root' };
const musl: Partial<BaseImageFacts> = { user: 'root', libc: 'musl' };
const dropping: Partial<BaseImageFacts> = { user: 'root', dropsPrivileges: true };

const runsAs = (userName: string, more: Partial<BaseImageFacts> = {}): Family => ({
  facts: { user: 'non-root', userName, ...more },
});

const all = (facts: Partial<BaseImageFacts>, names: string): (readonly [string, Family])[] =>
  names.split(/\s+/).map((name) => [name, { facts }]);

const nodeTools = ['node', 'npm', 'npx', 'yarn', 'corepack', 'git', 'gcc', 'make', 'python3', 'curl'];
const smallNodeTools = ['node', 'npm', 'npx', 'yarn', 'corepack'];

const dotnet: Family = {
  facts: {
    user: 'root',
    suggestedUser: 'app',
    env: {
      APP_UID: '1654',
      ASPNETCORE_HTTP_PORTS: '8080',
      DOTNET_RUNNING_IN_CONTAINER: 'true',
      ...varying('ASPNET_VERSION DOTNET_VERSION'),
    },
  },
  tags: [
    // .NET up to 7 knows no account `app`.
    [
      /^[1-7]\.\d|^[1-7](-|$)/,
      {
        user: 'root',
        suggestedUser: undefined,
        env: varying('ASPNET_VERSION DOTNET_VERSION ASPNETCORE_URLS DOTNET_RUNNING_IN_CONTAINER'),
      },
    ],
    [/chiseled|distroless/, { user: 'non-root', userName: '1654', shell: false }],
  ],
};

const dotnetSdk: Family = {
  facts: {
    ...dotnet.facts,
    tools: ['dotnet', 'git', 'curl'],
    env: {
      APP_UID: '1654',
      ...varying(
        'DOTNET_SDK_VERSION DOTNET_VERSION ASPNET_VERSION NUGET_XMLDOC_MODE DOTNET_NOLOGO DOTNET_RUNNING_IN_CONTAINER',
      ),
      ...varying('DOTNET_USE_POLLING_FILE_WATCHER POWERSHELL_DISTRIBUTION_CHANNEL DOTNET_GENERATE_ASPNET_CERTIFICATE'),
      ...varying('ASPNETCORE_HTTP_PORTS'),
    },
  },
};

const java = (home: string | undefined): Partial<BaseImageFacts> => ({
  user: 'root',
  tools: ['java'],
  env: { JAVA_HOME: home, ...varying('JAVA_VERSION LANG LANGUAGE LC_ALL PATH') },
});

const lambda: Family = {
  // The image sets no user; the service runs it as one of its own.
  facts: {
    user: 'unknown',
    workdir: '/var/task',
    env: {
      LAMBDA_TASK_ROOT: '/var/task',
      LAMBDA_RUNTIME_DIR: '/var/runtime',
      LANG: 'en_US.UTF-8',
      TZ: ':/etc/localtime',
      ...varying('PATH LD_LIBRARY_PATH'),
    },
  },
};

const jupyter = runsAs('jovyan', {
  env: {
    NB_USER: 'jovyan',
    NB_UID: '1000',
    NB_GID: '100',
    HOME: '/home/jovyan',
    CONDA_DIR: '/opt/conda',
    ...varying('PATH LANG LC_ALL LANGUAGE SHELL'),
  },
  workdir: '/home/jovyan',
});

const redHatLanguage = runsAs('1001', {
  workdir: '/opt/app-root/src',
  env: {
    APP_ROOT: '/opt/app-root',
    HOME: '/opt/app-root/src',
    ...varying('PATH STI_SCRIPTS_PATH STI_SCRIPTS_URL NODEJS_VERSION NODEJS_VER NPM_RUN NAME'),
  },
});

/** By familiar name. */
export const families: ReadonlyMap<string, Family> = new Map<string, Family>([
  ...all(
    root,
    'debian ubuntu fedora centos rockylinux rockylinux/rockylinux almalinux amazonlinux oraclelinux archlinux',
  ),
  ...all(root, 'photon mageia sl clearlinux opensuse/leap opensuse/tumbleweed kalilinux/kali-rolling buildpack-deps'),
  ...all(root, 'public.ecr.aws/amazonlinux/amazonlinux quay.io/centos/centos quay.io/fedora/fedora bitnami/minideb'),
  ...all(root, 'registry.fedoraproject.org/fedora registry.fedoraproject.org/fedora-minimal'),
  ...all(root, 'mcr.microsoft.com/azurelinux/base/core mcr.microsoft.com/cbl-mariner/base/core'),
  ...all(root, 'mcr.microsoft.com/powershell'),
  ['alpine', { facts: musl }],
  ['alpine/git', { facts: { ...musl, workdir: '/git', tools: ['git'] } }],
  ['composer', { facts: { ...musl, workdir: '/app', tools: ['composer', 'php', 'git'] } }],
  // A daemon in a container needs root: there is nothing to say against it.
  [
    'docker',
    {
      facts: musl,
      tags: [
        [/rootless/, { user: 'non-root', userName: 'rootless' }],
        [/dind/, { user: 'unknown' }],
      ],
    },
  ],
  ...all({ user: 'root', libc: 'unknown' }, 'busybox traefik registry nats minio/minio hashicorp/terraform'),
  ['bash', { facts: musl }],
  [
    'node',
    {
      facts: { user: 'root', suggestedUser: 'node', tools: nodeTools, env: varying('NODE_VERSION YARN_VERSION') },
      tags: [[/alpine|slim/, { tools: smallNodeTools }]],
    },
  ],
  [
    'oven/bun',
    {
      facts: {
        user: 'root',
        suggestedUser: 'bun',
        tools: ['bun', 'bunx', 'node'],
        workdir: '/home/bun/app',
        env: { BUN_RUNTIME_TRANSPILER_CACHE_PATH: '0', BUN_INSTALL_BIN: '/usr/local/bin' },
      },
      tags: [[/distroless/, { shell: false, suggestedUser: undefined, workdir: '/' }]],
    },
  ],
  [
    'denoland/deno',
    {
      facts: {
        user: 'root',
        suggestedUser: 'deno',
        tools: ['deno'],
        env: { DENO_DIR: '/deno-dir/', DENO_INSTALL_ROOT: '/usr/local', ...varying('DENO_VERSION DENO_USE_CGROUPS') },
      },
      tags: [
        [/distroless/, { shell: false, suggestedUser: undefined }],
        [/^bin/, { shell: false, suggestedUser: undefined, libc: 'none' }],
      ],
    },
  ],
  [
    'python',
    {
      facts: {
        user: 'root',
        tools: ['python', 'python3', 'pip'],
        env: varying(
          'PYTHON_VERSION PYTHON_SHA256 LANG GPG_KEY PYTHON_PIP_VERSION PYTHON_SETUPTOOLS_VERSION PYTHON_GET_PIP_URL PYTHON_GET_PIP_SHA256',
        ),
      },
    },
  ],
  ['pypy', { facts: { user: 'root', env: varying('PATH PYPY_VERSION PYTHON_PIP_VERSION LANG') } }],
  [
    'golang',
    {
      facts: {
        user: 'root',
        workdir: '/go',
        tools: ['go', 'git', 'gcc', 'make'],
        env: {
          GOPATH: '/go',
          PATH: `/go/bin:/usr/local/go/bin:${systemPath}`,
          ...varying('GOLANG_VERSION GOTOOLCHAIN'),
        },
      },
    },
  ],
  [
    'rust',
    {
      facts: {
        user: 'root',
        tools: ['cargo', 'rustc', 'gcc'],
        env: {
          CARGO_HOME: '/usr/local/cargo',
          RUSTUP_HOME: '/usr/local/rustup',
          PATH: `/usr/local/cargo/bin:${systemPath}`,
          ...varying('RUST_VERSION'),
        },
      },
    },
  ],
  [
    'ruby',
    {
      facts: {
        user: 'root',
        tools: ['ruby', 'gem', 'bundle'],
        env: {
          GEM_HOME: '/usr/local/bundle',
          BUNDLE_APP_CONFIG: '/usr/local/bundle',
          BUNDLE_SILENCE_ROOT_WARNING: '1',
          PATH: `/usr/local/bundle/bin:${systemPath}`,
          ...varying('RUBY_VERSION RUBY_MAJOR RUBY_DOWNLOAD_URL RUBY_DOWNLOAD_SHA256 LANG'),
        },
      },
    },
  ],
  [
    'php',
    {
      facts: { user: 'root', suggestedUser: 'www-data', tools: ['php'], env: phpVariables(phpizeOfDebian) },
      tags: [
        [
          /apache/,
          {
            server: 'httpd',
            workdir: '/var/www/html',
            env: {
              ...phpVariables(phpizeOfDebian),
              APACHE_CONFDIR: '/etc/apache2',
              APACHE_ENVVARS: '/etc/apache2/envvars',
            },
          },
        ],
        [/^(?=.*fpm)(?=.*alpine)/, { server: 'php-fpm', workdir: '/var/www/html', env: phpVariables(phpizeOfAlpine) }],
        [/fpm/, { server: 'php-fpm', workdir: '/var/www/html' }],
        [/alpine/, { env: phpVariables(phpizeOfAlpine) }],
      ],
    },
  ],
  ['eclipse-temurin', { facts: java('/opt/java/openjdk') }],
  ...['openjdk', 'java', 'amazoncorretto', 'sapmachine', 'ibmjava', 'ibm-semeru-runtimes'].map(
    (name): [string, Family] => [name, { facts: java(undefined) }],
  ),
  ...[
    'adoptopenjdk',
    'azul/zulu-openjdk',
    'azul/zulu-openjdk-alpine',
    'azul/zulu-openjdk-debian',
    'mcr.microsoft.com/openjdk/jdk',
  ].map((name): [string, Family] => [
    name,
    { facts: java(undefined), tags: [[/distroless/, { user: 'unknown', shell: false }]] },
  ]),
  [
    'maven',
    {
      facts: {
        user: 'root',
        tools: ['java', 'mvn'],
        env: {
          MAVEN_HOME: '/usr/share/maven',
          MAVEN_CONFIG: '/root/.m2',
          ...varying('JAVA_HOME JAVA_VERSION LANG LANGUAGE LC_ALL PATH'),
        },
      },
    },
  ],
  [
    'gradle',
    {
      facts: {
        user: 'root',
        suggestedUser: 'gradle',
        workdir: '/home/gradle',
        tools: ['java', 'gradle', 'git'],
        env: {
          GRADLE_HOME: '/opt/gradle',
          ...varying('GRADLE_VERSION JAVA_HOME JAVA_VERSION LANG LANGUAGE LC_ALL PATH'),
        },
      },
    },
  ],
  [
    'tomcat',
    {
      facts: {
        user: 'root',
        workdir: '/usr/local/tomcat',
        env: {
          CATALINA_HOME: '/usr/local/tomcat',
          ...varying(
            'JAVA_HOME JAVA_VERSION PATH LD_LIBRARY_PATH TOMCAT_VERSION TOMCAT_MAJOR TOMCAT_NATIVE_LIBDIR GPG_KEYS TOMCAT_SHA512 LANG LANGUAGE LC_ALL',
          ),
        },
      },
    },
  ],
  ...all(
    root,
    'erlang elixir hexpm/elixir hexpm/erlang swift perl r-base rocker/r-ver haskell dart julia clojure groovy',
  ),
  ...all(root, 'gcc crystallang/crystal'),
  ...all(
    {
      user: 'root',
      env: varying('PATH LD_LIBRARY_PATH CUDA_VERSION NVIDIA_VISIBLE_DEVICES NVIDIA_DRIVER_CAPABILITIES'),
    },
    'nvidia/cuda tensorflow/tensorflow',
  ),
  [
    'pytorch/pytorch',
    { facts: { user: 'root', workdir: '/workspace', env: varying('PATH LD_LIBRARY_PATH CUDA_VERSION') } },
  ],
  ...all(
    { user: 'root', env: varying('PATH LANG LC_ALL CONDA_DIR') },
    'continuumio/miniconda3 continuumio/anaconda3 condaforge/miniforge3',
  ),
  [
    'tiangolo/uvicorn-gunicorn-fastapi',
    { facts: { user: 'root', workdir: '/app', env: varying('PYTHONPATH PYTHON_VERSION LANG PATH') } },
  ],
  ...all({ user: 'root', env: { CI: '1', ...varying('PATH') } }, 'cypress/base cypress/browsers cypress/included'),
  ...all(
    { user: 'root', env: varying('PLAYWRIGHT_BROWSERS_PATH LANG LC_ALL TZ PATH') },
    'mcr.microsoft.com/playwright',
  ),
  ...all(
    root,
    'mcr.microsoft.com/playwright/python mcr.microsoft.com/playwright/java mcr.microsoft.com/playwright/dotnet',
  ),
  ...all(root, 'google/cloud-sdk amazon/aws-cli'),
  [
    'ghcr.io/astral-sh/uv',
    {
      facts: { user: 'root', libc: 'unknown' },
      tags: [
        [/bookworm|trixie|bullseye|debian/, { libc: 'glibc' }],
        [/alpine/, { libc: 'musl' }],
      ],
    },
  ],
  [
    'gcr.io/google_appengine/nodejs',
    {
      facts: {
        user: 'root',
        workdir: '/app',
        tools: smallNodeTools,
        env: { NODE_ENV: 'production', PORT: '8080', ...varying('PATH NODE_VERSION') },
      },
    },
  ],
  [
    'nginx',
    {
      facts: {
        user: 'root',
        server: 'nginx',
        suggestedUser: 'nginx',
        env: varying('NGINX_VERSION NJS_VERSION NJS_RELEASE ACME_VERSION PKG_RELEASE DYNPKG_RELEASE'),
      },
    },
  ],
  ['openresty/openresty', { facts: { user: 'root', server: 'nginx', env: varying('PATH') } }],
  [
    'httpd',
    {
      facts: {
        user: 'root',
        server: 'httpd',
        workdir: '/usr/local/apache2',
        suggestedUser: 'www-data',
        env: { HTTPD_PREFIX: '/usr/local/apache2', ...varying('PATH HTTPD_VERSION HTTPD_SHA256 HTTPD_PATCHES') },
      },
    },
  ],
  ...['caddy', 'caddy/caddy'].map((name): [string, Family] => [
    name,
    {
      facts: {
        user: 'root',
        server: 'caddy',
        libc: 'musl',
        workdir: '/srv',
        env: { XDG_CONFIG_HOME: '/config', XDG_DATA_HOME: '/data', ...varying('CADDY_VERSION') },
      },
    },
  ]),
  [
    'haproxy',
    {
      facts: { user: 'non-root', userName: 'haproxy', env: varying('HAPROXY_VERSION HAPROXY_URL HAPROXY_SHA256') },
      // 2.4 is the first whose image sets a user.
      tags: [[/^1(\.|-|$)|^2\.[0-3](\.|-|$)/, { user: 'root', server: 'haproxy', userName: undefined }]],
    },
  ],
  ...all(
    dropping,
    'postgres postgis/postgis pgvector/pgvector timescale/timescaledb redis valkey/valkey mysql mariadb',
  ),
  ...all(dropping, 'mongo rabbitmq cassandra couchdb influxdb neo4j zookeeper eclipse-mosquitto ghost wordpress'),
  ...all(dropping, 'telegraf gitea/gitea nextcloud consul vault flink storm redmine'),
  ['memcached', runsAs('memcache')],
  ['kong', runsAs('kong')],
  ['solr', runsAs('8983')],
  ['jetty', runsAs('jetty')],
  ['odoo', runsAs('odoo')],
  ['varnish', runsAs('varnish')],
  ['adminer', runsAs('adminer')],
  ['kibana', runsAs('kibana')],
  ['sonatype/nexus3', runsAs('nexus')],
  ['curlimages/curl', runsAs('curl_user')],
  [
    'nginxinc/nginx-unprivileged',
    runsAs('101', { env: varying('NGINX_VERSION NJS_VERSION NJS_RELEASE PKG_RELEASE DYNPKG_RELEASE') }),
  ],
  ['nginx/nginx-unprivileged', runsAs('101')],
  ['ghcr.io/nginx/nginx-unprivileged', runsAs('101')],
  ['ghcr.io/nginxinc/nginx-unprivileged', runsAs('101')],
  ['public.ecr.aws/nginx/nginx-unprivileged', runsAs('101')],
  [
    'jenkins/jenkins',
    runsAs('jenkins', {
      env: {
        JENKINS_HOME: '/var/jenkins_home',
        REF: '/usr/share/jenkins/ref',
        ...varying('PATH JAVA_HOME LANG JENKINS_VERSION JENKINS_UC JENKINS_SLAVE_AGENT_PORT'),
      },
    }),
  ],
  ['grafana/grafana', runsAs('472', { workdir: '/usr/share/grafana' })],
  ['grafana/grafana-oss', runsAs('472')],
  ['prom/prometheus', runsAs('nobody')],
  ['prom/alertmanager', runsAs('nobody')],
  ['quay.io/prometheus/prometheus', runsAs('nobody')],
  ['quay.io/keycloak/keycloak', runsAs('1000')],
  ['keycloak/keycloak', runsAs('1000')],
  ['n8nio/n8n', runsAs('node', { workdir: '/home/node' })],
  ['ghcr.io/puppeteer/puppeteer', runsAs('pptruser', { workdir: '/home/pptruser' })],
  ['apify/actor-node', runsAs('myuser', { workdir: '/usr/src/app' })],
  [
    'apache/airflow',
    runsAs('airflow', {
      workdir: '/opt/airflow',
      env: { AIRFLOW_UID: '50000', AIRFLOW_HOME: '/opt/airflow', ...varying('PATH AIRFLOW_VERSION PYTHON_BASE_IMAGE') },
    }),
  ],
  [
    'mambaorg/micromamba',
    runsAs('mambauser', {
      env: {
        MAMBA_USER: 'mambauser',
        MAMBA_USER_ID: '57439',
        MAMBA_ROOT_PREFIX: '/opt/conda',
        ...varying('PATH ENV_NAME MAMBA_USER_GID LANG LC_ALL'),
      },
    }),
  ],
  ...[
    'base-notebook',
    'minimal-notebook',
    'scipy-notebook',
    'datascience-notebook',
    'tensorflow-notebook',
    'pyspark-notebook',
    'r-notebook',
    'docker-stacks-foundation',
  ].flatMap((name): [string, Family][] => [
    [`jupyter/${name}`, jupyter],
    [`quay.io/jupyter/${name}`, jupyter],
  ]),
  ...[
    'aspnet',
    'runtime',
    'runtime-deps',
    'core/aspnet',
    'core/runtime',
    'core/runtime-deps',
    'nightly/aspnet',
    'nightly/runtime',
    'nightly/runtime-deps',
  ].map((name): [string, Family] => [`mcr.microsoft.com/dotnet/${name}`, dotnet]),
  ...['sdk', 'core/sdk', 'nightly/sdk'].map((name): [string, Family] => [
    `mcr.microsoft.com/dotnet/${name}`,
    dotnetSdk,
  ]),
  ...['nodejs', 'python', 'java', 'ruby', 'go', 'dotnet', 'provided'].map((name): [string, Family] => [
    `public.ecr.aws/lambda/${name}`,
    lambda,
  ]),
]);

/** By the start of the familiar name, the first that fits. Names in `families` come before these. */
export const familiesByPrefix: readonly (readonly [RegExp, Family])[] = [
  [
    /^(registry\.access\.redhat\.com|registry\.redhat\.io|redhat|quay\.io\/centos)\/(ubi\d+\/|rhel\d\/|ubi\d+-)?(nodejs|python|ruby|php|perl|openjdk|go-toolset|golang|dotnet|nginx|httpd)-/,
    redHatLanguage,
  ],
  [
    /^(registry\.access\.redhat\.com|registry\.redhat\.io|redhat)\/(ubi\d+|ubi\d+[-/](ubi|minimal|micro|init|ubi-minimal|ubi-micro|ubi-init))$/,
    { facts: root },
  ],
  // Bitnami's images of languages set no user; its servers run as 1001.
  [
    /^(bitnami|bitnamilegacy|bitnamisecure)\/(node|python|ruby|golang|java|php-fpm|dotnet|dotnet-sdk|git|jre|jdk|minideb.*|laravel|symfony|express|codeigniter)(-min)?$/,
    { facts: { user: 'unknown', tools: [] } },
  ],
  [/^(bitnami|bitnamilegacy|bitnamisecure)\//, runsAs('1001')],
  // Images that others build on with apk keep root.
  [/^(cgr\.dev\/[^/]+|chainguard)\/(wolfi-base|chainguard-base)(-fips)?$/, { facts: root }],
  [
    /^(cgr\.dev\/[^/]+|chainguard)\/(go|rust|gcc-glibc|jdk|maven|gradle|sdk|apko|melange|git|dotnet-sdk|build-base)/,
    { facts: { user: 'unknown' } },
  ],
  // npm runs its scripts with a shell: busybox is in them (chainguard-images/images, images/node; issue 1969 there).
  [
    /^(cgr\.dev\/[^/]+|chainguard)\/node(-lts)?(-fips)?$/,
    {
      facts: { user: 'non-root', userName: '65532', shell: true, libc: 'unknown' },
      tags: [[/-slim\b/, { shell: false }]],
    },
  ],
  [
    /^(cgr\.dev\/[^/]+|chainguard)\//,
    {
      facts: { user: 'non-root', userName: '65532', shell: false, libc: 'unknown' },
      tags: [[/-dev\b/, { shell: true }]],
    },
  ],
  [
    /^(dhi\.io|docker\.io\/[^/]+\/dhi-)/,
    {
      facts: { user: 'non-root', shell: false, libc: 'unknown' },
      tags: [[/(^|-)(dev|sdk)\b/, { user: 'root', shell: true }]],
    },
  ],
  [/^mcr\.microsoft\.com\/(vscode\/)?devcontainers\/universal$/, runsAs('codespace')],
  // The image config has root; the editor logs in as `remoteUser` of the image's metadata.
  [/^mcr\.microsoft\.com\/(vscode\/)?devcontainers\//, { facts: { user: 'unknown', suggestedUser: 'vscode' } }],
  [
    /^mcr\.microsoft\.com\/azure-functions\//,
    {
      facts: {
        user: 'root',
        env: varying(
          'AzureWebJobsScriptRoot HOME FUNCTIONS_WORKER_RUNTIME DOTNET_USE_POLLING_FILE_WATCHER HOST_VERSION ASPNETCORE_URLS PATH',
        ),
      },
    },
  ],
  [/^(circleci|cimg)\//, runsAs('circleci')],
  [/^selenium\//, runsAs('1200', { env: { SEL_UID: '1200', SEL_USER: 'seluser', ...varying('PATH HOME') } })],
  [/^(lscr\.io\/)?linuxserver\//, { facts: dropping }],
  [/^paketobuildpacks\//, { facts: { user: 'non-root', userName: 'cnb', env: varying('CNB_USER_ID CNB_GROUP_ID') } }],
  [/^confluentinc\//, runsAs('appuser')],
  [/^(ghcr\.io\/graalvm|container-registry\.oracle\.com\/graalvm)\//, { facts: java(undefined) }],
  [/^adoptopenjdk\//, { facts: java(undefined) }],
];
