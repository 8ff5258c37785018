/** Archives of the build context that COPY brings in packed, and a RUN unpacks. */
import type { Build, Command, CopyInstruction, Located, Stage } from '../build.ts';
import { targetOver } from '../query.ts';
import { remembered } from '../remembered.ts';
import { decompressCallOf, unpackCallOf } from '../run/command-calls.ts';
import { baseName, resolve } from './path.ts';

export interface UnpackedArchive {
  /** The source of COPY. */
  readonly at: Located;
  /** The file as COPY brings it. */
  readonly path: string;
  readonly command: Command;
  /** Its layer is one of the image that ships. */
  readonly ships: boolean;
}

/** Each archive that ADD would have unpacked as well, and that nothing else looks at. */
export function* unpackedArchives(build: Build): Iterable<UnpackedArchive> {
  const found = new Set<Located>();
  for (const stage of build.stages)
    for (const step of stage.steps) {
      const packed = new Map<string, string>();
      for (const [index, command] of step.commands.entries()) {
        noteDecompressed(command, packed);
        const path = command.runs === 'always' ? archiveOf(command, step.commands[index - 1], packed) : undefined;
        const change = path === undefined ? undefined : step.before.rootfs.stat(path).change;
        if (path === undefined || change?.path !== path || change.content?.kind !== 'context') continue;
        const { instruction } = change.step;
        if (instruction.keyword !== 'COPY' || instruction.from !== undefined) continue;
        const at = sourceOf(instruction, change.content.path);
        if (at === undefined || found.has(at) || isReadOtherwise(path, command)) continue;
        found.add(at);
        const ships = targetOver(build, change.step.stage) !== undefined;
        yield { at, path, command, ships };
      }
    }
}

/** The word that names the archive, not a folder that it lies in. */
const sourceOf = ({ sources }: CopyInstruction, path: string): Located | undefined =>
  sources.find(({ text }) => text !== undefined && baseName(text) === baseName(path)) ??
  sources.find(({ text }) => text === undefined && sources.length === 1);

/**
 * The file that is unpacked, absolute: named, given as input, written into the pipe by the command before, or
 * decompressed beforehand.
 */
function archiveOf(
  command: Command,
  before: Command | undefined,
  packed: ReadonlyMap<string, string>,
): string | undefined {
  const call = unpackCallOf(command);
  if (call === undefined || command.workdir === undefined) return undefined;
  const named = call.archive ?? inputOf(command, before);
  if (named === undefined) return undefined;
  const path = resolve(command.workdir, named);
  return packed.get(path) ?? path;
}

function inputOf({ shell }: Command, before: Command | undefined): string | undefined {
  const redirect = shell.redirects.find(({ operator, fd }) => operator === '<' && (fd ?? 0) === 0);
  if (redirect !== undefined) return redirect.target.text;
  if (before?.shell.pipeline !== shell.pipeline) return undefined;
  const call = decompressCallOf(before);
  return call?.files.length === 1 && !call.inPlace ? call.files[0] : undefined;
}

/** `gunzip mirror.tar.gz` before `tar xf mirror.tar`. */
function noteDecompressed(command: Command, packed: Map<string, string>): void {
  const { workdir } = command;
  const call = decompressCallOf(command);
  if (call?.inPlace !== true || workdir === undefined) return;
  for (const file of call.files.map((each) => resolve(workdir, each))) packed.set(file.replace(/\.\w+$/, ''), file);
}

/** Another command names the file, which checks it or needs it as it is. */
const isReadOtherwise = (path: string, { step }: Command): boolean =>
  wordsOfReaders(step.stage).includes(baseName(path));

/** The words of all commands that may look into a file, between line ends. */
const wordsOfReaders: (stage: Stage) => string = remembered(
  (stage) => stage.steps,
  ({ steps }) =>
    steps
      .flatMap(({ commands }) => commands)
      .filter(
        (command) =>
          !/^(?:rm|ls|test|\[|chown|chmod|echo)$/.test(command.name ?? '') &&
          unpackCallOf(command) === undefined &&
          decompressCallOf(command) === undefined,
      )
      .flatMap((command) => command.arguments)
      .join('\n'),
);
