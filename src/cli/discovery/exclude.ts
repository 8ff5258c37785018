/** What --exclude and configurations leave out of a folder that is walked. */
import { resolve } from 'node:path';
import { readIgnorePatterns } from './gitignore.ts';
import { slashed } from './slashed.ts';

/** Patterns as a .gitignore file has them, and the absolute folder (with `/`) that they are relative to. */
export interface Exclusion {
  readonly folder: string;
  readonly patterns: readonly string[];
}

/** The patterns of the command line are relative to the working directory; `./`, `../` and absolute paths are understood. */
export function givenExclusions(patterns: readonly string[], cwd: string): readonly Exclusion[] {
  const here = slashed(cwd);
  const plain: string[] = [];
  const elsewhere: Exclusion[] = [];
  for (const given of patterns) {
    const [, mark = '', pattern = ''] = /^(!?)(.*)$/s.exec(given) ?? [];
    const ups = /^(?:\.\.\/)+/.exec(pattern)?.[0] ?? '';
    if (ups !== '')
      elsewhere.push({ folder: slashed(resolve(cwd, ups)), patterns: [`${mark}/${pattern.slice(ups.length)}`] });
    else if (here !== '/' && pattern.startsWith(`${here}/`)) plain.push(mark + pattern.slice(here.length));
    else plain.push(mark + pattern.replace(/^\.\//, '/'));
  }
  return plain.length === 0 ? elsewhere : [{ folder: here, patterns: plain }, ...elsewhere];
}

/** Whether a file, or a folder on the way to it, is left out. */
export function isExcluded(location: string, { folder, patterns }: Exclusion): boolean {
  const prefix = folder.endsWith('/') ? folder : `${folder}/`;
  if (!location.startsWith(prefix)) return false;
  const read = readIgnorePatterns(patterns);
  const names = location.slice(prefix.length).split('/');
  return names.some((_, at) => read.verdict(names.slice(0, at + 1).join('/'), at < names.length - 1) === 'ignored');
}
