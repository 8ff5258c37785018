/** Installs that run again for each commit, because a variable that changes with it stands above them. */
import { buildVariable, isDeployedAddress, isVolatileVariable } from '../../knowledge/index.ts';
import type { Pair } from '../../syntax/index.ts';
import type { Build, Command, Stage, Step } from '../build.ts';
import { toolInstallOf } from '../run/command-calls.ts';
import { references } from '../state/references.ts';

export interface BustedInstall {
  readonly install: Command;
  /** The call in two words. */
  readonly call: string;
  /** The first variable above it, and the others. */
  readonly variable: Pair;
  readonly others: readonly Pair[];
  /** `each-build`: a commit, a date; `each-environment`: the bundler reads it, and each deployment has its own. */
  readonly changes: 'each-build' | 'each-environment';
}

interface Standing {
  readonly name: string;
  readonly pair: Pair;
  readonly changes: BustedInstall['changes'];
}

/** One for each stage: the first install below such variables that reads none of them. */
export function* bustedInstalls(build: Build): Iterable<BustedInstall> {
  const inherited = new Map<Stage, readonly Standing[]>();
  for (const stage of build.stages) {
    const above: Standing[] = stage.base.kind === 'stage' ? [...(inherited.get(stage.base.stage) ?? [])] : [];
    let told = !stage.reachable;
    for (const step of stage.steps) {
      above.push(...declaredBy(step));
      const install = told || above.length === 0 ? undefined : installIn(step);
      const [first, ...others] = install === undefined ? [] : unread(above, step);
      if (install === undefined || first === undefined) continue;
      told = true;
      yield { ...install, variable: first.pair, others: others.map(({ pair }) => pair), changes: first.changes };
    }
    inherited.set(stage, above);
  }
}

/** ARG without a value of its own in the file; what ENV makes of it changes with it. */
function declaredBy({ instruction, stage }: Step): readonly Standing[] {
  if (instruction.keyword !== 'ARG' || !stage.reachable) return [];
  return instruction.pairs.flatMap((pair) => {
    const name = pair.name.text;
    const changes = name === undefined ? undefined : changesOf(name);
    return name === undefined || changes === undefined ? [] : [{ name, pair, changes }];
  });
}

function changesOf(name: string): Standing['changes'] | undefined {
  if (isVolatileVariable(name)) return 'each-build';
  return buildVariable(name) !== undefined || isDeployedAddress(name) ? 'each-environment' : undefined;
}

/** An install that runs again for no edit of the source. */
function installIn(step: Step): Pick<BustedInstall, 'install' | 'call'> | undefined {
  if (step.cacheInputs.some(({ holds }) => holds === 'source')) return undefined;
  for (const install of step.commands) {
    const { name, arguments: words } = install;
    const call =
      install.install === undefined
        ? toolInstallOf(install)
        : [name, words.find((word) => word?.startsWith('-') === false)].join(' ').trim();
    if (call !== undefined) return { install, call };
  }
  return undefined;
}

/** Those that change with each build first. */
function unread(above: readonly Standing[], step: Step): readonly Standing[] {
  const read = new Set(references(step.instruction));
  const left = above.filter(({ name }) => !read.has(name));
  return left.some(({ changes }) => changes === 'each-build')
    ? left.filter(({ changes }) => changes === 'each-build')
    : left;
}
