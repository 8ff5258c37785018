/** Places as formats count them. */
import type { Span } from '../syntax/index.ts';

/** The last line that a place has a character on: a place that ends before the first character of a line does not reach it. */
export const lastLine = ({ line, endLine, endColumn }: Span): number =>
  endColumn === 1 && endLine > line ? endLine - 1 : endLine;
