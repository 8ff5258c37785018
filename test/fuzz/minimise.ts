/** Makes a failing input as small as it goes: lines, then stretches of characters, are left out while it still fails. */

/** So many tries an input is worth. */
const mostTries = 600;

export async function minimised(text: string, fails: (text: string) => Promise<boolean>): Promise<string> {
  let tries = 0;
  const stillFails = async (shorter: string): Promise<boolean> => {
    tries += 1;
    return tries <= mostTries && (await fails(shorter));
  };
  const byLines = await without(text.split(/(?<=\n)/), stillFails);
  return (await without(Array.from(byLines.join('')), stillFails)).join('');
}

/** Leaves out halves, then quarters, and so on. */
async function without(
  parts: readonly string[],
  fails: (text: string) => Promise<boolean>,
): Promise<readonly string[]> {
  let now = parts;
  for (let size = Math.ceil(now.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
    for (let at = 0; at < now.length; ) {
      const shorter = now.toSpliced(at, size);
      if (shorter.length > 0 && (await fails(shorter.join('')))) now = shorter;
      else at += size;
    }
  return now;
}
