/** What the value of a label has to be, by the kinds that a schema of labels names. */
import { type LicenceFault, licenceFault } from './licences.ts';

export const labelKinds = ['text', 'url', 'rfc3339', 'spdx', 'hash', 'semver', 'email'] as const;
export type LabelKind = (typeof labelKinds)[number];

/** https://www.rfc-editor.org/rfc/rfc3339#section-5.6; a leap second may be the sixtieth. */
const time =
  /^(\d{4})-(\d\d)-(\d\d)[Tt](?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** https://semver.org/spec/v2.0.0.html, the expression it suggests. */
const version =
  /^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*)?(?:\+[0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*)?$/;

/** As git prints hashes, whole (SHA-1, SHA-256) or shortened: seven digits at the least. */
const hash = /^(?:[0-9a-f]{7,40}|[0-9a-f]{64})$/;

/** https://www.rfc-editor.org/rfc/rfc5322#section-3.4.1 without its obsolete forms and comments. */
const address =
  /^(?:[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*|"(?:[^"\\]|\\.)*")@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*|\[[0-9a-f.:]+\])$/i;

const longest = 2000;

/** Whether a value is of a kind; `spdx` is asked for its fault, which says more. */
function isOfKind(kind: LabelKind, text: string): boolean {
  switch (kind) {
    case 'text':
      return true;
    case 'url':
      return isUrl(text);
    case 'rfc3339':
      return isTime(text);
    case 'spdx':
      return licenceFault(text) === undefined;
    case 'hash':
      return hash.test(text);
    case 'semver':
      return version.test(text);
    case 'email':
      return address.test(text);
  }
}

/** Undefined when the value is as its kind asks. An empty one is of no kind, not even text. */
export function labelValueFault(kind: LabelKind, text: string): 'empty' | 'kind' | LicenceFault | undefined {
  if (text === '') return 'empty';
  if (text.length <= longest && isOfKind(kind, text)) return undefined;
  return kind === 'spdx' && text.length <= longest ? licenceFault(text) : 'kind';
}

/** Absolute, with a host where the scheme has one. */
function isUrl(text: string): boolean {
  if (/\s|^(?:https?|ftp|ssh|git):(?!\/\/[^/])/i.test(text) || !/^[a-z][a-z0-9+.-]*:./i.test(text)) return false;
  return URL.canParse(text);
}

function isTime(text: string): boolean {
  const [, year = '', month = '', day = ''] = time.exec(text) ?? [];
  if (year === '') return false;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}
