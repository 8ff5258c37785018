/**
 * Results of many files, held small. As objects, what was found in six thousand files takes a hundred megabytes, which V8
 * lets grow to half as much again; as compressed bytes outside of its heap it takes a tenth of that.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { LintResult } from '../engine/lint.ts';

type Told = Pick<LintResult, 'text' | 'findings' | 'suppressed'>;

/** Plain data, which goes from thread to thread. */
export interface PackedResult extends Omit<LintResult, keyof Told> {
  readonly told: Uint8Array<ArrayBuffer>;
}

/** What results that were packed before came from: to pack one again is to read and compress all of it. */
const packs = new WeakMap<LintResult, PackedResult>();

export const packed = (result: LintResult): PackedResult => packs.get(result) ?? pack(result);

const pack = ({ text, findings, suppressed, ...rest }: LintResult): PackedResult => ({
  ...rest,
  // A copy of its own: what is compressed lies in a buffer many times its size.
  told: new Uint8Array(deflateRawSync(JSON.stringify({ text, findings, suppressed } satisfies Told), { level: 1 })),
});

/** What was asked for last: a report asks for the text and the findings of a file one after the other. */
let last: { readonly bytes: Uint8Array; readonly told: Told } | undefined;

/** Findings may be read anew each time: none is surely the same object as another time. */
export function unpacked(from: PackedResult): LintResult {
  const { told: bytes, ...rest } = from;
  const result: LintResult = {
    ...rest,
    get text() {
      return readTold(bytes).text;
    },
    get findings() {
      return readTold(bytes).findings;
    },
    get suppressed() {
      return readTold(bytes).suppressed;
    },
  };
  packs.set(result, from);
  return result;
}

function readTold(bytes: Uint8Array): Told {
  if (last?.bytes === bytes) return last.told;
  const told: Told = JSON.parse(inflateRawSync(bytes).toString('utf8'));
  last = { bytes, told };
  return told;
}
