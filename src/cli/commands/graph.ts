/** `dflint graph`: the stages of a Dockerfile and what flows between them. */
import { Option } from 'commander';
import { stageGraph } from '../../model/index.ts';
import { graphDot, graphMermaid } from '../../report/graph-diagram.ts';
import { graphJson } from '../../report/graph-json.ts';
import { graphText } from '../../report/graph-text.ts';
import { openBuild } from '../open-build.ts';
import { createProgram, parseProgram, repeatable, styleFor } from '../program.ts';
import type { Surroundings } from '../surroundings.ts';

interface Given {
  readonly format: 'text' | 'json' | 'mermaid' | 'dot';
  readonly target?: readonly string[];
  readonly buildArg?: readonly string[];
  readonly color?: boolean;
}

const notes = `
Examples:
  dflint graph                               of the Dockerfile of this folder
  dflint graph api/Dockerfile --target prod
  dflint graph --format mermaid              for a README on GitHub
  dflint graph --format dot | dot -Tsvg      as a picture, with Graphviz

Exit status:
  0  the graph is printed
  2  wrong usage, or a file that cannot be read`;

export async function graph(argv: readonly string[], world: Surroundings): Promise<0 | 2> {
  const program = createProgram('dflint graph', world)
    .description('Show the stages, what they are based on, and what flows between them.')
    .argument('[path]', 'a Dockerfile, a folder that holds one, or - for standard input', '.')
    .addOption(
      new Option('-f, --format <format>', 'how to show it').choices(['text', 'json', 'mermaid', 'dot']).default('text'),
    )
    .option('-t, --target <name>', 'stage that ships; may be repeated (default: the final stage)', repeatable)
    .option('--build-arg <name=value>', 'a build argument; may be repeated', repeatable)
    .option('--color', 'use colour even when the output is no terminal')
    .option('--no-color', 'never use colour')
    .addHelpText('after', notes);
  const ended = parseProgram(program, argv, world);
  if (ended !== undefined) return ended;
  const { format, target = [], buildArg = [], color } = program.opts<Given>();
  const options = { targets: target, buildArg };
  const build = await openBuild(program.processedArgs[0], options, world);
  if (build === undefined) return 2;
  const nodes = stageGraph(build);
  if (format === 'json') world.out(graphJson(build.path, nodes));
  else if (format === 'mermaid') world.out(graphMermaid(nodes));
  else if (format === 'dot') world.out(graphDot(nodes));
  else {
    const asked = program.getOptionValueSource('color') === 'cli' ? color : undefined;
    world.out(graphText(nodes, { style: await styleFor(asked, world), columns: world.columns }));
  }
  return 0;
}
