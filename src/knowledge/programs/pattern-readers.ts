/** Programs whose arguments are patterns of their own: they make file names of `**` themselves. */

const readers: ReadonlySet<string> = new Set(
  'find rsync git tar bsdtar zip unzip 7z 7za rg grep egrep fgrep fd fdfind tree echo printf sed awk gawk case'.split(
    ' ',
  ),
);

/** A shell only spoils such an argument where a file happens to fit it. */
export const readsPatterns = (name: string): boolean => readers.has(name);

/** curl makes several addresses of `{a,b}`; others take it for a part of a program, or print it. */
const braceReaders: ReadonlySet<string | undefined> = new Set(
  'curl jq node perl ruby python python3 eval awk gawk sed git echo printf case'.split(' '),
);

/** Whether a program does something of its own with a list in braces. */
export const readsBraces = (name: string | undefined): boolean => braceReaders.has(name);
