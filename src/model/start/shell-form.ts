/** CMD and ENTRYPOINT in shell form, and what a shell in front of the program costs. */
import { isPrompt, shellMakesWay } from '../../knowledge/index.ts';
import { brokenArray, type CommandInstruction, type ShellCommand } from '../../syntax/index.ts';
import type { Build, Located, Stage, StartCommand } from '../build.ts';
import { lacksShell } from '../files/no-shell.ts';
import { baseName } from '../files/path.ts';
import { chainOf } from '../query.ts';
import { remembered } from '../remembered.ts';
import { ownSteps } from '../state/word-values.ts';
import { purposeOf, startingProgram } from './start.ts';
import { wordsInOne } from './words-in-one.ts';

export interface ShellFormStart extends Located {
  readonly instruction: CommandInstruction;
  /**
   * `no-shell`: the image has none; `as-arguments`: the program of ENTRYPOINT is handed the shell call;
   * `ends-arguments`: ENTRYPOINT drops CMD; `signals`: the shell stays process 1 and hands no signal on; `perhaps`: it
   * does so with some shells; `harmless`: nothing is lost, or nothing starts with it.
   */
  readonly costs: 'no-shell' | 'as-arguments' | 'ends-arguments' | 'signals' | 'perhaps' | 'harmless';
  /** `["sh", "-c", "…"]`: the shell is asked for by name. */
  readonly writtenOut?: true;
  /** SHELL says which one runs it. */
  readonly chosenShell: boolean;
  /** The program or the CMD that it costs something. */
  readonly victim?: Located & { readonly name: string };
}

/** What is meant as a JSON array and is none has a rule of its own, and so has a call in quotes, which starts nothing. */
export function* shellFormStarts(build: Build): Iterable<ShellFormStart> {
  for (const stage of build.stages)
    for (const step of ownSteps(stage)) {
      const { instruction } = step;
      if (instruction.keyword !== 'CMD' && instruction.keyword !== 'ENTRYPOINT') continue;
      const writtenOut = instruction.form === 'exec' ? shellWrittenOut(instruction, build) : undefined;
      if (writtenOut !== undefined) yield writtenOut;
      if (instruction.form !== 'shell' || instruction.line.text.trim() === '') continue;
      if (brokenArray(instruction) !== undefined || quotedStarts(build).has(instruction)) continue;
      const target = build.targets.find(({ result }) => starts(instruction, result.cmd, result.entrypoint));
      const chosenShell = step.before.shell !== chainOf(stage)[0]?.steps[0]?.before.shell;
      const cost = target === undefined ? { costs: 'harmless' as const } : costOf(instruction, target, build);
      yield { span: instruction.keywordSpan, instruction, chosenShell, ...cost };
    }
}

const quotedStarts: (build: Build) => ReadonlySet<CommandInstruction> = remembered(
  (build) => build.targets,
  (build) => new Set([...wordsInOne(build)].map(({ instruction }) => instruction)),
);

/** `["sh", "-c", "…"]` on an image whose sh certainly stays in front of the program. */
function shellWrittenOut(instruction: CommandInstruction, build: Build): ShellFormStart | undefined {
  const [shell, flag, script] = instruction.exec;
  if (instruction.keyword === 'SHELL' || !/^(?:\/bin\/)?(?:da)?sh$/.test(shell?.text ?? '')) return undefined;
  if (script === undefined || !/^-[a-z]*c$/.test(flag?.text ?? '')) return undefined;
  const target = build.targets.find(({ result }) => starts(instruction, result.cmd, result.entrypoint));
  if (target === undefined || isWindows(target)) return undefined;
  const { cmd, entrypoint } = target.result;
  // Behind an entrypoint of another kind nothing is known of process 1.
  if (instruction.keyword === 'CMD' && entrypoint !== undefined) return undefined;
  const own = instruction.keyword === 'CMD' ? cmd : entrypoint;
  const inner = own?.script.commands[0]?.inner;
  if (own === undefined || inner === undefined || inner.commands.some(trapsOrWaits)) return undefined;
  if (signalCost({ ...own, script: inner }, target, build) !== 'signals') return undefined;
  return { span: script.span, instruction, costs: 'signals', chosenShell: false, writtenOut: true };
}

/** A script that looks after its children itself. */
const trapsOrWaits = ({ words: [first] }: ShellCommand): boolean => first?.text === 'trap' || first?.text === 'wait';

const starts = (instruction: CommandInstruction, ...commands: readonly (StartCommand | undefined)[]): boolean =>
  commands.some((command) => command?.instruction === instruction);

type Cost = Pick<ShellFormStart, 'costs' | 'victim'>;

function costOf(instruction: CommandInstruction, target: Stage, build: Build): Cost {
  const { cmd, entrypoint } = target.result;
  const own = instruction.keyword === 'CMD' ? cmd : entrypoint;
  if (own === undefined || isWindows(target)) return { costs: 'harmless' };
  if (lacksShell(target, target.result)) return { costs: 'no-shell' };
  if (instruction.keyword === 'CMD' && entrypoint?.instruction.form === 'exec') {
    const [name] = entrypoint.words;
    if (name !== undefined && interpreters.has(baseName(name)))
      return { costs: 'as-arguments', victim: { ...entrypoint, name } };
  }
  if (instruction.keyword === 'ENTRYPOINT' && cmd !== undefined)
    return { costs: 'ends-arguments', victim: { span: cmd.span, name: 'CMD' } };
  return { costs: signalCost(own, target, build) };
}

/** They take the words for a script of theirs; of other programs it is not known what they make of them. */
const interpreters: ReadonlySet<string> = new Set(
  'node nodejs deno bun python python3 ruby perl php java dotnet npm npx yarn pnpm nginx'.split(' '),
);

function isWindows(target: Stage): boolean {
  const base = chainOf(target)[0]?.base;
  return base?.kind === 'image' && base.facts?.os === 'windows';
}

/** `exec node server.js`, in whichever branch; without a program it changes only where output goes. */
const makesWay = ({ words: [first, program] }: ShellCommand): boolean =>
  first?.text === 'exec' && program !== undefined;

function signalCost(own: StartCommand, target: Stage, build: Build): 'signals' | 'perhaps' | 'harmless' {
  const { commands } = own.script;
  const last = commands.at(-1);
  if (last === undefined || commands.some(makesWay) || purposeOf(target, build.path) !== 'runtime') return 'harmless';
  const program = startingProgram(target);
  const manager = program?.invocation?.operation;
  if (manager === 'run' || manager === 'exec' || isPrompt(last.effective.map(({ text }) => text))) return 'harmless';
  const base = chainOf(target)[0]?.base;
  if (base?.kind !== 'image') return 'perhaps';
  const alone = commands.length === 1 && last.scope.length === 0 && last.redirects.length === 0;
  switch (shellMakesWay(base.reference.familiar, base.openTag === true ? undefined : base.facts)) {
    case 'yes':
      return alone ? 'harmless' : 'perhaps';
    case 'no':
      return 'signals';
    case 'unknown':
      return 'perhaps';
  }
}
