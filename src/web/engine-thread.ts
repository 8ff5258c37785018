/** The engine, on a thread of its own: each question is about a whole workspace, and only the newest one counts. */
import {
  describeRules,
  type FileTree,
  type OpenDockerfile,
  openDockerfile,
  openProject,
  type Project,
  type RuleDescription,
} from '../index.ts';
import type { Answered, Asked, FixQuestion, Judgement, Outline, Question, Workspace } from './messages.ts';

let described: readonly RuleDescription[] | undefined;

/** Described when the first finding asks for it. */
const descriptionsOf = (found: ReadonlySet<string>): Judgement['rules'] => {
  if (found.size === 0) return {};
  described ??= describeRules();
  return Object.fromEntries(described.filter(({ id }) => found.has(id)).map((rule) => [rule.id, rule]));
};

const today = new Date().toISOString().slice(0, 10);

let last: { readonly file: OpenDockerfile; readonly workspace: Workspace; readonly project?: Project } | undefined;

/** What the last text has in common with this one is not worked out again, nor is a project that is the same. */
function opened(workspace: Workspace, version: number): OpenDockerfile {
  const { text } = workspace;
  const isSame = last !== undefined && isSameProject(last.workspace, workspace);
  const project = isSame ? last?.project : projectOf(workspace);
  const file = openDockerfile({
    ...{ text, version, today },
    ...(project && { project }),
    ...(last && { previous: last.file }),
  });
  last = { file, workspace, ...(project && { project }) };
  return file;
}

/** The text of the Dockerfile itself changes with each key; for its project its name is enough. */
function projectOf({ files, complete }: Workspace): Project | undefined {
  if (Object.keys(files).length === 0) return undefined;
  const all = { Dockerfile: null, ...files };
  return openProject(complete ? all : partly(all), { context: '.' });
}

function isSameProject(one: Workspace, other: Workspace): boolean {
  const paths = Object.keys(one.files);
  return (
    one.complete === other.complete &&
    paths.length === Object.keys(other.files).length &&
    paths.every((path) => Object.hasOwn(other.files, path) && one.files[path] === other.files[path])
  );
}

/** A folder of which only some files are known. */
const partly = (files: Workspace['files']): FileTree => ({
  kind: (path) => (path === '/' ? 'directory' : Object.hasOwn(files, path.slice(1)) ? 'file' : 'unknown'),
  read: (path) => files[path.slice(1)] ?? undefined,
  entries: () => undefined,
});

const judge = (file: OpenDockerfile, version: number): Judgement => {
  const result = file.lint();
  return { version, result, rules: descriptionsOf(new Set(result.findings.map(({ rule }) => rule))) };
};

const outline = (file: OpenDockerfile, { version, changed }: Question): Outline => ({
  version,
  graph: file.graph(),
  images: file.ships(),
  ...(changed !== undefined && { rebuild: file.rebuild({ paths: [changed] }) }),
  stages: file.symbols().stages.map(({ span }) => ({ from: span.line, end: span.endLine + 1 })),
});

/** Who types waits for findings; the rest follows once no key has come for so many milliseconds. */
const pause = 30;
let later: ReturnType<typeof setTimeout> | undefined;

function analyse(question: Question): void {
  const { version, workspace } = question;
  answer(version, () => {
    const file = opened(workspace, version);
    later = setTimeout(() => answer(version, () => outline(file, question)), pause);
    return judge(file, version);
  });
}

function fixed({ workspace, version, fix }: FixQuestion): Answered {
  const file = opened(workspace, version);
  const made = typeof fix === 'string' ? file.fixAll({ unsafe: fix === 'all' }) : file.fix(fix);
  if (made === undefined) return { version, error: 'The fix cannot be made.' };
  return { version, text: made.text, fixed: made.fixed.length, created: Object.fromEntries(made.created) };
}

function answer(version: number, make: () => Answered): void {
  try {
    postMessage(make());
  } catch (error) {
    postMessage({ version, error: error instanceof Error ? error.message : String(error) } satisfies Answered);
  }
}

addEventListener('message', ({ data }: MessageEvent<Asked>) => {
  if ('fix' in data) return answer(data.version, () => fixed(data));
  clearTimeout(later);
  analyse(data);
});
