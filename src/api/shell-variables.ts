/** The variables that a shell puts the values of in, by their places in a script. */

export interface ShellVariable {
  readonly name: string;
  /** Of the name alone. */
  readonly start: number;
  readonly end: number;
}

const nameAt = /[A-Za-z_][A-Za-z0-9_]*/y;

/** `$NAME` and `${NAME…}` outside single quotes and behind no backslash. */
export function* shellVariables(text: string): Iterable<ShellVariable> {
  let inDouble = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '\\') at += 1;
    else if (character === '"') inDouble = !inDouble;
    else if (character === "'" && !inDouble) {
      const end = text.indexOf("'", at + 1);
      // An apostrophe in a comment, or a quote that never ends.
      if (end !== -1) at = end;
    } else if (character === '$') {
      nameAt.lastIndex = at + (text[at + 1] === '{' ? (/[#!]/.test(text[at + 2] ?? '') ? 3 : 2) : 1);
      const start = nameAt.lastIndex;
      const [name] = nameAt.exec(text) ?? [];
      if (name === undefined) continue;
      yield { name, start, end: start + name.length };
      at = start + name.length - 1;
    }
  }
}
