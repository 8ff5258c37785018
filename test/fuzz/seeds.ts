/** Texts that mutations start from: the fixtures, those that once went wrong, and `../shared/corpus` where it is. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isDockerfileName } from '../../src/cli/read.ts';
import { projectFiles } from './project-files.ts';

export interface Seeds {
  readonly dockerfiles: readonly string[];
  /** Path in a project to texts of files that have this name. */
  readonly others: ReadonlyMap<string, readonly string[]>;
}

/** Longer ones would only make the rounds slow. */
const mostCharacters = 12_000;

export function readSeeds(folders: readonly string[]): Seeds {
  const dockerfiles: string[] = [];
  const others = new Map(Object.entries(projectFiles).map(([path, text]) => [path, [text]]));
  const kinds = new Map([...others.keys()].map((path) => [basename(path), path]));
  for (const path of folders.flatMap(filesBelow)) {
    const name = basename(path);
    const kind = /compose.*\.ya?ml$/.test(name) ? 'compose.yaml' : kinds.get(name);
    const isDockerfile = isDockerfileName(name);
    if (!isDockerfile && kind === undefined) continue;
    const text = readFileSync(path, 'utf8');
    if (text.length > mostCharacters) continue;
    if (isDockerfile) dockerfiles.push(text);
    else if (kind !== undefined) others.get(kind)?.push(text);
  }
  return { dockerfiles, others };
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      return statSync(path).isDirectory() ? filesBelow(path) : [path];
    });
}
