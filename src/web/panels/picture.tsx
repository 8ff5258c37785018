/** The build as a picture: stages as boxes, arrows with what flows between them. */
import type { GraphReport } from '../../index.ts';
import { type Arrow, type Box, drawBuild } from '../picture-layout.ts';

export interface PictureProps {
  readonly graph: GraphReport | undefined;
  /** Indices of the stages that are lit. */
  readonly lit: ReadonlySet<number>;
  onLine(line: number): void;
}

export function PicturePanel({ graph, lit, onLine }: PictureProps) {
  if (graph === undefined || graph.stages.length === 0) return <p class="hint">A stage begins with FROM.</p>;
  const { width, height, boxes, arrows } = drawBuild(graph);
  return (
    <figure class="picture">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
      <section class="scroll" aria-label="Stages and what flows between them" tabIndex={0}>
        <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-label="Picture of the build">
          <title>Picture of the build</title>
          <defs>
            <marker
              id="tip"
              viewBox="0 0 8 8"
              refX="7"
              refY="4"
              markerWidth="9"
              markerHeight="9"
              markerUnits="userSpaceOnUse"
              orient="auto"
            >
              <path d="M0 0 8 4 0 8z" />
            </marker>
          </defs>
          {arrows.map((arrow) => (
            <ArrowLine key={arrow.id} arrow={arrow} onLine={onLine} />
          ))}
          {boxes.map((box) => (
            <StageBox
              key={box.id}
              box={box}
              isLit={box.stage !== undefined && lit.has(box.stage.index)}
              onLine={onLine}
            />
          ))}
        </svg>
      </section>
      <figcaption>
        <span class="key ships">ships</span> <span class="key needed">needed for it</span>{' '}
        <span class="key unused">never built</span>
      </figcaption>
    </figure>
  );
}

interface BoxProps {
  readonly box: Box;
  readonly isLit: boolean;
  onLine(line: number): void;
}

function StageBox({ box: { label, stage, x, y, width, height }, isLit, onLine }: BoxProps) {
  const at = { x: x - width / 2, y: y - height / 2, width, height };
  if (stage === undefined)
    return (
      <g class="source">
        <rect {...at} rx={height / 2} />
        <text x={x} y={y}>
          {label}
        </text>
      </g>
    );
  const kind = stage.ships ? 'ships' : stage.needed ? 'needed' : 'unused';
  const says = stage.ships ? 'ships' : stage.needed ? `line ${stage.line}` : 'never built';
  return (
    // biome-ignore lint/a11y/useSemanticElements: SVG has no button
    <g
      class={`stage ${kind}${isLit ? ' lit' : ''}`}
      role="button"
      tabindex={0}
      aria-label={`${label} ${says}`}
      onClick={() => onLine(stage.line)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        onLine(stage.line);
      }}
    >
      <rect {...at} rx={7} />
      <text>
        <tspan x={x} y={y - 8}>
          {label}
        </tspan>{' '}
        <tspan class="says" x={x} y={y + 9}>
          {says}
        </tspan>
      </text>
    </g>
  );
}

function ArrowLine({ arrow, onLine }: { readonly arrow: Arrow; onLine(line: number): void }) {
  const { points, labelAt, label, via, line, needed } = arrow;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: its line is reached by keys through the stage that it ends at
    <g class={`arrow ${via}${needed ? '' : ' unused'}`} onClick={() => onLine(line)}>
      <path d={curve(points)} marker-end="url(#tip)" />
      {label.map((text, at) => (
        <text key={text} x={labelAt.x} y={labelAt.y + (at - (label.length - 1) / 2) * 15}>
          {text}
        </text>
      ))}
    </g>
  );
}

/** Straight between the first two points and the last two, round between. */
function curve(points: Arrow['points']): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  const parts = [`M${first.x} ${first.y}`];
  rest.forEach((point, at) => {
    const next = rest[at + 1];
    if (next === undefined) parts.push(`L${point.x} ${point.y}`);
    else parts.push(`Q${point.x} ${point.y} ${(point.x + next.x) / 2} ${(point.y + next.y) / 2}`);
  });
  return parts.join('');
}
