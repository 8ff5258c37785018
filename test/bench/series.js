/** What is measured: for each series the inputs of each size, and what a run of it is. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeCorpus, repeatCorpus, repository } from './corpus.js';
import { inputOf } from './inputs.js';

/** Makes what the series read, in `scratch`, when it is first asked for. */
export function openInputs(scratch) {
  let known;
  const corpus = () => {
    const folder = join(scratch, 'corpus');
    known ??= { folder, paths: makeCorpus(folder) };
    return known;
  };
  const written = (kind, size) => {
    const folder = join(scratch, `${kind}-${size}`);
    mkdirSync(join(folder, '.git'), { recursive: true });
    const path = join(folder, 'Dockerfile');
    writeFileSync(path, inputOf(kind, size));
    return [path];
  };
  return {
    one: () => [join(repository, 'fixtures/example/Dockerfile')],
    corpus: () => corpus().paths,
    many: (size) => repeatCorpus(join(scratch, 'many'), corpus(), size),
    written,
  };
}

const sizes = (kind, unit, all) =>
  all.map((size) => ({
    title: `${size.toLocaleString('en')} ${unit}`,
    paths: (inputs) => inputs.written(kind, size),
    amount: size,
  }));

/** `runs`: rounds, each tool once a round; `limit`: seconds that one run may take; `again`: over the same files, too. */
export const series = [
  {
    name: 'start',
    title: 'One small file, from process start',
    again: true,
    runs: 15,
    limit: 30,
    of: [{ title: '', paths: (inputs) => inputs.one() }],
  },
  {
    name: 'corpus',
    title: 'The corpus in one process, preset recommended, contexts read',
    again: true,
    runs: 3,
    limit: 120,
    unit: 'files',
    of: [{ title: '', paths: (inputs) => inputs.corpus() }],
  },
  {
    name: 'all',
    title: 'The corpus in one process, preset all without ShellCheck',
    again: true,
    runs: 3,
    limit: 120,
    unit: 'files',
    preset: ['--preset', 'all'],
    of: [{ title: '', paths: (inputs) => inputs.corpus() }],
  },
  {
    name: 'many',
    title: 'The corpus repeated to 6,000 files',
    again: true,
    runs: 1,
    limit: 900,
    unit: 'files',
    memory: true,
    of: [{ title: '', paths: (inputs) => inputs.many(6000) }],
  },
  {
    name: 'lines',
    title: 'One file of many lines',
    runs: 3,
    limit: 30,
    unit: 'lines',
    of: sizes('mixed', 'lines', [1000, 10_000, 100_000]),
  },
  {
    name: 'stages',
    title: 'One build of many stages, each of which takes files of three others',
    runs: 3,
    limit: 30,
    unit: 'stages',
    of: sizes('web', 'stages', [10, 100, 1000]),
  },
  {
    name: 'commands',
    title: 'One RUN of many commands',
    runs: 3,
    limit: 30,
    unit: 'commands',
    of: sizes('commands', 'commands', [10_000]),
  },
  {
    name: 'heredoc',
    title: 'One heredoc of many lines',
    runs: 3,
    limit: 30,
    unit: 'lines',
    of: sizes('heredoc', 'lines', [100_000]),
  },
];
