/** `$NAME` and `${NAME…}` in a shell script, as far as quotes let the shell see them. */

export interface ShellVariable {
  readonly name: string;
  /** Index of the name in the text, without `$` and `{`. */
  readonly at: number;
}

type Quoting = 'none' | 'double' | 'backtick' | 'braces' | 'parentheses';

const reference = /\$(?:\{[#!]?)?([A-Za-z_][A-Za-z0-9_]*)/y;
const heredoc = /<<(-?)[ \t]*(?:'([^'\n]*)'|"([^"\n]*)"|\\?([\w.-]+))/y;

/** In the order of the text. Those in single quotes, in comments and behind `\` are not among them. */
export function shellVariables(text: string): readonly ShellVariable[] {
  const found: ShellVariable[] = [];
  const around: Quoting[] = ['none'];
  const waiting: { readonly end: string; readonly tabs: boolean; readonly literal: boolean }[] = [];
  let at = 0;
  const note = (): void => {
    reference.lastIndex = at;
    const [whole = '', name = ''] = reference.exec(text) ?? [];
    if (name !== '') found.push({ name, at: at + whole.length - name.length });
  };
  const skipBodies = (): void => {
    for (const { end, tabs, literal } of waiting.splice(0)) {
      while (at < text.length) {
        const stop = text.indexOf('\n', at) === -1 ? text.length : text.indexOf('\n', at);
        const line = text.slice(at, stop);
        const isEnd = (tabs ? line.replace(/^\t+/, '') : line) === end;
        if (!isEnd && !literal)
          for (; at < stop; at += 1) {
            if (text[at] === '\\') at += 1;
            else if (text[at] === '$') note();
          }
        at = stop + 1;
        if (isEnd) break;
      }
    }
  };
  while (at < text.length) {
    const character = text[at] ?? '';
    const now = around.at(-1) ?? 'none';
    const isBare = now !== 'double';
    if (character === '\\') {
      at += 2;
      continue;
    }
    if (character === '\n') {
      at += 1;
      if (waiting.length > 0) skipBodies();
      continue;
    }
    if (character === '$') {
      note();
      const next = text[at + 1];
      if (next === '{') around.push('braces');
      else if (next === '(') around.push('parentheses');
      if (next === '{' || next === '(') at += 2;
      else if (next === "'" && isBare) at = endOfAnsiQuote(text, at + 2);
      else at += 1;
      continue;
    }
    if (character === '"') {
      if (now === 'double') around.pop();
      else around.push('double');
    } else if (character === '`') {
      if (now === 'backtick') around.pop();
      else around.push('backtick');
    } else if (character === "'" && isBare && !(now === 'braces' && around.includes('double'))) {
      const end = text.indexOf("'", at + 1);
      at = end === -1 ? text.length : end;
    } else if (character === '}' && now === 'braces') around.pop();
    else if (character === '(' && now === 'parentheses') around.push('parentheses');
    else if (character === ')' && now === 'parentheses') around.pop();
    else if (character === '#' && (now === 'none' || now === 'parentheses') && /[\s;&|(]/.test(text[at - 1] ?? ' ')) {
      const end = text.indexOf('\n', at);
      at = end === -1 ? text.length : end;
      continue;
    } else if (character === '<' && isBare && text[at + 1] === '<' && text[at + 2] !== '<' && text[at - 1] !== '<') {
      heredoc.lastIndex = at;
      const match = heredoc.exec(text);
      const [whole = '', dash = '', single, double, plain = ''] = match ?? [];
      if (match !== null) {
        const end = single ?? double ?? plain;
        waiting.push({
          end,
          tabs: dash === '-',
          literal: single !== undefined || double !== undefined || whole.includes('\\'),
        });
        at += whole.length;
        continue;
      }
    }
    at += 1;
  }
  return found;
}

function endOfAnsiQuote(text: string, start: number): number {
  let at = start;
  while (at < text.length && text[at] !== "'") at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}
