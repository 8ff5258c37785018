/**
 * What the config of well-known base images sets besides user, directory and variables, from the images'
 * own Dockerfiles (docker-library's repositories, GoogleContainerTools/distroless, nginxinc, oven-sh, adoptium/containers,
 * carlossg/docker-maven, keeganwitt/docker-gradle).
 */
import { isDistroless, withoutMirror } from './base-images.ts';

export interface BaseImageConfig {
  readonly entrypoint?: readonly string[];
  readonly cmd?: readonly string[];
  readonly exposedPorts?: readonly string[];
  readonly volumes?: readonly string[];
  readonly stopSignal?: string;
}

const entry = 'docker-entrypoint.sh';
const busybox: BaseImageConfig = { cmd: ['/bin/sh'] };
const debianShell: BaseImageConfig = { cmd: ['bash'] };
const nothing: BaseImageConfig = {};

const nginx = (port: string): BaseImageConfig => ({
  entrypoint: ['/docker-entrypoint.sh'],
  cmd: ['nginx', '-g', 'daemon off;'],
  exposedPorts: [`${port}/tcp`],
  stopSignal: 'SIGQUIT',
});

const php = (tag: string): BaseImageConfig => {
  const entrypoint = ['docker-php-entrypoint'];
  if (tag.includes('apache'))
    return { entrypoint, cmd: ['apache2-foreground'], exposedPorts: ['80/tcp'], stopSignal: 'SIGWINCH' };
  if (tag.includes('fpm')) return { entrypoint, cmd: ['php-fpm'], exposedPorts: ['9000/tcp'], stopSignal: 'SIGQUIT' };
  return { entrypoint, cmd: ['php', '-a'] };
};

/** Languages of docker-library on Debian or Alpine that only bring a shell. */
const shellOf = (tag: string): BaseImageConfig => (tag.includes('alpine') ? busybox : debianShell);

/** .NET images set no command of their own: it is the shell of what they stand on, and none without a distribution. */
const dotnet = (tag: string): BaseImageConfig => (/chiseled|distroless/.test(tag) ? nothing : shellOf(tag));

/** Before 2023 they had no entrypoint; the one that they have now runs the words that it is given. */
const temurin = (tag: string): BaseImageConfig => ({
  entrypoint: ['/__cacert_entrypoint.sh'],
  ...(tag.includes('jre') ? {} : { cmd: ['jshell'] }),
});

const configs: ReadonlyMap<string, (tag: string) => BaseImageConfig> = new Map<
  string,
  (tag: string) => BaseImageConfig
>([
  ['node', () => ({ entrypoint: [entry], cmd: ['node'] })],
  ['oven/bun', () => ({ entrypoint: ['/usr/local/bin/docker-entrypoint.sh'], cmd: ['/usr/local/bin/bun'] })],
  ['alpine', () => busybox],
  ['busybox', () => ({ cmd: ['sh'] })],
  ['debian', () => debianShell],
  ['ubuntu', () => ({ cmd: ['/bin/bash'] })],
  ['buildpack-deps', () => debianShell],
  ['mcr.microsoft.com/azurelinux/base/core', () => debianShell],
  ['mcr.microsoft.com/cbl-mariner/base/core', () => debianShell],
  ['golang', shellOf],
  ['rust', shellOf],
  ['python', () => ({ cmd: ['python3'] })],
  ['ruby', () => ({ cmd: ['irb'] })],
  ['php', php],
  ['mcr.microsoft.com/dotnet/sdk', dotnet],
  ['mcr.microsoft.com/dotnet/aspnet', dotnet],
  ['mcr.microsoft.com/dotnet/runtime', dotnet],
  ['mcr.microsoft.com/dotnet/runtime-deps', dotnet],
  ['eclipse-temurin', temurin],
  ['openjdk', (tag) => (/^8(?:$|[-.u])|jre/.test(tag) ? shellOf(tag) : { cmd: ['jshell'] })],
  ['amazoncorretto', shellOf],
  ['maven', () => ({ entrypoint: ['/usr/local/bin/mvn-entrypoint.sh'], cmd: ['mvn'] })],
  ['gradle', () => ({ cmd: ['gradle'] })],
  ['nginx', () => nginx('80')],
  ['nginxinc/nginx-unprivileged', () => nginx('8080')],
  ['nginx/nginx-unprivileged', () => nginx('8080')],
  ['httpd', () => ({ cmd: ['httpd-foreground'], exposedPorts: ['80/tcp'], stopSignal: 'SIGWINCH' })],
  ['redis', () => ({ entrypoint: [entry], cmd: ['redis-server'], exposedPorts: ['6379/tcp'], volumes: ['/data'] })],
  [
    'postgres',
    (tag) => ({
      entrypoint: [entry],
      cmd: ['postgres'],
      exposedPorts: ['5432/tcp'],
      volumes: [/^1[89]|^2\d/.test(tag) ? '/var/lib/postgresql' : '/var/lib/postgresql/data'],
      stopSignal: 'SIGINT',
    }),
  ],
]);

/** Undefined where the image or its config is not known; an empty config sets nothing. */
export function baseImageConfig(name: string, tag: string | undefined): BaseImageConfig | undefined {
  const familiar = withoutMirror(name);
  if (isDistroless(familiar)) return distrolessConfig(familiar.replace(/^.*\/|-debian\d+$/g, ''));
  return configs.get(familiar)?.(tag ?? '');
}

function distrolessConfig(name: string): BaseImageConfig | undefined {
  if (/^nodejs/.test(name)) return { entrypoint: ['/nodejs/bin/node'] };
  if (/^(?:static|base|base-nossl|cc)$/.test(name)) return nothing;
  if (/^python3$/.test(name)) return { entrypoint: ['/usr/bin/python3'] };
  return /^java\d+$/.test(name) ? { entrypoint: ['/usr/bin/java', '-jar'] } : undefined;
}

/** Where the images of web servers keep what says on which port they listen, and what their entrypoints read. */
const configurationOf: ReadonlyMap<string, readonly string[]> = new Map([
  ['nginx', ['/etc/nginx', '/docker-entrypoint.d', '/docker-entrypoint.sh']],
  ['httpd', ['/usr/local/apache2/conf']],
]);

export const serverConfiguration = (server: string): readonly string[] | undefined => configurationOf.get(server);

/** What comes up in an image that nobody told what to run: a shell, the prompt of an interpreter. */
const prompts: ReadonlySet<string> = new Set(
  'sh bash node bun python3 irb php jshell __cacert_entrypoint.sh mvn gradle'.split(' '),
);

/** Whether containers of the image serve something without more being said. */
export function servesByItself({ entrypoint = [], cmd = [] }: BaseImageConfig): boolean {
  const program = (cmd[0] ?? entrypoint[0] ?? 'sh').replace(/^.*\//, '');
  return !prompts.has(program);
}
