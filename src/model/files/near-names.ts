/** Names that are nearly another one. */

/** Whether one name is the other with a slip in it: one edit, another separator, `builder` for `build`. */
export function areNear(written: string, meant: string): boolean {
  const [short, long] = written.length <= meant.length ? [written, meant] : [meant, written];
  if (!/[-_]/.test(long) && long.length - short.length > 2) return false;
  if (short.replace(/[-_]/g, '') === long.replace(/[-_]/g, '')) return true;
  if (short.length < 3 || long.length < 4) return false;
  return `${short}er` === long || isOneEdit(short, long);
}

/** One letter more or less, another one, or two neighbours in the wrong order; another digit is another thing. */
export function isOneEdit(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  if (short.length < long.length) return short.slice(at) === long.slice(at + 1);
  const [left, right] = [short.slice(at), long.slice(at)];
  if (/^\d/.test(left) && /^\d/.test(right)) return false;
  if (left.slice(1) === right.slice(1)) return true;
  return left[0] === right[1] && left[1] === right[0] && left.slice(2) === right.slice(2);
}
