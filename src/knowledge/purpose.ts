/** What a command, a stage or a Dockerfile is for, by conventional names. */

type Words = readonly (string | undefined)[];

export type CommandPurpose = 'development-server' | 'test' | 'lint' | 'development-tool' | 'runtime' | 'unknown';

const scriptRunners = /^(npm|yarn|pnpm|bun|npx|bunx|pnpx)$/;
const testRunners = /^(jest|vitest|mocha|ava|playwright|cypress|karma|pytest|tox|rspec|phpunit|tap)$/;
const linters = /^(eslint|prettier|biome|oxlint|stylelint|markdownlint|flake8|ruff|golangci-lint)$/;
const devServers =
  /^(nodemon|ts-node-dev|tsnd|webpack-dev-server|browser-sync|live-server|air|storybook|start-storybook)$/;

/** What a start command does: serve in production, develop, test. */
export function commandPurpose(words: Words): CommandPurpose {
  const [first, ...rest] = words.map((word) =>
    word === undefined ? undefined : word.slice(word.lastIndexOf('/') + 1),
  );
  if (first === undefined) return 'unknown';
  if (scriptRunners.test(first)) return scriptPurpose(rest);
  if (devServers.test(first)) return 'development-server';
  if (testRunners.test(first)) return 'test';
  if (linters.test(first)) return 'lint';
  const [second] = rest;
  if (first === 'vite' && (second === undefined || second.startsWith('-') || second === 'dev' || second === 'serve'))
    return 'development-server';
  if (/^(next|nuxt|nuxi|astro|remix|gatsby|svelte-kit|wrangler)$/.test(first) && /^(dev|develop)$/.test(second ?? ''))
    return 'development-server';
  if ((first === 'react-scripts' && second === 'start') || (first === 'ng' && second === 'serve'))
    return 'development-server';
  if (first === 'vue-cli-service' && second === 'serve') return 'development-server';
  if (
    (first === 'tsx' || first === 'node' || first === 'ts-node' || first === 'bun') &&
    rest.some((word) => word === '--watch' || word === 'watch')
  )
    return 'development-server';
  if (first === 'ts-node' || (first === 'node' && rest.some((word) => /^(ts-node\/|tsx$)/.test(word ?? ''))))
    return 'development-tool';
  return 'runtime';
}

function scriptPurpose(words: Words): CommandPurpose {
  const names = words.filter((word) => word !== undefined && !word.startsWith('-'));
  const name = names.find((word) => !/^(run|run-script|exec|dlx|workspace|x)$/.test(word ?? '')) ?? '';
  if (
    /^(dev|develop|watch|serve:dev|start[:.-](dev|local|watch|debug)|dev[:.-].*|storybook)$/.test(name) ||
    devServers.test(name)
  )
    return 'development-server';
  if (/^(test|e2e|tests?[:.-].*|e2e[:.-].*)$/.test(name) || testRunners.test(name)) return 'test';
  if (/^lint([:.-].*)?$/.test(name) || linters.test(name)) return 'lint';
  return commandPurpose(names.slice(names.indexOf(name))) === 'runtime' ? 'runtime' : scriptFallback(names, name);
}

const scriptFallback = (names: Words, name: string): CommandPurpose =>
  scriptRunners.test(name) ? 'unknown' : commandPurpose(names.slice(names.indexOf(name)));

export type StagePurpose = 'production' | 'development' | 'test' | 'build' | 'dependencies' | 'base' | 'artifact';

const stageNames: readonly (readonly [RegExp, StagePurpose])[] = [
  [
    /^(prod|production|runner|runtime|release|final|run|app|deploy)$|[-_](prod|production|runner|runtime|release)$/,
    'production',
  ],
  [
    /^(dev|develop|development|devel|local|debug|devcontainer|watch)$|^dev(el|elopment)?[-_](envs?|environment|container|server|tools?)$|(^|[-_])(dev|development|debug)$/,
    'development',
  ],
  [
    /^(tests?|testing|lint|linter|ci|e2e|storybook|check|coverage|unit|integration|audit|scan)$|[-_](tests?|e2e|lint)$/,
    'test',
  ],
  [/^(build|builder|compile|compiler|builds)$|[-_](build|builder)$/, 'build'],
  [/^(deps|dependencies|install|installer|modules|prod-deps|vendor)$|[-_]deps$/, 'dependencies'],
  [/^(base|common|core)$|[-_]base$/, 'base'],
  [/^(artifacts?|export|exporter|out|output|dist|binaries)$/, 'artifact'],
];

/** What a stage is for by its conventional name; undefined when the name says nothing. */
export function stagePurpose(name: string): StagePurpose | undefined {
  return stageNames.find(([pattern]) => pattern.test(name.toLowerCase()))?.[1];
}

/** What a Dockerfile is for by its file name: `Dockerfile.dev`, `test.Dockerfile`. */
export function dockerfilePurpose(fileName: string): 'development' | 'test' | undefined {
  const name = fileName.slice(fileName.lastIndexOf('/') + 1).toLowerCase();
  const word = name.replace(/^(dockerfile|containerfile)/, '').replace(/\.?(dockerfile|containerfile)$/, '');
  if (/(^|[.\-_])(dev|develop|development|devel|local|debug|devcontainer)([.\-_]|$)/.test(word)) return 'development';
  return /(^|[.\-_])(tests?|ci|e2e|lint)([.\-_]|$)/.test(word) ? 'test' : undefined;
}
