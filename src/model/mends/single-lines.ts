/** Instructions that go, are parted, or lose a part that has no effect. */
import type { Edit, Instruction } from '../../syntax/index.ts';
import type { Build } from '../build.ts';
import type { OverriddenInstruction } from '../stages/overridden.ts';
import type { ExposedWord } from '../start/exposed-words.ts';
import type { EarlyRead } from '../state/early-reads.ts';
import type { Fix } from './fix.ts';
import { linesAbove, withoutLines } from './lines.ts';
import { between, writtenAt } from './written.ts';

/** Without the instruction that another one takes the place of. */
export function withoutOverridden(build: Build, { step, keyword }: OverriddenInstruction): Fix | undefined {
  const edit = step.instruction.onbuild ? undefined : withoutLines([step.instruction], build);
  return edit === undefined ? undefined : { says: `Take this ${keyword} away`, safety: 'safe', edits: [edit] };
}

/** The port of the container alone; a remark goes to a line above. */
export function portAlone(build: Build, { span, text, spec }: ExposedWord): Fix | undefined {
  const written = writtenAt(build, span);
  if (spec.refused === undefined && spec.host !== undefined) {
    const port = `${spec.port}${spec.protocol === '' ? '' : `/${spec.protocol}`}`;
    if (written !== text) return undefined;
    return { says: `Write ${port}`, safety: 'safe', edits: [{ at: span, text: port }] };
  }
  if (spec.refused !== 'number' || !written.startsWith('#')) return undefined;
  const instruction = instructionAt(
    build,
    (each) => each.keyword === 'EXPOSE' && each.values.some((word) => word.span === span),
  );
  if (instruction?.keyword !== 'EXPOSE' || instruction.span.line !== instruction.span.endLine) return undefined;
  const last = instruction.values[instruction.values.findIndex((word) => word.span === span) - 1];
  if (last === undefined) return undefined;
  const rest = between(last.span, { ...instruction.span, line: span.line, column: instruction.span.endColumn });
  const remark = writtenAt(build, rest).trim();
  const edits: readonly Edit[] = [linesAbove(instruction, [remark]), { at: rest, text: '' }];
  return { says: 'Write the comment on a line of its own', safety: 'safe', edits };
}

/** Two instructions, the second of which reads what the first one sets. */
export function partedEnv(build: Build, { span, name, setBy }: EarlyRead): Fix | undefined {
  const instruction = instructionAt(build, (each) => each.keyword === 'ENV' && each.pairs.includes(setBy));
  if (instruction?.keyword !== 'ENV' || instruction.onbuild) return undefined;
  const { pairs } = instruction;
  const reader = pairs.findIndex((pair) => holds(pair.span, span));
  const previous = pairs[reader - 1];
  const pair = pairs[reader];
  if (pair === undefined || previous === undefined || pairs.indexOf(setBy) >= reader) return undefined;
  const gap = between(previous.span, pair.span);
  if (writtenAt(build, gap).includes('#')) return undefined;
  const indent = ' '.repeat(instruction.keywordSpan.column - 1);
  const text = `\n${indent}${instruction.word} `;
  return { says: `Set ${name} in an ENV of its own`, safety: 'unsafe', edits: [{ at: gap, text }] };
}

const holds = (one: EarlyRead['span'], other: EarlyRead['span']): boolean =>
  (one.line < other.line || (one.line === other.line && one.column <= other.column)) &&
  (one.endLine > other.endLine || (one.endLine === other.endLine && one.endColumn >= other.endColumn));

const instructionAt = (build: Build, is: (instruction: Instruction) => boolean): Instruction | undefined =>
  build.file.instructions.find(is);
