/**
 * Which base images bring Node.js, which commands may install it, and which programs need it.
 *
 * Sources: the Dockerfiles of Docker's official images and of GoogleContainerTools/distroless, whose Node.js images
 * hold /nodejs/bin/node, have it as their ENTRYPOINT and not in PATH, and hold no npm (distroless#152, #1558, #1773).
 */
import { isDistroless, withoutMirror } from '../images/base-images.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

const withoutNode = words(
  'alpine debian ubuntu fedora centos rockylinux almalinux amazonlinux oraclelinux archlinux busybox bash python pypy golang rust ruby php nginx nginxinc/nginx-unprivileged httpd caddy haproxy traefik openresty/openresty eclipse-temurin openjdk amazoncorretto maven gradle tomcat erlang elixir redis postgres mysql mariadb buildpack-deps bitnami/minideb denoland/deno',
);

/** What an image has of Node.js; undefined when that is not known. */
export interface NodeRuntime {
  /** Names of those of its programs that are in PATH. */
  readonly programs: ReadonlySet<string>;
  /** The ENTRYPOINT is Node.js already. */
  readonly startsNode: boolean;
}

const programsOfImage = words('node nodejs npm npx corepack yarn yarnpkg');

export function nodeRuntime(name: string): NodeRuntime | undefined {
  const familiar = withoutMirror(name);
  if (isDistroless(familiar)) return distrolessRuntime(familiar.slice(familiar.lastIndexOf('/') + 1));
  if (withoutNode.has(familiar)) return { programs: new Set(), startsNode: false };
  if (familiar === 'oven/bun') return { programs: words('node'), startsNode: false };
  return familiar === 'node' ? { programs: programsOfImage, startsNode: false } : undefined;
}

/** Images from before the Debian release was part of the name may have had a link in /usr/bin. */
function distrolessRuntime(name: string): NodeRuntime {
  if (!name.startsWith('nodejs')) return { programs: new Set(), startsNode: false };
  return {
    programs: words(`/nodejs/bin/node${/-debian\d/.test(name) ? '' : ' node /usr/bin/node'}`),
    startsNode: true,
  };
}

const needing = words(
  'node nodejs npm npx yarn yarnpkg pnpm pnpx corepack next nuxt nest tsx ts-node nodemon pm2 pm2-runtime',
);

/** Whether a program is Node.js or runs by it. `tsx` in a folder of the project does, too. */
export function needsNode(program: string): boolean {
  const name = program.slice(program.lastIndexOf('/') + 1);
  if (program.includes('/node_modules/.bin/') || program.startsWith('node_modules/.bin/')) return true;
  return (
    needing.has(name) &&
    (!program.includes('/') || /^\/(?:usr\/)?(?:local\/)?bin\/[\w-]+$|^\/nodejs\/bin\//.test(program))
  );
}

const installers = words(
  'apk apt apt-get aptitude dnf yum microdnf tdnf zypper pacman pip pip3 gem cargo go composer docker-php-ext-install',
);
/** Whether a command installs what it names, and nothing else. */
export const isInstaller = (name: string): boolean => installers.has(name);

/** Commands that put no program into an image. */
const harmless = words(
  'echo printf cat test [ [[ true false : cd set export unset mkdir rmdir rm chmod chown chgrp touch addgroup adduser groupadd useradd usermod groupmod deluser delgroup id whoami sed grep egrep awk ls find sort head tail wc date sleep exit locale-gen update-ca-certificates ldconfig setcap nginx passwd chpasswd dpkg-reconfigure printenv env umask mkfifo du df uname',
);
const runtimeName = /node|npm|yarn|pnpm|corepack|volta|fnm|nvm|asdf|mise|bun|electron|playwright|cypress/i;

/** Whether a command certainly puts no program into an image. */
export const installsNoProgram = ([name, ...rest]: readonly (string | undefined)[]): boolean =>
  name !== undefined && harmless.has(name) && !(name === 'find' && rest.includes('-exec'));

/** Whether a command may bring Node.js into an image. */
export function mayBringNode(written: readonly (string | undefined)[]): boolean {
  const [name, ...rest] = written;
  if (name === undefined) return true;
  if (harmless.has(name)) return !installsNoProgram(written);
  if (!installers.has(name)) return true;
  return rest.some(
    (word) =>
      word === undefined ||
      runtimeName.test(word) ||
      /^(?:-r|--requirement|-e|--editable)|\/|\.(?:deb|rpm|apk)$/.test(word),
  );
}
