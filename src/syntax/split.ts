/** How the lexer splits what it makes into words. */
import { isSpace } from './blank.ts';

export interface LexedWord {
  readonly text: string;
  /** Offsets in what was lexed, the end exclusive. */
  readonly start: number;
  readonly end: number;
}

/** The word being made. Nested calls share it as in BuildKit: entering `${x:-word}` forgets the word before it. */
export interface OpenWord {
  text: string;
  start: number;
}

export interface Splitter {
  readonly words: readonly LexedWord[];
  /** Adds text that came from `start` and in which blanks are ordinary characters. */
  addWhole(text: string, start: number): void;
  /** Adds text that came from `start`; a blank in it ends a word. */
  addSplit(text: string, start: number): void;
  endWord(end: number): void;
}

export function createSplitter(open: OpenWord): Splitter {
  const words: LexedWord[] = [];
  let inWord = false;
  open.text = '';

  function addWhole(text: string, start: number): void {
    if (open.text === '') open.start = start;
    open.text += text;
    inWord = true;
  }

  function endWord(end: number): void {
    if (open.text === '') return;
    words.push({ text: open.text, start: open.start, end });
    open.text = '';
    inWord = false;
  }

  function addSplit(text: string, start: number): void {
    if (text.length > 1 && !/[\s\u0085]/.test(text)) {
      addWhole(text, start);
      return;
    }
    for (let index = 0; index < text.length; index += 1) {
      if (!isSpace(text.charCodeAt(index))) addWhole(text[index] ?? '', start);
      else if (inWord) endWord(start);
    }
  }

  return { words, addWhole, addSplit, endWord };
}
