/** `docker build` and its kin in shell text. */
import type { ShellCommand, ShellWord, VariableLookup } from '../../syntax/index.ts';
import {
  commandName,
  commandStates,
  createSource,
  expandShellWord,
  joinStretches,
  parseShell,
  simpleCommands,
} from '../../syntax/index.ts';
import { readBuildWords } from './build-options.ts';
import type { BuildCall, Mention, PassedArgument, ProjectPlace } from './evidence.ts';
import { contextOf, dockerfileOf, provenanceOf, secretId } from './parts.ts';
import type { ProjectFile } from './place.ts';
import { namePurpose } from './purpose.ts';

export interface ShellText {
  readonly text: string;
  /** Line of the file on which the text starts. */
  readonly line: number;
  /** Absolute folder in which it runs; undefined when not known. */
  readonly directory: string | undefined;
  /** Job, rule or script, for messages. */
  readonly name: string;
  readonly lookup?: VariableLookup;
}

/** Whether a text may hold a build at all: cheap, and true too often. */
export const mayBuild = (text: string): boolean => /\b(?:docker|podman|buildah|nerdctl|buildx|executor)\b/.test(text);

/** The builds that a shell text runs. */
export function* buildsIn(shell: ShellText, file: ProjectFile): Iterable<BuildCall> {
  if (!mayBuild(shell.text)) return;
  const source = createSource(shell.text);
  const script = parseShell(joinStretches(source, [{ start: 0, end: shell.text.length }]), 'posix');
  const lookup = shell.lookup ?? (() => undefined);
  for (const { command, directory, lookup: inside } of commandStates(
    simpleCommands(script),
    shell.directory,
    lookup,
    undefined,
  )) {
    const place = (word: ShellWord): ProjectPlace => file.place(shell.line + word.span.line - 1);
    const call = callOf(command, directory, inside, place, shell.name);
    if (call !== undefined) yield call;
  }
}

function callOf(
  command: ShellCommand,
  directory: string | undefined,
  lookup: VariableLookup,
  place: (word: ShellWord) => ProjectPlace,
  name: string,
): BuildCall | undefined {
  const texts = command.effective.map((word) => expandShellWord(word, lookup));
  const start = wordsOfBuild(commandName(command), texts);
  const [first] = command.effective;
  if (start === undefined || first === undefined) return undefined;
  const words = command.effective.slice(start);
  const { options, context } = readBuildWords(texts.slice(start).map((text, at) => text ?? visiblePart(words[at])));
  const mentions = (option: string): readonly Mention[] =>
    options.flatMap(({ name: each, value, valueAt }) => {
      const word = words[valueAt];
      return each === option && value !== undefined && word !== undefined ? [{ name: value, at: place(word) }] : [];
    });
  const [target] = mentions('--target');
  const written = options.find((option) => option.name === '--context')?.value ?? context;
  const folder = contextOf(written?.replace(/^dir:\/\//, ''), directory);
  const dockerfile = dockerfileOf(
    options.find((option) => option.name === '--file'),
    folder,
    directory,
  );
  const provenance = options.find((option) => option.name === '--provenance');
  return {
    by: 'command',
    at: place(first),
    name,
    ...(dockerfile === undefined ? {} : { dockerfile }),
    ...(folder === undefined || folder.includes('*') ? {} : { context: folder }),
    target: target === undefined ? 'final' : target.name.includes('*') ? 'unknown' : target,
    purpose: namePurpose(name) === 'production' ? 'production' : 'unknown',
    arguments: mentions('--build-arg').map(passedArgument),
    secrets: mentions('--secret').flatMap(({ name: text, at }) => {
      const id = secretId(text);
      return id === undefined ? [] : [{ name: id, at }];
    }),
    namedContexts: mentions('--build-context').map(({ name: text, at }) => ({ name: text.replace(/=.*/s, ''), at })),
    ...(provenance === undefined ? {} : { provenance: provenanceOf(provenance.value ?? 'true') }),
  };
}

/** Where the words of the build begin; undefined for commands that build nothing. */
function wordsOfBuild(name: string | undefined, texts: readonly (string | undefined)[]): number | undefined {
  if (name === 'executor') return 1;
  if (name === undefined || !/^(?:docker|podman|nerdctl|buildah|docker-buildx|buildx)$/.test(name)) return undefined;
  const build = texts.findIndex((text, at) => at > 0 && (text === 'build' || (name === 'buildah' && text === 'bud')));
  if (build === -1) return undefined;
  const before = texts.slice(1, build).filter((text) => text === undefined || !text.startsWith('-'));
  const known = before.every((text) => text !== undefined && /^(?:buildx|image|builder)$/.test(text));
  return known || before.length === 0 ? build + 1 : undefined;
}

/** A word of which a part is not known, with `*` in place of that part. */
function visiblePart(word: ShellWord | undefined): string | undefined {
  if (word === undefined || word.parts.every((part) => part.kind !== 'literal')) return undefined;
  return word.parts.map((part) => (part.kind === 'literal' ? part.text : '*')).join('');
}

function passedArgument({ name: text, at }: Mention): PassedArgument {
  const equals = text.indexOf('=');
  if (equals === -1) return { name: text, at };
  const value = text.slice(equals + 1);
  return { name: text.slice(0, equals), at, ...(value.includes('*') ? {} : { value }) };
}
