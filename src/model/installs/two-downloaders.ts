/** Stages that download with curl as well as with wget, where one of them is installed for that. */
import type { Build, Command, Located, Stage } from '../build.ts';
import { chainOf } from '../query.ts';
import { anyPackageCallOf } from '../run/command-calls.ts';
import { writtenCommands } from '../run/written-commands.ts';

export type Downloader = 'curl' | 'wget';

export interface SecondDownloader {
  readonly name: Downloader;
  /** The word that calls it. */
  readonly at: Located;
  readonly other: Downloader;
  /** The first call of the other one. */
  readonly otherAt: Located;
  /** Where packages of the two are installed, to stay in the image or not. */
  readonly installs: readonly Located[];
  /** Both are, and none is removed by the instruction that installs it. */
  readonly bothStay: boolean;
  /** The calls of both have been there before: this is one more instruction with one of them. */
  readonly again: boolean;
}

/** Instructions of a stage from the first on by which both have been called, each at the first call of one. */
export function* secondDownloaders(build: Build): Iterable<SecondDownloader> {
  const telling = new Map<Stage, Command[]>();
  for (const command of writtenCommands(build)) {
    if (command.step.instruction.keyword !== 'RUN' || !isTelling(command)) continue;
    const { stage } = command.step;
    const known = telling.get(stage);
    if (known === undefined) telling.set(stage, [command]);
    else known.push(command);
  }
  for (const stage of telling.keys()) yield* inStage(stage, telling);
}

/** It calls one of them, or may install one. */
const isTelling = ({ name, arguments: words }: Command): boolean =>
  name === 'curl' || name === 'wget' || words.some((word) => word !== undefined && /curl|wget/.test(word));

function* inStage(stage: Stage, telling: ReadonlyMap<Stage, readonly Command[]>): Iterable<SecondDownloader> {
  const commands = chainOf(stage).flatMap((each) => telling.get(each) ?? []);
  const found = (['curl', 'wget'] as const).flatMap((name) => installOf(name, commands) ?? []);
  if (found.length === 0) return;
  const installs = found.map(({ at }) => at);
  const bothStay = found.length === 2 && found.every(({ stays }) => stays);
  const first = new Map<Downloader, Command>();
  let told: Command['step'] | undefined;
  for (const command of commands) {
    const { name, step } = command;
    if (name !== 'curl' && name !== 'wget') continue;
    if (!first.has(name)) first.set(name, command);
    const other = name === 'curl' ? 'wget' : 'curl';
    const before = first.get(other);
    if (before === undefined || step === told) continue;
    const again = told !== undefined;
    told = step;
    if (step.stage === stage)
      yield { name, at: wordOf(command), other, otherAt: wordOf(before), installs, bothStay, again };
  }
}

function installOf(name: Downloader, commands: readonly Command[]): { at: Located; stays: boolean } | undefined {
  for (const command of commands) {
    const call = anyPackageCallOf(command);
    const found = call?.operation === 'install' ? call.packages.find((each) => each.name === name) : undefined;
    if (found === undefined) continue;
    const stays = !command.step.commands.some((other) => removes(other, name, call?.virtual));
    return { at: command.shell.words.find(({ text }) => text === found.written) ?? command, stays };
  }
  return undefined;
}

function removes(command: Command, name: string, group: string | undefined): boolean {
  const call = anyPackageCallOf(command);
  return call?.operation === 'remove' && call.packages.some((each) => each.name === name || each.name === group);
}

function wordOf({ shell }: Command): Located {
  const [first] = shell.effective;
  return shell.words.find(({ span }) => span === first?.span) ?? shell;
}
