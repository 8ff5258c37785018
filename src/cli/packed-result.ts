/**
 * Results of many files, held small. As objects, what was found in six thousand files takes a hundred megabytes, which V8
 * lets grow to half as much again; as bytes outside of its heap it takes a quarter of that.
 */
import type { LintResult } from '../engine/lint.ts';

/** Of so many files the results are held as bytes: to read one takes 0.05 ms each time that it is asked for. */
const manyFiles = 1000;

/** Plain data, which goes from thread to thread. */
export interface PackedResult extends Omit<LintResult, 'text' | 'findings' | 'suppressed'> {
  readonly text: Uint8Array;
  readonly findings: Uint8Array;
  readonly suppressed: Uint8Array;
}

export const packed = ({ text, findings, suppressed, ...rest }: LintResult): PackedResult => ({
  ...rest,
  text: Buffer.from(text),
  findings: bytesOf(findings),
  suppressed: bytesOf(suppressed),
});

/** Findings are read anew each time: none is the same object as another time. */
export function unpacked({ text, findings, suppressed, ...rest }: PackedResult): LintResult {
  return {
    ...rest,
    get text() {
      return textOf(text);
    },
    get findings(): LintResult['findings'] {
      return JSON.parse(textOf(findings));
    },
    get suppressed(): LintResult['suppressed'] {
      return JSON.parse(textOf(suppressed));
    },
  };
}

/** How the results of so many files are held. */
export const heldOf = (files: number): ((result: LintResult) => LintResult) =>
  files < manyFiles ? (result) => result : (result) => unpacked(packed(result));

const bytesOf = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));

const textOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
