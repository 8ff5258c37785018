/**
 * What wget writes of its progress. Without a terminal that is a row of dots, a line for every 50 kilobytes.
 *
 * By wget(1): -q, -nv, -o, -a, -b, --progress, -e; "long options that accept arguments consider them mandatory".
 * `--progress=dot:mega` and `dot:giga` write a line for every 3 and 32 megabytes.
 */
type Words = readonly (string | undefined)[];

/** Letters that take a value: what follows them in a word is none. */

const valued = 'aBDeGiIloOPQRtTUwX';

/** `dots`: a line for every bit of a download; `bar`: a bar is asked for, terminal or not; `quiet`: little or nothing. */
export function wgetProgress(words: Words): 'dots' | 'bar' | 'quiet' {
  let progress: 'dots' | 'bar' | 'quiet' = 'dots';
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (word === undefined || !word.startsWith('-') || word === '-') continue;
    if (word === '--') break;
    if (word.startsWith('--')) {
      const [name = word, value = words[at + 1]] = word.split(/=(.*)/s);
      if (name === '--progress') progress = said(value);
      else if (name === '--show-progress') return 'bar';
      else if (/^--(?:quiet|no-verbose|output-file|append-output|background|spider|version|help)$/.test(name))
        progress = 'quiet';
      else if (name === '--execute') progress = setting(value) ?? progress;
      continue;
    }
    const flags = letters(word);
    if (flags.some((flag) => /^(?:q|nv|o|a|b|V|h)$/.test(flag))) progress = 'quiet';
    const last = flags.at(-1) ?? '';
    const takes = valued.includes(last) && word.endsWith(last);
    if (last === 'e') progress = setting(takes ? words[at + 1] : word.slice(word.indexOf('e') + 1)) ?? progress;
    if (takes) at++;
  }
  return progress;
}

/** `-qO-` is q and O; `-nv` and `-nc` are letters of two. */
function letters(word: string): readonly string[] {
  const found: string[] = [];
  for (let at = 1; at < word.length; at++) {
    const letter = word.charAt(at);
    if (letter === 'n') found.push(word.slice(at, ++at + 1));
    else found.push(letter);
    if (letter !== 'n' && valued.includes(letter)) break;
  }
  return found;
}

const said = (value: string | undefined): 'dots' | 'bar' | 'quiet' =>
  value === undefined || value.startsWith('dot') ? 'quiet' : 'bar';

/** `-e progress=dot:giga`, `-e quiet=on`. */
function setting(value: string | undefined): 'bar' | 'quiet' | undefined {
  const [, name, set] = /^\s*(progress|quiet|verbose)\s*=\s*(.*)/i.exec(value ?? '') ?? [];
  if (name === undefined) return undefined;
  if (name.toLowerCase() === 'progress') return said(set) === 'bar' ? 'bar' : 'quiet';
  return /^(?:on|yes|1)$/i.test(set ?? '') === (name.toLowerCase() === 'quiet') ? 'quiet' : undefined;
}

/** Whether a variable is called as people call addresses: `DOWNLOAD_URL`, `mirror`. */
export const namesAddress = (variable: string): boolean =>
  /ur[il]|link|mirror|address|source|location/i.test(variable) && !/opt|flag|arg|param/i.test(variable);
