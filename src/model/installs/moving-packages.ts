/** Packages that npm, yarn, pnpm or bun is told by name to install, in whatever version there is on the day of the build. */
import { type Invocation, isManagerPackage, packageWord } from '../../knowledge/index.ts';
import type { Build, Command, Located } from '../build.ts';
import { isJudged } from '../query.ts';
import { remembered } from '../remembered.ts';
import { writtenCommands } from '../run/written-commands.ts';

export interface MovingPackages {
  readonly command: Command;
  readonly call: Invocation;
  /** `manager`: a package manager itself; `tool`: for everybody, beside all projects; `dependency`: into a project. */
  readonly kind: 'manager' | 'tool' | 'dependency';
  /** As written, variables expanded. */
  readonly packages: readonly string[];
  /** The first of them. */
  readonly first: Located;
}

/** One for each call and kind, in the order of the file; the rounds of a loop are one. */
export function* movingPackages(build: Build): Iterable<MovingPackages> {
  for (const moving of allPackages(build)) if (isJudged(build, moving.command.step.stage)) yield moving;
}

const allPackages: (build: Build) => readonly MovingPackages[] = remembered(
  (build) => build.stages,
  (build) => {
    const found = new Map<string, MovingPackages>();
    for (const command of writtenCommands(build, build.stages)) addCalls(command, found);
    return [...found.values()];
  },
);

/** What a call names without a version. */
const movingIn: (call: Invocation) => readonly { readonly written: string; readonly name: string | undefined }[] =
  remembered(
    (call) => call,
    ({ packages }) =>
      packages.flatMap((written) => {
        const named = packageWord(written);
        return named?.version === 'moving' ? [{ written, name: named.name }] : [];
      }),
  );

function addCalls(command: Command, found: Map<string, MovingPackages>): void {
  const call = command.invocation;
  if (call === undefined || (call.operation !== 'add' && !(call.global && call.operation === 'install'))) return;
  const packagesOf = new Map<string, Set<string>>();
  for (const { written, name } of movingIn(call)) {
    const kind = !call.global ? 'dependency' : isManagerPackage(name) ? 'manager' : 'tool';
    const key = `${command.span.line}:${command.span.column} ${kind}`;
    const known = found.get(key);
    const packages = packagesOf.get(key) ?? new Set(known?.packages);
    packagesOf.set(key, packages.add(written));
    if (known === undefined) found.set(key, { command, call, kind, packages: [], first: wordOf(command, written) });
  }
  for (const [key, packages] of packagesOf) {
    const known = found.get(key);
    if (known !== undefined) found.set(key, { ...known, command, call, packages: [...packages] });
  }
}

/** Where a word of a command is written; the command itself where that is not known. */
export const wordOf = (command: Command, text: string): Located => {
  const { words } = command.shell;
  return words.find((word) => word.text === text) ?? words.find((word) => word.text === undefined) ?? command;
};
