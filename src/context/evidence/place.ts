/** A file of the project while it is read. */
import { joinPath } from '../path.ts';
import type { ProjectPlace } from './evidence.ts';

/** Longer lines are cut. */
const longestWords = 300;

export interface ProjectFile {
  /** Absolute. */
  readonly path: string;
  /** Absolute folder, with which its relative paths begin. */
  readonly folder: string;
  readonly name: string;
  readonly text: string;
  /** The place of a line. */
  place(line: number): ProjectPlace;
}

/** `shown`: the path as reports show it. */
export function projectFile(folder: string, name: string, text: string, shown: string): ProjectFile {
  let lines: readonly string[] | undefined;
  return {
    path: joinPath(folder, name),
    folder,
    name,
    text,
    place(line) {
      lines ??= text.split(/\r?\n/);
      const written = lines[line - 1] ?? '';
      const words = written.trim().slice(0, longestWords);
      const column = written.length - written.trimStart().length + 1;
      return {
        elsewhere: { path: shown, words },
        span: { line, column, endLine: line, endColumn: column + words.length },
      };
    },
  };
}
