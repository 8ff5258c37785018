/** The inputs of a run, each made from a number alone. */
import { formatNames } from '../../src/report/formats.ts';
import { generated } from './generate.ts';
import type { ProjectInput } from './judge-project.ts';
import { grown, mutated } from './mutate.ts';
import { plainFiles } from './project-files.ts';
import { type Random, randomFrom } from './random.ts';
import type { Seeds } from './seeds.ts';

export type FuzzInput =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'growth'; readonly text: string; readonly sized: (size: number) => string }
  | ({ readonly kind: 'project' } & ProjectInput);

export function inputOf(seed: number, seeds: Seeds): FuzzInput {
  const random = randomFrom(seed);
  const kind = random.below(20);
  if (kind < 6) return { kind: 'project', ...projectOf(random, seeds) };
  const text = dockerfileOf(random, seeds);
  if (kind > 17) return { kind: 'growth', text, sized: grown(text, random) };
  return { kind: 'text', text };
}

function dockerfileOf(random: Random, seeds: Seeds): string {
  const made = random.once(4) ? generated(random.below(2 ** 31)) : random.pick(seeds.dockerfiles);
  return random.once(8) ? made : mutated(made, seeds.dockerfiles, random);
}

function projectOf(random: Random, seeds: Seeds): ProjectInput {
  const files: Record<string, string> = { ...plainFiles, Dockerfile: dockerfileOf(random, seeds) };
  const argv = argumentsOf(random);
  const names = [...seeds.others.keys()];
  const wanted = new Set(Array.from({ length: 1 + random.below(6) }, () => random.pick(names)));
  if (argv.includes('baseline.json')) wanted.add('baseline.json');
  if (argv[0] === 'migrate') wanted.add('.hadolint.yaml');
  for (const name of wanted) {
    const texts = seeds.others.get(name) ?? [''];
    const text = random.pick(texts);
    files[name] = random.once(4) ? text : mutated(text, texts, random);
  }
  return { files, argv };
}

function argumentsOf(random: Random): readonly string[] {
  const lint = ['--preset', 'all', '--min-confidence', 'possible', '--shellcheck', 'off'];
  const format = ['--format', random.pick(formatNames)];
  switch (random.below(16)) {
    case 0:
      return ['ships', '--files', '--format', random.pick(['text', 'json'])];
    case 1:
      return ['graph', '--format', random.pick(['text', 'json', 'mermaid', 'dot'])];
    case 2:
      return ['rebuild', 'src/index.ts', 'package.json', '**', '--format', random.pick(['text', 'json'])];
    case 3:
      return ['config', '--format', random.pick(['text', 'json'])];
    case 4:
      return random.once(2) ? ['migrate', '.'] : ['migrate', '--write', '.'];
    case 5:
      return ['init', '--print'];
    case 6:
      return [...lint, '--baseline', 'baseline.json', ...(random.once(2) ? ['--update-baseline'] : []), '.'];
    case 7:
      return [...lint, ...format, '--fix', '.'];
    case 8:
      return [...lint, ...format, '--unsafe-fixes', '.'];
    case 9:
      return [...lint, '--diff', '--unsafe-fixes', '.'];
    case 10:
      return [...lint, ...format, '--no-config', '-', '--stdin-filename', 'Dockerfile'];
    case 11:
      return [...lint, ...format, '--target', random.pick(['runtime', '0', 'web', '__proto__', '']), '.'];
    default:
      return [...lint, ...format, '.'];
  }
}
