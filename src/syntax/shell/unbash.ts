/** The only door to unbash: its version is pinned exactly, and its tree is read by `word.ts` and `statements.ts`. */

import type { ParsedScript, SyntaxNode } from 'unbash';
import { forEachChild, parse } from 'unbash';
import { hasTooManyHeredocs, isTooDeep, longestText, tooDeep, tooLong, tooManyHeredocs } from './unread.ts';

export type {
  AndOr,
  ArithmeticFor,
  Assignment as AssignmentNode,
  Case,
  Command as CommandNode,
  CommandNode as PipelineMember,
  CompoundCommand,
  CompoundList,
  Coproc,
  DoubleQuotedChild,
  For,
  Function as FunctionNode,
  HereDoc,
  If,
  ParameterExpansionPart,
  ParsedScript,
  Pipeline,
  PipelineNode,
  Redirection,
  Select,
  Statement,
  SyntaxNode,
  TestExpression,
  While,
  Word as WordNode,
  WordPart,
} from 'unbash';
export { forEachChild };

/** The tree of a script. `fault`: why it is not whole; the tree is absent when nothing could be read at all. */
export function readTree(text: string): { readonly tree?: ParsedScript; readonly fault?: string } {
  if (text.length > longestText) return { fault: tooLong };
  if (isTooDeep(text)) return { fault: tooDeep };
  if (hasTooManyHeredocs(text)) return { fault: tooManyHeredocs };
  try {
    const tree = parse(text);
    const fault = tree.errors?.[0]?.message;
    return fault === undefined ? { tree } : { tree, fault };
  } catch (error) {
    return { fault: unreadable(error) };
  }
}

/** What to say of an error that unbash throws. */
export function unreadable(error: unknown): string {
  if (error instanceof RangeError) return tooDeep;
  return error instanceof Error ? error.message : String(error);
}

/** A script inside `node`, in substitutions at any depth of words but not inside another script. */
export interface NestedScript {
  readonly script: ParsedScript;
  /** Where its text lies in the text of `node`: between the backticks or brackets. */
  readonly start: number;
  readonly end: number;
}

/** The scripts of the substitutions that `node` holds, outermost ones only, in source order. */
export function* nestedScripts(node: SyntaxNode): Iterable<NestedScript> {
  if (
    node.type === 'CommandExpansion' ||
    node.type === 'ProcessSubstitution' ||
    node.type === 'ArithmeticCommandExpansion'
  ) {
    if (node.script !== undefined) yield { script: node.script, start: node.pos + 1, end: node.end - 1 };
    return;
  }
  const children: SyntaxNode[] = [];
  forEachChild(node, (child) => children.push(child));
  for (const child of children) yield* nestedScripts(child);
}
