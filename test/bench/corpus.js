/**
 * The corpus of `../shared` on disk as tools meet it: each Dockerfile in its context, which holds the files that were
 * kept and, empty, the ones whose names alone were. Without that folder, the Dockerfiles of `fixtures/` stand in.
 */
import { closeSync, cpSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repository = join(dirname(fileURLToPath(import.meta.url)), '../..');
const source = join(process.env.DFLINT_SHARED ?? join(repository, '../shared'), 'corpus');
const isDockerfile = (name) => /dockerfile|containerfile/i.test(name) && !name.endsWith('.dockerignore');

/** Absolute paths of the Dockerfiles, in `folder`, which is made. */
export function makeCorpus(folder) {
  return existsSync(source) ? copies(folder) : examples(folder);
}

function copies(folder) {
  return readdirSync(source)
    .filter((slug) => existsSync(join(source, slug, 'context.txt')))
    .flatMap((slug) => {
      const here = join(folder, slug);
      cpSync(join(source, slug), here, { recursive: true });
      // Nothing above it is its project.
      mkdirSync(join(here, '.git'), { recursive: true });
      const paths = readdirSync(here)
        .filter((name) => isDockerfile(name) && statSync(join(here, name)).isFile())
        .map((name) => join(here, name));
      for (const name of readFileSync(join(here, 'context.txt'), 'utf8').split('\n')) makeEmpty(here, name);
      return paths;
    });
}

function makeEmpty(folder, name) {
  const path = join(folder, name);
  if (name === '' || !path.startsWith(`${folder}/`) || existsSync(path)) return;
  try {
    mkdirSync(name.endsWith('/') ? path : dirname(path), { recursive: true });
    if (!name.endsWith('/')) closeSync(openSync(path, 'w'));
  } catch (error) {
    // A name that is a file in one line and a folder in another.
    if (!['EEXIST', 'ENOTDIR', 'EISDIR'].includes(error.code)) throw error;
  }
}

function examples(folder) {
  const rules = join(repository, 'fixtures/rules');
  return readdirSync(rules).flatMap((rule) => {
    cpSync(join(rules, rule), join(folder, rule), { recursive: true });
    mkdirSync(join(folder, rule, '.git'), { recursive: true });
    return readdirSync(join(folder, rule))
      .filter(isDockerfile)
      .map((name) => join(folder, rule, name));
  });
}

/** The first `size` of as many copies as it takes. */
export function repeatCorpus(folder, corpus, size) {
  const paths = [];
  for (let copy = 0; paths.length < size; copy += 1) {
    const here = join(folder, `copy-${copy}`);
    cpSync(corpus.folder, here, { recursive: true });
    paths.push(...corpus.paths.map((path) => path.replace(corpus.folder, here)));
  }
  return paths.slice(0, size);
}
