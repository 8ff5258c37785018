/**
 * Looks for the files that say how a Dockerfile is built: in its folder, and in those above it up to the root of
 * the repository. Each folder is read once, however many Dockerfiles lie below it.
 */
import type { FileTree } from '../file-tree.ts';
import { joinPath } from '../path.ts';
import { isActionName, readAction } from './action.ts';
import { readBake } from './bake.ts';
import { isBakeName, isComposeName } from './build-file-names.ts';
import { mayBuild } from './command-line.ts';
import { readCompose } from './compose.ts';
import type { Data, DataReader } from './data.ts';
import type { BuildCall, BuildEvidence } from './evidence.ts';
import { readHcl } from './hcl.ts';
import { type ProjectFile, projectFile } from './place.ts';
import { readGitlab, readMakefile, readManifestScripts } from './scripts.ts';
import { readSkaffold } from './skaffold.ts';
import { readWorkflow } from './workflow.ts';

/** Folders that are looked into: the Dockerfile's own and those above it. */
const mostLevels = 8;
/** Files of one folder that are read. */
const mostFiles = 60;

export interface ProjectFiles {
  /** Whether there are YAML or JSON files to read for this Dockerfile, for which `evidence` needs a reader. */
  needsReader(dockerfilePath: string): boolean;
  /** What the project says of the Dockerfile at an absolute path. */
  evidence(dockerfilePath: string, readData?: DataReader): BuildEvidence;
  /** What of the tree that rests on: folders whose names it has read, and files; absolute paths. */
  sources(dockerfilePath: string): { readonly folders: readonly string[]; readonly files: readonly string[] };
  /** What the compose and bake files of an absolute folder build. */
  builds(folder: string, readData: DataReader): readonly BuildCall[];
}

interface FoundFile {
  readonly folder: string;
  readonly name: string;
  readonly kind: 'compose' | 'bake' | 'bake-json' | 'workflow' | 'action' | 'gitlab' | 'skaffold' | 'make' | 'manifest';
  readonly text: string;
}

const dataKinds: ReadonlySet<FoundFile['kind']> = new Set([
  'compose',
  'bake-json',
  'workflow',
  'action',
  'gitlab',
  'skaffold',
]);

/** `shown`: an absolute path as reports show it. */
export function projectFiles(tree: FileTree, shown: (path: string) => string = (path) => path): ProjectFiles {
  const listings = new Map<string, readonly string[]>();
  const found = new Map<string, readonly FoundFile[]>();
  const read = new Map<string, BuildEvidence>();
  const namesIn = (folder: string): readonly string[] => remembered(listings, folder, () => tree.entries(folder) ?? []);
  const needs = new Map<string, boolean>();
  const sources = new Map<string, readonly string[]>();
  const filesIn = (folder: string): readonly FoundFile[] =>
    remembered(found, folder, () => {
      const names = evidenceNames(folder, namesIn(folder), tree);
      sources.set(
        folder,
        names.map((name) => joinPath(folder, name)),
      );
      return evidenceFiles(folder, names, tree);
    });
  const needsIn = (folder: string): boolean =>
    remembered(needs, folder, () => filesIn(folder).some(({ kind }) => dataKinds.has(kind)));
  /** The texts are let go: repositories hold megabytes of them. */
  const callsIn = (folder: string, readData: DataReader): BuildEvidence =>
    remembered(read, folder, () => {
      needsIn(folder);
      const calls = readFolder(filesIn(folder), shown, readData);
      found.delete(folder);
      return calls;
    });
  return {
    needsReader: (dockerfilePath) => foldersAbove(dockerfilePath, namesIn).some(needsIn),
    evidence(dockerfilePath, readData = () => undefined) {
      const calls: BuildCall[] = [];
      const files: string[] = [];
      const unread: string[] = [];
      for (const folder of foldersAbove(dockerfilePath, namesIn)) {
        const here = callsIn(folder, readData);
        calls.push(...here.calls.filter((call) => names(call.dockerfile, dockerfilePath)));
        files.push(...here.files);
        unread.push(...here.unread);
      }
      return { calls, files, unread };
    },
    sources(dockerfilePath) {
      const folders = foldersAbove(dockerfilePath, namesIn);
      const withWorkflows = folders.filter((folder) => namesIn(folder).includes('.github'));
      return {
        folders: [...folders, ...withWorkflows.map((folder) => joinPath(folder, workflowFolder))],
        files: folders.flatMap((folder) => sources.get(folder) ?? []),
      };
    },
    builds: (folder, readData) => callsIn(folder, readData).calls.filter(({ by }) => by === 'compose' || by === 'bake'),
  };
}

function remembered<Value>(known: Map<string, Value>, key: string, make: () => Value): Value {
  const before = known.get(key);
  if (before !== undefined) return before;
  const made = make();
  known.set(key, made);
  return made;
}

/** The folder of the Dockerfile and those above it, up to the one that holds .git. */
function foldersAbove(dockerfilePath: string, namesIn: (folder: string) => readonly string[]): readonly string[] {
  const folders: string[] = [];
  let folder = parentOf(dockerfilePath);
  for (let level = 0; level < mostLevels; level += 1) {
    folders.push(folder);
    if (folder === '/' || namesIn(folder).includes('.git')) break;
    folder = parentOf(folder);
  }
  return folders;
}

