/** Images that ship on the tools of a language and use none of them. */
import { describeContextPath, isJdkImage, needsTools, sdkImage } from '../../knowledge/index.ts';
import type { Build, Located, Stage } from '../build.ts';
import { baseName } from '../files/path.ts';
import { chainOf } from '../query.ts';
import { buildCallOf } from '../run/command-calls.ts';
import { purposeOf, startingProgram } from '../start/start.ts';
import { ownSteps, textAt } from '../state/word-values.ts';
import { isMadeForDevelopers } from './made-for-developers.ts';
import { buildsAtStart } from './ships-application.ts';

export interface ShippedToolkit extends Located {
  readonly target: Stage;
  readonly image: string;
  readonly ecosystem: string;
  /** What the image starts, which needs none of the tools. */
  readonly start: Located & { readonly program: string };
  /** `mild`: some run programs on it on purpose; `doubtful`: the program may use the tools. */
  readonly weight: 'plain' | 'mild' | 'doubtful';
}

/** Where neither a RUN nor the start of the image calls a tool, nor a script that might. */
export function* shippedToolkits(build: Build): Iterable<ShippedToolkit> {
  for (const target of build.targets) {
    const chain = chainOf(target);
    const base = chain[0]?.base;
    if (base?.kind !== 'image' || base.openTag === true) continue;
    const ecosystem = sdkImage(base.reference.familiar, base.reference.tag);
    const start = startOf(target, ecosystem);
    if (ecosystem === undefined || start === undefined) continue;
    if (purposeOf(target, build.path) !== 'runtime' || isMadeForDevelopers(build, target) || buildsAtStart(target))
      continue;
    if (chain.some((stage) => usesTools(stage, ecosystem))) continue;
    const at = chain[0]?.from.image ?? target;
    const mild = ecosystem === 'CUDA' || isJdkImage(base.reference.familiar);
    const doubtful = ecosystem !== 'CUDA' && chain.some((stage) => takesSources(stage, build));
    const weight = doubtful ? 'doubtful' : mild ? 'mild' : 'plain';
    yield { span: at.span, target, image: base.text, ecosystem, start, weight };
  }
}

function startOf(target: Stage, ecosystem = ''): ShippedToolkit['start'] | undefined {
  const program = startingProgram(target);
  const [path, first] = program?.words ?? [];
  if (program === undefined || path === undefined) return undefined;
  const name = baseName(path);
  // What no program is called is a JSON array gone wrong.
  if (
    !/^[\w.@+-]+$/.test(name) ||
    /\.sh$|^(?:ba|da|a|z)?sh$|entrypoint/.test(name) ||
    needsTools(ecosystem, name, first)
  )
    return undefined;
  const { entrypoint } = target.result;
  if (entrypoint !== undefined && /\.sh$|entrypoint/.test(entrypoint.words[0] ?? '')) return undefined;
  return { span: program.span, program: name };
}

/** A program that has the whole context beside it may work on it, with the tools. */
const takesSources = (stage: Stage, build: Build): boolean =>
  ownSteps(stage).some(
    (step) =>
      (step.instruction.keyword === 'COPY' || step.instruction.keyword === 'ADD') &&
      step.instruction.from === undefined &&
      step.instruction.sources.some((word) => isWhole(textAt(word, step, build))),
  );

const isWhole = (source: string | undefined): boolean =>
  source !== undefined && source !== '' && describeContextPath(source) === 'whole';

const usesTools = ({ steps }: Stage, ecosystem: string): boolean =>
  steps.some(({ commands }) =>
    commands.some(
      (command) =>
        command.name === undefined ||
        /^(?:make|cmake|ninja|gcc|g\+\+|cc|meson|configure)$|\.sh$/.test(command.name) ||
        needsTools(ecosystem, command.name, command.arguments[0]) ||
        (command.invocation === undefined && buildCallOf(command) !== undefined),
    ),
  );
