/** The flags of each instruction: which there are, and what values they take. */
import type { HeadFlag } from '../head.ts';
import type { Flag, Word } from '../instruction.ts';
import { type Edit, type MappedText, mappedSpan } from '../source.ts';
import { anyOf, didYouMean, nearest } from '../suggest.ts';
import { literalWord, readWord } from '../word.ts';
import { checkedWord, type Draft } from './draft.ts';

/** `boolean` may stand without a value, `list` more than once. */
type FlagKind = 'boolean' | 'text' | 'list';

interface FlagRule {
  readonly kind: FlagKind;
  /** BuildKit expands variables in it. */
  readonly expanded?: true;
}

type FlagRules = ReadonlyMap<string, FlagRule>;

const boolean: FlagRule = { kind: 'boolean' };
const text: FlagRule = { kind: 'text' };
const list: FlagRule = { kind: 'list' };
const expanded: FlagRule = { kind: 'text', expanded: true };
const none: FlagRules = new Map();

/** BuildKit v0.34 `frontend/dockerfile/instructions`. ARG and STOPSIGNAL are not here: it ignores their flags. */
const rules: ReadonlyMap<string, FlagRules> = new Map([
  [
    'ADD',
    new Map([
      ['chown', expanded],
      ['chmod', expanded],
      ['link', boolean],
      ['keep-git-dir', boolean],
      ['checksum', expanded],
      ['unpack', boolean],
      ['exclude', list],
    ]),
  ],
  [
    'COPY',
    new Map([
      ['from', text],
      ['chown', expanded],
      ['chmod', expanded],
      ['link', boolean],
      ['parents', boolean],
      ['exclude', list],
    ]),
  ],
  ['FROM', new Map([['platform', expanded]])],
  [
    'HEALTHCHECK',
    new Map([
      ['interval', text],
      ['timeout', text],
      ['start-period', text],
      ['start-interval', text],
      ['retries', text],
    ]),
  ],
  [
    'RUN',
    new Map([
      ['mount', list],
      ['network', text],
      ['security', text],
      ['device', list],
    ]),
  ],
  ...['CMD', 'ENTRYPOINT', 'ENV', 'EXPOSE', 'LABEL', 'MAINTAINER', 'ONBUILD', 'SHELL', 'USER', 'VOLUME', 'WORKDIR'].map(
    (keyword): [string, FlagRules] => [keyword, none],
  ),
]);

/** A flag that an instruction has. */
export interface KnownFlag {
  readonly name: string;
  /** False for one that may stand without `=` and a value. */
  readonly takesValue: boolean;
}

/** The flags that an instruction has, by its keyword in upper case. */
export const flagsOf = (keyword: string): readonly KnownFlag[] =>
  [...(rules.get(keyword) ?? none)].map(([name, { kind }]) => ({ name, takesValue: kind !== 'boolean' }));

/** The flags of an instruction, valid or not. */
export function readFlags(
  logical: MappedText,
  flags: readonly HeadFlag[],
  escape: '\\' | '`',
  keyword: string,
): Flag[] {
  return flags.map((flag) => {
    const equals = flag.text.indexOf('=');
    const span = mappedSpan(logical, flag.start, flag.end);
    if (equals === -1) return { name: flag.text.slice(2), span };
    const name = flag.text.slice(2, equals);
    const start = flag.positions[equals + 1] ?? flag.end;
    const end = (flag.positions.at(-1) ?? flag.end - 1) + 1;
    const place = { start, end: Math.max(start, end) };
    const raw = flag.text.slice(equals + 1);
    const literal = rules.get(keyword)?.get(name)?.expanded !== true && name !== 'mount';
    return { name, span, value: literal ? literalWord(logical, place, raw) : readWord(logical, place, escape, raw) };
  });
}

/** Notes flags that the instruction does not have, that stand twice, and values that are missing or of the wrong kind. */
export function checkFlags(draft: Draft): void {
  const known = rules.get(draft.keyword);
  if (known === undefined) return;
  const used = new Set<string>();
  for (const flag of draft.base.flags) {
    const message = faultOf(flag, draft.keyword, known, used);
    if (message !== undefined) draft.refuse(flag.span, message, undefined, respelled(flag, known));
    else if (flag.value !== undefined && known.get(flag.name)?.expanded) checkedWord(draft, flag.value);
    used.add(flag.name);
  }
}

const nearFlag = ({ name }: Flag, known: FlagRules): string | undefined =>
  nearest(name, known.keys()) ?? [...known.keys()].find((each) => each === name.toLowerCase());

/** Not where the value is missing, too: under its right name the flag would still be refused. */
function respelled(flag: Flag, known: FlagRules): Edit | undefined {
  const text = known.has(flag.name) ? undefined : nearFlag(flag, known);
  const { line, column } = flag.span;
  if (text === undefined || line !== flag.span.endLine) return undefined;
  if (flag.value === undefined && known.get(text)?.kind !== 'boolean') return undefined;
  return { at: { line, column: column + 2, endLine: line, endColumn: column + 2 + flag.name.length }, text };
}

function faultOf(flag: Flag, keyword: string, known: FlagRules, used: ReadonlySet<string>): string | undefined {
  const written = `--${flag.name}`;
  const rule = known.get(flag.name);
  if (rule === undefined) {
    const near = nearFlag(flag, known);
    const hint = didYouMean(near === undefined ? undefined : `--${near}`);
    const has =
      known.size === 0 ? 'it takes no flags' : `it takes ${anyOf([...known.keys()].map((name) => `--${name}`))}`;
    return `${keyword} has no flag ${written}${hint}: ${has}.`;
  }
  if (rule.kind !== 'list' && used.has(flag.name)) return `The flag ${written} of ${keyword} can be used once only.`;
  const value = flag.value?.raw;
  if (rule.kind !== 'boolean')
    return value === undefined
      ? `The flag ${written} of ${keyword} needs a value, joined by "=": ${written}=VALUE.`
      : undefined;
  if (value === undefined || /^(?:true|false)$/i.test(value)) return undefined;
  return `The flag ${written} of ${keyword} takes true or false, not ${JSON.stringify(value)}.`;
}

/** The first flag of a name, as BuildKit would take it if the others were not there. */
export function flagNamed({ base }: Draft, name: string): Flag | undefined {
  return base.flags.find((flag) => flag.name === name);
}

export function flagValue(draft: Draft, name: string): Word | undefined {
  return flagNamed(draft, name)?.value;
}

/** Whether a boolean flag is set. */
export function isFlagSet(draft: Draft, name: string): boolean {
  const flag = flagNamed(draft, name);
  return flag !== undefined && flag.value?.raw.toLowerCase() !== 'false';
}
