/** What a template engine should have put a value in the place of. */
import type { Dockerfile, Instruction } from './instruction.ts';
import { type Located, mappedSpan } from './source.ts';

export interface TemplateMark extends Located {
  /** As written. */
  readonly text: string;
}

/** `<%= … %>`, `{{ … }}`, `{% … %}`, `{# … #}`, `@NAME@`, `%%NAME%%`; none starts again before it ends. */
const mark =
  /<%(?:[^\n<]|<(?!%)){0,200}?%>|\{\{(?:[^\n{]|\{(?!\{)){0,200}?\}\}|\{%(?:[^\n{]|\{(?!%)){0,200}?%\}|\{#(?:[^\n{]|\{(?!#)){0,200}?#\}|@[A-Z][A-Z0-9_]*@|%%[A-Z][A-Z0-9_]*%%/;

/**
 * The first mark in a place where nothing but its value can be meant: in an image, a path or an account, at the start
 * of the arguments, on a line of its own. Elsewhere marks may be for a program: `ENV TITLE="{{title}}"`, `sed s/@HOST@/shop/`.
 */
export function templateMark({ instructions, source }: Dockerfile): TemplateMark | undefined {
  if (!mark.test(source.text)) return undefined;
  for (const instruction of instructions) {
    const { text } = instruction.logical;
    const found = mark.exec(text);
    if (found !== null && (isLiteral(instruction) || startsAt(found.index, instruction)))
      return { text: found[0], span: mappedSpan(instruction.logical, found.index, found.index + found[0].length) };
  }
  return undefined;
}

/** What is written there is the name of something. */
function isLiteral({ keyword }: Instruction): boolean {
  switch (keyword) {
    case 'FROM':
    case 'COPY':
    case 'ADD':
    case 'WORKDIR':
    case 'USER':
    case 'EXPOSE':
    case 'VOLUME':
    case 'STOPSIGNAL':
      return true;
    default:
      return false;
  }
}

const startsAt = (index: number, { keyword, logical, word }: Instruction): boolean =>
  logical.text.slice(0, index).trim() === '' || (keyword !== 'INVALID' && logical.text.slice(0, index).trim() === word);
