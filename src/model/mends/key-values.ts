/** The form with `=` for what is written with a blank, and a label for the maintainer. */
import type { Pair, WordInstruction } from '../../syntax/index.ts';
import type { Fix } from './fix.ts';

/** Undefined where quotes, escapes or line ends in the value would mean something else in the new form. */
export function pairWithEquals({ span, name, value }: Pair): Fix | undefined {
  const raw = value?.raw ?? '';
  // A sign that is a part of the value is not meant to be one.
  if (span.line !== span.endLine || /^=[ \t]/.test(raw)) return undefined;
  const kept = isQuoted(raw) || /^[^\s"'\\#]+$/.test(raw);
  if (!kept && !/^[^"'\\\n\r]+$/.test(raw)) return undefined;
  const text = `${name.raw}=${kept ? raw : `"${raw}"`}`;
  return { says: `Write ${name.raw} with an equals sign`, safety: 'safe', edits: [{ at: span, text }] };
}

/** One pair of quotes around the whole of it. */
const isQuoted = (raw: string): boolean => /^"[^"\\\n\r]*"$|^'[^'\\\n\r]*'$/.test(raw);

/** The key is that of the OCI image specification. */
export function maintainerLabel({ span, word, value }: WordInstruction): Fix | undefined {
  const name = isQuoted(value.raw) ? value.raw.slice(1, -1) : value.raw;
  if (name === '' || span.line !== span.endLine || /["\\$\n\r]/.test(name)) return undefined;
  const label = word === word.toLowerCase() ? 'label' : 'LABEL';
  const text = `${label} org.opencontainers.image.authors="${name}"`;
  return { says: 'Write it as a label', safety: 'safe', edits: [{ at: span, text }] };
}
