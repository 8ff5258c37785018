/**
 * A plain, slow interpreter of COPY, WORKDIR, USER, ENV, ARG, mkdir, rm and stages, to hold the model against.
 * Files are copied one by one as BuildKit does it (`solver/llbsolver/file`, fsutil's `copy`): it keeps a map of
 * every path, and knows neither lazy directories nor unknown values.
 */
import { createContext, memoryTree, readIgnoreFile } from '../../src/context/index.ts';

export type Program = readonly StageProgram[];

export interface StageProgram {
  readonly name: string;
  /** An earlier stage, or none for an empty base. */
  readonly parent?: string;
  readonly steps: readonly StepProgram[];
}

export type StepProgram =
  | { readonly kind: 'workdir' | 'user'; readonly value: string }
  | { readonly kind: 'env' | 'arg'; readonly pairs: readonly (readonly [string, string | undefined])[] }
  | { readonly kind: 'copy'; readonly sources: readonly string[]; readonly destination: string; readonly from?: string }
  | { readonly kind: 'write'; readonly name: string; readonly destination: string; readonly text: string }
  | { readonly kind: 'mkdir'; readonly path: string }
  | { readonly kind: 'rm'; readonly recursive: boolean; readonly paths: readonly string[] };

export interface Machine {
  /** Absolute path to content; undefined for directories. */
  readonly files: ReadonlyMap<string, string | undefined>;
  readonly workdir: string;
  readonly user: string;
  readonly env: ReadonlyMap<string, string>;
  readonly args: ReadonlyMap<string, string | undefined>;
}

/** The build stops here. */
export class BuildStops extends Error {}

/** Runs a program over context files (path without leading slash to content). Throws BuildStops where BuildKit would stop. */
export function interpret(
  program: Program,
  context: ReadonlyMap<string, string>,
  ignoreFile: string,
): ReadonlyMap<string, Machine> {
  const kept = keptFiles(context, ignoreFile);
  const machines = new Map<string, Machine>();
  for (const stage of program) {
    const parent = stage.parent === undefined ? undefined : machines.get(stage.parent);
    const machine = {
      files: new Map<string, string | undefined>(parent?.files ?? [['/', undefined]]),
      workdir: parent?.workdir ?? '/',
      user: parent?.user ?? '',
      env: new Map(parent?.env ?? []),
      // What the image of the stage before sets stands over its arguments.
      args: new Map<string, string | undefined>([...(parent?.args ?? [])].filter(([name]) => !parent?.env.has(name))),
      variables: new Map<string, string | undefined>(),
    };
    machine.variables = new Map([...machine.args, ...machine.env]);
    for (const step of stage.steps) perform(step, machine, kept, machines);
    machines.set(stage.name, machine);
  }
  return machines;
}

/** The context as the build client sends it, each directory that holds something included. */
function keptFiles(context: ReadonlyMap<string, string>, ignoreFile: string): Map<string, string | undefined> {
  const ignored = readIgnoreFile(ignoreFile);
  const kept = new Map<string, string | undefined>([['/', undefined]]);
  for (const [path, content] of context) if (!ignored.ignores(path)) put(kept, `/${path}`, content);
  for (const path of context.keys())
    for (let at = parent(`/${path}`); at !== '/'; at = parent(at))
      if (!ignored.ignores(at.slice(1))) put(kept, at, undefined);
  return kept;
}

interface OpenMachine {
  readonly files: Map<string, string | undefined>;
  workdir: string;
  user: string;
  readonly env: Map<string, string>;
  readonly args: Map<string, string | undefined>;
  /** What instructions see: of ENV and ARG, what was set last. */
  variables: Map<string, string | undefined>;
}

function perform(
  step: StepProgram,
  machine: OpenMachine,
  context: Map<string, string | undefined>,
  machines: ReadonlyMap<string, Machine>,
): void {
  const before = new Map(machine.variables);
  const expand = (text: string): string => expandVariables(text, before);
  switch (step.kind) {
    case 'workdir':
      machine.workdir = absolute(expand(step.value), machine.workdir);
      makeDirectory(machine.files, machine.workdir);
      return;
    case 'user':
      machine.user = expand(step.value);
      return;
    case 'env':
      for (const [name, value] of step.pairs) {
        machine.env.set(name, expand(value ?? ''));
        machine.variables.set(name, expand(value ?? ''));
      }
      return;
    case 'arg':
      for (const [name, value] of step.pairs) {
        machine.args.set(name, value === undefined ? undefined : expand(value));
        if (value !== undefined) machine.variables.set(name, expand(value));
      }
      return;
    case 'write': {
      const destination = expand(step.destination);
      writeFile(machine.files, destination, step.name, absolute(destination, machine.workdir), step.text);
      return;
    }
    case 'mkdir':
      makeDirectory(machine.files, absolute(expand(step.path), machine.workdir));
      return;
    case 'rm':
      for (const path of step.paths) remove(machine, absolute(expand(path), machine.workdir), step.recursive);
      return;
    case 'copy': {
      const from = step.from === undefined ? context : new Map(machines.get(step.from)?.files ?? []);
      const destination = expand(step.destination);
      const target = absolute(destination, machine.workdir);
      const slash = /(^|\/)\.{0,2}$/.test(destination) || step.sources.length > 1;
      for (const source of step.sources) copy(from, expand(source), machine.files, target, slash);
    }
  }
}

