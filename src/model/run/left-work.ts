/** What a RUN starts in the background and does not wait for. */
import { buildCall, doesTheWork, readInvocation } from '../../knowledge/index.ts';
import type { Located } from '../../syntax/index.ts';
import { commandTitle } from './command-title.ts';
import { perRun, type WrittenCommand, type WrittenRun } from './written-runs.ts';

export interface LeftWork extends Located {
  readonly name: string;
  /**
   * `cut`: the RUN ends at once, and stops it; `unheard`: nobody waits for it, so that it may be cut off, and its failure
   * is lost; `forgotten`: `wait` without a process waits for it, and succeeds however it has ended.
   */
  readonly outcome: 'cut' | 'unheard' | 'forgotten';
  /** The `wait`, or the command with which the RUN ends. */
  readonly last?: Located;
}

/** The first of each RUN. */
export const leftWork = perRun<LeftWork>(function* (run) {
  const { script, commands } = run;
  if (script.interpreter !== 'posix' || script.fault !== undefined) return;
  if (!commands.some(({ shell }) => shell.background) || commands.some(asksForEach)) return;
  const found = judge(run);
  if (found !== undefined) yield found;
});

function judge({ commands }: WrittenRun): LeftWork | undefined {
  const last = commands.findLastIndex(({ shell }) => shell.background);
  const rest = commands.slice(last + 1).filter(({ shell }) => shell.within === undefined);
  const waits = rest.find(({ name }) => name === 'wait');
  const work = commands.find((command) => command.shell.background && isWork(command));
  if (waits !== undefined) return work === undefined ? undefined : described(work, 'forgotten', waits);
  const final = rest.at(-1);
  const isLeft = rest.every(({ name }) => idle.has(name));
  const first = work ?? commands.find(({ shell, name }) => shell.background && name !== undefined);
  if (isLeft) return first === undefined ? undefined : described(first, 'cut', final);
  return work === undefined ? undefined : described(work, 'unheard', final);
}

function described(command: WrittenCommand, outcome: LeftWork['outcome'], last: Located | undefined): LeftWork {
  return {
    span: command.span,
    name: commandTitle(command) ?? '',
    outcome,
    ...(last === undefined ? {} : { last: { span: last.span } }),
  };
}

const idle: ReadonlySet<string | undefined> = new Set(['true', ':', 'echo', 'printf', 'exit', 'sleep', 'disown']);

/** It waits for a process by its number, or ends or fetches one itself. */
const asksForEach = ({ name, arguments: words }: WrittenCommand): boolean =>
  /^(?:kill|pkill|killall|fg|jobs|trap|coproc|wait-on|wait-for-it(?:\.sh)?)$/.test(name ?? '') ||
  (name === 'wait' && words.length > 0);

/** What an image is built for, and no server that later commands of the RUN talk to. */
function isWork({ name = '', arguments: words }: WrittenCommand): boolean {
  const call = [name, ...words];
  if (buildCall(call, readInvocation(call)) !== undefined) return true;
  const task = words.find((word) => word !== undefined && !word.startsWith('-'));
  return doesTheWork(name, words) && task !== undefined && !/^(?:run|exec|start|serve|test|watch|dev)$/.test(task);
}
