/** Splits what an input of the action holds, as a shell would, but for variables and globs. */

/**
 * Words stand between blanks and line feeds; quotes of either kind hold one together, and so does a backslash before a
 * blank or a quote. Undefined when a quote is never closed. Any other backslash is one, as in paths of Windows.
 */
export function wordsOf(text: string): readonly string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  for (let rest = text; rest !== ''; ) {
    const [piece = '', single, double, escaped, blank] =
      /^(?:'([^']*)'|"((?:\\["\\]|\\(?!["\\])|[^"\\])*)"|\\([\s'"])|(\s+)|[^\s'"\\]+|\\)/.exec(rest) ?? [];
    if (piece === '') return undefined;
    rest = rest.slice(piece.length);
    if (blank === undefined) word = (word ?? '') + (single ?? double?.replace(/\\(["\\])/g, '$1') ?? escaped ?? piece);
    else if (word !== undefined) {
      words.push(word);
      word = undefined;
    }
  }
  return word === undefined ? words : [...words, word];
}