/** `$NAME`, `${NAME}`, `${NAME:-word}`, `${NAME:+word}`. */
function expandVariables(text: string, variables: ReadonlyMap<string, string | undefined>): string {
  const value = (name: string): string => variables.get(name) ?? '';
  return text.replace(
    /\$(?:\{(\w+)(?::([-+])([^}]*))?\}|(\w+))/g,
    (_, braced: string, mark: string, word: string, bare: string) => {
      const found = value(braced ?? bare);
      if (mark === '-') return found === '' ? word : found;
      if (mark === '+') return found === '' ? '' : word;
      return found;
    },
  );
}

function absolute(path: string, workdir: string): string {
  const parts: string[] = [];
  for (const part of `${path.startsWith('/') ? '' : `${workdir}/`}${path}`.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

const parent = (path: string): string => path.slice(0, Math.max(1, path.lastIndexOf('/')));
const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const join = (directory: string, name: string): string => (directory === '/' ? `/${name}` : `${directory}/${name}`);

type Files = Map<string, string | undefined>;

const isDirectory = (files: Files, path: string): boolean => files.has(path) && files.get(path) === undefined;

function makeDirectory(files: Files, path: string): void {
  if (path !== '/') makeDirectory(files, parent(path));
  if (files.get(path) !== undefined) throw new BuildStops(`${path} is a file`);
  files.set(path, undefined);
}

function put(files: Files, path: string, content: string | undefined): void {
  makeDirectory(files, parent(path));
  if (content === undefined) makeDirectory(files, path);
  else if (isDirectory(files, path)) throw new BuildStops(`${path} is a directory`);
  else files.set(path, content);
}

function writeFile(files: Files, destination: string, name: string, target: string, text: string): void {
  const below = /(^|\/)\.{0,2}$/.test(destination) || isDirectory(files, target);
  put(files, below ? join(target, name) : target, text);
}

/** fsutil's `copy.Copy` with CopyDirContents: directories give what they hold, files go into a directory that is there. */
function copy(from: Files, source: string, to: Files, target: string, slash: boolean): void {
  const path = absolute(source, '/');
  const wild = /[*?[]/.test(path);
  const matches = wild
    ? [...from.keys()].filter((each) => each !== '/' && globToRegExp(path).test(each)).sort()
    : [path];
  const snapshot = new Map(from);
  if (!wild && !from.has(path)) throw new BuildStops(`${path} is not there`);
  if (slash && matches.length > 0) makeDirectory(to, target);
  for (const match of matches) {
    if (!isDirectory(snapshot, match)) {
      put(to, isDirectory(to, target) ? join(target, baseName(match)) : target, snapshot.get(match));
      continue;
    }
    makeDirectory(to, target);
    for (const [each, content] of snapshot) {
      if (each === match || !each.startsWith(match === '/' ? '/' : `${match}/`)) continue;
      put(to, join(target, each.slice(match === '/' ? 1 : match.length + 1)), content);
    }
  }
}

const globToRegExp = (glob: string): RegExp =>
  new RegExp(
    `^${glob
      .replace(/[.+()|{}$^\\]/g, '\\$&')
      .replaceAll('*', '[^/]*')
      .replaceAll('?', '[^/]')}$`,
  );

/** `rm -f`, `rm -rf`: a shell's glob takes no leading dot. */
function remove({ files }: OpenMachine, path: string, recursive: boolean): void {
  const wild = /[*?[]/.test(path);
  const shellGlob = new RegExp(globToRegExp(path).source.replaceAll('/[^/]*', '/(?!\\.)[^/]*'));
  for (const match of wild ? [...files.keys()].filter((each) => each !== '/' && shellGlob.test(each)) : [path]) {
    if (isDirectory(files, match) && !recursive) throw new BuildStops(`${match} is a directory`);
    for (const each of [...files.keys()]) if (each === match || each.startsWith(`${match}/`)) files.delete(each);
  }
}

/** The program as a Dockerfile over a base that holds nothing of its own. */
export function dockerfileOf(program: Program): string {
  return program
    .map(({ name, parent: base, steps }) =>
      [`FROM ${base ?? 'alpine:3.22'} AS ${name}`, ...steps.map(instructionOf)].join('\n'),
    )
    .join('\n\n')
    .concat('\n');
}

function instructionOf(step: StepProgram): string {
  switch (step.kind) {
    case 'workdir':
      return `WORKDIR ${step.value}`;
    case 'user':
      return `USER ${step.value}`;
    case 'env':
      return `ENV ${step.pairs.map(([name, value]) => `${name}=${value ?? ''}`).join(' ')}`;
    case 'arg':
      return `ARG ${step.pairs.map(([name, value]) => (value === undefined ? name : `${name}=${value}`)).join(' ')}`;
    case 'write':
      return `COPY <<${step.name} ${step.destination}\n${step.text}${step.name}`;
    case 'mkdir':
      return `RUN mkdir -p ${step.path}`;
    case 'rm':
      return `RUN rm ${step.recursive ? '-rf' : '-f'} ${step.paths.join(' ')}`;
    case 'copy':
      return `COPY ${step.from === undefined ? '' : `--from=${step.from} `}${step.sources.join(' ')} ${step.destination}`;
  }
}

/** The context of a program for the model. */
export function contextOf(context: ReadonlyMap<string, string>) {
  const files = new Map([...context].map(([path, content]): [string, string] => [`/${path}`, content]));
  return createContext(memoryTree(files), '/', '/Dockerfile');
}
