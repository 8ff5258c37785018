/** Packages that are installed by name, in whatever version there is on the day of the build. */
import type { PackageRequest } from '../../knowledge/index.ts';
import type { ShellWord } from '../../syntax/index.ts';
import type { Build, Command, FileStat, Located, Span } from '../build.ts';
import { directoryName, join } from '../files/path.ts';
import { packageRequestOf } from '../run/command-calls.ts';
import { writtenCommands } from '../run/written-commands.ts';
import { predefinedArguments } from '../state/environment.ts';

export interface UnpinnedPackages {
  readonly command: Command;
  /** The program that gets them. */
  readonly manager: string;
  /** As written, variables expanded. */
  readonly packages: readonly string[];
  /** The first of them. */
  readonly first: Located;
}

/** Each call that names packages without a version; the rounds of a loop are one. */
export function* unpinnedPackages(build: Build): Iterable<UnpinnedPackages> {
  const found = new Map<Span, UnpinnedPackages>();
  for (const command of writtenCommands(build)) {
    const { name: program, invocation } = command;
    const request =
      invocation === undefined ? packageRequestOf({ name: program, arguments: wordsOf(command) }) : undefined;
    const [name] = request?.unpinned ?? [];
    if (request === undefined || name === undefined || hasVersions(command, request)) continue;
    const known = found.get(command.span);
    const packages = [...new Set([...(known?.packages ?? []), ...request.unpinned])];
    const { words } = command.shell;
    const written = words.find(({ text }) => text === name) ?? words.find(({ text }) => text === undefined);
    const first = known?.first ?? written ?? command;
    found.set(command.span, { command, manager: request.manager, packages, first });
  }
  yield* found.values();
}

/** The arguments; a name of which only the platform is not known, which is no version, keeps the variable for it. */
function wordsOf({ arguments: known, shell: { effective } }: Command): readonly (string | undefined)[] {
  if (effective.length !== known.length + 1 || !known.includes(undefined)) return known;
  return known.map((text, at) => text ?? effective.slice(at + 1, at + 2).map(nameForPlatforms)[0]);
}

function nameForPlatforms({ parts }: ShellWord): string | undefined {
  let name = '';
  for (const part of parts) {
    if (part.kind === 'literal') name += part.text;
    else if (part.kind === 'parameter' && part.operator === undefined && predefinedArguments.has(part.name))
      name += `\${${part.name}}`;
    else return undefined;
  }
  return parts.some(({ kind }) => kind === 'literal') ? name : undefined;
}

/** A go.mod that is or may be there says the version, and sources below GOPATH are the program itself. */
function hasVersions({ step, workdir }: Command, { manager, unpinned, unless }: PackageRequest): boolean {
  if (manager !== 'go') return false;
  const { rootfs, env } = step.before;
  const sources = join(env.get('GOPATH')?.text ?? '/go', 'src');
  const isHere = (path: string): boolean => brings(rootfs.stat(join(sources, path.split('/').slice(0, 3).join('/'))));
  if (unpinned.every((path) => !path.includes('@') && isHere(path))) return true;
  if (unless === undefined) return false;
  if (workdir === undefined) return true;
  for (let at = workdir; at.length > 1; at = directoryName(at)) {
    const found = rootfs.stat(join(at, unless));
    if (brings(found) || (found.change === undefined && found.presence === 'unknown' && found.fromBase !== true))
      return true;
  }
  return false;
}

/** An instruction puts it there, or may; what builds and installs leave behind are not sources. */
const brings = ({ presence, change }: FileStat): boolean =>
  presence !== 'absent' &&
  change !== undefined &&
  change.content?.kind !== 'dependencies' &&
  !(change.content?.kind === 'output' && change.content.makes === 'build-output');
