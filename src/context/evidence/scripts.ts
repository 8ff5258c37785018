/** Shell lines in other files: .gitlab-ci.yml, Makefile, the scripts of package.json. */
import { buildsIn, mayBuild } from './command-line.ts';
import { type Data, entriesOf, entryOf, itemsOf, textOf } from './data.ts';
import type { BuildCall } from './evidence.ts';
import type { ProjectFile } from './place.ts';

/** Variables that name the folder of the repository. */
const rootVariables: ReadonlySet<string> = new Set(['CI_PROJECT_DIR', 'PWD', 'CURDIR']);

/** The jobs of .gitlab-ci.yml, which run in the root of the repository. */
export function* readGitlab(data: Data, file: ProjectFile): Iterable<BuildCall> {
  for (const [name, { value: job }] of entriesOf(data))
    for (const part of ['before_script', 'script', 'after_script'])
      for (const line of flat(entryOf(job, part)?.value, 4)) {
        const text = textOf(line);
        if (text === undefined) continue;
        yield* buildsIn({ text, line: line.line, directory: file.folder, name, lookup: rootLookup(file.folder) }, file);
      }
}

const rootLookup =
  (folder: string) =>
  (name: string): string | undefined =>
    rootVariables.has(name) ? folder : undefined;

const flat = (data: Data | undefined, depth: number): readonly Data[] =>
  itemsOf(data).flatMap((item) => (item.kind === 'list' && depth > 0 ? flat(item, depth - 1) : [item]));

const assignment = /^(?:export\s+|override\s+)?([\w.-]+)\s*(?:\?|::?|\+)?=(.*)$/s;

/** Recipes of a Makefile, its variables replaced where they are set to plain text. */
export function* readMakefile(file: ProjectFile): Iterable<BuildCall> {
  if (!mayBuild(file.text)) return;
  const variables = new Map<string, string>([['CURDIR', file.folder]]);
  const rows = file.text.split(/\r?\n/);
  let rule = '';
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index] ?? '';
    const recipe = /^(?:\t| {2})/.test(row) ? row.replace(/^\s+[@+-]*\s*/, '') : undefined;
    if (recipe === undefined) {
      const [, name, value] = assignment.exec(row) ?? [];
      if (name !== undefined && value !== undefined && !row.includes('$(shell')) variables.set(name, value.trim());
      else rule = /^([\w./-]+)(?![\w./-])[\w./ -]*:(?!=)/.exec(row)?.[1] ?? rule;
      continue;
    }
    const start = index;
    let text = recipe;
    while (text.endsWith('\\') && index + 1 < rows.length) {
      index += 1;
      text += `\n${rows[index] ?? ''}`;
    }
    const expanded = expandMake(text, variables, 3);
    yield* buildsIn(
      { text: expanded, line: start + 1, directory: file.folder, name: rule, lookup: rootLookup(file.folder) },
      file,
    );
  }
}

/** What a variable may come to; they can be made to double again and again. */
const mostCharacters = 1000;

/** `$(NAME)` of make; what is not known becomes a variable of the shell, and `$$` a dollar sign. */
function expandMake(text: string, variables: ReadonlyMap<string, string>, depth: number): string {
  const expansions = new Map<string, string>();
  const expanded = (name: string): string => {
    const value = variables.get(name);
    const made =
      value === undefined || depth === 0 || value.length > mostCharacters
        ? undefined
        : expandMake(value, variables, depth - 1);
    return made === undefined || made.length > mostCharacters ? `$${name.replaceAll(/\W/g, '_')}` : made;
  };
  return text.replace(/\$(?:\$|\(([\w.-]+)\)|\{([\w.-]+)\})/g, (whole, round?: string, curly?: string) => {
    if (whole === '$$') return '$';
    const name = round ?? curly ?? '';
    const known = expansions.get(name) ?? expanded(name);
    expansions.set(name, known);
    return known;
  });
}

/** The scripts of package.json, which run in its folder. */
export function* readManifestScripts(file: ProjectFile): Iterable<BuildCall> {
  if (!mayBuild(file.text)) return;
  const rows = file.text.split('\n');
  for (const [name, text] of scriptsOf(file.text)) {
    if (!mayBuild(text)) continue;
    const key = `${JSON.stringify(name)}:`;
    const line = rows.findIndex((row) => row.replace(/"\s+:/, '":').includes(key)) + 1;
    const shell = { text: text.replaceAll('\n', ' '), line: Math.max(1, line), directory: file.folder, name };
    yield* buildsIn({ ...shell, lookup: rootLookup(file.folder) }, file);
  }
}

function scriptsOf(text: string): readonly (readonly [string, string])[] {
  try {
    const manifest: unknown = JSON.parse(text);
    if (typeof manifest !== 'object' || manifest === null || !('scripts' in manifest)) return [];
    const { scripts } = manifest;
    if (typeof scripts !== 'object' || scripts === null) return [];
    return Object.entries(scripts).flatMap(([name, script]: [string, unknown]) =>
      typeof script === 'string' ? [[name, script] as const] : [],
    );
  } catch {
    return [];
  }
}
