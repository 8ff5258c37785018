/** Directories of base images, by the File System Hierarchy Standard 3.0 and the Dockerfiles of Docker's official images. */

const standard =
  'bin|boot|dev|etc|home|lib\\w*|media|mnt|opt|proc|root|run|sbin|srv|sys|tmp|usr|var|go|data|config|deno-dir|rails|nix|cnb|layers|platform|workspaces';

const made = new RegExp(
  `^/(?:(?!(?:${standard})(?:/|$))[^/]+|(?:opt|srv|mnt|usr/src|home/[^/]+)/[^/.][^/]*|usr/app|var/app)(?:/.*)?$`,
);

/** Whether no base image brings a directory at this path, so that it is there only once an instruction has made it. */
export const isOwnDirectory = (path: string): boolean => made.test(path);
