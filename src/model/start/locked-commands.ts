/** Ship targets that start a file without the permission to be run. */
import type { Build, Command, FileChange, Located, Stage, Step } from '../build.ts';
import { isUntouched } from '../files/base-files.ts';
import { relativeTo, resolve } from '../files/path.ts';
import { chainOf } from '../query.ts';
import { launchOf } from './launch.ts';
import { programPlaces } from './program-places.ts';

export interface LockedCommand extends Located {
  readonly target: Stage;
  /** Absolute. */
  readonly path: string;
  /** What makes the file. */
  readonly origin: Located;
  /** `heredoc` of COPY, `address` that ADD downloads, `redirect` or `download` of a RUN. */
  readonly by: 'heredoc' | 'address' | 'redirect' | 'download';
}

/** Only where it is certain who makes the file, and that nobody gives it a mode. */
export function* lockedCommands(build: Build): Iterable<LockedCommand> {
  const told = new Set<Located['span']>();
  for (const target of build.targets) {
    const [command] = launchOf(target)?.commands ?? [];
    const program = command?.words[0];
    if (command?.runs !== 'always' || program === undefined || told.has(command.span)) continue;
    const path = pathOf(program, command.workdir, target);
    if (path === undefined) continue;
    const found = lockedAt(path, target);
    if (found === undefined) continue;
    told.add(command.span);
    yield { ...found, target, path, span: command.span };
  }
}

/** Where the program stands; undefined where several places may have one. */
function pathOf(program: string, workdir: string | undefined, target: Stage): string | undefined {
  if (program.startsWith('/')) return resolve('/', program);
  if (program.includes('/')) return workdir === undefined ? undefined : resolve(workdir, program);
  const places = programPlaces(program, target).filter((path) => target.result.rootfs.stat(path).change !== undefined);
  const [only] = places;
  return places.length === 1 && target.result.rootfs.stat(only ?? '').fromBase !== true ? only : undefined;
}

function lockedAt(path: string, target: Stage): Pick<LockedCommand, 'origin' | 'by'> | undefined {
  const changes: FileChange[] = [];
  const { presence, change } = target.result.rootfs.stat(path);
  for (let at = presence === 'present' ? change : undefined; at !== undefined; at = at.source) changes.push(at);
  const origin = changes.at(-1);
  if (origin === undefined || changes.some(({ runs, eitherWay }) => runs !== 'always' || eitherWay === true))
    return undefined;
  const by = makerOf(origin);
  if (by === undefined || changes[0]?.path !== path) return undefined;
  const stages = new Set([target, ...changes.map(({ step }) => step.stage)].flatMap(chainOf));
  const paths = changes.map((each) => each.path);
  return [...stages].some(({ steps }) => steps.some((step) => givesMode(step, paths))) ? undefined : { origin, by };
}

/** Undefined where the file may have been there before, or where something else may have made it. */
function makerOf({ path, step, content }: FileChange): LockedCommand['by'] | undefined {
  const { instruction, before } = step;
  if (instruction.onbuild === true || !isUntouched(before.rootfs.stat(path))) return undefined;
  if (instruction.keyword === 'COPY' || instruction.keyword === 'ADD') {
    if (instruction.chmod !== undefined) return undefined;
    if (content?.kind === 'text') return 'heredoc';
    return content?.kind === 'remote' && instruction.keyword === 'ADD' ? 'address' : undefined;
  }
  if (instruction.keyword !== 'RUN') return undefined;
  const naming = step.commands.filter((command) => names(command, path));
  const [maker] = naming;
  if (maker === undefined) return undefined;
  if (
    maker.shell.redirects.some(
      ({ operator, target }) => /^(?:>>?|>\|)$/.test(operator) && isAt(target.text, path, maker),
    )
  )
    return 'redirect';
  return maker.name === 'curl' || maker.name === 'wget' ? 'download' : maker.name === 'tee' ? 'redirect' : undefined;
}

const isAt = (word: string | undefined, path: string, { workdir }: Command): boolean =>
  word !== undefined && (word.startsWith('/') || workdir !== undefined) && resolve(workdir ?? '/', word) === path;

const names = (command: Command, path: string): boolean =>
  command.arguments.some((word) => isAt(word, path, command)) ||
  command.shell.redirects.some(({ target }) => isAt(target.text, path, command));

const modeless: ReadonlySet<string | undefined> = new Set(['install', 'setfacl', 'umask', 'rsync', 'find', 'xargs']);

/** Whether a step may make one of the files executable. */
function givesMode({ instruction, script, commands }: Step, paths: readonly string[]): boolean {
  if (instruction.keyword === 'COPY' || instruction.keyword === 'ADD')
    return instruction.chmod !== undefined && isAbove(instruction.destination.text, paths);
  if (instruction.keyword !== 'RUN') return false;
  if (commands.length === 0 && script !== undefined) return true;
  return commands.some((command) => {
    if (command.name === 'chmod') return reaches(command, paths);
    if (modeless.has(command.name)) return true;
    return command.shell.words.some(({ raw }) => raw.includes('chmod')) || command.name === undefined;
  });
}

const isAbove = (destination: string | undefined, paths: readonly string[]): boolean =>
  destination === undefined ||
  !destination.startsWith('/') ||
  paths.some((path) => relativeTo(resolve('/', destination), path) !== undefined);

/** What is not known, patterns and folders count as all that they may hold. */
const reaches = ({ arguments: words, workdir }: Command, paths: readonly string[]): boolean =>
  words.some((word) => {
    if (word === undefined || /[*?[{]/.test(word)) return true;
    if (workdir === undefined && !word.startsWith('/')) return true;
    const at = resolve(workdir ?? '/', word);
    return paths.some((path) => relativeTo(at, path) !== undefined);
  });
