/** Cases of real builds: what is built, and what was measured of it. See `../shared/oracle/README.md`. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, memoryTree } from '../../src/context/index.ts';
import { type Build, type Changes, createBuild } from '../../src/model/index.ts';
import { parseDockerfile } from '../../src/syntax/index.ts';
import { repository, sharedPath } from './shared.ts';

export interface Marker {
  readonly inFinalFiles: readonly string[];
  readonly inDeletedLayerFiles: readonly string[];
  readonly inConfigOrHistory: readonly string[];
  readonly inProvenanceMin: boolean;
  readonly inProvenanceMax: boolean;
}

export interface Truth {
  readonly builds: boolean;
  readonly image: {
    readonly user: { readonly config: string; readonly root: boolean };
    readonly workdir: string;
    /** `NAME=value`. */
    readonly env: readonly string[];
    readonly labels: Readonly<Record<string, string>>;
    readonly exposedPorts: readonly string[];
    readonly entrypoint: readonly string[] | null;
    readonly cmd: readonly string[] | null;
    readonly healthcheck: readonly string[] | null;
    readonly volumes: readonly string[];
    readonly stopSignal: string | null;
  };
  readonly runsAsRoot: boolean;
  /** A node_modules folder is one entry with a slash at its end. */
  readonly files: readonly string[];
  readonly packageManagerCaches: readonly string[];
  /** Folder to packages, those of trees without links. */
  readonly nodeModules: Readonly<Record<string, unknown>>;
  readonly devOnlyInDeletedLayerFiles: readonly string[];
  readonly shipsDevDependencies: boolean;
  readonly npmrc: { readonly inFinalFiles: readonly string[]; readonly inDeletedLayerFiles: readonly string[] };
  readonly markers: Readonly<Record<string, Marker>>;
  readonly stages: { readonly declared: readonly string[]; readonly notBuilt: readonly string[] };
  readonly afterChange?: {
    readonly installReruns: boolean;
    /** In the order in which they are declared. */
    readonly installSteps: readonly { readonly step: string; readonly cached: boolean }[];
  };
}

export interface OracleCase {
  readonly name: string;
  readonly text: string;
  readonly truth: Truth;
  readonly touch?: string;
  readonly target?: string;
  readonly filesUnder?: string;
  /** Made anew each time it is asked for: a test that asks judges the code as it is then, which matters to mutants. */
  readonly build: Build;
  /** What changes before the second build. */
  readonly changes: Changes;
}

interface CaseFile {
  readonly extraFiles?: Readonly<Record<string, string>>;
  readonly args?: Readonly<Record<string, string>>;
  readonly target?: string;
  readonly touch?: string;
  readonly changeArgs?: readonly string[];
  readonly changeSecrets?: readonly string[];
  readonly filesUnder?: string;
}

/** The folders that hold cases: those shared by the developers, when they are there, and the repository's own. */
export function oracleCases(): readonly OracleCase[] {
  const folders = [sharedPath('oracle/cases'), ownCases.folder];
  return folders.flatMap((folder) =>
    folder === undefined || !existsSync(folder)
      ? []
      : readdirSync(folder)
          .filter((name) => existsSync(join(folder, name, 'truth.json')))
          .map((name) => readCase(join(folder, name), name)),
  );
}

const own = join(repository, 'fixtures/oracle');

/** The repository's own cases. */
export const ownCases = { folder: own, names: (): readonly string[] => (existsSync(own) ? readdirSync(own) : []) };

const readJson = <Content>(path: string): Content => JSON.parse(readFileSync(path, 'utf8'));

export function readCase(folder: string, name: string): OracleCase {
  const given = readJson<CaseFile>(join(folder, 'case.json'));
  const { extraFiles = {}, args = {}, changeArgs = [], changeSecrets = [], target, touch, filesUnder } = given;
  const files = new Map(filesOf(folder));
  for (const [path, text] of Object.entries(extraFiles)) files.set(`/${path}`, text);
  const text = files.get('/Dockerfile') ?? '';
  return {
    name,
    text,
    get build() {
      return createBuild(parseDockerfile(text), {
        path: 'Dockerfile',
        context: createContext(memoryTree(files), '/', '/Dockerfile'),
        buildArguments: new Map(Object.entries(args)),
        ...(target === undefined ? {} : { targets: [target] }),
      });
    },
    changes: { paths: touch === undefined ? [] : [touch], buildArguments: changeArgs, secrets: changeSecrets },
    truth: readJson<Truth>(join(folder, 'truth.json')),
    ...(touch === undefined ? {} : { touch }),
    ...(target === undefined ? {} : { target }),
    ...(filesUnder === undefined ? {} : { filesUnder }),
  };
}

/** Path, with a slash in front, to text. */
export function filesOf(folder: string, below = ''): readonly (readonly [string, string])[] {
  return readdirSync(join(folder, below)).flatMap((name) => {
    const path = `${below}/${name}`;
    if (statSync(join(folder, path)).isDirectory()) return filesOf(folder, path);
    return /^\/(case|truth)\.json$/.test(path) ? [] : [[path, readFileSync(join(folder, path), 'utf8')] as const];
  });
}
