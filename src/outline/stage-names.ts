/** Stages, and where they are named: FROM, `--from`, `from=` of mounts, compose and bake files. */
import { type Build, type Located, type Stage, type StageEdge, stageCalled } from '../model/index.ts';
import { offsetAt, type Source, spanOf } from '../syntax/index.ts';
import { inOrder, type Name, type NamePlace } from './name.ts';

export function stageNames(build: Build): readonly Name[] {
  return build.stages.map((stage) => ({
    kind: 'stage',
    text: stage.name?.raw ?? String(stage.index),
    places: inOrder([definitionOf(stage), ...referencesTo(stage, build)]),
    mentions: mentionsOf(stage, build),
    stage,
  }));
}

const definitionOf = ({ name, from }: Stage): NamePlace =>
  name === undefined
    ? { role: 'definition', written: 'unnamed', span: from.span }
    : { role: 'definition', written: 'name', span: name.span };

const referencesTo = (stage: Stage, { edges, file }: Build): readonly NamePlace[] =>
  edges.filter(({ from }) => from === stage).map((edge) => referenceAt(edge, file.source));

/** Narrowed to the name where it stands in quotes. */
function referenceAt({ span, from, byNumber }: StageEdge, source: Source): NamePlace {
  const start = offsetAt(source, span.line, span.column);
  const text = source.text.slice(start, offsetAt(source, span.endLine, span.endColumn));
  const [, quote = '', inner = ''] = /^(["']?)(.*)\1$/s.exec(text) ?? [];
  const at = spanOf(source, start + quote.length, start + quote.length + inner.length);
  if (byNumber && /^\d+$/.test(inner)) return { role: 'reference', written: 'number', span: at };
  return inner.toLowerCase() === from.id
    ? { role: 'reference', written: 'name', span: at }
    : { role: 'reference', written: 'value', span };
}

const mentionsOf = (stage: Stage, { evidence, stages }: Build): readonly Located[] =>
  evidence.calls.flatMap(({ target }) =>
    typeof target === 'object' && stageCalled(target.name, stages) === stage ? [target.at] : [],
  );
