/** What files of a project, held in memory, say of how a Dockerfile is built. */
import { readYaml } from '../../src/context/evidence/yaml.ts';
import {
  type BuildContext,
  type BuildEvidence,
  createContext,
  type FileTree,
  memoryTree,
  projectFiles,
} from '../../src/context/index.ts';

/** The context and the evidence of a Dockerfile in `folder`, which is taken for the root of its repository. */
export function projectAt(
  tree: FileTree,
  folder: string,
  name = 'Dockerfile',
): { readonly context: BuildContext; readonly evidence: BuildEvidence } {
  const dockerfile = `${folder === '/' ? '' : folder}/${name}`;
  const rooted: FileTree = {
    ...tree,
    entries: (path) => (path === folder ? [...(tree.entries(path) ?? []), '.git'] : tree.entries(path)),
  };
  const shown = (path: string): string => path.slice(folder === '/' ? 1 : folder.length + 1);
  return {
    context: createContext(tree, folder, dockerfile),
    evidence: projectFiles(rooted, shown).evidence(dockerfile, readYaml),
  };
}

/** `files`: path in the repository to text. The Dockerfile stands at `dockerfile`. */
export function evidenceFrom(files: Readonly<Record<string, string>>, dockerfile = 'Dockerfile'): BuildEvidence {
  const tree = memoryTree(
    new Map(
      Object.entries({ ...files, [dockerfile]: '', '.git/HEAD': '' }).map(([path, text]) => [`/repo/${path}`, text]),
    ),
  );
  return projectFiles(tree, (path) => path.replace('/repo/', '')).evidence(`/repo/${dockerfile}`, readYaml);
}

/** One line a call: what it builds, with what, where it says so. */
export const saidBy = ({ calls }: BuildEvidence): readonly string[] =>
  calls.map((call) => {
    const target = typeof call.target === 'string' ? call.target : call.target.name;
    const parts = [
      `${call.at.elsewhere.path}:${call.at.span.line} ${call.by} ${call.name} -> ${target} (${call.purpose})`,
      `in ${call.context?.replace('/repo', '') ?? '?'}`,
      ...call.arguments.map(({ name, value, at }) => `${name}=${value ?? '?'}@${at.span.line}`),
      ...call.secrets.map(({ name, at }) => `secret ${name}@${at.span.line}`),
      ...call.namedContexts.map(({ name }) => `context ${name}`),
      ...(call.user === undefined ? [] : [`user ${call.user.name}@${call.user.at.span.line}`]),
      ...(call.provenance === undefined ? [] : [`provenance ${call.provenance}`]),
    ];
    return parts.join(', ');
  });
