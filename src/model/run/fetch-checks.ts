/** Whether anything compares what is fetched with what it should be. */
import { checksContent, checksWho, lastPart } from '../../knowledge/index.ts';
import type { Build } from '../build.ts';
import { baseName } from '../files/path.ts';
import { remembered } from '../remembered.ts';
import { type Fetch, type ReadCommand, readCommands } from './fetches.ts';
import { type WrittenRun, writtenRuns } from './written-runs.ts';

/** A checksum or signature is checked: in the RUN itself from there on, or in another one that names the file. */
export function isVerified(fetch: Fetch, build: Build): boolean {
  const { instruction, commands, command, step } = fetch;
  if (instruction?.flags.some(({ name }) => name === 'checksum') === true) return true;
  const from = command === undefined ? 0 : commands.indexOf(command);
  if (commands.slice(from).some(isCheck)) return true;
  const file = fileOf(fetch);
  if (file === undefined) return false;
  return checksIn(build).some(({ run, named }) => run.step !== step && named.some((word) => word.includes(file)));
}

/** A program that knows signatures is called in its RUN. */
export const checksSignature = ({ commands }: Fetch): boolean => commands.some(({ name }) => checksWho(name));

/** The last part of what it is stored as. */
export const fileOf = ({ output, address, instruction }: Fetch): string | undefined => {
  const named =
    output ?? (instruction?.destination.text?.endsWith('/') === false ? instruction.destination.text : address.path);
  const file = named === '-' ? '' : baseName(lastPart(named));
  return file === '' || file.includes('\uFFFC') ? undefined : file;
};

const isCheck = ({ name, words }: ReadCommand): boolean => checksContent(name, words);

interface CheckingRun {
  readonly run: WrittenRun;
  /** The words of all its commands: what a sum is compared with may come out of another one through a pipe. */
  readonly named: readonly string[];
}

/** The RUNs that check something. */
const checksIn: (build: Build) => readonly CheckingRun[] = remembered(
  (build) => build.stages,
  (build) =>
    writtenRuns(build)
      .filter(({ commands }) => commands.some(({ name }) => checksContent(name, undefined)))
      .map((run) => ({ run, named: readCommands(run.step, run.script).flatMap(wordsOf) })),
);

const wordsOf = ({ words, shell }: ReadCommand): readonly string[] => [
  ...words,
  ...shell.redirects.map(({ heredoc, target }) => heredoc?.raw ?? target.raw),
];
