/** Names for stages that have none. */
import type { Build, Stage, StageEdge } from '../build.ts';
import { remembered } from '../remembered.ts';
import { misnamedStages } from '../stages/misnamed-stage.ts';
import { behind, type Fix } from './fix.ts';

/** The fix that names a stage and calls it by that name wherever its number stands. */
export function stageNaming(build: Build, stage: Stage): Fix | undefined {
  const name = namesToGive(build).get(stage);
  if (name === undefined) return undefined;
  const last = stage.from.name ?? stage.from.image;
  const numbers = numbersOf(build).get(stage) ?? [];
  return {
    says: `Name the stage ${name}`,
    safety: 'safe',
    edits: [behind(last.span, ` AS ${name}`), ...numbers.map(({ span }) => ({ at: span, text: name }))],
  };
}

/** Where the number of a stage stands for it. */
const numbersOf: (build: Build) => ReadonlyMap<Stage, readonly StageEdge[]> = remembered(
  (build) => build,
  ({ edges }) => {
    const found = new Map<Stage, StageEdge[]>();
    for (const edge of edges) {
      if (!edge.byNumber || edge.via === 'base') continue;
      const known = found.get(edge.from);
      if (known === undefined) found.set(edge.from, [edge]);
      else known.push(edge);
    }
    return found;
  },
);

/** The name that the fix gives to a stage. */
export const givenName = (build: Build, stage: Stage): string | undefined => namesToGive(build).get(stage);

/** All at once: no two may be the same, nor the name of an image or context that the file asks for. */
const namesToGive: (build: Build) => ReadonlyMap<Stage, string> = remembered(
  (build) => build.stages,
  (build) => {
    const taken = new Set(build.stages.flatMap(({ name, id }) => (name === undefined ? [] : [id])));
    for (const { base } of build.stages) if (base.kind === 'image') taken.add(base.text.toLowerCase());
    for (const { name } of build.outsideReferences) taken.add(name.toLowerCase());
    const given = new Map<Stage, string>();
    const free = new Map<string, number>();
    const called = new Map(
      [...misnamedStages(build)].flatMap(({ fault, meant, name }) =>
        fault === 'unnamed' && /^[a-z][\w-]*$/.test(name) ? [[meant, name] as const] : [],
      ),
    );
    for (const stage of build.stages) {
      if (stage.name !== undefined || stage.final || stage.from.image.raw === '') continue;
      const name = called.get(stage) ?? firstFree(purposeNameOf(stage), taken, free);
      taken.add(name);
      given.set(stage, name);
    }
    return given;
  },
);

/** What others take from it: packages, what it builds, what it fetches, or files as they are. */
function purposeNameOf(stage: Stage): string {
  const runs = stage.steps.filter(({ instruction }) => instruction.keyword === 'RUN');
  const commands = runs.flatMap((step) => step.commands);
  if (commands.length === 0) return runs.length === 0 ? 'files' : 'build';
  const last = commands.at(-1);
  if (last?.install !== undefined && commands.every(({ invocation }) => invocation?.script === undefined))
    return 'deps';
  const takes = stage.steps.some(({ instruction }) => instruction.keyword === 'COPY' || instruction.keyword === 'ADD');
  return takes || commands.some(({ invocation }) => invocation?.script !== undefined) ? 'build' : 'tools';
}

/** `free`: the number from which on a name may be free. */
function firstFree(name: string, taken: ReadonlySet<string>, free: Map<string, number>): string {
  if (!taken.has(name)) return name;
  let number = free.get(name) ?? 2;
  while (taken.has(`${name}-${number}`)) number += 1;
  free.set(name, number + 1);
  return `${name}-${number}`;
}
