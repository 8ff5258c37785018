/** Configurations in TOML. The parser gives no places but those of its errors: a key's first line stands for it. */
import { parse, TomlError } from 'smol-toml';
import type { ConfigDocument, ConfigPath, ConfigPlace, ConfigSyntaxFault } from './document.ts';

export function readTomlConfig(text: string): ConfigDocument | ConfigSyntaxFault {
  try {
    return { value: parse(text), place: (path) => placeOf(text.split('\n'), path) };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [first = 'not TOML'] = error.message.split('\n');
    return { line: error.line, column: error.column, message: first.replace(/^Invalid TOML document: /, '') };
  }
}

/** Where the last named key of a path is written first, at the start of a line or inside braces. */
function placeOf(lines: readonly string[], path: ConfigPath): ConfigPlace {
  const key = path.findLast((part) => typeof part === 'string');
  for (const [index, line] of lines.entries()) {
    const at = typeof key === 'string' && !line.trimStart().startsWith('#') ? line.indexOf(key) : -1;
    if (at !== -1) return { line: index + 1, column: at + 1 };
  }
  return { line: 1, column: 1 };
}
