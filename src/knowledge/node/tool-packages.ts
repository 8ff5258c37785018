/**
 * The npm packages that bring the programs which package.json scripts call to build and to serve a project.
 *
 * Source: the `bin` fields of these packages on the npm registry. Not here: programs of which several packages bring
 * their own (webpack, tailwindcss, babel).
 */
import { scriptWords } from './node-project.ts';

const packages: ReadonlyMap<string, string> = new Map([
  ...[
    'tsup vite next nuxt astro esbuild rollup parcel gatsby turbo nx lerna rimraf cross-env copyfiles cpx shx tsx',
    'ts-node tsc-alias unbuild react-scripts react-app-rewired microbundle npm-run-all concurrently del-cli env-cmd',
    'dotenv-cli patch-package tsc-watch vue-tsc eslint prettier jest vitest mocha sass typedoc node-sass preact-cli',
    'husky lefthook simple-git-hooks prisma nodemon is-ci knex typeorm drizzle-kit ts-node-dev migrate-mongo sequelize-cli',
    'serve http-server json-server pm2 forever probot wait-on vite-node vinxi',
  ]
    .join(' ')
    .split(' ')
    .map((name): [string, string] => [name, name]),
  ['tsc', 'typescript'],
  ['nest', '@nestjs/cli'],
  ['ng', '@angular/cli'],
  ['vue-cli-service', '@vue/cli-service'],
  ['remix', '@remix-run/dev'],
  ['react-router', '@react-router/dev'],
  ['svelte-kit', '@sveltejs/kit'],
  ['swc', '@swc/cli'],
  ['ncc', '@vercel/ncc'],
  ['craco', '@craco/craco'],
  ['run-s', 'npm-run-all'],
  ['run-p', 'npm-run-all'],
  ['dotenv', 'dotenv-cli'],
  ['del', 'del-cli'],
  ['sequelize', 'sequelize-cli'],
  ['tsnd', 'ts-node-dev'],
  ['pm2-runtime', 'pm2'],
  ['fastify', 'fastify-cli'],
  ['sirv', 'sirv-cli'],
  ['babel-node', '@babel/node'],
  ['react-router-serve', '@react-router/serve'],
  ['remix-serve', '@remix-run/serve'],
  ['functions-framework', '@google-cloud/functions-framework'],
  ['dotenvx', '@dotenvx/dotenvx'],
  ['graphql-codegen', '@graphql-codegen/cli'],
]);

/** The package that brings a program, of those that package.json scripts call to build or to serve a project. */
export const packageOfTool = (program: string): string | undefined => packages.get(program);

/** The program that a script of package.json calls first, and its package; undefined where that is not certain. */
export function firstTool(script: string): { readonly program: string; readonly package: string } | undefined {
  const [first = ''] = script.split(/&&/);
  if (/[|;$`(<>]/.test(first)) return undefined;
  const [program] = scriptWords(first);
  const brings = program === undefined ? undefined : packages.get(program);
  return program === undefined || brings === undefined ? undefined : { program, package: brings };
}

/** The packages whose programs or modules a script of package.json may name: its words, `@babel/node` of `@babel/node/register`. */
export function packagesNamed(script: string): readonly string[] {
  return script
    .split(/[\s;&|()"'=]+/)
    .map((word) => packages.get(word) ?? /^(?:@[^/]+\/)?[^/]*/.exec(word)?.[0] ?? '')
    .filter((name) => name !== '');
}

/**
 * The programs of which a script needs one or another, in order: `is-ci || husky` fails where both are missing. Changes of
 * directory before them are passed over; none where that is not certain.
 */
export function toolChoices(script: string): readonly { readonly program: string; readonly package: string }[] {
  const tools = script
    .replace(/^(?:\s*cd\s+[\w./-]+\s*&&)+/, '')
    .split('||')
    .map(firstTool);
  return tools.every((tool) => tool !== undefined) ? tools : [];
}
