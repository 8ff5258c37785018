/** A .dockerignore for a project. */
import type { Build, CopyInstruction } from '../build.ts';
import { readsRepository } from '../context/repository-readers.ts';
import { isGlob, matchesGlob } from '../files/path.ts';
import { commandsIn, installsIn } from '../query.ts';
import { remembered } from '../remembered.ts';
import type { Fix } from './fix.ts';

interface Section {
  readonly title: string;
  readonly patterns: readonly string[];
  readonly fits: (build: Build) => boolean;
}

const usesManager = (build: Build, ...managers: readonly string[]): boolean =>
  installsIn(build).some(({ manager }) => managers.includes(manager));

const usesNode = (build: Build): boolean => installsIn(build).some(({ node }) => node);

const runs = (build: Build, name: RegExp): boolean => commandsIn(build).some((each) => name.test(each.name ?? ''));

/** What each ecosystem installs, builds or leaves behind on the machine of a developer. */
const sections: readonly Section[] = [
  { title: 'Version control', patterns: ['.git', '.gitignore', '.gitattributes', '.github'], fits: () => true },
  {
    title: 'Secrets and settings of this machine',
    patterns: ['**/.env', '**/.env.*', '!**/.env.example', '**/*.key'],
    fits: () => true,
  },
  { title: 'Editors and the system', patterns: ['.idea', '.vscode', '**/.DS_Store'], fits: () => true },
  {
    title: 'Packages and output of Node.js',
    patterns: ['**/node_modules', '**/npm-debug.log*', '**/yarn-error.log*', '**/coverage'],
    fits: usesNode,
  },
  {
    title: 'Python',
    patterns: [
      '**/__pycache__',
      '**/*.pyc',
      '**/.venv',
      '**/venv',
      '**/.pytest_cache',
      '**/.mypy_cache',
      '**/.ruff_cache',
    ],
    fits: (build) =>
      usesManager(build, 'pip', 'poetry', 'uv', 'pipenv', 'pdm') || runs(build, /^(?:python3?|pip3?|uv|poetry)$/),
  },
  {
    title: 'Build output of Rust',
    patterns: ['**/target'],
    fits: (build) => usesManager(build, 'cargo') || runs(build, /^cargo$/),
  },
  {
    title: 'Build output of Java',
    patterns: ['**/target', '**/build', '**/.gradle'],
    fits: (build) => usesManager(build, 'maven', 'gradle') || runs(build, /^(?:mvnw?|gradlew?)$/),
  },
  { title: 'Build output of .NET', patterns: ['**/bin', '**/obj'], fits: (build) => runs(build, /^dotnet$/) },
  { title: 'Packages of PHP', patterns: ['vendor'], fits: (build) => usesManager(build, 'composer') },
  {
    title: 'Packages and leavings of Ruby',
    patterns: ['vendor/bundle', 'log/*', 'tmp/*', '.bundle'],
    fits: (build) => usesManager(build, 'bundler'),
  },
  {
    title: 'The build itself',
    patterns: ['.dockerignore', '**/Dockerfile*', '**/compose*.y*ml', '**/docker-compose*.y*ml'],
    fits: () => true,
  },
];

/** What the instructions name is not in it. Unsafe: what a program reads at run time may be. */
export const ignoreFile: (build: Build) => Fix = remembered((build) => build.stages, writeIgnoreFile);

function writeIgnoreFile(build: Build): Fix {
  const needed = [...new Set(neededPaths(build))];
  const usesGit = runs(build, /^git$/) || readsRepository(build);
  const told = new Set<string>();
  const blocks: string[] = [];
  for (const { title, patterns, fits } of sections) {
    if (!fits(build)) continue;
    const fresh = patterns.filter(
      (pattern) =>
        !told.has(pattern) &&
        !(usesGit && pattern.startsWith('.git')) &&
        !needed.some((path) => keepsOut(pattern, path)),
    );
    const exceptions = fresh.every((pattern) => pattern.startsWith('!'));
    for (const pattern of fresh) told.add(pattern);
    if (!exceptions) blocks.push(`# ${title}\n${fresh.join('\n')}\n`);
  }
  return {
    says: 'Write a .dockerignore',
    safety: 'unsafe',
    edits: [],
    creates: { path: '.dockerignore', text: blocks.join('\n') },
  };
}

/** Sources of COPY, ADD and bind mounts, and words of commands and starts that may be files of the project. */
function neededPaths(build: Build): readonly string[] {
  const paths: string[] = [];
  for (const { steps, result } of build.stages) {
    for (const { instruction, commands } of steps) {
      if (instruction.keyword === 'COPY' || instruction.keyword === 'ADD') paths.push(...sourcesOf(instruction));
      if (instruction.keyword === 'RUN')
        for (const { from, source } of instruction.mounts)
          if (from === undefined && source !== undefined) paths.push(source.raw);
      for (const { arguments: words } of commands) paths.push(...words.flatMap((word) => optionValue(word)));
    }
    for (const start of [result.entrypoint, result.cmd])
      paths.push(...(start?.words ?? []).flatMap((word) => optionValue(word)));
  }
  return paths
    .map((path) => path.replace(/^(?:\.?\/)+/, '').replace(/(?<!\/)\/+$/, ''))
    .filter((path) => !/^(?:\.|\*)?$/.test(path));
}

const sourcesOf = ({ from, sources }: CopyInstruction): readonly string[] =>
  from === undefined ? sources.map(({ text, raw }) => text ?? raw) : [];

/** `--env-file=.env` holds `.env`. */
const optionValue = (word: string | undefined): readonly string[] =>
  word === undefined
    ? []
    : [word, ...(word.includes('=') ? [word.slice(word.indexOf('=') + 1)] : [])].filter((each) => !isGlob(each));

/** Whether a pattern takes a path, a folder on the way to it, or what a glob may mean. */
function keepsOut(pattern: string, path: string): boolean {
  const own = pattern.replace(/^!/, '');
  const name = own.replace(/^\*\*\//, '').replace(/\/\*$/, '');
  const parts = path.split('/');
  const anywhere = own.startsWith('**/') || !own.includes('/');
  if (name.includes('/')) return path === name || path.startsWith(`${name}/`);
  return parts.some(
    (part, index) =>
      (anywhere || index === 0) && (matchesGlob(name, part) || (isGlob(part) && matchesGlob(part, name))),
  );
}
