/** Text of a Dockerfile made harmless before it reaches a terminal or a log. */

/**
 * Control characters with escape sequences, line feeds and tabs; format characters with bidirectional overrides and
 * what is invisible; line separators; halves of surrogate pairs; `##[`, `##vso[` and `##teamcity[`, which GitHub Actions,
 * Azure Pipelines and TeamCity take for commands wherever they stand in a log.
 */
const harmful = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|(?<=#)#(?=(?:vso|teamcity)?\[)/giu;

/** Shows harmful characters, such as `\u001b` or `\u{e0041}`, instead of sending them. The result is one line. */
export function harmless(text: string): string {
  return text.replace(harmful, (char) => {
    const code = (char.codePointAt(0) ?? 0).toString(16);
    return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
  });
}

/** The same for a path at the start of a line, where `::` would make a command of GitHub Actions of it. */
export function harmlessPath(path: string): string {
  return harmlessStart(harmless(path));
}

/** The same for a word that comes to stand at the start of a line, other marks aside. */
export const harmlessStart = (text: string): string => text.replace(/^(\s*):(?=:)/, '$1\\u003a');

/** The same for prose, where line feeds and tabs are blanks. */
export function harmlessProse(text: string): string {
  return harmless(text.replace(/\s+/g, ' ').trim());
}

/** What `JSON.stringify` leaves as it is. The line feeds between its lines are none of these. */
const harmfulInJson = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]|(?<=#)#(?=(?:vso|teamcity)?\[)/giu;

/** JSON that says the same and can be shown on a terminal. */
export function harmlessJson(json: string): string {
  return json.replace(harmfulInJson, (char) =>
    Array.from({ length: char.length }, (_, at) => `\\u${char.charCodeAt(at).toString(16).padStart(4, '0')}`).join(''),
  );
}
