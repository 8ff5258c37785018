/** Commands that make a program or its assets out of source. */
import type { Invocation } from '../node/invocation.ts';

type Words = readonly (string | undefined)[];

export interface BuildCall {
  /** Language or platform: `Node.js`, `Go`, `Java` … */
  readonly ecosystem: string;
  /** What it makes runs without the tools that made it. */
  readonly standsAlone: boolean;
}

const assets: BuildCall = { ecosystem: 'Node.js', standsAlone: false };

const alone = (ecosystem: string): BuildCall => ({ ecosystem, standsAlone: true });

/** Verbs with which a tool builds; an empty string: without any. By the tools' own command lines. */
const verbs: ReadonlyMap<string, readonly [BuildCall, RegExp]> = new Map<string, readonly [BuildCall, RegExp]>([
  ...['vite', 'next', 'nest', 'ng', 'nuxt', 'nuxi', 'astro', 'remix', 'parcel', 'react-scripts', 'gatsby', 'ncc'].map(
    (tool): [string, readonly [BuildCall, RegExp]] => [tool, [assets, /^(?:build|generate)$/]],
  ),
  ...['vue-cli-service', 'turbo', 'nx', 'lerna', 'expo', 'craco', 'medusa', 'strapi', 'quasar', 'sls'].map(
    (tool): [string, readonly [BuildCall, RegExp]] => [tool, [assets, /(?:^|:)build$/]],
  ),
  ['tsc', [assets, /^/]],
  ['tsup', [assets, /^/]],
  ['webpack', [assets, /^(?!serve$|watch$)/]],
  ['rollup', [assets, /^/]],
  ['esbuild', [assets, /^./]],
  ['go', [alone('Go'), /^(?:build|install)$/]],
  ['cargo', [alone('Rust'), /^(?:build|b|install|run)$/]],
  ...['mvn', 'mvnw'].map((tool): [string, readonly [BuildCall, RegExp]] => [
    tool,
    [alone('JVM'), /^(?:package|install|verify|compile|(?:spring-boot:)?repackage|spring-boot:run|exec:java)$/],
  ]),
  ...['gradle', 'gradlew'].map((tool): [string, readonly [BuildCall, RegExp]] => [
    tool,
    [
      alone('JVM'),
      /^(?:[\w:-]*:)?(?:build|bootJar|bootWar|jar|war|shadowJar|assemble|installDist|buildFatJar|bootRun|run)$/,
    ],
  ]),
  ['sbt', [alone('JVM'), /(?:^|\/)(?:assembly|stage|dist|universal:packageBin)$/]],
  ['lein', [alone('JVM'), /^(?:uberjar|ring)$/]],
  ['dotnet', [alone('.NET'), /^(?:publish|build|run)$/]],
  ['swift', [alone('Swift'), /^(?:build|run)$/]],
  ['stack', [alone('Haskell'), /^(?:build|install)$/]],
  ['cabal', [alone('Haskell'), /^(?:build|v2-build|new-build|install)$/]],
  ['crystal', [alone('Crystal'), /^build$/]],
  ['dart', [alone('Dart'), /^compile$/]],
  ['mix', [alone('Elixir'), /^(?:distillery\.)?release,?$/]],
  ['rebar3', [alone('Erlang'), /^(?:release|tar)$/]],
  ['deno', [alone('Deno'), /^compile$/]],
  ['zig', [alone('Zig'), /^build/]],
  ['javac', [alone('JVM'), /^/]],
  ...['gcc', 'g++', 'cc', 'c++', 'clang', 'clang++', 'make', 'gmake', 'cmake', 'ninja', 'meson'].map(
    (tool): [string, readonly [BuildCall, RegExp]] => [tool, [alone('C'), /^/]],
  ),
]);

/** The build that a command is; undefined for other commands. */
export function buildCall(words: Words, call?: Invocation): BuildCall | undefined {
  if (call?.script !== undefined && /(?:^|[:-])build(?:$|[:-])/.test(call.script)) return assets;
  // Yarn and pnpm run programs of the tree like scripts: `yarn tsc`.
  const tool = call?.operation === 'exec' ? call.packages[0] : call?.script;
  if (tool !== undefined) {
    const at = words.indexOf(tool);
    return at < 1 ? undefined : buildCall([tool.replace(/(?<=.)@.*/s, ''), ...words.slice(at + 1)]);
  }
  const [first, ...rest] = words;
  const name = first?.slice(first.lastIndexOf('/') + 1);
  const [found, pattern] = verbs.get(name ?? '') ?? [];
  if (found === undefined || pattern === undefined) return undefined;
  if (rest.some((word) => word === '--version' || word === '--help' || word === '-v')) return undefined;
  if (name === 'tsc' && rest.includes('--noEmit')) return undefined;
  if (installsFromAfar(name, rest)) return undefined;
  const operands = rest.filter((word) => word !== undefined && !word.startsWith('-'));
  const tasks = found.standsAlone || operands.length === 0 ? operands : operands.slice(0, 3);
  return (tasks.length === 0 ? [''] : tasks).some((word) => pattern.test(word ?? '')) ? found : undefined;
}

/** `go install example.com/tool@latest`, `cargo install cargo-watch`: a tool, none of the project's own source. */
const installsFromAfar = (name: string | undefined, rest: Words): boolean =>
  rest.includes('install') &&
  ((name === 'go' && rest.some((word) => word?.includes('@'))) ||
    (name === 'cargo' && !rest.some((word) => word !== undefined && /^--path(?:=|$)/.test(word))));

const compilers =
  /(?:^|[\s/&|;])(?:tsc|vite|next|nest|react-scripts|react-app-rewired|craco|webpack|webpack-cli|rollup|ng|nuxt|nuxi|astro|remix|svelte-kit|tsup|esbuild|swc|babel|parcel|gulp|vue-cli-service|turbo|nx|rsbuild|vue-tsc|gatsby|ember)(?=\s|$)/;

/** Whether a script of package.json calls what reads the source of a project, by the names of the usual compilers. */
export const compilesSource = (script: string): boolean => compilers.test(script);
