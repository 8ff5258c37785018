/** `RUN --device`. */

import { readFields } from './csv.ts';
import type { Draft } from './draft.ts';
import { isBoolean } from './go-values.ts';

/** Notes devices that BuildKit refuses: `--device=[name=]NAME[,required]`. */
export function checkDevices(draft: Draft): void {
  for (const [index, flag] of draft.head.flags.entries()) {
    const span = draft.base.flags[index]?.span;
    if (span === undefined || !flag.text.startsWith('--device=')) continue;
    const start = '--device='.length;
    const fields = readFields({ text: flag.text.slice(start), positions: flag.positions.slice(start), end: flag.end });
    const message = fields === undefined ? 'its options cannot be read' : faultOf(fields.map((field) => field.text));
    if (message !== undefined) draft.refuse(span, `RUN --device takes a name and "required": ${message}.`);
  }
}

function faultOf(fields: readonly string[]): string | undefined {
  let named = false;
  for (const field of fields) {
    const equals = field.indexOf('=');
    const key = (equals === -1 ? field : field.slice(0, equals)).toLowerCase();
    const value = equals === -1 ? undefined : field.slice(equals + 1);
    if (key === 'required') {
      if (value !== undefined && !isBoolean(value)) return `${JSON.stringify(value)} is no boolean`;
    } else if (key === 'name' && value !== undefined) {
      if (named) return 'the name is given twice';
      named = value !== '';
    } else if (named) return `${JSON.stringify(field)} is not known`;
    else named = field !== '';
  }
  return undefined;
}
