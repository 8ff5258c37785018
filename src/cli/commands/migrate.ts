/** `dflint migrate`: from hadolint's configuration and comments to dflint's. */
import { dirname, join, relative, resolve } from 'node:path';
import { rules } from '../../../rules/index.ts';
import { fromHadolint } from '../../config/hadolint-config.ts';
import { migrateComments, migratedConfigText } from '../../config/migrate.ts';
import { readYamlConfig } from '../../config/read-yaml.ts';
import { engineRules } from '../../engine/engine-rules.ts';
import { harmless } from '../../report/harmless.ts';
import { configIn, nearestHadolintConfig } from '../config/find.ts';
import { openConfigs } from '../config-file.ts';
import { diskTree } from '../disk-tree.ts';
import { collectInputs } from '../inputs.ts';
import { createProgram, parseProgram } from '../program.ts';
import { openProgress } from '../progress.ts';
import { type ReadInput, readListed } from '../read.ts';
import type { Surroundings } from '../surroundings.ts';
import { writeWhole } from '../write-whole.ts';

const allRules = [...rules, ...engineRules];
const outputName = 'dflint.config.yaml';

const notes = `
Reads the nearest .hadolint.yaml upward and prints the same for dflint. With
--write, dflint.config.yaml is written beside it, and the comments of the
Dockerfiles that are named (# hadolint ignore=DL3008) become dflint's. Those of
others stay as they are, and are honoured.

Examples:
  dflint migrate                    print what the configuration becomes
  dflint migrate --write .          write it, and the comments of this folder
                                    and all below

Exit status:
  0  all of it is turned
  2  wrong usage, or a file that cannot be read or written`;

export async function migrate(argv: readonly string[], world: Surroundings): Promise<0 | 2> {
  const program = createProgram('dflint migrate', world)
    .description('Turn the configuration and the comments of hadolint into those of dflint.')
    .argument('[path...]', 'Dockerfiles whose comments are rewritten, or folders to look for some in')
    .option('--write', 'write the files instead of printing the configuration')
    .option('--hadolint-config <file>', 'the configuration of hadolint (default: the nearest .hadolint.yaml upward)')
    .addHelpText('after', notes);
  const ended = parseProgram(program, argv, world);
  if (ended !== undefined) return ended;
  const { write = false, hadolintConfig } = program.opts<{ write?: boolean; hadolintConfig?: string }>();
  const paths: readonly string[] = program.processedArgs[0];
  const configured = migrateConfig(hadolintConfig, write, paths.length > 0, world);
  const rewritten = paths.length === 0 || (await migrateDockerfiles(paths, write, world));
  if (configured && write && paths.length === 0)
    world.err('dflint: comments stay as they are, and are honoured; dflint migrate --write . rewrites them\n');
  return configured && rewritten ? 0 : 2;
}

function migrateConfig(named: string | undefined, write: boolean, optional: boolean, world: Surroundings): boolean {
  const path = named === undefined ? nearestHadolintConfig(world.cwd) : resolve(world.cwd, named);
  if (path === undefined) {
    if (!optional) world.err('dflint: no .hadolint.yaml here or above; name it with --hadolint-config\n');
    return optional;
  }
  const shown = harmless(relative(world.cwd, path) || path);
  const text = diskTree.read(path);
  if (text === undefined) return fail(`${shown}: cannot be read`, world);
  const document = readYamlConfig(text);
  if ('message' in document)
    return fail(`${shown}:${document.line}:${document.column}: ${harmless(document.message)}`, world);
  const migrated = fromHadolint(document.value, allRules);
  if (migrated === undefined) return fail(`${shown}: hadolint would not take this configuration`, world);
  for (const each of migrated.leftOut) world.err(`dflint: ${shown}: left out: ${harmless(each)}\n`);
  const output = migratedConfigText(migrated.config);
  if (!write) {
    world.out(output);
    return true;
  }
  const there = configIn(dirname(path), diskTree);
  if (there !== undefined) {
    say(`${harmless(relative(world.cwd, there.path))} is there already, and stays as it is`, world);
    return optional;
  }
  const target = join(dirname(path), outputName);
  return store(target, output, world) && say(`${harmless(relative(world.cwd, target))} is written`, world);
}

async function migrateDockerfiles(paths: readonly string[], write: boolean, world: Surroundings): Promise<boolean> {
  let fine = true;
  for (const input of await listed(paths, world)) {
    if ('error' in input) {
      fine = fail(`${harmless(input.error.path)}: ${input.error.message}`, world);
      continue;
    }
    const { path: shown, location, text, inline } = input.file;
    if (location === undefined || inline !== undefined) continue;
    const migrated = migrateComments(text, allRules);
    if (migrated.count === 0) continue;
    const comments = migrated.count === 1 ? '1 comment' : `${migrated.count} comments`;
    world.err(
      `dflint: ${harmless(shown)}: ${comments} of hadolint${write ? ' rewritten' : ' to rewrite with --write'}\n`,
    );
    if (write) fine = store(location, migrated.text, world) && fine;
  }
  return fine;
}

/** What linting these paths would read. */
async function listed(paths: readonly string[], world: Surroundings): Promise<readonly ReadInput[]> {
  const configs = openConfigs({ plugins: false }, world);
  const progress = openProgress(world);
  const inputs = await collectInputs({ paths, exclude: [] }, { ...world, configs, progress });
  progress.clear();
  return inputs.map((input) => ('file' in input ? readListed(input.file) : input));
}

function store(path: string, text: string, world: Surroundings): boolean {
  const problem = writeWhole(path, text);
  return problem === undefined || fail(`${harmless(relative(world.cwd, path))}: ${problem}`, world);
}

function say(message: string, world: Surroundings): true {
  world.err(`dflint: ${message}\n`);
  return true;
}

function fail(message: string, world: Surroundings): false {
  world.err(`dflint: ${message}\n`);
  return false;
}
