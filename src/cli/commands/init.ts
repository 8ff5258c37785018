/** `dflint init`: a first configuration, with comments, after a look at the project. */
import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { rules } from '../../../rules/index.ts';
import { fromHadolint, type MigratedConfig } from '../../config/hadolint-config.ts';
import { readYamlConfig } from '../../config/read-yaml.ts';
import { engineRules } from '../../engine/engine-rules.ts';
import { harmless } from '../../report/harmless.ts';
import { configIn, nearestHadolintConfig } from '../config/find.ts';
import { type FoundProject, initialConfigText } from '../config/initial-config.ts';
import { diskTree } from '../disk-tree.ts';
import { createProgram, parseProgram } from '../program.ts';
import { openProjects } from '../project.ts';
import { isDockerfileName } from '../read.ts';
import type { Surroundings } from '../surroundings.ts';

const outputName = 'dflint.config.json';

const notes = `
Looks at what is here: the configuration of hadolint, Dockerfiles and what
builds them, .dockerignore. Nothing is overwritten.

Examples:
  dflint init                     write dflint.config.json
  dflint init --print             look at it first

Exit status:
  0  the configuration is written, or printed
  2  wrong usage, there is one already, or it cannot be written`;

export async function init(argv: readonly string[], world: Surroundings): Promise<0 | 2> {
  const program = createProgram('dflint init', world)
    .description(`Write ${outputName}, with comments, into this folder.`)
    .option('--print', 'print it instead')
    .addHelpText('after', notes);
  const ended = parseProgram(program, argv, world);
  if (ended !== undefined) return ended;
  const { print = false } = program.opts<{ print?: boolean }>();
  const there = configIn(world.cwd, diskTree);
  if (there !== undefined && !print)
    return fail(`${relative(world.cwd, there.path)} is there already; nothing is overwritten`, world);
  const found = await lookAround(world);
  if (found === undefined) return 2;
  const text = initialConfigText(found);
  if (print) {
    world.out(text);
    return 0;
  }
  try {
    writeFileSync(join(world.cwd, outputName), text, { flag: 'wx' });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return fail(
      code === 'EEXIST'
        ? `${outputName} is there already; nothing is overwritten`
        : `${outputName}: cannot be written${code === '' ? '' : ` (${code})`}`,
      world,
    );
  }
  world.out(`${outputName} is written\n`);
  if (found.hadolint !== undefined)
    world.out(
      `it says what ${found.hadolint.path} says, which dflint no longer reads; dflint migrate --write FILE rewrites comments\n`,
    );
  for (const each of found.hadolint?.migrated.leftOut ?? []) world.out(`left out: ${harmless(each)}\n`);
  if (found.dockerfiles.length > 0 && !found.hasDockerignore)
    world.out('there is no .dockerignore: all that is in the build context goes to the builder\n');
  return 0;
}

/** Undefined when the configuration of hadolint cannot be taken over, which has been said then. */
async function lookAround(world: Surroundings): Promise<FoundProject | undefined> {
  const names = diskTree.entries(world.cwd) ?? [];
  const dockerfiles = names.filter((name) => isDockerfileName(name) && diskTree.kind(join(world.cwd, name)) === 'file');
  const projectOf = openProjects(undefined, world);
  const targets = new Map<string, string>();
  for (const name of dockerfiles) {
    const { evidence } = await projectOf({ path: name, location: join(world.cwd, name), text: '' });
    for (const { target, purpose } of evidence.calls)
      if (typeof target !== 'string' && purpose !== 'development' && purpose !== 'test' && !targets.has(target.name))
        targets.set(target.name, `${target.at.elsewhere.path}:${target.at.span.line}`);
  }
  const hadolint = takeHadolint(world);
  if (hadolint === 'refused') return undefined;
  return {
    dockerfiles,
    targets,
    hasDockerignore: names.some((name) => name === '.dockerignore' || name.endsWith('.dockerignore')),
    isInstalled: diskTree.kind(join(world.cwd, 'node_modules/dflint/package.json')) === 'file',
    ...(hadolint === undefined ? {} : { hadolint }),
  };
}

function takeHadolint(
  world: Surroundings,
): { readonly path: string; readonly migrated: MigratedConfig } | 'refused' | undefined {
  const path = nearestHadolintConfig(world.cwd);
  if (path === undefined) return undefined;
  const shown = harmless(relative(world.cwd, path));
  const text = diskTree.read(path);
  const document = text === undefined ? undefined : readYamlConfig(text);
  const migrated =
    document === undefined || 'message' in document
      ? undefined
      : fromHadolint(document.value, [...rules, ...engineRules]);
  if (migrated !== undefined) return { path: shown, migrated };
  fail(`${shown}: hadolint would not take this configuration; mend or remove it first`, world);
  return 'refused';
}

function fail(message: string, world: Surroundings): 2 {
  world.err(`dflint: ${harmless(message)}\n`);
  return 2;
}
