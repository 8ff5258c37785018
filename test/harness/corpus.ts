/** The real Dockerfiles of `../shared/corpus`, each with the context that its folder describes. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildContext, BuildEvidence } from '../../src/context/index.ts';
import { corpusEvidence } from './corpus-evidence.ts';
import { listingContext } from './listing-context.ts';

export interface CorpusFile {
  readonly slug: string;
  readonly name: string;
  readonly text: string;
  readonly context: BuildContext;
  readonly evidence: BuildEvidence;
}

interface ManifestLine {
  readonly slug: string;
  readonly path: string;
  readonly context_root?: string;
  readonly copy_sources_found?: string;
}

/** All files of the corpus, in the order of its manifest. */
export function* corpusFiles(corpus: string): Iterable<CorpusFile> {
  for (const line of readFileSync(join(corpus, 'manifest.jsonl'), 'utf8').split('\n')) {
    if (line === '') continue;
    const { slug, path, context_root: root = '.', copy_sources_found: found = '' }: ManifestLine = JSON.parse(line);
    const folder = join(corpus, slug);
    const wanted = path.slice(path.lastIndexOf('/') + 1);
    const name = readdirSync(folder).includes(wanted)
      ? wanted
      : (readdirSync(folder).find((each) => /dockerfile|containerfile/i.test(each)) ?? wanted);
    const [some, all] = found.split('/');
    yield {
      slug,
      name,
      text: readFileSync(join(folder, name), 'utf8'),
      evidence: corpusEvidence(folder, name, path, root),
      context: listingContext(folder, name, some === all && all !== '0'),
    };
  }
}
