/** Ranges of versions as `engines` of a package.json has them, https://github.com/npm/node-semver#ranges. */

/** Versions from `low` on and before `high`, as numbers that compare like them. */
export interface VersionInterval {
  readonly low: number;
  readonly high: number;
}

/** Parts of a version that are counted to 999. */
const number = (major: number, minor = 0, patch = 0): number => (major * 1_000 + minor) * 1_000 + patch;

const all: VersionInterval = { low: 0, high: Number.POSITIVE_INFINITY };

/** All versions that begin so: `18`, `18.12`, `18.12.1`; undefined for what is no version. */
export function versionInterval(version: string): VersionInterval | undefined {
  const [whole, major, minor, patch] = /^v?(\d{1,3})(?:\.(\d{1,3})(?:\.(\d{1,3}))?)?$/.exec(version) ?? [];
  return whole === undefined ? undefined : intervalOf(Number(major), partOf(minor), partOf(patch));
}

/** What a range allows; undefined where it is written in a way that is not known. */
export function rangeIntervals(range: string): readonly VersionInterval[] | undefined {
  const found: VersionInterval[] = [];
  for (const alternative of range.split('||')) {
    const interval = intervalOfAlternative(alternative);
    if (interval === undefined) return undefined;
    if (interval.low < interval.high) found.push(interval);
  }
  return found;
}

function intervalOfAlternative(text: string): VersionInterval | undefined {
  const parts = text
    .replace(/^\s*(\S+)\s+-\s+(\S+)\s*$/, '>=$1 <=$2')
    .replace(/([<>=~^])\s+/g, '$1')
    .trim()
    .split(/\s+/);
  let whole = all;
  for (const part of parts) {
    const interval = intervalOfPart(part);
    if (interval === undefined) return undefined;
    whole = { low: Math.max(whole.low, interval.low), high: Math.min(whole.high, interval.high) };
  }
  return whole;
}

const comparator = /^([<>]=?|[=^~]?)v?(\d{1,3})(?:\.(\d{1,3}|[xX*]))?(?:\.(\d{1,3}|[xX*]))?(?:-[\w.-]+)?$/;

function intervalOfPart(part: string): VersionInterval | undefined {
  if (/^[xX*]?$/.test(part)) return all;
  const [whole, sign, first, second, third] = comparator.exec(part) ?? [];
  if (whole === undefined) return undefined;
  const [major, minor] = [Number(first), partOf(second)];
  const named = intervalOf(major, minor, minor === undefined ? undefined : partOf(third));
  switch (sign) {
    case '>=':
      return { low: named.low, high: all.high };
    case '>':
      return { low: named.high, high: all.high };
    case '<':
      return { low: 0, high: named.low };
    case '<=':
      return { low: 0, high: named.high };
    case '^':
      return { low: named.low, high: intervalOf(major, major === 0 ? minor : undefined).high };
    case '~':
      return { low: named.low, high: intervalOf(major, minor).high };
    default:
      return named;
  }
}

const partOf = (text: string | undefined): number | undefined =>
  text === undefined || !/^\d/.test(text) ? undefined : Number(text);

function intervalOf(major: number, minor?: number, patch?: number): VersionInterval {
  if (minor === undefined) return { low: number(major), high: number(major + 1) };
  if (patch === undefined) return { low: number(major, minor), high: number(major, minor + 1) };
  return { low: number(major, minor, patch), high: number(major, minor, patch) + 1 };
}
