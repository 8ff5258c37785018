/**
 * Whether an install of apt brings recommended packages, too.
 *
 * By apt-get(8) (`--no-install-recommends`, APT::Install-Recommends), apt.conf(5) (what apt reads as no) and
 * aptitude(8) (`-R`, `--without-recommends`). A simulation installs nothing.
 */
import { anyPackageCall } from './system-packages.ts';

type Words = readonly (string | undefined)[];

export interface RecommendingInstall {
  /** The program, without its directory. */
  readonly program: string;
  /** As written; none in `apt-get install -f`, which sets right what is broken. */
  readonly packages: readonly string[];
}

/** Files and folders of apt's settings. */
export const aptSettings: readonly string[] = ['/etc/apt/apt.conf', '/etc/apt/apt.conf.d'];

/** An install that no word of its own keeps from taking recommended packages; undefined for other commands. */
export function recommendingInstall(words: Words): RecommendingInstall | undefined {
  const call = anyPackageCall(words);
  if (call?.manager !== 'apt' || call.verb !== 'install') return undefined;
  const refuses = words.some((word, at) => declines(word, call.program) || refusesRecommended(valueAt(words, at)));
  return refuses ? undefined : { program: call.program, packages: call.packages.map(({ written }) => written) };
}

const declines = (word: string | undefined, program: string): boolean =>
  word !== undefined &&
  (/^--(?:no-install-recommends|simulate|just-print|dry-run|recon|no-act|print-uris|config-file)(?:=|$)/.test(word) ||
    /^-(?:[a-np-z]*s|c)/.test(word) ||
    (program === 'aptitude' && /^(?:--without-recommends|-(?=[a-zA-Z]*R)[a-zA-Z]+)$/.test(word)));

/** What stands in `-o APT::…`, `-oAPT::…`, `--option=APT::…`. */
function valueAt(words: Words, at: number): string | undefined {
  const word = words[at];
  if (word === '-o' || word === '--option') return words[at + 1];
  return /^(?:-o|--option=)(.+)$/s.exec(word ?? '')?.[1];
}

/** `APT::Install-Recommends "false";`, `APT::Install-Recommends=0`: a setting, or a file of settings, that says no. */
export const refusesRecommended = (text: string | undefined): boolean =>
  text !== undefined && /install-recommends["'\s=:]+(?:false|no|without|off|disable|0)\b/i.test(text);

/** Whether a variable is called as people call lists of packages: `PACKAGES`, `BUILD_DEPS`, `phpLibs`. */
export const namesPackages = (variable: string): boolean =>
  /pkg|package|dep(?:s|endenc)|libs?$|tools$|requirement/i.test(variable) && !/opt|flag|arg|param/i.test(variable);
