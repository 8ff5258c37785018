/** Scripts that are not read although nothing is wrong with them. */

/** Texts longer than this are not parsed: no RUN is written by hand at that length, and nested ones take long. */
export const longestText = 1_000_000;

/** Levels of brackets and compound commands that are followed: more than a person follows. */
const deepest = 400;

/** Here-documents that are open at a time: the parser looks through them for each. */
const mostHeredocs = 2_000;

export const tooLong = `script longer than ${longestText} characters`;
export const tooDeep = 'script nested too deeply';

export const tooManyHeredocs = `more than ${mostHeredocs} here-documents`;

/** Whether more here-documents begin in one line than are read. */
export const hasTooManyHeredocs = (text: string): boolean =>
  text.length > 3 * mostHeredocs &&
  text.split('\n').some((line) => line.length > 3 * mostHeredocs && line.split('<<').length > mostHeredocs);

/** Faults of scripts that are not read, or not to the end, although nothing is wrong with them; what to say of each. */
export const unreadScripts: ReadonlyMap<string, string> = new Map([
  [tooLong, `this script has more than ${longestText} characters`],
  [tooDeep, `this script is nested more than ${deepest} levels deep`],
  [tooManyHeredocs, `a line of this script begins ${tooManyHeredocs}`],
]);

/** Whether brackets and compound commands open more than so often before they close, quotes not looked at. */
export function isTooDeep(text: string): boolean {
  let depth = 0;
  for (const [mark] of text.matchAll(/[(){}]|(?<![\w-])(?:if|for|while|until|case|select|fi|done|esac)(?![\w=-])/g)) {
    if (/^(?:[)}]|fi|done|esac)$/.test(mark)) depth = Math.max(0, depth - 1);
    else depth += 1;
    if (depth > deepest) return true;
  }
  return false;
}
