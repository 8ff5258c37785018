/** Configurations in YAML. */
import { isMap, isPair, isScalar, isSeq, type Node, parseDocument } from 'yaml';
import { type ConfigDocument, type ConfigPath, type ConfigSyntaxFault, placeAt } from './document.ts';

export function readYamlConfig(text: string): ConfigDocument | ConfigSyntaxFault {
  const document = parseDocument(text, { logLevel: 'silent', prettyErrors: false });
  const [error] = document.errors;
  if (error !== undefined) return { ...placeAt(text, error.pos[0]), message: error.message };
  try {
    return { value: document.toJS() ?? {}, place: (path) => placeAt(text, offsetOf(document.contents, path)) };
  } catch (failure) {
    return { line: 1, column: 1, message: failure instanceof Error ? failure.message : String(failure) };
  }
}

function offsetOf(root: unknown, path: ConfigPath): number {
  let at = root;
  let offset = isNode(root) ? (root.range?.[0] ?? 0) : 0;
  for (const key of path) {
    if (isMap(at)) {
      const pair = at.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === key);
      if (pair === undefined) return offset;
      offset = isScalar(pair.key) ? (pair.key.range?.[0] ?? offset) : offset;
      at = pair.value;
    } else if (isSeq(at) && typeof key === 'number') {
      at = at.items[key];
      if (isNode(at)) offset = at.range?.[0] ?? offset;
    } else return offset;
  }
  return offset;
}

const isNode = (node: unknown): node is Node => isMap(node) || isSeq(node) || isScalar(node);
