/** What the interpretation of one instruction may ask and write. */
import type { BuildContext } from '../../context/context.ts';
import type { Word } from '../../syntax/index.ts';
import type { Base, FileChange, Secret, Stage } from '../build.ts';
import type { Copies } from '../files/copied-trees.ts';
import type { Lookup } from './environment.ts';

/** Writes one change into the stage's file system and gives it its place in the order of the build. */
export type Recorder = (change: Omit<FileChange, 'sequence' | 'step'>) => FileChange;

export interface Surroundings {
  readonly stage: Stage;
  readonly context: BuildContext;
  readonly escape: '\\' | '`';
  /** Variables as this instruction sees them. */
  readonly lookup: Lookup;
  /** What has been copied from place to place before. */
  readonly copies: Copies;
  /** What `--from` or `from=` names. */
  copySource(from: Word): Base;
  /** The secrets that the variables named in a text carry. */
  secretsInText(text: string): readonly Secret[];
}