const parentOf = (path: string): string => path.slice(0, Math.max(1, path.lastIndexOf('/')));

/** Relative to the folder. */
function evidenceNames(folder: string, names: readonly string[], tree: FileTree): readonly string[] {
  const workflows = names.includes('.github') ? (tree.entries(joinPath(folder, workflowFolder)) ?? []) : [];
  const all = [...names, ...workflows.map((name) => `${workflowFolder}/${name}`)];
  return all.filter((name) => kindOf(name)).slice(0, mostFiles);
}

function evidenceFiles(folder: string, names: readonly string[], tree: FileTree): readonly FoundFile[] {
  return names.flatMap((name): FoundFile[] => {
    const kind = kindOf(name);
    const text = kind === undefined ? undefined : tree.read(joinPath(folder, name));
    return kind === undefined || text === undefined || !maySpeak(kind, text) ? [] : [{ folder, name, kind, text }];
  });
}

const workflowFolder = '.github/workflows';

/** Whether a file can say how something is built: most cannot, and need not be parsed. */
function maySpeak(kind: FoundFile['kind'], text: string): boolean {
  if (kind === 'bake' || kind === 'bake-json') return true;
  if (kind === 'action') return /\bdocker\b/.test(text);
  return kind === 'compose' || kind === 'skaffold' ? /\bbuild\b["']?\s*:/.test(text) : mayBuild(text);
}

function kindOf(name: string): FoundFile['kind'] | undefined {
  if (isComposeName(name)) return 'compose';
  if (isBakeName(name)) return name.endsWith('.json') ? 'bake-json' : 'bake';
  if (name.startsWith(`${workflowFolder}/`)) return /\.ya?ml$/.test(name) ? 'workflow' : undefined;
  if (isActionName(name)) return 'action';
  if (name === '.gitlab-ci.yml') return 'gitlab';
  if (/^skaffold\.ya?ml$/.test(name)) return 'skaffold';
  if (name === 'package.json') return 'manifest';
  return /^(?:GNUm|M|m)akefile$/.test(name) ? 'make' : undefined;
}

/** The file of its kind over which the others of the folder are laid. */
const mainNames = /^(?:(?:docker-)?compose\.ya?ml|docker-bake\.(?:hcl|json))$/;

function readFolder(found: readonly FoundFile[], shown: (path: string) => string, readData: DataReader): BuildEvidence {
  const calls: BuildCall[] = [];
  const files: string[] = [];
  const unread: string[] = [];
  const mains = new Map<FoundFile['kind'], Data>();
  for (const each of found.toSorted((one, other) => rank(one) - rank(other))) {
    const { text } = each;
    const file = projectFile(each.folder, each.name, text, shown(joinPath(each.folder, each.name)));
    const data = each.kind === 'bake' ? readHcl(text) : dataKinds.has(each.kind) ? readData(text) : undefined;
    if (data === undefined && (each.kind === 'bake' || dataKinds.has(each.kind))) unread.push(shown(file.path));
    const main = mains.get(each.kind);
    const made = [...callsOf(each, file, data, main)];
    if (data !== undefined && main === undefined && mainNames.test(each.name)) mains.set(each.kind, data);
    calls.push(...made);
    if (made.length > 0) files.push(shown(file.path));
  }
  return { calls, files, unread };
}

const rank = ({ name }: FoundFile): number => (mainNames.test(name) ? 0 : 1);

function callsOf(each: FoundFile, file: ProjectFile, data: Data | undefined, main: Data | undefined) {
  if (each.kind === 'make') return readMakefile(file);
  if (each.kind === 'manifest') return readManifestScripts(file);
  if (data === undefined) return [];
  if (each.kind === 'compose') return readCompose(data, file, main);
  if (each.kind === 'skaffold') return readSkaffold(data, file);
  if (each.kind === 'action') return readAction(data, file);
  if (each.kind === 'workflow') return readWorkflow(data, file, each.folder);
  return each.kind === 'gitlab' ? readGitlab(data, file) : readBake(data, file, main);
}

/** Whether a path with `*` for what is not known may be this one: what is known of it must be more than the name. */
function names(pattern: string | undefined, path: string): boolean {
  if (pattern === undefined || pattern === path) return pattern !== undefined;
  if (!pattern.includes('*')) return false;
  const parts = pattern.split('/');
  const own = path.split('/');
  if (parts.length !== own.length) return false;
  return parts.every((part, index) => fits(part.split('*'), own[index] ?? ''));
}

/** Whether a name has these pieces in order, the first at its start and the last at its end. */
function fits(pieces: readonly string[], name: string): boolean {
  const [first = '', ...rest] = pieces;
  const last = rest.pop();
  if (last === undefined) return first === name;
  if (!name.startsWith(first) || name.length < first.length + last.length || !name.endsWith(last)) return false;
  let from = first.length;
  for (const piece of rest) {
    const index = name.indexOf(piece, from);
    if (index === -1) return false;
    from = index + piece.length;
  }
  return from <= name.length - last.length;
}
