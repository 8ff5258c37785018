/** The formats of findings: each is one file, loaded when it is asked for; text, which most runs print, at once. */
import type { Format } from './format.ts';
import { textFormat } from './text.ts';

const formats = {
  text: async () => textFormat,
  json: async () => (await import('./json.ts')).jsonFormat,
  sarif: async () => (await import('./sarif.ts')).sarif,
  github: async () => (await import('./github.ts')).github,
  gitlab: async () => (await import('./gitlab.ts')).gitlab,
  checkstyle: async () => (await import('./checkstyle.ts')).checkstyle,
  junit: async () => (await import('./junit.ts')).junit,
  markdown: async () => (await import('./markdown.ts')).markdown,
  compact: async () => (await import('./compact.ts')).compact,
} satisfies Readonly<Record<string, () => Promise<Format>>>;

export type FormatName = keyof typeof formats;

export const isFormatName = (name: string): name is FormatName => Object.hasOwn(formats, name);

export const formatNames: readonly FormatName[] = Object.keys(formats).filter(isFormatName);

export const loadFormat = (name: FormatName): Promise<Format> => formats[name]();

/** Whether it tells of the rules themselves: to others, `Report.rules` need not be given. */
export const describesRules = (name: FormatName): boolean => name === 'sarif';
