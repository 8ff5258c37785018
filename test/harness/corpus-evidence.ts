/** What the compose and bake files of a corpus folder say of its Dockerfile: they stand in the root of its context. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readYaml } from '../../src/context/evidence/yaml.ts';
import { type BuildEvidence, memoryTree, projectFiles } from '../../src/context/index.ts';

const evidenceNames = /^(?:docker-bake|(?:docker-)?compose).*\.(?:ya?ml|json|hcl)$|^package\.json$/;

/** `path` of the Dockerfile and `root` of the context as the manifest has them, relative to the repository. */
export function corpusEvidence(folder: string, name: string, path: string, root: string): BuildEvidence {
  const context = root === '.' || root === '' ? '' : `/${root.replace(/\/$/, '')}`;
  const files = new Map([[`/${path}`, '']]);
  for (const each of readdirSync(folder))
    if (each !== name && evidenceNames.test(each))
      files.set(`${context}/${each}`, readFileSync(join(folder, each), 'utf8'));
  return projectFiles(memoryTree(files), (shown) => shown.slice(1)).evidence(`/${path}`, readYaml);
}
