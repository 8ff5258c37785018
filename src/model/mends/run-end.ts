/** Commands that are put to the end of a RUN, in the way in which it is broken into lines. */
import { type Edit, mappedSpan, type Span } from '../../syntax/index.ts';
import type { Build, Step } from '../build.ts';
import { behind } from './fix.ts';
import { lineAt } from './lines.ts';

/** Longer ones go on with another line. */
const longestLine = 120;

/** The command runs when all before it have; undefined where the end of the script is not plain. */
export function atEndOf(build: Build, step: Step, command: string): Edit | undefined {
  const { instruction, script } = step;
  if (instruction.keyword !== 'RUN' || instruction.onbuild !== undefined || instruction.form !== 'shell')
    return undefined;
  if (script?.interpreter !== 'posix' || script.fault !== undefined) return undefined;
  if (instruction.heredocs.length > 0) return atEndOfHeredoc(step, command);
  const { text } = instruction.line;
  const end = text.trimEnd().length;
  if (end === 0 || /[&|\\#]$|(?:^|[\s;])#/.test(text.slice(0, end))) return undefined;
  const at = mappedSpan(instruction.line, 0, end);
  const style = styleOf(build, { ...at, line: instruction.keywordSpan.line });
  const { escape } = build.file;
  const closed = text[end - 1] === ';';
  if (closed || style.separator === ';') {
    if (!script.errexit) return undefined;
    return behind(
      at,
      style.broken ? `${closed ? '' : ';'} ${escape}\n${style.indent}${command}` : `${closed ? '' : ';'} ${command}`,
    );
  }
  const width = (lineAt(build.file.source.text, build, at.endLine) ?? '').length + command.length + 4;
  if (!style.broken && width <= longestLine) return behind(at, ` && ${command}`);
  return behind(
    at,
    style.first ? ` ${escape}\n${style.indent}&& ${command}` : ` && ${escape}\n${style.indent}${command}`,
  );
}

function atEndOfHeredoc({ instruction, script }: Step, command: string): Edit | undefined {
  const [heredoc, more] = instruction.heredocs;
  if (heredoc === undefined || more !== undefined || script?.errexit !== true) return undefined;
  if (instruction.keyword !== 'RUN' || !/^\s*<<-?\s*["']?\w+["']?\s*$/.test(instruction.line.text)) return undefined;
  const { text } = heredoc.body;
  if (!text.endsWith('\n') || /\\\n$/.test(text)) return undefined;
  const indent = /^(?:\s*\n)*([ \t]*)/.exec(heredoc.content)?.[1] ?? '';
  const end = mappedSpan(heredoc.body, text.length, text.length);
  return behind(end, `${indent}${command}\n`);
}

interface LineStyle {
  readonly separator: '&&' | ';';
  /** The separator stands at the start of a line. */
  readonly first: boolean;
  readonly broken: boolean;
  readonly indent: string;
}

/** By its last line that begins or ends with a separator. */
function styleOf(build: Build, { line, endLine }: Span): LineStyle {
  const { text } = build.file.source;
  for (let at = endLine; at >= line; at -= 1) {
    const written = lineAt(text, build, at) ?? '';
    const first = /^(\s*)&&/.exec(written)?.[1];
    if (first !== undefined) return { separator: '&&', first: true, broken: true, indent: first };
    const last = /(&&|;)\s*[\\`]\s*$/.exec(written)?.[1];
    if (last !== undefined && at < endLine) {
      const indent = /^\s*/.exec(lineAt(text, build, at + 1) ?? '')?.[0] ?? '';
      return { separator: last === ';' ? ';' : '&&', first: false, broken: true, indent };
    }
  }
  return { separator: '&&', first: true, broken: endLine > line, indent: '    ' };
}
