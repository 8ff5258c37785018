/** node_modules of a member of a pnpm workspace that is copied to where its relative links lead nowhere. */
import type { Build, Install, Located, Stage, Step } from '../build.ts';
import { join, normalise, relativeTo, resolve } from '../files/path.ts';
import { chainOf, installsIn, stageNamedBy } from '../query.ts';
import { evaluate, variablesOf } from '../state/environment.ts';
import { linkedMembers } from './linked-members.ts';

export interface BrokenLinks {
  readonly target: Stage;
  /** The source of the COPY that takes the links. */
  readonly word: Located;
  readonly install: Install;
  /** The directory that the links are in, as it ships. */
  readonly links: string;
  /** Where they look for the packages, and nothing is. */
  readonly lookIn: string;
}

/** Every COPY --from into a ship target that moves such links apart from the node_modules of the root. */
export function* brokenLinks(build: Build): Iterable<BrokenLinks> {
  for (const target of build.targets) {
    const steps = chainOf(target).flatMap((stage) => stage.steps);
    if (steps.some(mayMend)) continue;
    for (const step of steps) yield* brokenBy(step, target, build);
  }
}

/** Another install makes links anew, `ln` and `mv` may. */
const mayMend = ({ instruction, commands }: Step): boolean =>
  instruction.keyword === 'RUN' &&
  commands.some(
    ({ invocation, arguments: words }) =>
      invocation !== undefined || words.some((word) => word === undefined || word.includes('node_modules')),
  );

function* brokenBy({ instruction, before, stage }: Step, target: Stage, build: Build): Iterable<BrokenLinks> {
  if (instruction.keyword !== 'COPY' || instruction.from === undefined) return;
  const from = stageNamedBy(instruction.from, stage, build);
  const lookup = variablesOf(before, false);
  const landsIn = evaluate(instruction.destination, lookup, build.file.escape);
  if (from === undefined || landsIn === undefined || before.workdir === undefined) return;
  for (const word of instruction.sources) {
    const text = evaluate(word, lookup, build.file.escape);
    if (text === undefined) continue;
    const origin = originOf(normalise(`/${text}`), from, build);
    if (origin === undefined) continue;
    const links = resolve(before.workdir, landsIn);
    const lookIn = resolve(links, origin.way);
    if (target.result.rootfs.stat(lookIn).presence === 'absent')
      yield { target, word, install: origin.install, links, lookIn };
  }
}

/** The install that made the node_modules of a member, and the way from there to that of the root. */
function originOf(source: string, from: Stage, build: Build): { install: Install; way: string } | undefined {
  const chain = chainOf(from);
  for (const install of installsIn(build)) {
    const { directory, command } = install;
    if (directory === undefined || !chain.includes(command.step.stage)) continue;
    const member = linkedMembers(install, directory, build).find((each) => join(each, 'node_modules') === source);
    if (member === undefined) continue;
    const depth = (relativeTo(directory, member) ?? '').split('/').length;
    return { install, way: `${'../'.repeat(depth + 1)}node_modules` };
  }
  return undefined;
}
