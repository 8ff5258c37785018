/** Values as Go's strconv and docker/go-units read them. */

const truths: ReadonlySet<string> = new Set(['1', 't', 'T', 'TRUE', 'true', 'True']);
const falsehoods: ReadonlySet<string> = new Set(['0', 'f', 'F', 'FALSE', 'false', 'False']);
const size = /^((?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?) ?(?:b|[kmgtp](?:i?b)?)?$/i;

export function isBoolean(text: string): boolean {
  return truths.has(text) || falsehoods.has(text);
}

export function isTrue(text: string): boolean {
  return truths.has(text);
}

/** A number of at most 32 bits without a sign. */
export function isUnsigned(text: string, base: 8 | 10): boolean {
  const digits = base === 8 ? /^[0-7]+$/ : /^\d+$/;
  return digits.test(text) && Number.parseInt(text, base) < 2 ** 32;
}

/** `64m`, `1.5 GiB`. */
export function isSize(text: string): boolean {
  return size.test(text);
}
