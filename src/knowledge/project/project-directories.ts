/** Directories in which Dockerfiles put projects and what they build, and which no official image brings along. */

const names: ReadonlySet<string> = new Set(
  (
    'app apps application src source sources code build builder dist out output target public release artifacts ' +
    'project workspace work workdir repo site web www website server client api frontend backend service services ui ' +
    'deps dependencies install installer prune pruner pruned monorepo packages worker production prod runner'
  ).split(' '),
);

/** Parents of such directories in the hierarchy of a distribution. */
const parents = /^\/(?:usr\/src|usr|opt|srv|home\/[\w.-]+|var\/www)\/([\w.-]+)/;

/** The directory at the start of an absolute path that only the project can have made: `/app`, `/usr/src/app`. */
export function projectDirectory(path: string): string | undefined {
  const below = parents.exec(path);
  const [directory = '', name = ''] = below ?? /^\/([\w.-]+)/.exec(path) ?? [];
  if (below !== null && /^\/usr\/(?:src|local|share|lib|bin)$/.test(directory)) return undefined;
  return names.has(name) ? directory : undefined;
}

/** Folders that builds write to and nobody keeps data in, by the defaults of bundlers and compilers. */
export const isBuildOutputFolder = (name: string): boolean =>
  /^(?:dist|build|out|target|\.next|\.nuxt|\.output|\.svelte-kit|node_modules|vendor|\.venv|venv|__pycache__)$/.test(
    name,
  );
