/**
 * Directories that images of Linux distributions bring along, by the Filesystem Hierarchy Standard 3.0
 * (https://refspecs.linuxfoundation.org/FHS_3.0/fhs/index.html); what is below them may come from the base.
 */

/** With all that is below them. */
const whole = [
  ...['/bin', '/boot', '/dev', '/etc', '/lib', '/lib32', '/lib64', '/libx32', '/proc', '/run', '/sbin', '/sys'],
  ...['/usr/bin', '/usr/include', '/usr/lib', '/usr/lib64', '/usr/libexec', '/usr/sbin', '/usr/share'],
  ...[
    '/usr/local/bin',
    '/usr/local/etc',
    '/usr/local/include',
    '/usr/local/lib',
    '/usr/local/sbin',
    '/usr/local/share',
  ],
  ...['/var/cache', '/var/lib', '/var/log', '/var/run', '/var/spool'],
];

/** Themselves only: what is made in them is new. */
const themselves: ReadonlySet<string> = new Set([
  ...['/', '/home', '/opt', '/root', '/usr', '/usr/local', '/usr/src', '/var', '/var/www', '/var/www/html', '/nodejs'],
  ...['/home/node', '/home/ubuntu', '/home/nonroot', '/usr/local/go', '/usr/local/apache2', '/usr/local/tomcat'],
]);

/** Top-level directories with anything of a base in them; `/srv`, `/tmp`, `/mnt` and `/media` are there and empty. */
const topLevel = /^\/(?:bin|boot|dev|etc|home|lib(?:32|64|x32)?|nodejs|opt|proc|root|run|sbin|sys|usr|var)(?:\/|$)/;

/** In every distribution's image. */
const everywhere: ReadonlySet<string> = new Set([
  ...['/bin', '/dev', '/etc', '/home', '/lib', '/media', '/mnt', '/opt', '/proc', '/root', '/run', '/sbin', '/srv'],
  ...['/sys', '/tmp', '/usr', '/usr/bin', '/usr/lib', '/usr/local', '/usr/local/bin', '/usr/local/lib'],
  ...['/usr/local/share', '/usr/sbin', '/usr/share', '/var', '/var/cache', '/var/lib', '/var/log', '/var/tmp'],
]);

/** Whether every base image with a distribution in it has this directory. */
export const isStandardDirectory = (path: string): boolean => everywhere.has(path);

/** Whether a base image may hold something at a path. */
export const mayBeInBase = (path: string): boolean => path === '/' || topLevel.test(path);

/** Whether a base image brings this directory, so that making it does not empty it. */
export const isSystemDirectory = (path: string): boolean =>
  themselves.has(path) || whole.some((directory) => path === directory || path.startsWith(`${directory}/`));

/** Top-level directories of base images, those of Docker's official images included. */
const topLevelNames =
  'bin|boot|dev|etc|home|lib\\w*|media|mnt|opt|proc|root|run|sbin|srv|sys|tmp|usr|var|go|data|config|deno-dir|rails|nix|cnb|layers|platform|workspaces';

const own = new RegExp(
  `^/(?:(?!(?:${topLevelNames})(?:/|$))[^/]+|(?:opt|srv|mnt|usr/src|home/[^/]+)/[^/.][^/]*|usr/app|var/app)(?:/.*)?$`,
);

/** Whether no base image brings a directory at this path, so that it is there only once an instruction has made it. */
export const isOwnDirectory = (path: string): boolean => own.test(path);
