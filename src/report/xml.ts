/** XML 1.0 that every parser takes. */
import { harmless } from './harmless.ts';

/** What XML 1.0 forbids, besides the control characters and halves of pairs that `harmless` shows. */
const forbidden = /[\ufffe\uffff]/g;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text for an attribute or an element; what must not be sent is shown as `\u001b`. */
export const xmlText = (text: string): string =>
  harmless(text)
    .replace(forbidden, (char) => `\\u${char.charCodeAt(0).toString(16)}`)
    .replace(/[&<>"']/g, (char) => entities[char] ?? char);

/** The attributes of an element, each after a blank; absent ones are left out. */
export const xmlAttributes = (attributes: Readonly<Record<string, string | number | undefined>>): string =>
  Object.entries(attributes)
    .map(([name, value]) => (value === undefined ? '' : ` ${name}="${xmlText(String(value))}"`))
    .join('');

export const xmlHeader = '<?xml version="1.0" encoding="UTF-8"?>\n';
