/** Programs whose arguments are patterns of their own: they make file names of `**` themselves. */

const readers: ReadonlySet<string> = new Set(
  'find rsync git tar bsdtar zip unzip 7z 7za rg grep egrep fgrep fd fdfind tree echo printf sed awk gawk case'.split(
    ' ',
  ),
);

/** A shell only spoils such an argument where a file happens to fit it. */
export const readsPatterns = (name: string): boolean => readers.has(name);
