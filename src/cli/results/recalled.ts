/** Which files of a run need not be judged again. */
import { harmlessProse } from '../../report/harmless.ts';
import type { ConfigReader } from '../config-file.ts';
import type { LintedFile } from '../lint-inputs.ts';
import { type InputFile, type ListedFile, readListed } from '../read.ts';
import type { KeptResults } from './kept-results.ts';

export interface Recalled {
  readonly results: readonly LintedFile[];
  /** On standard error. */
  readonly notices: readonly string[];
  /** The files that are to be judged. */
  readonly others: readonly (InputFile | ListedFile)[];
}

/** `kept`: undefined where nothing is. */
export async function recalled(
  files: readonly (InputFile | ListedFile)[],
  kept: KeptResults | undefined,
  configs: ConfigReader,
): Promise<Recalled> {
  if (kept === undefined) return { results: [], notices: [], others: files };
  const results: LintedFile[] = [];
  const notices: string[] = [];
  const others: (InputFile | ListedFile)[] = [];
  for (const listed of files) {
    const read = readListed(listed);
    const config = 'file' in read ? await configs.configOf(read.file) : undefined;
    const before = 'file' in read && config !== undefined ? kept.recall(read.file, config) : undefined;
    if (before === undefined) others.push(listed);
    else {
      results.push(before);
      notices.push(...(config?.loaded.notices ?? []).map((notice) => `dflint: ${harmlessProse(notice)}\n`));
    }
  }
  return { results, notices, others };
}
