/** What a repository holds for those who work on it, and no program reads while it runs; by conventional names. */

const folders: ReadonlyMap<string, string> = new Map(
  [
    ['tests', 'test tests __tests__ spec specs e2e cypress playwright coverage .nyc_output test-results'],
    ['documentation', 'docs doc documentation .storybook storybook stories'],
    ['CI', '.github .gitlab .circleci .buildkite .drone .azure-pipelines'],
    ['deployment', 'k8s kubernetes helm charts terraform ansible .devcontainer infra deploy deployment'],
    ['editor', '.vscode .idea .husky .changeset'],
  ].flatMap(([kind = '', names = '']) => names.split(' ').map((name): [string, string] => [name, kind])),
);

const files: readonly (readonly [RegExp, string])[] = [
  [/^(?:docker-)?compose(?:[.-][\w.-]+)?\.ya?ml$|^(?:[\w-]+\.)?Dockerfile(?:\.[\w.-]+)?$/i, 'deployment'],
  [/^(?:\.gitlab-ci\.yml|\.travis\.yml|Jenkinsfile|azure-pipelines\.ya?ml|bitbucket-pipelines\.yml)$/, 'CI'],
];

/** What a name at the top of a repository is for, when no image needs it; `folder`: it names a directory. */
export function clutterKind(name: string, folder: boolean): string | undefined {
  return folder ? folders.get(name) : files.find(([pattern]) => pattern.test(name))?.[1];
}
