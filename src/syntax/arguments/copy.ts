/** COPY and ADD. */
import { readOpener } from '../heredoc.ts';
import type { CopyInstruction, Instruction, Word } from '../instruction.ts';
import { lex } from '../lexer.ts';
import { checkCopyFlags } from './copy-flags.ts';
import { argumentsSpan, type Draft, expandedWord, invalid, readList } from './draft.ts';
import { flagValue, isFlagSet } from './flags.ts';

export function readCopy(draft: Draft, keyword: 'COPY' | 'ADD'): Instruction {
  const list = readList(draft);
  if (list === undefined) return invalid(draft);
  const places = list.args.map((raw, index) => ({ raw, stretch: list.words[index] ?? draft.head.rest }));
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
  const paths = places.filter(({ raw }) => readOpener(raw) === undefined);
  const from = keyword === 'COPY' ? fromValue(draft) : undefined;
  const chown = flagValue(draft, 'chown');
  const chmod = flagValue(draft, 'chmod');
  const instruction: CopyInstruction = {
    ...draft.base,
    keyword,
    args: list.args,
    json: list.json,
    sources: paths.map(({ raw, stretch }) => expandedWord(draft, stretch, raw)),
    destination,
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
