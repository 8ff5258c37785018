/** Whether anything compares what is fetched with what it should be. */
import { checksContent, checksWho, lastPart } from '../../knowledge/index.ts';
import type { Build, Step } from '../build.ts';
import { baseName } from '../files/path.ts';
import { remembered } from '../remembered.ts';
import { type Fetch, type ReadCommand, readCommands } from './fetches.ts';
import { type WrittenRun, writtenRuns } from './written-runs.ts';

/** A checksum or signature is checked: in the RUN itself from there on, or in another one that names the file. */
export function isVerified(fetch: Fetch, build: Build): boolean {
  const { instruction, commands, command, step } = fetch;
  if (instruction?.flags.some(({ name }) => name === 'checksum') === true) return true;
  const from = command === undefined ? 0 : placeOf(commands, command);
  if (lastCheck(commands) >= from) return true;
  const file = fileOf(fetch);
  return file !== undefined && checkElsewhere(file, step, build) !== undefined;
}

/** The other RUN that checks what bears this name. */
export const checkElsewhere = (file: string, step: Step, build: Build): Step | undefined =>
  checkedNames(build)
    .get(file)
    ?.find((each) => each !== step);

/** The place of the last command that checks something; -1 where none does. */
const lastCheck: (commands: readonly ReadCommand[]) => number = remembered(
  (commands) => commands,
  (commands) => commands.findLastIndex(isCheck),
);

/** The place of a command among those of its RUN. */
export const placeOf = (commands: readonly ReadCommand[], command: ReadCommand): number =>
  placesIn(commands).get(command) ?? -1;

const placesIn: (commands: readonly ReadCommand[]) => ReadonlyMap<ReadCommand, number> = remembered(
  (commands) => commands,
  (commands) => new Map(commands.map((command, place) => [command, place])),
);

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

/** The names in the words of the RUNs that check something: what a sum is compared with may come through a pipe. */
const checkedNames: (build: Build) => ReadonlyMap<string, readonly Step[]> = remembered(
  (build) => build.stages,
  (build) => {
    const found = new Map<string, Step[]>();
    for (const run of writtenRuns(build))
      for (const name of namesCheckedIn(run)) {
        const steps = found.get(name);
        if (steps === undefined) found.set(name, [run.step]);
        else steps.push(run.step);
      }
    return found;
  },
);

const namesCheckedIn: (run: WrittenRun) => ReadonlySet<string> = remembered(
  (run) => run,
  ({ step, script, commands }) => {
    const read = commands.some(({ name }) => checksContent(name, undefined)) ? readCommands(step, script) : [];
    return new Set(read.some(isCheck) ? read.flatMap(namesIn) : []);
  },
);

/** The sum of a file is called after it. */
const sumOf = /\.(?:sha\d*(?:sums?)?|md5(?:sum)?|asc|sig|minisig|pem|bundle|digest)(?:\.txt)?$/;

const namesIn = ({ words, shell }: ReadCommand): readonly string[] =>
  [...words, ...shell.redirects.map(({ heredoc, target }) => heredoc?.raw ?? target.raw)]
    .flatMap((word) => word.split(/[\s/*"'=()\\]+/))
    .flatMap((name) => (sumOf.test(name) ? [name, name.replace(sumOf, '')] : [name]));
