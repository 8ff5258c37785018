/** Configurations in TOML. The parser gives no places but those of its errors: they are read from its lines. */
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

/** The entry nearest around a part; behind it on its line, the last of its keys that stands there. */
function placeOf(lines: readonly string[], path: ConfigPath): ConfigPlace {
  let best: Entry | undefined;
  for (const entry of entriesOf(lines)) {
    const shared = entry.path.findIndex((part, at) => part !== path[at]);
    if (shared === -1 && entry.path.length > (best?.path.length ?? 0)) best = entry;
  }
  if (best === undefined) return { line: 1, column: 1 };
  const text = lines[best.line - 1] ?? '';
  let column = best.column;
  for (const key of path.slice(best.path.length)) {
    const at = typeof key === 'string' ? text.indexOf(key, column) : -1;
    if (at !== -1) column = at + (/["']/.test(text[at - 1] ?? '') ? 0 : 1);
  }
  return { line: best.line, column };
}

interface Entry extends ConfigPlace {
  /** From the root of the document. */
  readonly path: ConfigPath;
}

/** Headers of tables, and keys that start a line. */
function* entriesOf(lines: readonly string[]): Iterable<Entry> {
  const counts = new Map<string, number>();
  let table: ConfigPath = [];
  for (const [index, text] of lines.entries()) {
    const [, blanks = '', brackets = '', keys = '', end = ''] =
      /^(\s*)(?:(\[{1,2})\s*)?((?:"[^"]*"|'[^']*'|[\w-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[\w-]+))*)\s*(=|\]{1,2})/.exec(
        text,
      ) ?? [];
    if (end === '' || (brackets === '') !== (end === '=')) continue;
    const names = [...keys.matchAll(/"([^"]*)"|'([^']*)'|([\w-]+)/g)].map(
      ([, one, other, bare]) => one ?? other ?? bare ?? '',
    );
    const place = { line: index + 1, column: blanks.length + 1 };
    if (brackets === '') yield { path: [...table, ...names], ...place };
    else {
      const key = names.join('\n');
      if (brackets === '[[') counts.set(key, (counts.get(key) ?? -1) + 1);
      // Each part that is a list stands for its last item.
      table = names.flatMap((name, at) => {
        const count = counts.get(names.slice(0, at + 1).join('\n'));
        return count === undefined ? [name] : [name, count];
      });
      yield { path: table, ...place };
    }
  }
}
