/** Versions and ranges of package managers, as far as their major number. */

/** Majors that a range allows, both ends included. */
export interface MajorRange {
  readonly least: number;
  readonly most: number;
}

/**
 * The majors of `9`, `9.1.0+sha512…`, `^9.1`, `v9`, `latest-10`, `9.x`, `>=2`, `<=7`, `<10`, `>=9 <11`,
 * `8 || 9`. Undefined for what names none: `latest`, `*`, a path.
 */
export function majorsOf(version: string | undefined): MajorRange | undefined {
  let whole: MajorRange | undefined;
  for (const alternative of (version ?? '').split('||')) {
    const range = majorsOfAlternative(alternative);
    if (range === undefined) return undefined;
    whole =
      whole === undefined
        ? range
        : { least: Math.min(whole.least, range.least), most: Math.max(whole.most, range.most) };
  }
  return whole;
}

function majorsOfAlternative(text: string): MajorRange | undefined {
  let least = 0;
  let most = Number.POSITIVE_INFINITY;
  let found = false;
  for (const part of text
    .replace(/([<>=])\s+/g, '$1')
    .trim()
    .split(/\s+/)) {
    const [, sign = '', major, rest = ''] = /^(?:[a-z]+[-@])?([<>]=?|[=^~v]*)(\d{1,9})(.*)$/.exec(part) ?? [];
    if (major === undefined) continue;
    found = true;
    const number = Number(major);
    const exact = !/^\.\d*[1-9]/.test(rest);
    if (sign === '>=' || sign === '>') least = Math.max(least, sign === '>' && rest === '' ? number + 1 : number);
    else if (sign === '<') most = Math.min(most, exact ? number - 1 : number);
    else if (sign === '<=') most = Math.min(most, number);
    else {
      least = Math.max(least, number);
      most = Math.min(most, number);
    }
  }
  return found && least <= most ? { least, most } : undefined;
}

/** The one major that a version or range allows, or its lower end; undefined when it names none. */
export const majorOf = (version: string | undefined): number | undefined => {
  const majors = majorsOf(version);
  return majors === undefined ? undefined : majors.least > 0 ? majors.least : majors.most;
};
