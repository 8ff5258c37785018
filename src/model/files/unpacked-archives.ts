/** Archives of the build context that COPY brings in packed, and a RUN unpacks. */
import { decompressCall, unpackCall } from '../../knowledge/index.ts';
import type { Build, Command, CopyInstruction, Located, Step } from '../build.ts';
import { chainOf } from '../query.ts';
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
    for (const step of stage.steps)
      for (const command of step.commands) {
        const path = command.runs === 'always' ? archiveOf(command) : undefined;
        const change = path === undefined ? undefined : step.before.rootfs.stat(path).change;
        if (path === undefined || change?.path !== path || change.content?.kind !== 'context') continue;
        const { instruction } = change.step;
        if (instruction.keyword !== 'COPY' || instruction.from !== undefined) continue;
        const at = sourceOf(instruction, change.content.path);
        if (at === undefined || found.has(at) || isReadOtherwise(path, command)) continue;
        found.add(at);
        const ships = build.targets.some((target) => chainOf(target).includes(change.step.stage));
        yield { at, path, command, ships };
      }
}

/** The word that names the archive, not a folder that it lies in. */
const sourceOf = ({ sources }: CopyInstruction, path: string): Located | undefined =>
  sources.find(({ text }) => text !== undefined && baseName(text) === baseName(path)) ??
  sources.find(({ text }) => text === undefined && sources.length === 1);

/** The file that is unpacked, absolute: named, given as input, written into the pipe, or decompressed beforehand. */
function archiveOf(command: Command): string | undefined {
  const call = unpackCall([command.name, ...command.arguments]);
  if (call === undefined || command.workdir === undefined) return undefined;
  const named = call.archive ?? inputOf(command);
  if (named === undefined) return undefined;
  const path = resolve(command.workdir, named);
  return decompressedIn(command.step, command, path) ?? path;
}

function inputOf({ shell, step }: Command): string | undefined {
  const redirect = shell.redirects.find(({ operator, fd }) => operator === '<' && (fd ?? 0) === 0);
  if (redirect !== undefined) return redirect.target.text;
  const before = step.commands.findLast(
    (each) => each.shell.pipeline === shell.pipeline && each.shell.index < shell.index,
  );
  const call = before === undefined ? undefined : decompressCall([before.name, ...before.arguments]);
  return call?.files.length === 1 && !call.inPlace ? call.files[0] : undefined;
}

/** `gunzip mirror.tar.gz` before `tar xf mirror.tar`. */
function decompressedIn(step: Step, until: Command, path: string): string | undefined {
  for (const command of step.commands) {
    if (command === until) return undefined;
    const call = decompressCall([command.name, ...command.arguments]);
    const { workdir } = command;
    if (call?.inPlace !== true || workdir === undefined) continue;
    const packed = call.files.map((file) => resolve(workdir, file)).find((file) => file.replace(/\.\w+$/, '') === path);
    if (packed !== undefined) return packed;
  }
  return undefined;
}

/** Another command names the file, which checks it or needs it as it is. */
const isReadOtherwise = (path: string, { step }: Command): boolean =>
  step.stage.steps
    .flatMap(({ commands }) => commands)
    .some(
      (command) =>
        !/^(?:rm|ls|test|\[|chown|chmod|echo)$/.test(command.name ?? '') &&
        unpackCall([command.name, ...command.arguments]) === undefined &&
        decompressCall([command.name, ...command.arguments]) === undefined &&
        command.arguments.some((word) => word?.includes(baseName(path))),
    );
