/** What a command, a stage or a Dockerfile is for, by conventional names. */
import { readInvocation } from '../node/package-managers.ts';

type Words = readonly (string | undefined)[];

export type CommandPurpose = 'development-server' | 'test' | 'lint' | 'development-tool' | 'runtime' | 'unknown';

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

const testRunners = words(
  'jest vitest mocha ava playwright cypress karma pytest tox rspec phpunit tap nyc c8 codecept testcafe',
);
const linters = words(
  'eslint prettier biome oxlint stylelint markdownlint flake8 ruff golangci-lint hadolint tslint standard',
);
const developmentServers = words(
  'nodemon ts-node-dev tsnd webpack-dev-server browser-sync live-server air storybook start-storybook watchexec reflex parcel-watch pm2-dev',
);
/** Tools that serve for development with this subcommand. */
const developmentSubcommands: ReadonlyMap<string, RegExp> = new Map([
  ...['next', 'nuxt', 'nuxi', 'astro', 'remix', 'gatsby', 'svelte-kit', 'wrangler', 'netlify', 'vercel', 'turbo'].map(
    (tool): [string, RegExp] => [tool, /^(?:dev|develop)$/],
  ),
  ['vite', /^(?!(?:build|preview|optimize)$)/],
  ['react-scripts', /^start$/],
  ['react-app-rewired', /^start$/],
  ['craco', /^start$/],
  ['ng', /^(?:serve|s)$/],
  ['nx', /^serve/],
  ['vue-cli-service', /^serve$/],
  ['webpack', /^serve$/],
  ['webpack-cli', /^serve$/],
  ['parcel', /^(?!(?:build|help)$)/],
  ['strapi', /^dev(?:elop)?$/],
  ['expo', /^start$/],
  ['tsx', /^watch$/],
  ['hugo', /^serve/],
  ['jekyll', /^(?:serve|s)$/],
  ['dotnet', /^watch$/],
  ['cargo', /^watch$/],
  ['storybook', /^dev$/],
  ['fastapi', /^dev$/],
]);
/** Tools whose flag `--watch` (`--hot`, `--reload`) restarts the program when a file changes. */
const watchFlag = /^--(?:watch|hot|reload|live-reload|watch-path.*)$/;
/** `flask run --debug` serves with the debugger and restarts. */
const debugFlag: ReadonlyMap<string, string> = new Map([['flask', '--debug']]);
/** Servers for which that flag is about their configuration. */
const configurationWatchers = words('caddy');

/** Words in front of the program that starts. */
const wrappers = words(
  'tini dumb-init catatonit cross-env cross-env-shell dotenv dotenvx env-cmd exec env infisical doppler op poetry pipenv pdm uv',
);

/** What a start command does: serve in production, develop, test. */
export function commandPurpose(written: Words): CommandPurpose {
  return purposeOf(written, 4);
}

function purposeOf(written: Words, depth: number): CommandPurpose {
  const [first, ...rest] = written;
  if (first === undefined || depth === 0) return 'unknown';
  const name = first.slice(first.lastIndexOf('/') + 1);
  if (wrappers.has(name)) return purposeOf(behindWrapper(rest), depth - 1);
  const call = readInvocation(written);
  if (call !== undefined) {
    if (call.script !== undefined && !/[./]/.test(call.script)) return scriptPurpose(call.script);
    const [target] = call.packages;
    if (call.operation === 'exec' && target !== undefined)
      return purposeOf([target.replace(/(?<=.)@.*/s, ''), ...rest.slice(rest.indexOf(target) + 1)], depth - 1);
    if (call.operation !== 'run') return 'unknown';
  }
  return programPurpose(name, rest);
}

/** The command after the flags, `--` and assignments of a wrapper. */
function behindWrapper(rest: Words): Words {
  const ends = rest.indexOf('--');
  if (ends !== -1) return rest.slice(ends + 1);
  const at = rest.findIndex(
    (word) => word === undefined || !(word.startsWith('-') || word.includes('=') || word === 'run'),
  );
  return at === -1 ? [] : rest.slice(at);
}

