/** All that `dflint ships`, `dflint graph` and `dflint rebuild` answer of a build: golden files hold it, and mutants are judged by it. */
import type { BuildContext } from '../../src/context/index.ts';
import { type Build, type Changes, rebuild, shippedImage, stageGraph } from '../../src/model/index.ts';
import { graphText } from '../../src/report/graph-text.ts';
import { shipsText } from '../../src/report/ships-text.ts';

/** Every file of the context, the Dockerfile aside. */
function* filesBelow(context: BuildContext, folder = ''): Iterable<string> {
  for (const name of context.list(folder) ?? []) {
    const path = folder === '' ? name : `${folder}/${name}`;
    if (context.stat(path) === 'directory') yield* filesBelow(context, path);
    else if (path !== 'Dockerfile') yield path;
  }
}

/** Every build argument that the file declares. */
const argumentsOf = ({ file }: Build): ReadonlySet<string> =>
  new Set(
    file.instructions.flatMap((each) =>
      each.keyword === 'ARG' ? each.pairs.map(({ name }) => name.text ?? name.raw) : [],
    ),
  );

/** Which steps run again after a change, and why; not those of stages that are not built. */
function rerun(build: Build, changes: Partial<Changes>): string {
  const stages = rebuild(build, { paths: [], buildArguments: [], secrets: [], ...changes });
  const lines = stages
    .filter(({ built }) => built)
    .flatMap(({ steps }) => steps)
    .flatMap(({ step, runs, reason = 'no reason' }) =>
      runs === 'no' ? [] : [`  line ${step.span.line} ${runs === 'yes' ? 'runs' : 'may run'}: ${reason}\n`],
    );
  return lines.length === 0 ? '  nothing runs again\n' : lines.join('');
}

/** What changes, and what runs again then; changes that come to the same are told together. */
function* reruns(build: Build): Iterable<string> {
  const changes = [
    ...[...filesBelow(build.context)].map((path) => [path, { paths: [path] }] as const),
    ...[...argumentsOf(build)].map((name) => [`--build-arg ${name}`, { buildArguments: [name] }] as const),
  ];
  const told = new Map<string, string[]>();
  for (const [what, changed] of changes) {
    const steps = rerun(build, changed);
    told.set(steps, [...(told.get(steps) ?? []), what]);
  }
  for (const [steps, what] of told) yield `when ${what.join(', ')} changes\n${steps}`;
}

export function* answers(build: Build): Iterable<string> {
  for (const target of build.targets) yield shipsText(shippedImage(build, target), { columns: 120 });
  yield graphText(stageGraph(build), { columns: 120 });
  yield* reruns(build);
}
