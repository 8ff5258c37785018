/** `dflint rebuild`: which steps run again when something changes. */
import { relative, resolve } from 'node:path';
import { Option } from 'commander';
import { type Build, rebuild } from '../../model/index.ts';
import { harmless } from '../../report/harmless.ts';
import { rebuildJson } from '../../report/rebuild-json.ts';
import { rebuildText } from '../../report/rebuild-text.ts';
import { openBuild } from '../open-build.ts';
import { createProgram, parseProgram, repeatable, styleFor } from '../program.ts';
import type { Surroundings } from '../surroundings.ts';

interface Given {
  readonly file: string;
  readonly format: 'text' | 'json';
  readonly target?: readonly string[];
  readonly buildArg?: readonly string[];
  readonly secret?: readonly string[];
  readonly color?: boolean;
}

const notes = `
Paths are relative to the build context; a path that exists from here means that
file. A step that may run again copies what another one makes, which can come
out the same.

Examples:
  dflint rebuild src/server.js             when this file changes
  dflint rebuild 'src/**' package.json     when any of these do
  dflint rebuild --build-arg VERSION       when an argument changes

Exit status:
  0  the steps are listed
  2  wrong usage, or a file that cannot be read`;

export async function rebuildCommand(argv: readonly string[], world: Surroundings): Promise<0 | 2> {
  const program = createProgram('dflint rebuild', world)
    .description('Say which steps of a build run again when files, build arguments or secrets change.')
    .argument('[changed...]', 'files, folders or globs of the build context')
    .option('--file <path>', 'the Dockerfile, a folder that holds one, or -', '.')
    .addOption(new Option('-f, --format <format>', 'how to show it').choices(['text', 'json']).default('text'))
    .option('-t, --target <name>', 'stage that ships; may be repeated (default: the final stage)', repeatable)
    .option('--build-arg <name>', 'a build argument that changes; may be repeated', repeatable)
    .option('--secret <id>', 'a secret that changes; may be repeated', repeatable)
    .option('--color', 'use colour even when the output is no terminal')
    .option('--no-color', 'never use colour')
    .addHelpText('after', notes);
  const ended = parseProgram(program, argv, world);
  if (ended !== undefined) return ended;
  const { file, format, target = [], buildArg = [], secret = [], color } = program.opts<Given>();
  const changed: readonly string[] = program.processedArgs[0];
  if (changed.length + buildArg.length + secret.length === 0) {
    world.err('dflint: say what changes: a path, --build-arg NAME or --secret ID\nSee dflint rebuild --help.\n');
    return 2;
  }
  const build = await openBuild(file, { targets: target, buildArg: [] }, world);
  if (build === undefined) return 2;
  const paths: string[] = [];
  for (const path of changed) {
    const inContext = contextPath(path, build, world);
    if (inContext === undefined) {
      world.err(`dflint: ${harmless(path)}: lies outside the build context ${harmless(build.context.root ?? '')}\n`);
      return 2;
    }
    paths.push(inContext);
  }
  const buildArguments = buildArg.map((each) => each.replace(/=.*/s, ''));
  const stages = rebuild(build, { paths, buildArguments, secrets: secret });
  if (format === 'json') world.out(rebuildJson(build.path, stages));
  else {
    const asked = program.getOptionValueSource('color') === 'cli' ? color : undefined;
    world.out(rebuildText(stages, build.file.source, { style: await styleFor(asked, world), columns: world.columns }));
  }
  return 0;
}

/** A path as the context knows it; undefined for one outside of it. A path that exists as seen from here means that file. */
function contextPath(path: string, { context }: Build, world: Surroundings): string | undefined {
  const { root } = context;
  const written = path.replace(/^(\.\/+)+/, '');
  if (root === undefined || /^(file|directory|ignored)$/.test(context.stat(written.replace(/(?<!\/)\/+$/, ''))))
    return written;
  const seen = relative(root, resolve(world.cwd, path)).replaceAll('\\', '/');
  if (!seen.startsWith('../') && seen !== '..' && /^(file|directory|ignored)$/.test(context.stat(seen))) return seen;
  return path.startsWith('/') || written.startsWith('../') ? undefined : written;
}
