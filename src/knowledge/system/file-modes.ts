/** Who may write, by the words of chmod and its kin (POSIX chmod, GNU coreutils). */

/** `opens`: every account may write; `closes`: others may not; `neither`: it leaves that as it is. */
export type ModeEffect = 'opens' | 'closes' | 'neither';

const clause = /^([ugoa]*)((?:[-+=](?:[rwxXst]*|[ugo]))+)$/;

/**
 * What a mode does to the right of others to write. The sticky bit keeps others from what is not theirs, as in /tmp.
 * Without a letter for whom (`+w`), the umask keeps others out. Undefined for what is no mode.
 */
export function modeEffect(mode: string): ModeEffect | undefined {
  if (/^[0-7]{1,5}$/.test(mode)) {
    const bits = Number.parseInt(mode, 8);
    return (bits & 0o002) !== 0 && (bits & 0o1000) === 0 ? 'opens' : 'closes';
  }
  let effect: ModeEffect = 'neither';
  let sticky = false;
  for (const part of mode.split(',')) {
    const [, who, actions] = clause.exec(part) ?? [];
    if (who === undefined || actions === undefined) return undefined;
    sticky ||= /[+=][rwxXs]*t/.test(actions);
    if (!/[oa]/.test(who)) continue;
    for (const [, sign, rights = ''] of actions.matchAll(/([-+=])([a-zX]*)/g)) {
      const writes = rights.includes('w');
      if (sign === '=' || writes) effect = sign !== '-' && writes ? 'opens' : 'closes';
    }
  }
  return effect === 'opens' && sticky ? 'closes' : effect;
}

const classes = { u: 6, g: 3, o: 0 } as const;
const rightBits: Readonly<Record<string, number>> = { r: 4, w: 2, x: 1 };

/** Whether a mode changes a plain file as it comes into an image: 644. False for what is no mode. */
export function changesPlainFile(mode: string): boolean {
  if (/^[0-7]{1,5}$/.test(mode)) return Number.parseInt(mode, 8) !== 0o644;
  let bits = 0o644;
  for (const part of mode.split(',')) {
    const [, who, actions] = clause.exec(part) ?? [];
    if (who === undefined || actions === undefined) return false;
    for (const [, sign, rights = ''] of actions.matchAll(/([-+=])([a-zX]*)/g)) {
      if (sign !== '-' && /[st]/.test(rights)) return true;
      for (const [name, shift] of Object.entries(classes)) {
        if (who !== '' && !who.includes(name) && !who.includes('a')) continue;
        // Without a letter for whom, the umask keeps the right to write from all but the owner.
        const given = who === '' && name !== 'u' ? rightsIn(rights, bits) & 5 : rightsIn(rights, bits);
        if (sign === '=') bits = (bits & ~(7 << shift)) | (given << shift);
        else bits = sign === '+' ? bits | (given << shift) : bits & ~(given << shift);
      }
    }
  }
  return bits !== 0o644;
}

/** `g=u`: those that another class has. `X` gives a file nothing that nobody may run. */
function rightsIn(rights: string, bits: number): number {
  const other = rights === 'u' || rights === 'g' || rights === 'o' ? classes[rights] : undefined;
  if (other !== undefined) return (bits >> other) & 7;
  let given = rights.includes('X') && (bits & 0o111) !== 0 ? 1 : 0;
  for (const right of rights) given |= rightBits[right] ?? 0;
  return given;
}

export interface ModeCall {
  readonly mode: string;
  /** As written; undefined where not known. */
  readonly paths: readonly (string | undefined)[];
  readonly recursive: boolean;
}

/** The mode that a command gives to files; undefined for one that gives none. */
export function modeCall(name: string | undefined, words: readonly (string | undefined)[]): ModeCall | undefined {
  if (name === 'chmod') return chmodCall(words);
  if (name !== 'mkdir' && name !== 'install') return undefined;
  const paths: (string | undefined)[] = [];
  let mode: string | undefined;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    const attached = /^(?:--mode=|-[A-Za-z]*m(?==?.))=?(.+)/s.exec(word ?? '')?.[1];
    if (attached !== undefined) mode = attached;
    else if (word === '--mode' || /^-[A-Za-z]*m$/.test(word ?? '')) {
      at += 1;
      mode = words[at];
    } else if (/^-[A-Za-z]*[ogt]$|^--(?:owner|group)$/.test(word ?? '') && name === 'install') at += 1;
    else if (word?.startsWith('-') !== true) paths.push(word);
  }
  return mode === undefined
    ? undefined
    : { mode, paths: name === 'install' ? paths.slice(-1) : paths, recursive: false };
}

function chmodCall(words: readonly (string | undefined)[]): ModeCall | undefined {
  const flags = words.filter((word) => word !== undefined && /^--|^-[cfvRHLPh]+$/.test(word));
  if (flags.some((flag) => flag?.startsWith('--reference'))) return undefined;
  const [mode, ...paths] = words.filter((word) => !flags.includes(word) || word === undefined);
  const recursive = flags.some((flag) => flag === '--recursive' || /^-[a-zA-Z]*R/.test(flag ?? ''));
  return mode === undefined ? undefined : { mode, paths, recursive };
}
