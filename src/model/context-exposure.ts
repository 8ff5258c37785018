/** What a COPY of a directory of the build context brings that was not meant to come along. */
import { credentialFile } from '../knowledge/index.ts';
import type { Build, Content, FileChange, Stage, Step } from './build.ts';
import { credentialInContext } from './credential.ts';
import { isLeftOut } from './left-out.ts';
import { baseName, join, relativeTo } from './path.ts';
import { chainOf } from './query.ts';

export type StowawayKind = 'dependencies' | 'repository' | 'environment' | 'credential';

/** A file or folder of the context that a COPY takes along. */
export interface Stowaway {
  /** Relative to the context root. */
  readonly path: string;
  readonly kind: StowawayKind;
  /** Where it lands, absolute. */
  readonly destination: string;
  /** `seen`: it is there; `expected`: an install beside its package.json makes it, and nothing keeps it out. */
  readonly certainty: 'seen' | 'expected';
}

/** A COPY or ADD that takes a directory of the build context. */
export interface DirectoryTake {
  readonly step: Step;
  readonly change: FileChange;
  /** The directory, relative to the context root; `''` for the whole of it. */
  readonly path: string;
  readonly stowaways: readonly Stowaway[];
  /** A ship target that is based on the stage. */
  readonly target?: Stage;
}

/** Every COPY and ADD of a directory out of a known context, in the order of the file. */
export function* directoryTakes(build: Build): Iterable<DirectoryTake> {
  if (build.context.root === undefined) return;
  for (const stage of build.stages) {
    const target = build.targets.find((each) => chainOf(each).includes(stage));
    for (const { step, changes } of stage.layers)
      for (const change of changes) {
        const { content } = change;
        if (content?.kind !== 'context' || content.entry !== 'directory' || change.source !== undefined) continue;
        if (step.instruction.keyword === 'RUN') continue;
        const stowaways = [...stowawaysIn(content, change.path, build)];
        yield { step, change, path: content.path, stowaways, ...(target === undefined ? {} : { target }) };
      }
  }
}

/** Folders below which is not looked: what they hold comes with them. */
const closed: ReadonlySet<string> = new Set(['node_modules', '.git']);

/** Levels and names that are looked at: workspaces keep their members one or two levels down. */
const mostLevels = 3;
const mostNames = 4_000;

function* stowawaysIn(
  content: Extract<Content, { kind: 'context' }>,
  destination: string,
  build: Build,
): Iterable<Stowaway> {
  const { context } = build;
  let budget = mostNames;
  const pending = [{ path: content.path, level: 0 }];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    const names = context.list(at.path) ?? [];
    for (const name of names) {
      budget -= 1;
      if (budget < 0) return;
      const path = join(at.path, name);
      if (isLeftOut(content.without, path) || context.ignores(path) !== false) continue;
      const directory = context.stat(path) === 'directory';
      const kind = kindOf(path, directory, build);
      const lands = join(destination, relativeTo(content.path, path) ?? '');
      if (kind !== undefined) yield { path, kind, destination: lands, certainty: 'seen' };
      if (directory && !closed.has(name) && at.level < mostLevels) pending.push({ path, level: at.level + 1 });
      const modules = join(at.path, 'node_modules');
      if (name === 'package.json' && !names.includes('node_modules') && context.ignores(modules) === false)
        if (!isLeftOut(content.without, modules))
          yield {
            path: modules,
            kind: 'dependencies',
            destination: join(destination, relativeTo(content.path, modules) ?? ''),
            certainty: 'expected',
          };
    }
  }
}

function kindOf(path: string, directory: boolean, build: Build): StowawayKind | undefined {
  const name = baseName(path);
  if (directory) return name === 'node_modules' ? 'dependencies' : name === '.git' ? 'repository' : undefined;
  const file = credentialFile(path);
  if (file === undefined) return undefined;
  if (file.kind === 'dotenv') return 'environment';
  return credentialInContext(path, build.context) === undefined ? undefined : 'credential';
}
