/** Build arguments that nothing can read. */
import type { Instruction, Pair } from '../../syntax/index.ts';
import type { Build, Located, Stage, Step } from '../build.ts';
import { globalPairs } from '../stages/taken-images.ts';
import { predefinedArguments } from './environment.ts';
import { variableNames } from './references.ts';
import { undefinedVariables } from './undefined-variables.ts';
import { ownSteps } from './word-values.ts';

export interface UnusedArgument extends Located {
  readonly name: string;
  /** `global`: no FROM names it and no stage declares it; `last`: no instruction after it could read it. */
  readonly why: 'global' | 'last';
  /** Something that names it and does not see its value: CMD when the container starts, RUN of a stage without the ARG. */
  readonly seeker?: Located & { readonly keyword: string };
}

/** Arguments that change nothing in the build, whatever is given for them. */
export function* unusedArguments(build: Build): Iterable<UnusedArgument> {
  yield* unusedGlobals(build);
  for (const stage of build.stages) yield* unusedIn(stage, build);
}

/** What BuildKit itself and the proxies of RUN read: https://docs.docker.com/reference/dockerfile/#predefined-args. */
const isBuiltIn = (name: string): boolean =>
  predefinedArguments.has(name) ||
  /^(?:BUILDKIT_|BUILDX_|DOCKER_)|^SOURCE_DATE_EPOCH$|^(?:https?|ftp|no|all)_proxy$/i.test(name);

function* unusedGlobals(build: Build): Iterable<UnusedArgument> {
  const pairs = [...globalPairs(build)];
  if (pairs.length === 0) return;
  const read = new Set(pairs.flatMap(({ value }) => value?.references ?? []));
  for (const { from } of build.stages) for (const name of namedIn(from)) read.add(name);
  for (const stage of build.stages)
    for (const { instruction } of stage.steps)
      if (instruction.keyword === 'ARG') for (const { name } of instruction.pairs) read.add(name.text ?? name.raw);
  const missing = new Set([...undefinedVariables(build)].map(({ name }) => name));
  const secrets = secretNames(build, undefined);
  let seekers: NamingSteps | undefined;
  for (const pair of pairs) {
    const name = pair.name.text;
    if (name === undefined || read.has(name) || missing.has(name) || isBuiltIn(name)) continue;
    if (secrets.has(name)) continue;
    seekers ??= namingSteps(build.stages.flatMap(ownSteps));
    yield { ...asUnused(pair, name), why: 'global', ...seekerIn(seekers, name) };
  }
}

function* unusedIn(stage: Stage, build: Build): Iterable<UnusedArgument> {
  const steps = ownSteps(stage);
  const lastRun = steps.findLastIndex(({ instruction }) => seesEverything(instruction));
  if (!steps.slice(lastRun + 1).some(({ instruction }) => instruction.keyword === 'ARG')) return;
  if (build.stages.some(({ base }) => base.kind === 'stage' && base.stage === stage)) return;
  const lastRead = lastReads(steps);
  const secrets = secretNames(build, stage);
  let seekers: NamingSteps | undefined;
  for (const [at, { instruction }] of steps.entries()) {
    if (at < lastRun || instruction.keyword !== 'ARG') continue;
    for (const pair of instruction.pairs) {
      const name = pair.name.text;
      if (name === undefined || isBuiltIn(name) || (lastRead.get(name) ?? -1) >= at) continue;
      if (secrets.has(name)) continue;
      seekers ??= namingSteps(steps);
      yield { ...asUnused(pair, name), why: 'last', ...seekerIn(seekers, name, at) };
    }
  }
}

const asUnused = ({ span }: Pair, name: string): Omit<UnusedArgument, 'why'> => ({ span, name });

/** RUN has each argument in its environment, whether it names it or not. */
const seesEverything = ({ keyword }: Instruction): boolean =>
  keyword === 'RUN' || keyword === 'ONBUILD' || keyword === 'INVALID';

/** What the shell of a container expands when it starts: there are no build arguments then. */
const isForLater = ({ keyword }: Instruction): boolean =>
  keyword === 'CMD' || keyword === 'ENTRYPOINT' || keyword === 'HEALTHCHECK';

/** By name the number of the last step that puts its value in. */
const lastReads = (steps: readonly Step[]): ReadonlyMap<string, number> =>
  new Map(
    steps.flatMap(({ instruction }, at) =>
      isForLater(instruction) ? [] : namedIn(instruction).map((name) => [name, at] as const),
    ),
  );

/** All that an instruction names, whoever expands it. */
const namedIn = ({ logical, heredocs }: Instruction): readonly string[] => [
  ...variableNames(logical.text),
  ...heredocs.flatMap(({ body }) => variableNames(body.text)),
];

/** Names of the secrets that a stage declares; those of the global arguments where there is none. */
const secretNames = (build: Build, stage: Stage | undefined): ReadonlySet<string> =>
  new Set(build.secrets.filter((secret) => secret.stage === stage).map(({ name }) => name));

/** By name the steps that name it, in order. */
type NamingSteps = ReadonlyMap<string, readonly { readonly at: number; readonly step: Step }[]>;

function namingSteps(steps: readonly Step[]): NamingSteps {
  const naming = new Map<string, { readonly at: number; readonly step: Step }[]>();
  for (const [at, step] of steps.entries())
    for (const name of new Set(namedIn(step.instruction))) {
      const known = naming.get(name);
      if (known === undefined) naming.set(name, [{ at, step }]);
      else known.push({ at, step });
    }
  return naming;
}

function seekerIn(seekers: NamingSteps, name: string, from = 0): Pick<UnusedArgument, 'seeker'> {
  const found = seekers.get(name)?.find(({ at, step }) => at >= from && !step.before.env.has(name))?.step;
  return found === undefined ? {} : { seeker: { span: found.span, keyword: found.instruction.keyword } };
}
