/** Configurations in JSON, with comments and trailing commas. */
import {
  findNodeAtLocation,
  getNodeValue,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser/lib/esm/main.js';
import { type ConfigDocument, type ConfigPath, type ConfigSyntaxFault, placeAt } from './document.ts';

export function readJsonConfig(text: string): ConfigDocument | ConfigSyntaxFault {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true, allowEmptyContent: true });
  const [error] = errors;
  if (error !== undefined)
    return { ...placeAt(text, error.offset), message: sentence(printParseErrorCode(error.error)) };
  if (root === undefined) return { value: {}, place: () => ({ line: 1, column: 1 }) };
  return { value: getNodeValue(root), place: (path) => placeAt(text, offsetOf(root, path)) };
}

/** `PropertyNameExpected` as words. */
const sentence = (code: string): string => code.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();

function offsetOf(root: Node, path: ConfigPath): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node = findNodeAtLocation(root, [...path.slice(0, length)]);
    if (node === undefined) continue;
    return node.parent?.type === 'property' ? node.parent.offset : node.offset;
  }
  return root.offset;
}
