/** Text of a Dockerfile made harmless before it reaches a terminal or a log. */

/** Control characters, escape sequences, bidirectional overrides, line separators. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to take out
const harmful = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Shows harmful characters as `\u001b` instead of sending them. Tabs and line feeds stay. */
export function harmless(text: string): string {
  return text.replace(harmful, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
