/** Signals to stop that end the program badly, or do not end it. */
import {
  baseImageConfig,
  isOfficialImage,
  isSignal,
  isUncatchable,
  signalName,
  stopWish,
} from '../../knowledge/index.ts';
import type { Build, Located, Stage, Step } from '../build.ts';
import { chainOf } from '../query.ts';
import { remembered } from '../remembered.ts';
import { joinedComments } from '../stages/joined-comments.ts';
import { undefinedVariables } from '../state/undefined-variables.ts';
import { ownSteps, textAt } from '../state/word-values.ts';
import { startingProgram } from './start.ts';

export interface UnfitSignal extends Located {
  readonly target: Stage;
  readonly signal: string;
  /** `killed`, `frozen`: no program sees the signal; `drops-requests`, `goes-on`: what the program does on it. */
  readonly outcome: 'killed' | 'frozen' | 'drops-requests' | 'goes-on';
  /** What is started, and the signal that it stops at in good order. */
  readonly program?: string;
  readonly better?: string;
}

export function* unfitSignals(build: Build): Iterable<UnfitSignal> {
  const told = new Set<Located['span']>();
  for (const target of build.targets) {
    const found = unfitSignal(target);
    if (found === undefined || told.has(found.span)) continue;
    told.add(found.span);
    yield found;
  }
}

export interface UnknownSignal extends Located {
  readonly text: string;
}

/** Signals of STOPSIGNAL that there are none of: the build stops. Those that lack a variable or have a comment in them have rules of their own. */
export function* unknownSignals(build: Build): Iterable<UnknownSignal> {
  const found = signalsOfNone(build);
  if (found.length === 0) return;
  const told = new Set<Located>(undefinedVariables(build).map(({ step }) => step));
  for (const { step } of joinedComments(build)) told.add(step);
  for (const { step, ...signal } of found) if (!told.has(step)) yield signal;
}

const signalsOfNone: (build: Build) => readonly (UnknownSignal & { readonly step: Step })[] = remembered(
  (build) => build.stages,
  (build) =>
    build.stages.flatMap((stage) =>
      [...ownSteps(stage)].flatMap((step) => {
        if (step.instruction.keyword !== 'STOPSIGNAL') return [];
        const { value } = step.instruction;
        const text = textAt(value, step, build);
        return text === undefined || text === '' || isSignal(text) ? [] : { step, span: value.span, text };
      }),
    ),
);

function unfitSignal(target: Stage): UnfitSignal | undefined {
  const base = chainOf(target)[0]?.base;
  if (base?.kind === 'image' && base.facts?.os === 'windows') return undefined;
  const { stopSignal } = target.result;
  const given = stopSignal === undefined ? inherited(base) : stopSignal.text;
  if (given === undefined) return undefined;
  const signal = signalName(given);
  if (stopSignal !== undefined && isUncatchable(signal))
    return { span: stopSignal.span, target, signal, outcome: signal === 'SIGKILL' ? 'killed' : 'frozen' };
  const start = startingProgram(target);
  const path = start?.words[0];
  if (start === undefined || path === undefined || start.init) return undefined;
  const wish = stopWish(path, base?.kind === 'image' && base.facts?.libc === 'musl');
  if (wish === undefined || wish.signal === signal || !takesDefault(signal)) return undefined;
  const at = stopSignal ?? start;
  return { span: at.span, target, signal, outcome: wish.otherwise, program: path, better: wish.signal };
}

/** Whoever chose another signal than the usual one knows the program. */
const takesDefault = (signal: string): boolean => signal === 'SIGTERM' || signal === 'SIGINT';

/** What the image has without STOPSIGNAL; undefined where the base is not known. */
function inherited(base: Stage['base'] | undefined): string | undefined {
  if (base?.kind === 'scratch') return 'SIGTERM';
  if (base?.kind !== 'image') return undefined;
  const { familiar, tag } = base.reference;
  const config = baseImageConfig(familiar, tag);
  if (config === undefined && !(isOfficialImage(familiar) && base.facts !== undefined)) return undefined;
  return config?.stopSignal ?? 'SIGTERM';
}
