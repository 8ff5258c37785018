/** What comes from outside: curl, wget, git clone and ADD, with the commands around them. */
import {
  type FetchCall,
  fetchCall,
  isLocal,
  isRemoteSource,
  mayFetch,
  type RemoteAddress,
  readAddress,
} from '../../knowledge/index.ts';
import {
  commandName,
  commandStates,
  type ShellCommand,
  type ShellWord,
  simpleCommands,
  type Word,
} from '../../syntax/index.ts';
import type { Build, CopyInstruction, Located, Step, Value } from '../build.ts';
import { remembered } from '../remembered.ts';
import { settingOf, variablesOf } from '../state/environment.ts';
import { isOpenBase } from '../state/image-state.ts';
import { renderWord, unknownText } from '../state/unknown-text.ts';
import { outlineAt } from '../state/word-values.ts';
import { perRun } from './written-runs.ts';

/** A command of a RUN, its words as far as they are known. */
export interface ReadCommand {
  readonly shell: ShellCommand;
  readonly name?: string;
  /** The words after the name, U+FFFC for what is not known in them. */
  readonly words: readonly string[];
  readonly directory?: string;
}

/** Something that is fetched; its place is the address. */
export interface Fetch extends Located {
  readonly step: Step;
  readonly by: FetchCall['by'] | 'ADD';
  /** With U+FFFC for what is not known of it. */
  readonly url: string;
  readonly address: RemoteAddress;
  readonly word: ShellWord | Word;
  /** The file or folder as written, `-` for standard output; absent where not known. */
  readonly output?: string;
  /** git: the branch or tag that is asked for. */
  readonly revision?: string;
  /** ADD. */
  readonly instruction?: CopyInstruction;
  /** curl, wget and git: the command, and all those of its RUN in the order of its script. */
  readonly command?: ReadCommand;
  readonly commands: readonly ReadCommand[];
}

/** Every fetch of the file, in its order; what is asked of the machine itself is none. */
export const fetchesIn: (build: Build) => readonly Fetch[] = remembered(
  (build) => build.stages,
  (build) => [...findFetches(build)],
);

function* findFetches(build: Build): Iterable<Fetch> {
  yield* fetchesOfRuns(build);
  for (const stage of build.stages)
    for (const step of stage.steps) if (step.instruction.keyword === 'ADD') yield* added(step.instruction, step, build);
}

const fetchesOfRuns = perRun<Fetch>(({ step, commands, script }) =>
  commands.some(({ name }) => mayFetch(name)) ? inRun(step, readCommands(step, script)) : [],
);

/** The commands of a script and of those inside it, with what is known of their words. */
export function readCommands(step: Step, script: NonNullable<Step['script']>): readonly ReadCommand[] {
  const read: ReadCommand[] = [];
  const variables = variablesOf(step.before, isOpenBase(step.stage.base));
  for (const { command: shell, directory, lookup } of commandStates(
    simpleCommands(script),
    step.before.workdir,
    variables,
    undefined,
  )) {
    if (shell.index === -1) continue;
    const name = commandName(shell);
    read.push({
      shell,
      ...(name === undefined ? {} : { name }),
      words: shell.effective.slice(1).map((word) => renderWord(word, lookup)),
      ...(directory === undefined ? {} : { directory }),
    });
  }
  return read;
}

function* inRun(step: Step, commands: readonly ReadCommand[]): Iterable<Fetch> {
  for (const command of commands) {
    const { name, words, shell } = command;
    if (name === undefined || !mayFetch(name)) continue;
    const call = fetchCall(name, words);
    if (call === undefined) continue;
    const redirected = shell.redirects.find(({ operator, fd }) => /^>[>|]?$/.test(operator) && (fd ?? 1) === 1);
    const firstAt = new Map(words.map((word, at) => [word, at + 1] as const).reverse());
    for (const [at, url] of call.urls.entries()) {
      const address = isLocal(url) ? undefined : readAddress(call.by === 'git' ? gitAddress(url) : url);
      const word = shell.effective[firstAt.get(url) ?? 0];
      if (address === undefined || word === undefined) continue;
      const named = call.outputs[at] ?? call.outputs[0];
      const output = named === '-' && redirected !== undefined ? redirected.target.text : named;
      yield {
        span: word.span,
        step,
        by: call.by,
        url,
        address,
        word,
        command,
        commands,
        ...(output === undefined || output.includes(unknownText) ? {} : { output }),
        ...(call.revision === undefined ? {} : { revision: call.revision }),
      };
    }
  }
}

/** `git@host:owner/name` is `ssh://git@host/owner/name`; a path of the build is no address. */
const gitAddress = (source: string): string =>
  source.includes('://') ? source : source.replace(/^([\w.-]+@[\w.-]+):\/?/, 'ssh://$1/').replace(/^[./].*/, '');

function* added(instruction: CopyInstruction, step: Step, build: Build): Iterable<Fetch> {
  for (const word of instruction.sources) {
    const url = outlineAt(word, step, build);
    const address = isRemoteSource(url) ? readAddress(gitAddress(url)) : undefined;
    if (address !== undefined)
      yield { span: word.span, step, by: 'ADD', url, address, word, instruction, commands: [] };
  }
}

/** The variable in an address, or in the words of a clone, that has a text, as an ENV or ARG gives it. */
export function bringing({ step, word, command, by }: Fetch, text: string): Value | undefined {
  const words = by === 'git' ? (command?.shell.effective ?? []) : [word];
  return words
    .flatMap((each) => ('references' in each ? each.references : namesIn(each)))
    .map((name) => settingOf(name, step.before))
    .find((value) => value?.text?.includes(text) === true);
}

const namesIn = ({ parts }: ShellWord): readonly string[] =>
  parts.flatMap((part) => (part.kind === 'parameter' ? [part.name] : []));

/** The command at the end of the pipe that a fetch is written into. */
export function pipedInto({ command, commands, output }: Fetch): ReadCommand | undefined {
  const piped = command?.shell.piped;
  if (piped === undefined || command === undefined || (output !== '-' && output !== '/dev/stdout')) return undefined;
  return commands.find(
    ({ shell, name }) =>
      name !== 'cd' &&
      shell.piped?.by === piped.by &&
      shell.piped.member > piped.member &&
      shell.piped.member === piped.by.members - 1,
  );
}
