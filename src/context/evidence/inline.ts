/** Dockerfiles that stand in a compose or bake file itself. */
import { type Data, textOf } from './data.ts';
import type { BuildCall, InlineDockerfile } from './evidence.ts';

/** `expand`: the text of a line with its variables at their defaults; undefined when one has none. */
export function inlineOf(
  data: Data | undefined,
  expand: (text: string) => string | undefined,
): InlineDockerfile | undefined {
  const written = textOf(data);
  if (data === undefined || written === undefined) return undefined;
  const uncertain: number[] = [];
  const lines = written.split('\n').map((line, at) => {
    const expanded = expand(line);
    if (expanded === undefined || expanded.includes('\n')) uncertain.push(at + 1);
    return expanded === undefined || expanded.includes('\n') ? line : expanded;
  });
  return { text: lines.join('\n'), written, line: data.line, uncertain };
}

export function withInline({ dockerfile: _, ...call }: BuildCall, inline: InlineDockerfile): BuildCall {
  return { ...call, inline };
}