function programPurpose(name: string, rest: Words): CommandPurpose {
  const operand = rest.find((word) => word === undefined || !word.startsWith('-')) ?? '';
  if (testRunners.has(name)) return 'test';
  if (linters.has(name)) return 'lint';
  if (developmentServers.has(name)) return 'development-server';
  if (developmentSubcommands.get(name)?.test(operand) === true) return 'development-server';
  if (!configurationWatchers.has(name) && rest.some((word) => word !== undefined && watchFlag.test(word)))
    return 'development-server';
  const debug = debugFlag.get(name);
  if (debug !== undefined && rest.includes(debug)) return 'development-server';
  if (/^(?:node|bun|deno)$/.test(name)) return runtimePurpose(rest);
  if (name === 'tsc') return rest.includes('-w') ? 'development-server' : 'development-tool';
  if (/^python[\d.]*$/.test(name)) return rest.includes('runserver') ? 'development-server' : modulePurpose(rest);
  if (name === 'php' && operand === 'artisan') return rest.includes('serve') ? 'development-server' : 'runtime';
  if (/^(?:go|cargo)$/.test(name))
    return operand === 'test' ? 'test' : operand === 'run' ? 'development-tool' : 'runtime';
  if (name === 'ng' && /^(?:test|e2e)$/.test(operand)) return 'test';
  if (name === 'react-scripts' && operand === 'test') return 'test';
  if (/^(?:ts-node|tsx|ts-node-esm|babel-node|esno)$/.test(name)) return 'development-tool';
  if (name === 'sleep' || (name === 'tail' && rest.includes('/dev/null'))) return 'development-tool';
  return 'runtime';
}

/** `node --test`, `node node_modules/.bin/jest`, `node -r ts-node/register src/main.ts`. */
function runtimePurpose(rest: Words): CommandPurpose {
  if (rest.includes('--test') || rest[0] === 'test') return 'test';
  if (
    rest.some(
      (word) =>
        word !== undefined &&
        /^(?:--import=|--loader=|--require=)?(?:ts-node(?:\/.*)?|tsx|tsx\/.*|@babel\/register)$/.test(word),
    )
  )
    return 'development-tool';
  const file = rest.find((word) => word !== undefined && !word.startsWith('-')) ?? '';
  const tool = /(?:^|\/)node_modules\/(?:\.bin\/)?([\w-]+)/.exec(file)?.[1];
  return tool === undefined ? 'runtime' : programPurpose(tool, rest.slice(rest.indexOf(file) + 1));
}

const modulePurpose = (rest: Words): CommandPurpose =>
  rest[0] === '-m' && /^(?:pytest|unittest|tox)$/.test(rest[1] ?? '') ? 'test' : 'runtime';

/** What a script of a manifest does by its conventional name: `start:dev`, `test:e2e`, `lint`. */
function scriptPurpose(script: string): CommandPurpose {
  const parts = script.toLowerCase().split(/[:._-]/);
  if (/^(?:tests?|e2e|spec|jest|vitest|cypress|playwright|coverage)$/.test(parts[0] ?? '')) return 'test';
  if (/^(?:lint|eslint|format|prettier|typecheck)$/.test(parts[0] ?? '')) return 'lint';
  if (parts.some((part) => /^(?:dev|develop|development|devel|watch|debug|hmr|hot|storybook|nodemon)$/.test(part)))
    return 'development-server';
  return parts.length > 1 && parts.at(-1) === 'local' ? 'development-server' : 'runtime';
}

export type StagePurpose = 'production' | 'development' | 'test' | 'build' | 'dependencies' | 'base' | 'artifact';

/** Words of stage names by what they say, the more telling ones first: `prod-deps` holds dependencies. */
const stageWords: readonly (readonly [StagePurpose, ReadonlySet<string>])[] = [
  ['dependencies', words('deps dependencies dep modules install installer vendor')],
  [
    'test',
    words('test tests testing tester lint linter ci e2e storybook check coverage unit integration audit scan spec'),
  ],
  ['build', words('build builder builds compile compiler bundle bundler prune pruner prepare buildstage')],
  ['development', words('dev develop development devel local debug devcontainer watch')],
  ['artifact', words('artifact artifacts export exporter out output dist binaries binary')],
  ['production', words('prod production prd runner runtime release final run app deploy deployer serve ship live')],
  ['base', words('base common core shared')],
];

/** What a stage is for by its conventional name, numbers after a word left out; undefined when the name says nothing. */
export function stagePurpose(name: string): StagePurpose | undefined {
  const parts = name
    .toLowerCase()
    .split(/[-_.]/)
    .map((part) => part.replace(/(?<!\d)\d+$/, ''));
  return stageWords.find(([, known]) => parts.some((part) => known.has(part)))?.[0];
}

/** What a Dockerfile is for by its path: `Dockerfile.dev`, `test.Dockerfile`, `.devcontainer/Dockerfile`. */
export function dockerfilePurpose(fileName: string): 'development' | 'test' | undefined {
  const parts = fileName.toLowerCase().split(/[\\/]/);
  const name = parts.at(-1) ?? '';
  if (parts.includes('.devcontainer')) return 'development';
  const said = name.replace(/^(?:dockerfile|containerfile)/, '').replace(/\.?(?:dockerfile|containerfile)$/, '');
  const known = said.split(/[.\-_]/);
  if (known.some((word) => /^(?:dev|develop|development|devel|local|debug|devcontainer)$/.test(word)))
    return 'development';
  return known.some((word) => /^(?:tests?|ci|e2e|lint)$/.test(word)) ? 'test' : undefined;
}
