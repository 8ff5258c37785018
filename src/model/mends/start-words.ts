/** Words of CMD and ENTRYPOINT that come together. */
import type { CommandInstruction, ShellWord, Span, Word } from '../../syntax/index.ts';
import type { Build } from '../build.ts';
import { baseName } from '../files/path.ts';
import type { MissingNode } from '../start/missing-node.ts';
import type { ProgramOffPath } from '../start/programs-off-path.ts';
import type { StrayArgument } from '../start/stray-arguments.ts';
import type { WordsInOne } from '../start/words-in-one.ts';
import type { Fix } from './fix.ts';
import { writtenAt } from './written.ts';

/** Folder and file as one path, what `sh -c` runs as one word; undefined where the words stand in two instructions. */
export function joinedWords(build: Build, stray: StrayArgument): Fix | undefined {
  for (const { steps } of build.stages)
    for (const { instruction } of steps) {
      if ((instruction.keyword !== 'CMD' && instruction.keyword !== 'ENTRYPOINT') || instruction.onbuild) continue;
      const words = instruction.form === 'exec' ? instruction.exec : wordsOf(build, instruction);
      const at = words.findIndex(({ span }) => span === stray.span);
      if (at > 0 && stray.kind !== 'program')
        return stray.kind === 'folder' ? asPath(stray, instruction, words, at) : asScript(stray, words, at);
    }
  return undefined;
}

/** One word taken apart, where it is written out. */
export function wordsTakenApart(build: Build, { span, word, meant, instruction }: WordsInOne): Fix | undefined {
  const isArray = instruction.form === 'exec';
  const quoted = isArray ? [JSON.stringify(word)] : [JSON.stringify(word), `'${word}'`];
  if (meant === undefined || !quoted.includes(writtenAt(build, span))) return undefined;
  const text = isArray ? meant.map((each) => JSON.stringify(each)).join(', ') : meant.join(' ');
  return { says: `Write ${text}`, safety: 'unsafe', edits: [{ at: span, text }] };
}

/**
 * On an image whose ENTRYPOINT is Node.js: CMD without it, as that names the script; an ENTRYPOINT with the path of the
 * program. Nothing starts without, so that nothing is lost.
 */
export function nodeAsImageHasIt(build: Build, { target, program, fault }: MissingNode): Fix | undefined {
  const { cmd, entrypoint } = target.result;
  const { instruction } = (fault === 'doubled' ? cmd : entrypoint) ?? {};
  const [first, second] = instruction?.form === 'exec' ? instruction.exec : [];
  if (first?.text !== program || writtenAt(build, first.span) !== JSON.stringify(program)) return undefined;
  if (fault === 'elsewhere')
    return { says: 'Write /nodejs/bin/node', safety: 'safe', edits: [{ at: first.span, text: '"/nodejs/bin/node"' }] };
  const [name = '', ...rest] = program.split(' ');
  if (fault !== 'doubled' || !/^node(?:js)?$/.test(baseName(name))) return undefined;
  const isCall = rest.length > 0;
  if (isCall ? !rest.every((word) => /^[\w./=@:-]+$/.test(word)) : second?.span.line !== first.span.endLine)
    return undefined;
  const at = isCall || second === undefined ? first.span : { ...first.span, endColumn: second.span.column };
  return {
    says: 'Name the script only',
    safety: 'safe',
    edits: [{ at, text: rest.map((word) => JSON.stringify(word)).join(', ') }],
  };
}

/** The path in place of the name; the container does not start without, so that nothing is lost. */
export function programByItsPath(build: Build, { target, program, call }: ProgramOffPath): Fix | undefined {
  const { cmd, entrypoint } = target.result;
  for (const start of [entrypoint, cmd])
    for (const { text, span } of start?.instruction.form === 'exec' ? start.instruction.exec : [])
      if (text === program && writtenAt(build, span) === JSON.stringify(program))
        return { says: `Write ${call}`, safety: 'safe', edits: [{ at: span, text: JSON.stringify(call) }] };
  return undefined;
}

type Words = readonly (Word | ShellWord)[];

function asPath({ meant }: StrayArgument, { form }: CommandInstruction, words: Words, at: number): Fix | undefined {
  const folder = words[at - 1];
  const file = words[at];
  if (folder?.text === undefined || file === undefined || folder.span.line !== file.span.endLine) return undefined;
  if (!/^[\w./@-]+$/.test(meant) || !meant.startsWith(folder.text.replace(/\/$/, ''))) return undefined;
  const text = form === 'exec' ? JSON.stringify(meant) : meant;
  return { says: `Write ${meant}`, safety: 'unsafe', edits: [{ at: reaching(folder.span, file.span), text }] };
}

/** The program takes the place of the shell, so that signals reach it. */
function asScript({ meant }: StrayArgument, words: Words, at: number): Fix | undefined {
  const script = words[at - 1];
  const last = words.at(-1);
  if (at !== 3 || script === undefined || last === undefined || !/^(?:[\w./@:=,+-]|\$(?:\w|\{\w+\})| )+$/.test(meant))
    return undefined;
  if (!words.slice(2).every(({ text }) => text !== undefined && text !== '' && !text.includes(' '))) return undefined;
  if (baseName(words[0]?.text ?? '') === script.text || /^(?:exec|cd|export|set|\.|source)$/.test(script.text ?? ''))
    return undefined;
  const text = JSON.stringify(`exec ${meant}`);
  return { says: `Write ${text}`, safety: 'unsafe', edits: [{ at: reaching(script.span, last.span), text }] };
}

const reaching = (first: Span, last: Span): Span => ({ ...first, endLine: last.endLine, endColumn: last.endColumn });

/** Those of a plain call. */
function wordsOf(build: Build, instruction: CommandInstruction): readonly ShellWord[] {
  const starts = build.stages.flatMap(({ result: { cmd, entrypoint } }) => [cmd, entrypoint]);
  const start = starts.find((each) => each?.instruction === instruction);
  const [command, more] = start?.script.commands ?? [];
  if (command === undefined || more !== undefined) return [];
  return command.words.every(({ raw, span }) => writtenAt(build, span) === raw) ? command.words : [];
}
