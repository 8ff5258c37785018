/** `dflint ships`: what the image of each ship target will hold. */
import { Option } from 'commander';
import { shippedImage } from '../../model/index.ts';
import { shipsJson } from '../../report/ships-json.ts';
import { shipsText } from '../../report/ships-text.ts';
import { openBuild } from '../open-build.ts';
import { createProgram, parseProgram, repeatable, styleFor } from '../program.ts';
import type { Surroundings } from '../surroundings.ts';

interface Given {
  readonly format: 'text' | 'json';
  readonly target?: readonly string[];
  readonly buildArg?: readonly string[];
  readonly files?: boolean;
  readonly color?: boolean;
}

const notes = `
Examples:
  dflint ships                     what the Dockerfile of this folder ships
  dflint ships --files             the same, file by file
  dflint ships api --target prod   what one stage ships
  dflint ships --format json       the same for programs

Exit status:
  0  the image is described
  2  wrong usage, or a file that cannot be read`;

export async function ships(argv: readonly string[], world: Surroundings): Promise<0 | 2> {
  const program = createProgram('dflint ships', world)
    .description('Say what the image will hold: its config, dependencies, secrets, files, and what cannot be known.')
    .argument('[path]', 'a Dockerfile, a folder that holds one, or - for standard input', '.')
    .addOption(new Option('-f, --format <format>', 'how to show it').choices(['text', 'json']).default('text'))
    .option('-t, --target <name>', 'stage that ships; may be repeated (default: the final stage)', repeatable)
    .option('--build-arg <name=value>', 'a build argument; may be repeated', repeatable)
    .option('--files', 'list every file')
    .option('--color', 'use colour even when the output is no terminal')
    .option('--no-color', 'never use colour')
    .addHelpText('after', notes);
  const ended = parseProgram(program, argv, world);
  if (ended !== undefined) return ended;
  const { format, target = [], buildArg = [], files = false, color } = program.opts<Given>();
  const options = { targets: target, buildArg };
  const build = await openBuild(program.processedArgs[0], options, world);
  if (build === undefined) return 2;
  const images = build.targets.map((each) => shippedImage(build, each));
  if (format === 'json') {
    world.out(shipsJson(build.path, images));
    return 0;
  }
  const asked = program.getOptionValueSource('color') === 'cli' ? color : undefined;
  const style = await styleFor(asked, world);
  world.out(images.map((image) => shipsText(image, { style, columns: world.columns, files })).join('\n'));
  return 0;
}
