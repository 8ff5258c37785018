/** Globs of COPY and ADD that take directories: what is in them is copied, not they themselves. */
import type { Build, CopyInstruction, Located, Step } from '../build.ts';
import { perStageAlone } from '../per-stage.ts';
import { stageNamedBy } from '../query.ts';
import { textAt } from '../state/word-values.ts';
import { copiesOf } from './copy-destinations.ts';
import { baseName, normalise, resolve } from './path.ts';

export interface FlattenedDirectories extends Located {
  /** Names of the directories that are lost. */
  readonly directories: readonly string[];
  readonly instruction: CopyInstruction;
  readonly destination: string;
}

/** Sources that end in an asterisk alone and take several things: of a single directory the content may be what is meant. */
export const flattenedDirectories = perStageAlone<FlattenedDirectories>(function* (own, build) {
  for (const { step, instruction } of copiesOf(own)) {
    if (instruction.parents) continue;
    for (const word of instruction.sources) {
      if (!/(?:^|\/)\*$/.test(word.raw)) continue;
      const text = textAt(word, step, build);
      const destination = textAt(instruction.destination, step, build);
      if (text === undefined || destination === undefined || /[*?[]/.test(text.slice(0, -1))) continue;
      const directories = directoriesOf(text, instruction, step, build);
      if (directories.length > 0) yield { span: word.span, directories, instruction, destination };
    }
  }
});

export interface SameNamed extends Located {
  /** The file name that all of them have. */
  readonly name: string;
  /** Where each of them lands, absolute unless WORKDIR is unknown. */
  readonly destination: string;
  /** The folders that they come from, as far as the context is known. */
  readonly folders: readonly string[];
}

/** Manifests, of which a project with folders under an asterisk has several. */
const manifests = new Set(['package.json', 'go.mod', 'Cargo.toml', 'pom.xml', 'pyproject.toml', 'composer.json']);

/** Sources with an asterisk for a folder and the whole name of a file: one destination takes them all. */
export const sameNamedSources = perStageAlone<SameNamed>(function* (own, build) {
  for (const { step, instruction } of copiesOf(own)) {
    if (instruction.parents || instruction.from !== undefined) continue;
    for (const word of instruction.sources) {
      const text = textAt(word, step, build);
      const to = textAt(instruction.destination, step, build);
      if (text === undefined || to === undefined) continue;
      const name = baseName(text);
      if (name === '' || /[*?[\\]/.test(name) || !text.slice(0, -name.length).includes('*')) continue;
      const found = build.context.match(normalise(`/${text}`).slice(1));
      const files = found?.filter((path) => build.context.stat(path) !== 'directory');
      if (files === undefined || files.length === 0 ? !manifests.has(name) : files.length < 2) continue;
      const folders = (files ?? []).map((path) => path.slice(0, -name.length - 1));
      yield { span: word.span, name, destination: resolve(resolve(step.before.workdir ?? '/', to), name), folders };
    }
  }
});

function directoriesOf(text: string, { from }: CopyInstruction, step: Step, build: Build): readonly string[] {
  if (from === undefined) {
    const found = build.context.match(normalise(`/${text}`).slice(1)) ?? [];
    return found.length < 2 ? [] : found.filter((path) => build.context.stat(path) === 'directory').map(baseName);
  }
  const stage = stageNamedBy(from, step.stage, build);
  if (stage === undefined) return [];
  const folder = resolve('/', text.slice(0, -1));
  const depth = folder === '/' ? 1 : folder.split('/').length;
  const all = new Set<string>();
  const names = new Set<string>();
  for (const { path, kind, presence } of stage.result.rootfs.entries(folder)) {
    const parts = path.split('/');
    const name = parts[depth];
    if (name === undefined || presence !== 'present') continue;
    all.add(name);
    if (parts.length > depth + 1 || kind === 'directory') names.add(name);
  }
  return all.size < 2 ? [] : [...names];
}
