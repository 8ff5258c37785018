/** COPY and ADD. */
import type { Stretch } from '../blank.ts';
import { readOpener } from '../heredoc.ts';
import type { CopyInstruction, CopyTail, Instruction, Word } from '../instruction.ts';
import { lex } from '../lexer.ts';
import { mappedSpan } from '../source.ts';
import { checkCopyFlags } from './copy-flags.ts';
import { argumentsSpan, type Draft, expandedWord, invalid, readList } from './draft.ts';
import { flagValue, isFlagSet } from './flags.ts';

export function readCopy(draft: Draft, keyword: 'COPY' | 'ADD'): Instruction {
  const list = readList(draft);
  if (list === undefined) return invalid(draft);
  const words = list.args.map((raw, index) => ({ raw, stretch: list.words[index] ?? draft.head.rest }));
  const end = list.json ? -1 : words.findIndex(({ raw }, index) => index > 1 && kindOfTail(raw) !== undefined);
  const places = end === -1 ? words : words.slice(0, end);
  const tail = end === -1 ? undefined : words[end];
  const last = places.pop();
  if (last === undefined || places.length === 0) {
    const given = last === undefined ? 'none is given' : 'only one is given';
    draft.refuse(
      argumentsSpan(draft),
      `${keyword} needs at least two arguments, a source and a destination: ${given}.`,
    );
    return invalid(draft, list);
  }
  const destination = expandedWord(draft, last.stretch, last.raw);
  if (readOpener(last.raw) !== undefined)
    draft.refuse(destination.span, `${keyword} cannot have a heredoc as its destination: name a path.`);
  const paths = places.filter(({ raw }) => readOpener(raw) === undefined && !typesetFlag.test(raw));
  const typeset = places.find(({ raw }) => typesetFlag.exec(raw)?.groups?.['from'] !== undefined);
  const from = keyword !== 'COPY' ? undefined : (fromValue(draft) ?? (typeset && typesetFrom(draft, typeset)));
  const chown = flagValue(draft, 'chown');
  const chmod = flagValue(draft, 'chmod');
  const instruction: CopyInstruction = {
    ...draft.base,
    keyword,
    args: list.args,
    json: list.json,
    sources: paths.map(({ raw, stretch }) => expandedWord(draft, stretch, raw)),
    destination,
    ...(tail === undefined ? {} : { tail: tailAt(draft, tail) }),
    ...(from === undefined ? {} : { from }),
    ...(chown === undefined ? {} : { chown }),
    ...(chmod === undefined ? {} : { chmod }),
    link: isFlagSet(draft, 'link'),
    parents: keyword === 'COPY' && isFlagSet(draft, 'parents'),
    exclude: draft.base.flags.flatMap((flag) =>
      flag.name === 'exclude' && flag.value !== undefined ? [flag.value] : [],
    ),
  };
  checkCopyFlags(draft, instruction);
  if (keyword === 'COPY')
    for (const { span, text } of instruction.sources)
      if (text !== undefined && /^https?:\/\//.test(text))
        draft.refuse(span, `COPY takes no address: ADD ${text} downloads it.`);
  return instruction;
}

/** A flag whose hyphens a page has made a dash: BuildKit takes it for a source. */
const typesetFlag = /^[–—]{1,2}(?:(?<from>from=)|chown=|chmod=|link$|parents$|exclude=)/;

function typesetFrom(draft: Draft, { raw, stretch }: { readonly raw: string; readonly stretch: Stretch }): Word {
  const start = stretch.start + raw.indexOf('=') + 1;
  return expandedWord(draft, { start, end: stretch.end }, raw.slice(raw.indexOf('=') + 1));
}

/** A name may begin with the sign of a comment; no path is an operator of a shell. */
function kindOfTail(raw: string): CopyTail['kind'] | undefined {
  if (/^#+(?:[A-Za-z]\w*)?$/.test(raw)) return 'comment';
  return /^(?:&&|\|\|?|;|[12]?>>?(?:\/.*|&[12])?|&>.*)$/.test(raw) ? 'shell' : undefined;
}

function tailAt({ logical }: Draft, { raw, stretch }: { readonly raw: string; readonly stretch: Stretch }): CopyTail {
  const kind = kindOfTail(raw) ?? 'comment';
  return { kind, text: raw, span: mappedSpan(logical, stretch.start, stretch.end) };
}

/** BuildKit expands `--from` with nothing set and refuses it when that changes it. Empty is as if it were not there. */
function fromValue(draft: Draft): Word | undefined {
  const from = flagValue(draft, 'from');
  if (from === undefined || from.raw === '') return undefined;
  if (lex(from.raw, () => null, { escape: draft.escape }).text !== from.raw)
    draft.refuse(
      from.span,
      `COPY --from cannot hold variables: give a stage made with FROM ${from.raw} a name and copy from that.`,
      'copy-source',
    );
  return from;
}
