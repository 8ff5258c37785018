/** Programs that are taken from a folder into which no build of theirs has written. */
import type { Word } from '../../syntax/index.ts';
import type { Build, Command, Stage } from '../build.ts';
import { isGlob } from '../files/path.ts';
import { chainOf, stageNamedBy } from '../query.ts';
import { cargoOutputOf } from '../run/command-calls.ts';
import { evaluate, variablesOf } from '../state/environment.ts';

export interface OtherOutput {
  readonly word: Word;
  readonly stage: Stage;
  /** The folder that the path names, below `target`. */
  readonly asked: string;
  /** Where the build writes. */
  readonly writes: string;
  readonly command: Command;
}

/** `cargo build` writes to target/debug, with --target to a folder of that name: the path names another one. */
export function* otherOutputs(build: Build): Iterable<OtherOutput> {
  for (const { from, to, via } of build.edges) {
    if (via !== 'copy' || !hasCargo(from)) continue;
    for (const { instruction, before } of to.steps) {
      if (instruction.keyword !== 'COPY' || stageNamedBy(instruction.from, to, build) !== from) continue;
      for (const word of instruction.sources) {
        const path = evaluate(word, variablesOf(before, true), build.file.escape);
        const [, asked] = /\/target\/((?:[\w-]+\/)?(?:debug|release))\/[^/]+$/.exec(path ?? '') ?? [];
        if (path === undefined || asked === undefined || isGlob(path)) continue;
        const made = madeElsewhere(asked, from, build);
        if (made !== undefined) yield { word, stage: from, asked, ...made };
      }
    }
  }
}

const hasCargo = (stage: Stage): boolean =>
  chainOf(stage).some(({ steps }) => steps.some(({ commands }) => commands.some(({ name }) => name === 'cargo')));

/** The build, where all of them write elsewhere and nothing else deals with the folder. */
function madeElsewhere(asked: string, stage: Stage, build: Build): Pick<OtherOutput, 'writes' | 'command'> | undefined {
  if (build.context.stat('.cargo/config.toml') === 'file' || build.context.stat('.cargo/config') === 'file')
    return undefined;
  let last: Pick<OtherOutput, 'writes' | 'command'> | undefined;
  for (const { steps, result } of chainOf(stage)) {
    if ([...result.env.keys(), ...result.args.keys()].some((name) => /^CARGO_(?:BUILD_|TARGET_DIR)/.test(name)))
      return undefined;
    for (const { instruction, commands } of steps) {
      if (instruction.keyword === 'COPY' && instruction.sources.some(({ raw }) => /target|\.cargo/.test(raw)))
        return undefined;
      for (const command of commands) {
        const { name, arguments: words, shell } = command;
        const writes = cargoOutputOf(command);
        if (writes === asked || writes === 'unknown') return undefined;
        if (shell.environment.some((each) => each.name.startsWith('CARGO_'))) return undefined;
        if (writes !== undefined) last = { writes, command };
        else if (name !== 'cargo' && mayDealWith(name, words)) return undefined;
      }
    }
  }
  return last;
}

/** Scripts and builds of other kinds, and whatever names the folder. */
const mayDealWith = (name: string | undefined, words: readonly (string | undefined)[]): boolean =>
  name === undefined ||
  /^(?:make|just|task|cross|trunk|npm|yarn|pnpm|bash|sh|python3?|source|\.)$|\.sh$/.test(name) ||
  words.some((word) => word === undefined || /target|release|debug|\.cargo/.test(word));
