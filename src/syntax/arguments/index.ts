/** From the head of an instruction to the instruction: keyword by keyword. */
import { readHead } from '../head.ts';
import type { Instruction } from '../instruction.ts';
import { mappedSlice, mappedSpan } from '../source.ts';
import { didYouMean, nearest } from '../suggest.ts';
import { readCommand, readHealthcheck } from './command.ts';
import { readCopy } from './copy.ts';
import { type Draft, invalid } from './draft.ts';
import { checkFlags, readFlags } from './flags.ts';
import { readFrom } from './from.ts';
import { readArg, readPairs } from './pairs.ts';
import { readExpose, readValue, readVolume } from './values.ts';

export type { Draft } from './draft.ts';
export { readFlags } from './flags.ts';

/** Every instruction there is. */
export const keywords: readonly string[] = [
  ...['ADD', 'ARG', 'CMD', 'COPY', 'ENTRYPOINT', 'ENV', 'EXPOSE', 'FROM', 'HEALTHCHECK', 'LABEL', 'MAINTAINER'],
  ...['ONBUILD', 'RUN', 'SHELL', 'STOPSIGNAL', 'USER', 'VOLUME', 'WORKDIR'],
];

const notTriggers: ReadonlySet<string> = new Set(['ONBUILD', 'FROM', 'MAINTAINER']);

/** Reads the arguments of an instruction. What BuildKit refuses in them is noted with `draft.refuse`. */
export function readInstruction(draft: Draft): Instruction {
  // Of HEALTHCHECK NONE BuildKit does not look at the flags.
  if (draft.keyword !== 'HEALTHCHECK') checkFlags(draft);
  switch (draft.keyword) {
    case 'FROM':
      return readFrom(draft);
    case 'RUN':
    case 'CMD':
    case 'ENTRYPOINT':
    case 'SHELL':
      return readCommand(draft, draft.keyword);
    case 'COPY':
    case 'ADD':
      return readCopy(draft, draft.keyword);
    case 'ENV':
    case 'LABEL':
      return readPairs(draft, draft.keyword);
    case 'ARG':
      return readArg(draft);
    case 'USER':
    case 'WORKDIR':
    case 'STOPSIGNAL':
    case 'MAINTAINER':
      return readValue(draft, draft.keyword);
    case 'EXPOSE':
      return readExpose(draft);
    case 'VOLUME':
      return readVolume(draft);
    case 'HEALTHCHECK':
      return readHealthcheck(draft);
    case 'ONBUILD':
      return readOnbuild(draft);
    default:
      return readUnknown(draft);
  }
}

function readOnbuild(draft: Draft): Instruction {
  const { base, logical, head, escape } = draft;
  if (head.rest.start === head.rest.end) {
    draft.refuse(base.keywordSpan, 'ONBUILD needs an instruction as its argument.');
    return invalid(draft);
  }
  const trigger = triggerOf(draft);
  if (notTriggers.has(trigger.keyword)) {
    draft.refuse(trigger.base.keywordSpan, `ONBUILD cannot have ${trigger.keyword} as its instruction.`, 'trigger');
    return invalid(draft);
  }
  return { ...base, keyword: 'ONBUILD', args: [], json: false, trigger: readInstruction(trigger) };

  function triggerOf({ refuse }: Draft): Draft {
    const inner = mappedSlice(logical, head.rest.start, head.rest.end);
    const innerHead = readHead(inner.text, 0, inner.text.length, escape);
    const { start, end } = innerHead.keyword;
    const word = inner.text.slice(start, end);
    const keywordSpan = mappedSpan(inner, start, end);
    const { endLine, endColumn } = base.span;
    return {
      base: {
        ...base,
        word,
        keywordSpan,
        span: { line: keywordSpan.line, column: keywordSpan.column, endLine, endColumn },
        flags: readFlags(inner, innerHead.flags, escape, word.toUpperCase()),
        logical: inner,
        comments: [],
        onbuild: true,
      },
      keyword: word.toUpperCase(),
      head: innerHead,
      logical: inner,
      escape,
      refuse,
    };
  }
}

/** BuildKit's parser drops the arguments of an instruction that it does not know. */
function readUnknown(draft: Draft): Instruction {
  const { word, keywordSpan } = draft.base;
  const joined = /^([a-zA-Z]+)\[/.exec(word)?.[1];
  if (joined !== undefined && keywords.includes(joined.toUpperCase())) {
    const apart = `${joined} ${word.slice(joined.length)}`;
    const message = `Unknown instruction ${word}: a blank is missing behind ${joined}.`;
    // With single quotes it is no JSON array: a shell would get it as a command.
    const isArray = !draft.logical.text.includes("'");
    draft.refuse(keywordSpan, message, undefined, isArray ? { at: keywordSpan, text: apart } : undefined);
    return invalid(draft, { args: [''], json: false });
  }
  const near = nearest(draft.keyword, keywords);
  const spelled = near !== undefined && word === word.toLowerCase() ? near.toLowerCase() : near;
  const message =
    word === '' ? 'There is no instruction on this line.' : `Unknown instruction ${word}${didYouMean(spelled)}.`;
  draft.refuse(keywordSpan, message, undefined, spelled === undefined ? undefined : { at: keywordSpan, text: spelled });
  return invalid(draft, { args: [''], json: false });
}
