/** `NAME=value` that an ENV or LABEL of the old form takes for a part of the value before it. */
import { mappedSpan } from '../../syntax/index.ts';
import type { Build, Located } from '../build.ts';
import type { Fix } from '../mends/fix.ts';
import { type WrittenPair, writtenPairs } from './written-pairs.ts';

export interface SwallowedPair extends Located {
  readonly keyword: string;
  /** The name that is never set. */
  readonly name: string;
  /** The one whose value takes it in. */
  readonly holder: Located & { readonly name: string };
}

export function* swallowedPairs(build: Build): Iterable<SwallowedPair> {
  for (const written of writtenPairs(build.stages)) if (written.pair.legacy) yield* swallowedIn(written);
}

export interface SwallowedSign extends Located {
  readonly name: string;
  readonly fix?: Fix;
}

/** `ENV PORT = 8080`: the blank before it makes the sign the beginning of the value. */
export function* swallowedSigns(build: Build): Iterable<SwallowedSign> {
  for (const { pair } of writtenPairs(build.stages)) {
    const [sign] = /^=[ \t]+/.exec(pair.value?.raw ?? '') ?? [];
    const name = pair.name.text;
    if (!pair.legacy || sign === undefined || name === undefined || pair.value === undefined) continue;
    const value = pair.value.raw.slice(sign.length);
    const isOne = /^(?:"[^"\\]*"|'[^'\\]*'|[^\s"'\\#]+)$/.test(value) && pair.span.line === pair.span.endLine;
    const edits = [{ at: pair.span, text: `${pair.name.raw}=${value}` }];
    const fix: Fix = { says: 'Take the blanks away', safety: 'unsafe', edits };
    yield { span: pair.value.span, name, ...(isOne ? { fix } : {}) };
  }
}

/** A name at the start of a further line, or one in capitals behind a first value without blanks. */
const further = /(?<=\s)([A-Za-z_][\w.-]*)=/g;
const capitals = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/;

function* swallowedIn({ pair, instruction }: WrittenPair): Iterable<SwallowedPair> {
  const raw = pair.value?.raw ?? '';
  const name = pair.name.text;
  if (name === undefined || !raw.includes('=') || /^["'-]/.test(raw)) return;
  const { logical, keyword } = instruction;
  const start = logical.text.lastIndexOf(raw);
  if (start === -1) return;
  let line = pair.name.span.line;
  for (const match of raw.matchAll(further)) {
    const [written, found = ''] = match;
    const at = start + match.index;
    const span = mappedSpan(logical, at, at + written.length - 1);
    const first = raw.slice(0, match.index).trim();
    const isBehindOne = keyword === 'ENV' && capitals.test(found) && found.length > 2 && /^[^\s=]+$/.test(first);
    if (span.line === line && !isBehindOne) continue;
    line = span.line;
    yield { span, keyword, name: found, holder: { span: pair.name.span, name } };
  }
}
