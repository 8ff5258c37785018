/** The stages of a build as a tree a person can read: each ship target, and below it what it is made of. */
import type { StageInput, StageNode } from '../model/index.ts';
import { harmless } from './harmless.ts';
import { plainStyle, type Style } from './style.ts';
import { displayWidth, shortened } from './width.ts';

export interface GraphTextOptions {
  readonly style?: Style;
  /** Columns of the terminal; paths are cut there. Default 80. */
  readonly columns?: number;
}

interface Drawing {
  readonly nodes: readonly StageNode[];
  readonly style: Style;
  readonly columns: number;
  /** Stages whose inputs have been drawn. */
  readonly drawn: Set<StageNode>;
  readonly lines: string[];
}

/** A line for each stage and source; stages that nothing needs come at the end. */
export function graphText(nodes: readonly StageNode[], options: GraphTextOptions = {}): string {
  const { style = plainStyle, columns = 80 } = options;
  const drawing: Drawing = { nodes, style, columns: Math.max(40, columns), drawn: new Set(), lines: [] };
  for (const node of nodes.filter(({ ships }) => ships)) {
    if (drawing.lines.length > 0) drawing.lines.push('');
    drawing.lines.push(`${style.strong(nameOf(node))}  ${style.info('ships')}${style.faint(`  line ${lineOf(node)}`)}`);
    drawInputs(node, '', drawing);
  }
  const unused = nodes.filter(({ stage }) => !stage.reachable);
  if (unused.length > 0) drawing.lines.push('', 'not needed for what ships:');
  for (const node of unused) {
    drawing.lines.push(`  ${style.faint(`${nameOf(node)}  line ${lineOf(node)}`)}`);
    if (!drawing.drawn.has(node)) drawInputs(node, '  ', drawing);
  }
  return drawing.lines.length === 0 ? 'no stages\n' : `${drawing.lines.join('\n')}\n`;
}

const nameOf = ({ stage }: StageNode): string =>
  stage.name === undefined ? `stage ${stage.index}` : harmless(stage.name.raw);

const lineOf = ({ stage }: StageNode): number => stage.from.span.line;

function drawInputs(node: StageNode, indent: string, drawing: Drawing): void {
  drawing.drawn.add(node);
  for (const [at, input] of node.inputs.entries()) {
    const last = at === node.inputs.length - 1;
    const source = input.from.kind === 'stage' ? drawing.nodes[input.from.stage.index] : undefined;
    const again = source !== undefined && drawing.drawn.has(source);
    drawing.lines.push(inputLine(input, source, again, `${indent}${last ? '└─ ' : '├─ '}`, drawing));
    if (source !== undefined && !again) drawInputs(source, `${indent}${last ? '   ' : '│  '}`, drawing);
  }
}

const verbs: Readonly<Record<StageInput['via'], string>> = { base: 'FROM', copy: 'COPY', mount: 'mount' };

function inputLine(
  input: StageInput,
  source: StageNode | undefined,
  again: boolean,
  lead: string,
  { style, columns }: Drawing,
): string {
  const verb = verbs[input.via];
  const name = source === undefined ? sourceName(input) : nameOf(source);
  const place = source === undefined ? '' : again ? '  above' : `  line ${lineOf(source)}`;
  const room = columns - displayWidth(`${lead}${verb} ${name}: ${place}`);
  const listed = harmless(input.paths.join(', '));
  const paths = input.paths.length === 0 ? '' : `: ${room < 12 ? shortened(listed, 12) : shortened(listed, room)}`;
  const shown = source === undefined ? name : style.strong(name);
  return `${style.faint(lead + verb)} ${shown}${paths}${style.faint(place)}`;
}

function sourceName({ from }: StageInput): string {
  switch (from.kind) {
    case 'image':
      return harmless(from.name);
    case 'context':
      return 'context';
    case 'remote':
      return 'network';
    default:
      return 'scratch';
  }
}
