/**
 * V8 compiles a function when it is first called, having read over it before, and what Node.js keeps of a module's
 * compiled code is what was compiled before the module ran. A function in parentheses it compiles at once. So those
 * that a run calls are put in parentheses: they are read once, not twice, and kept.
 */
import { parseAst } from 'rolldown/parseAst';

const functions = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);

/** What a node is made of, in the order of the text. */
function partsOf(node) {
  const parts = Object.values(node)
    .flat()
    .filter((value) => typeof value?.type === 'string');
  return parts.sort((one, other) => one.start - other.start);
}

/**
 * The code with the called functions in parentheses. `ranges`: start and end of each, as V8's coverage has them.
 * Declarations become variables at the start of the body they stand in: they have their value there already.
 */
export function eager(code, ranges) {
  const startsAt = new Map();
  for (const [start, end] of ranges) startsAt.set(end, [...(startsAt.get(end) ?? []), start]);

  /** An arrow that gives another ends where that ends: the starts tell them apart. */
  const isCalled = ({ body, end }, start) => startsAt.get(end)?.some((at) => at >= start && at < body.start) ?? false;

  /** The text of a node from a place in it on. */
  function textOf(node, from = node.start) {
    const isBody = node.type === 'Program' || node.isFunctionBody;
    const moved = isBody
      ? node.body.filter((part) => part.type === 'FunctionDeclaration' && isCalled(part, part.start))
      : [];
    const first = isBody && node.body.find((part) => part.directive === undefined && part.type !== 'ImportDeclaration');
    let [text, at] = ['', from];
    for (const part of partsOf(node)) {
      if (part.start < at) continue;
      text += code.slice(at, part.start);
      at = part.end;
      if (part === first && moved.length > 0)
        text += `var ${moved.map((each) => `${each.id.name}=${asExpression(each, each.id.end)}`).join(',')};`;
      if (!moved.includes(part)) text += wrapped(part);
    }
    return text + code.slice(at, node.end);
  }

  function wrapped(node) {
    if (functions.has(node.type)) {
      if (node.body.type === 'BlockStatement') node.body.isFunctionBody = true;
      if (node.type === 'FunctionDeclaration' || !isCalled(node, node.start)) return textOf(node);
      return `(${textOf(node)})`;
    }
    const { key, value } = node;
    const isMethod = node.type === 'Property' && node.method && !node.computed;
    if (!isMethod || !isCalled(value, node.start) || /\bsuper\b/.test(code.slice(value.start, value.end)))
      return textOf(node);
    return `${code.slice(key.start, key.end)}:${asExpression(value, value.start)}`;
  }

  /** A function as an expression without a name: `from` is where its parameters start. */
  function asExpression(node, from) {
    node.body.isFunctionBody = true;
    return `(${node.async ? 'async ' : ''}function${node.generator ? '*' : ''}${textOf(node, from)})`;
  }

  return textOf(parseAst(code));
}
