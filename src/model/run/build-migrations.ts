/** Commands of a build that migrate a database which runs elsewhere. */
import {
  bringsDatabase,
  databaseOf,
  type Migration,
  manifestScript,
  migration,
  type ScriptCall,
} from '../../knowledge/index.ts';
import type { Build, Command } from '../build.ts';
import { textAt } from '../files/context-text.ts';
import { join } from '../files/path.ts';
import { firstOfStage } from '../per-stage.ts';
import { surelyEndsTheBuild, wordsOf } from '../query.ts';
import { calledScript, callsOfScript } from './called-project.ts';

export interface BuildMigration {
  readonly command: Command;
  readonly migration: Migration;
  /** What the script of package.json runs, where one is called. */
  readonly script?: string;
}

/** The first of each stage, of projects whose packages tell that their database is no file. */
export const buildMigrations = firstOfStage(migrates);

function migrates(command: Command, build: Build): BuildMigration | undefined {
  const { step, workdir } = command;
  const called = calledScript(command, build);
  const folder = called?.folder ?? workdir;
  const direct = migration(wordsOf(command));
  if ((direct === undefined && called === undefined) || folder === undefined || !surelyEndsTheBuild(command))
    return undefined;
  const { rootfs } = step.before;
  const manifest = textAt(join(folder, 'package.json'), rootfs, build);
  if (manifest === undefined) return undefined;
  const script = called === undefined ? undefined : (manifestScript(manifest, called.script) ?? undefined);
  const found = direct ?? migrationIn(callsOfScript(command, build) ?? []);
  if (found === undefined || step.commands.some(({ name }) => name !== undefined && bringsDatabase(name)))
    return undefined;
  const schema = textAt(join(folder, 'prisma/schema.prisma'), rootfs, build);
  if (databaseOf(manifest, schema) === undefined) return undefined;
  return { command, migration: found, ...(direct === undefined && script !== undefined ? { script } : {}) };
}

/** The first of a script's calls, where nothing is asked before it. */
function migrationIn(calls: readonly ScriptCall[]): Migration | undefined {
  for (const { words, decides, hook, elsewhere } of calls) {
    const found = decides && !hook && !elsewhere ? migration(words) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}
