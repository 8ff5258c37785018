/** Where stages, and what they are made from, stand in the picture of a build. */
import { Graph, layout } from '@dagrejs/dagre';
import type { GraphReport } from '../index.ts';

export interface Box {
  readonly id: string;
  readonly label: string;
  /** Absent for what comes from outside: images, the build context. */
  readonly stage?: { readonly index: number; readonly line: number; readonly ships: boolean; readonly needed: boolean };
  /** Centre and size, in units of the picture. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Arrow {
  readonly id: string;
  readonly via: 'base' | 'copy' | 'mount';
  readonly line: number;
  /** What flows, a path a line; empty for a base. */
  readonly label: readonly string[];
  readonly labelAt: { readonly x: number; readonly y: number };
  readonly points: readonly { readonly x: number; readonly y: number }[];
  readonly needed: boolean;
}

export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
}

/** Width of a character of a label. */
const advance = 7.2;
const lineHeight = 15;
/** Paths named on an arrow, and characters of each; the others are counted. */
const mostPaths = 3;
const longest = 30;

export function drawBuild({ stages }: GraphReport): Picture {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: 28, ranksep: 46, edgesep: 16, marginx: 12, marginy: 12 });
  const boxes = new Map<string, Omit<Box, 'x' | 'y'>>();
  const add = (id: string, label: string, stage?: Box['stage']): string => {
    if (boxes.has(id)) return id;
    const height = stage === undefined ? 30 : 44;
    const width = Math.max(90, (cut(label).length + 4) * advance);
    boxes.set(id, { id, label: cut(label), width, height, ...(stage && { stage }) });
    graph.setNode(id, { width, height });
    return id;
  };
  stages.forEach(({ name, line, ships, needed }, index) => {
    add(`stage ${index}`, name ?? `stage ${index}`, { index, line, ships, needed });
  });
  const flows = stages.flatMap(({ inputs, needed }, index) =>
    inputs.map(({ via, from, paths, line }, at) => {
      const source =
        'stage' in from
          ? `stage ${from.stage}`
          : 'image' in from
            ? add(`image ${from.image}`, from.image)
            : add(from.kind, from.kind === 'context' ? 'build context' : from.kind);
      return {
        id: `${index} ${at}`,
        from: source,
        to: `stage ${index}`,
        via,
        line,
        label: labelOf(via, paths),
        needed,
      };
    }),
  );
  for (const { id, from, to, label } of flows) {
    const width = Math.max(0, ...label.map((line) => line.length * advance));
    graph.setEdge(from, to, { width, height: label.length * lineHeight, labelpos: 'c' }, id);
  }
  layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  return {
    width,
    height,
    boxes: [...boxes.values()].map((box) => {
      const { x = 0, y = 0 } = graph.node(box.id);
      return { ...box, x, y };
    }),
    arrows: flows.map(({ id, from, to, via, line, label, needed }) => {
      const { points = [], x = 0, y = 0 } = graph.edge(from, to, id);
      return { id, via, line, label, needed, points, labelAt: { x, y } };
    }),
  };
}

function labelOf(via: Arrow['via'], paths: readonly string[]): readonly string[] {
  if (via === 'base') return [];
  const more = paths.length > mostPaths ? [`${paths.length - mostPaths} more`] : [];
  return [...paths.slice(0, mostPaths).map((path) => (path === '.' ? 'everything' : cut(path))), ...more];
}

const cut = (text: string): string => (text.length > longest ? `…${text.slice(1 - longest)}` : text);
