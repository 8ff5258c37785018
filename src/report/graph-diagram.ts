/** The stages of a build for programs that draw: Mermaid and Graphviz. */
import type { StageInput, StageNode, StageSource } from '../model/index.ts';
import { harmless } from './harmless.ts';

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly via: StageInput['via'];
  readonly label: string;
}

interface Diagram {
  readonly stages: readonly { readonly id: string; readonly label: string; readonly node: StageNode }[];
  /** Images, the context and the network, each once. */
  readonly sources: readonly { readonly id: string; readonly label: string }[];
  readonly edges: readonly Edge[];
}

/** Paths named on an edge; the others are counted. */
const mostPaths = 4;

function diagramOf(nodes: readonly StageNode[]): Diagram {
  const sources = new Map<string, { id: string; label: string }>();
  const idOf = (source: StageSource): string => {
    if (source.kind === 'stage') return `stage${source.stage.index}`;
    const label = source.kind === 'image' ? source.name : source.kind === 'context' ? 'build context' : source.kind;
    const key = `${source.kind} ${label}`;
    const known = sources.get(key) ?? { id: `source${sources.size}`, label };
    sources.set(key, known);
    return known.id;
  };
  const edges = nodes.flatMap(({ stage, inputs }) =>
    inputs.map(({ from, via, paths }) => {
      const more = paths.length > mostPaths ? [`${paths.length - mostPaths} more`] : [];
      return {
        from: idOf(from),
        to: `stage${stage.index}`,
        via,
        label: [...paths.slice(0, mostPaths), ...more].join('\n'),
      };
    }),
  );
  const stages = nodes.map((node) => ({
    id: `stage${node.stage.index}`,
    label: node.stage.name?.raw ?? `stage ${node.stage.index}`,
    node,
  }));
  return { stages, sources: [...sources.values()], edges };
}

/** A Mermaid flowchart. Everything but letters, digits and what is harmless in a quoted label is an entity code. */
export function graphMermaid(nodes: readonly StageNode[]): string {
  const { stages, sources, edges } = diagramOf(nodes);
  const lines = ['flowchart TD'];
  for (const { id, label } of sources) lines.push(`  ${id}(["${mermaidText(label)}"])`);
  for (const { id, label, node } of stages)
    lines.push(`  ${id}["${mermaidText(label)}"]${node.ships ? ':::ships' : node.stage.reachable ? '' : ':::unused'}`);
  for (const { from, to, via, label } of edges) {
    const arrow = via === 'base' ? '==>' : via === 'mount' ? '-.->' : '-->';
    lines.push(`  ${from} ${arrow}${label === '' ? '' : `|"${mermaidText(label)}"|`} ${to}`);
  }
  lines.push('  classDef ships stroke-width:3px', '  classDef unused stroke-dasharray:4 4');
  return `${lines.join('\n')}\n`;
}

const mermaidText = (text: string): string =>
  [...text]
    .map((character) => {
      if (character === '\n') return '<br>';
      return /[\p{L}\p{N} ./:_,*@+=~-]/u.test(character) ? character : `#${character.codePointAt(0)};`;
    })
    .join('');

/** A graph for `dot`. */
export function graphDot(nodes: readonly StageNode[]): string {
  const { stages, sources, edges } = diagramOf(nodes);
  const lines = [
    'digraph build {',
    '  node [shape=box, fontname="sans-serif"];',
    '  edge [fontname="sans-serif", fontsize=10];',
  ];
  for (const { id, label } of sources) lines.push(`  ${id} [label=${dotText(label)}, shape=ellipse];`);
  for (const { id, label, node } of stages) {
    const look = node.ships ? ', penwidth=3' : node.stage.reachable ? '' : ', style=dashed';
    lines.push(`  ${id} [label=${dotText(label)}${look}];`);
  }
  for (const { from, to, via, label } of edges) {
    const look = via === 'base' ? 'penwidth=2' : via === 'mount' ? 'style=dotted' : 'penwidth=1';
    lines.push(`  ${from} -> ${to} [${look}${label === '' ? '' : `, label=${dotText(label)}`}];`);
  }
  return `${[...lines, '}'].join('\n')}\n`;
}

/** A quoted string of the DOT language, control characters made visible: it has no escapes for them. */
const dotText = (text: string): string =>
  `"${text
    .split('\n')
    .map((line) => harmless(line).replaceAll('\\', '\\\\').replaceAll('"', '\\"'))
    .join('\\n')}"`;
