/** What --format may say: `NAME`, or `NAME=FILE`. */
import { resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { type FormatName, formatNames, isFormatName } from '../report/formats.ts';
import { didYouMean, nearest } from '../syntax/suggest.ts';

export interface FormatChoice {
  readonly name: FormatName;
  /** As given; absent for standard output. */
  readonly file?: string;
}

export function addFormat(text: string, before: readonly FormatChoice[] = []): readonly FormatChoice[] {
  const at = text.indexOf('=');
  const name = at === -1 ? text : text.slice(0, at);
  if (!isFormatName(name))
    throw new InvalidArgumentError(
      `Allowed choices are ${formatNames.join(', ')}${didYouMean(nearest(name, formatNames))}.`,
    );
  const file = at === -1 ? '-' : text.slice(at + 1);
  if (file.trim() === '') throw new InvalidArgumentError(`Write the file behind the sign: ${name}=report.txt.`);
  const choice = file === '-' ? { name } : { name, file };
  return before.some((each) => each.name === name && each.file === choice.file) ? before : [...before, choice];
}

/** What is wrong with formats that cannot be printed together; undefined when nothing is. */
export function formatsFault(formats: readonly FormatChoice[], { cwd }: { readonly cwd: string }): string | undefined {
  const [printed, other] = formats.filter(({ file }) => file === undefined);
  if (printed !== undefined && other !== undefined)
    return `--format ${printed.name} and --format ${other.name} cannot both be printed; give one of them a file: --format ${other.name}=FILE`;
  const files = formats.flatMap(({ file }) => (file === undefined ? [] : [resolve(cwd, file)]));
  const twice = formats.find(({ file }) => file !== undefined && count(files, resolve(cwd, file)) > 1);
  return twice?.file === undefined
    ? undefined
    : `--format: ${twice.file} is named for two formats; give each a file of its own`;
}

const count = (files: readonly string[], file: string): number => files.filter((each) => each === file).length;
