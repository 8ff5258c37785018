/**
 * SPDX licence expressions, https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/; the identifiers are
 * those of https://spdx.org/licenses/, as the package `spdx-license-ids` has them.
 */
import deprecated from 'spdx-license-ids/deprecated.json' with { type: 'json' };
import current from 'spdx-license-ids/index.json' with { type: 'json' };

export interface LicenceFault {
  /** The part of the expression that is at fault. */
  readonly part: string;
  readonly fault: 'unknown' | 'deprecated' | 'spelling' | 'expression';
  /** What to write in place of the part. */
  readonly instead?: string;
}

const identifiers: ReadonlySet<string> = new Set(current);
const retired: ReadonlySet<string> = new Set(deprecated);

const reference = /^(?:DocumentRef-[A-Za-z0-9.-]+:)?LicenseRef-[A-Za-z0-9.-]+$/;
const exception = /^[A-Za-z0-9.-]+$/;
const operators: ReadonlySet<string> = new Set(['AND', 'OR', 'WITH']);

/** What is wrong with an expression such as `MIT OR Apache-2.0`; undefined when nothing is. */
export function licenceFault(text: string): LicenceFault | undefined {
  const words = text
    .replaceAll(/[()]/g, (bracket) => ` ${bracket} `)
    .trim()
    .split(/\s+/);
  let open = 0;
  let wantsOperand = true;
  for (const [index, word] of words.entries()) {
    const asWhole: LicenceFault = { part: text, fault: 'expression' };
    if (word === '(') {
      if (!wantsOperand) return asWhole;
      open += 1;
    } else if (word === ')') {
      open -= 1;
      if (wantsOperand || open < 0) return asWhole;
    } else if (wantsOperand) {
      const fault = words[index - 1] === 'WITH' ? exceptionFault(word) : identifierFault(word);
      if (fault !== undefined) return fault;
      wantsOperand = false;
    } else if (operators.has(word)) wantsOperand = true;
    else return asWhole;
  }
  return wantsOperand || open !== 0 ? { part: text, fault: 'expression' } : undefined;
}

const exceptionFault = (word: string): LicenceFault | undefined =>
  exception.test(word) ? undefined : { part: word, fault: 'unknown' };

function identifierFault(word: string): LicenceFault | undefined {
  const name = word.endsWith('+') ? word.slice(0, -1) : word;
  if (retired.has(name)) {
    const later = identifiers.has(`${name}-or-later`);
    const instead = later ? `${name}-${word === name ? 'only' : 'or-later'}` : undefined;
    return { part: word, fault: 'deprecated', ...(instead === undefined ? {} : { instead }) };
  }
  if (identifiers.has(name) || reference.test(word)) return undefined;
  const spelled = current.find((each) => each.toLowerCase() === name.toLowerCase());
  return spelled === undefined ? { part: word, fault: 'unknown' } : { part: word, fault: 'spelling', instead: spelled };
}
