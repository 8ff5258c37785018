/** What a page has typeset, as it is meant. */
import type { TypesetMark } from '../stages/typeset-marks.ts';
import type { Fix } from './fix.ts';

export function asTyped({ span, meant }: TypesetMark): Fix {
  return { says: 'Write what is meant', safety: 'unsafe', edits: [{ at: span, text: meant }] };
}
