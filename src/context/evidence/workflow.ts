/** GitHub workflows: docker/build-push-action and `run` steps. What docker/bake-action builds stands in the bake file. */

import { buildsIn } from './command-line.ts';
import { at, type Data, entriesOf, itemsOf, namedValues, textOf } from './data.ts';
import type { BuildCall, Mention, PassedArgument } from './evidence.ts';
import { contextOf, dockerfileOf, provenanceOf, secretId, within } from './parts.ts';
import type { ProjectFile } from './place.ts';
import { namePurpose } from './purpose.ts';

/** Values of expressions: `matrix.service`, `env.TARGET`. */
type Values = ReadonlyMap<string, string>;

const mostRows = 64;

/** The builds of a workflow, which runs in the root of the repository. */
export function* readWorkflow(data: Data, file: ProjectFile, root: string): Iterable<BuildCall> {
  for (const [name, { value: job }] of entriesOf(at(data, 'jobs')))
    for (const row of matrixRows(at(job, 'strategy', 'matrix')))
      for (const step of itemsOf(at(job, 'steps'))) {
        const values = new Map([...row, ...environment(data), ...environment(job), ...environment(step)]);
        const folder = textOf(at(step, 'working-directory')) ?? textOf(at(job, 'defaults', 'run', 'working-directory'));
        const uses = textOf(at(step, 'uses'));
        const run = at(step, 'run');
        if (uses !== undefined && /^docker\/build-push-action@/.test(uses))
          yield actionCall(name, step, values, file, root);
        if (run?.kind !== 'text' || run.text === undefined) continue;
        const runsIn = folder === undefined ? '.' : evaluated(folder, values);
        yield* buildsIn(
          {
            text: run.text.replace(
              /\$\{\{[^\n]*?(?:\}\}|$)/gm,
              (whole) => evaluated(whole, values) ?? '$GITHUB_EXPRESSION',
            ),
            line: run.line,
            directory: contextOf(runsIn, root),
            name,
            lookup: (variable) =>
              variable === 'GITHUB_WORKSPACE' || variable === 'PWD' ? root : values.get(`env.${variable}`),
          },
          file,
        );
      }
}

function* environment(data: Data): Iterable<readonly [string, string]> {
  for (const { name, value } of namedValues(at(data, 'env')))
    if (value !== undefined && !value.includes('${{')) yield [`env.${name}`, value];
}

/** Every combination of a matrix: its lists multiplied, and the rows of `include` each for itself. */
function matrixRows(matrix: Data | undefined): readonly Values[] {
  let rows: readonly Values[] = [new Map()];
  const included = itemsOf(at(matrix, 'include'));
  for (const [name, { value }] of entriesOf(matrix)) {
    if (name === 'include' || name === 'exclude') continue;
    const choices = itemsOf(value).map((item) => rowOf(`matrix.${name}`, item));
    if (choices.length > 0)
      rows = rows.flatMap((row) => choices.map((choice) => new Map([...row, ...choice]))).slice(0, mostRows);
  }
  const extra = included.slice(0, mostRows).map((item) => rowOf('matrix', item));
  if (extra.length === 0) return rows;
  const combined = rows.flatMap((row) => {
    const fitting = extra.filter((each) => [...each].some(([name]) => row.has(name)) && agree(row, each));
    return fitting.length === 0 ? (row.size === 0 ? [] : [row]) : fitting.map((each) => new Map([...row, ...each]));
  });
  const alone = extra.filter(
    (each) => !rows.some((row) => [...each].some(([name]) => row.has(name)) && agree(row, each)),
  );
  return [...combined, ...alone].slice(0, mostRows);
}

const agree = (row: Values, other: Values): boolean =>
  [...other].every(([name, value]) => !row.has(name) || row.get(name) === value);

/** A value of a matrix: a text, or a map of texts. */
function rowOf(name: string, data: Data): Values {
  const text = textOf(data);
  if (text !== undefined) return new Map([[name, text]]);
  return new Map([...entriesOf(data)].flatMap(([key, { value }]) => [...rowOf(`${name}.${key}`, value)]));
}

/** A text with its expressions worked out; undefined when one of them is not known. */
function evaluated(text: string | undefined, values: Values): string | undefined {
  let known = true;
  const value = text?.replace(/\$\{\{(.*?)(?:\}\}|$)/gs, (_, written: string) => {
    const expression = written.trim();
    const found = expression === 'github.workspace' ? '.' : values.get(expression);
    if (found === undefined) known = false;
    return found ?? '';
  });
  return known ? value : undefined;
}

function actionCall(job: string, step: Data, values: Values, file: ProjectFile, root: string): BuildCall {
  const inputs = at(step, 'with');
  const text = (name: string): string | undefined => evaluated(textOf(at(inputs, name)), values);
  const given = (name: string): Data | undefined => at(inputs, name);
  const mentions = (name: string): readonly Mention[] => linesOf(given(name), file);
  // Without a context the repository itself is built; `{{defaultContext}}:folder` is a folder of it.
  const written = given('context') === undefined ? '.' : text('context')?.replace(/^\{\{defaultContext\}\}:?/, './');
  const context = contextOf(written, root);
  const named = given('file');
  const dockerfile = dockerfileOf(named === undefined ? undefined : { value: text('file') }, context, root);
  const target = given('target');
  const stage = text('target');
  const provenance = text('provenance');
  const secrets = [...mentions('secrets'), ...mentions('secret-envs'), ...mentions('secret-files')];
  return {
    by: 'workflow',
    at: file.place(at(step, 'uses')?.line ?? step.line),
    name: job,
    ...(dockerfile === undefined ? {} : { dockerfile: within(root, dockerfile) }),
    ...(context === undefined ? {} : { context }),
    target:
      target === undefined || stage === ''
        ? 'final'
        : stage === undefined
          ? 'unknown'
          : { name: stage, at: file.place(target.line) },
    purpose: namePurpose(job) === 'production' ? 'production' : 'unknown',
    arguments: mentions('build-args').map((mention) => passedArgument(mention, values)),
    secrets: secrets.flatMap(({ name, at: place }) => {
      const id = secretId(`id=${name.replace(/=.*/s, '').replaceAll('"', '')}`);
      return id === undefined ? [] : [{ name: id, at: place }];
    }),
    namedContexts: mentions('build-contexts').map(({ name, at: place }) => ({
      name: name.replace(/=.*/s, ''),
      at: place,
    })),
    ...(given('provenance') !== undefined && provenance === undefined
      ? {}
      : { provenance: provenance === undefined ? 'max-if-public' : provenanceOf(provenance) }),
  };
}

/** The lines of an input that takes a list. */
function linesOf(data: Data | undefined, file: ProjectFile): readonly Mention[] {
  if (data?.kind !== 'text') return [];
  return (data.text ?? '').split('\n').flatMap((row, index) => {
    const name = row.trim();
    return name === '' || name.startsWith('#') ? [] : [{ name, at: file.place(data.line + index) }];
  });
}

function passedArgument({ name: row, at: place }: Mention, values: Values): PassedArgument {
  const equals = row.indexOf('=');
  const name = equals === -1 ? row : row.slice(0, equals);
  const value = equals === -1 ? undefined : evaluated(row.slice(equals + 1), values);
  return { name, at: place, ...(value === undefined ? {} : { value }) };
}
