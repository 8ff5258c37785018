/**
 * Prisma: a client that is generated from a schema, into the packages unless the schema says where.
 *
 * Sources: https://www.prisma.io/docs/orm/prisma-schema/overview/generators, …/reference/prisma-cli-reference (`db push`
 * and `migrate dev` generate, too).
 */

import { handlesFilesOnly } from '../programs/plain-commands.ts';
import { mayTellSchema } from './node-project.ts';

/** Whether a schema has its client written among the packages, where an install does away with it. */
export function hasOwnPrismaClient(schema: string): boolean {
  const generators = [...schema.matchAll(/^[ \t]*generator[ \t]+\w+[ \t]*\{([^}]*)\}/gm)].map(([, body = '']) => body);
  const clients = generators.filter((body) => /^[ \t]*provider[ \t]*=[ \t]*"prisma-client(?:-js)?"/m.test(body));
  return (
    clients.length > 0 &&
    clients.every((body) => /"prisma-client-js"/.test(body) && !/^[ \t]*output[ \t]*=/m.test(body))
  );
}

/** What a call of Prisma's CLI, by itself or through a runner of packages, does; undefined for other programs. */
export function prismaCall(words: readonly (string | undefined)[]): 'generate' | 'other' | undefined {
  const at = words.findIndex((word) => word !== undefined && /^(?:.*\/)?prisma(?:@[\w.^~-]+)?$/.test(word));
  if (at === -1 || at > mostBefore) return undefined;
  return /^(?:generate|db push|migrate dev)\b/.test(words.slice(at + 1).join(' ')) ? 'generate' : 'other';
}

/** What Prisma is asked for that reads the schema first, where the call stands in one folder; `migrate deploy`. */
export function prismaSubcommand(words: readonly (string | undefined)[]): string | undefined {
  const known = words.filter((word) => word !== undefined);
  const at = known.findIndex((word) => /^(?:.*\/)?prisma(?:@[\w.^~-]+)?$/.test(word));
  if (at === -1 || at > mostBefore || known.length < words.length || known.some((word) => isElsewhere.test(word)))
    return undefined;
  return /^(?:generate|validate|db (?:push|seed)|migrate (?:deploy|reset|dev))\b/.exec(
    known.slice(at + 1).join(' '),
  )?.[0];
}

const isElsewhere = /^(?:-C|--dir|--cwd|--prefix|-w|--workspace|-F|--filter|-r|--recursive|workspace)(?:=|$)/;

/** Whether the call or the manifest says where the schema is, or members of a workspace may have it. */
export const prismaTellsSchema = (words: readonly (string | undefined)[], manifest: string): boolean =>
  words.some((word) => word === undefined || /^--(?:schema|config)(?:=|$)/.test(word)) || mayTellSchema(manifest);

/** `pnpm --filter api exec prisma`. */
const mostBefore = 4;

/** Programs of which it is known that they generate no code into the packages. */
const plain =
  /^(?:curl|wget|tsc|tsc-alias|next|vite|nest|esbuild|tsup|webpack|rollup|swc|rimraf|copyfiles|cpx|eslint|prettier|jest|vitest)$/;

/** Whether these words call such a program, `npx` and its like in front or not. */
export function isPlainTool(words: readonly (string | undefined)[]): boolean {
  const runner = /^(?:npx|bunx|pnpx|cross-env)$/.test(words[0] ?? '');
  const program = runner ? words.slice(1).find((word) => word === undefined || !/^-|=/.test(word)) : words[0];
  const name = program?.slice(program.lastIndexOf('/') + 1);
  return name !== undefined && (plain.test(name) || handlesFilesOnly(name));
}

/**
 * Images without libssl, which the engine of Prisma before version 7 is linked to: Debian 12 slim, of which `node:20-slim`
 * and older ones of that time were made for the last time (github.com/nodejs/docker-node/issues/1919; Debian 11 and 13
 * have it with apt, Alpine with apk).
 */
export const lacksOpenssl = (familiar: string, tag = ''): boolean =>
  familiar === 'node' &&
  /^(?:(?:\d+(?:\.\d+)*|lts|current|iron|hydrogen|jod|krypton)-)?bookworm-slim$|^(?:18|20)-slim$/.test(tag);

/** Packages of Debian that need no libssl themselves. */
const withoutOpenssl: ReadonlySet<string> = new Set(
  'dumb-init tini procps gosu tzdata bash less nano vim-tiny jq netcat-openbsd netcat-traditional iputils-ping unzip zip'.split(
    ' ',
  ),
);

/** `ca-certificates`, `curl`, `python3` and most others bring it along. */
export const mayBringOpenssl = (name: string): boolean => !withoutOpenssl.has(name);

/** Whether a schema has the client query through an engine of machine code; the text of one that is not seen is empty. */
export const usesPrismaEngine = (schema: string): boolean =>
  !/engineType[ \t]*=|"queryCompiler"|"prisma-client"/.test(schema);
