/** The names of a Dockerfile: stages, ARG and ENV, where they are given and where they are used. */
import type { Build, Stage } from '../model/index.ts';
import type { Span } from '../syntax/index.ts';
import { type VariableSymbol, variablesIn } from './variables.ts';

export interface DockerfileSymbols {
  readonly stages: readonly StageSymbol[];
  /** In the order of the file. */
  readonly variables: readonly VariableSymbol[];
  readonly instructions: readonly InstructionSymbol[];
}

export interface StageSymbol {
  readonly index: number;
  /** As written; absent for a stage without one. */
  readonly name?: string;
  /** From its FROM to the end of its last instruction. */
  readonly span: Span;
  readonly from: Span;
  readonly nameSpan?: Span;
  /** What FROM names, variables replaced where they are known. */
  readonly base: string;
  readonly ships: boolean;
  /** A ship target needs it, itself included. */
  readonly needed: boolean;
  /** Where FROM, `--from=` and `from=` name it; `byNumber`: as `--from=0`. */
  readonly references: readonly StageReference[];
}

export interface StageReference {
  readonly span: Span;
  readonly via: 'base' | 'copy' | 'mount';
  readonly byNumber: boolean;
  /** Index of the stage that uses it. */
  readonly stage: number;
}

export interface InstructionSymbol {
  /** In capitals; `INVALID` for what BuildKit refuses. */
  readonly keyword: string;
  readonly span: Span;
  readonly keywordSpan: Span;
  /** Index of its stage; absent above the first FROM. */
  readonly stage?: number;
}

export function symbolsOf(build: Build | undefined): DockerfileSymbols {
  if (build === undefined) return { stages: [], variables: [], instructions: [] };
  const stageAt = (line: number): number => build.stages.findLastIndex(({ from }) => from.span.line <= line);
  return {
    stages: build.stages.map((stage) => stageSymbol(stage, build)),
    variables: variablesIn(build),
    instructions: build.file.instructions.map(({ keyword, span, keywordSpan }) => {
      const stage = stageAt(span.line);
      return { keyword, span, keywordSpan, ...(stage === -1 ? {} : { stage }) };
    }),
  };
}

function stageSymbol(stage: Stage, build: Build): StageSymbol {
  const { index, name, from, base, reachable, steps } = stage;
  const last = steps.at(-1)?.span ?? from.span;
  return {
    index,
    span: { ...from.span, endLine: last.endLine, endColumn: last.endColumn },
    from: from.span,
    base: base.kind === 'stage' ? base.stage.id : base.kind === 'scratch' ? 'scratch' : base.text,
    ships: build.targets.includes(stage),
    needed: reachable,
    ...(name === undefined ? {} : { name: name.raw, nameSpan: name.span }),
    references: build.edges
      .filter((edge) => edge.from === stage)
      .map(({ span, via, byNumber, to }) => ({ span, via, byNumber, stage: to.index })),
  };
}
