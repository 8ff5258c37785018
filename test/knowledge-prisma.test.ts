/** What is known of Prisma: where a schema has its client written, and what its CLI does. */
import { describe, expect, test } from 'vitest';
import { hasOwnPrismaClient, isPlainTool, prismaCall } from '../src/knowledge/index.ts';

const generator = (...lines: readonly string[]): string => `generator client {\n  ${lines.join('\n  ')}\n}\n`;

describe('the client is written among the packages', () => {
  test.each<[string, boolean]>([
    [generator('provider = "prisma-client-js"'), true],
    [generator('provider = "prisma-client-js"', 'output = "../src/db"'), false],
    [generator('provider = "prisma-client"', 'output = "../src/db"'), false],
    [
      `${generator('provider = "prisma-client-js"')}generator docs {\n  provider = "prisma-docs"\n  output = "docs"\n}\n`,
      true,
    ],
    [`// ${generator('provider = "prisma-client-js"')}`, false],
    ['model Nest {\n  id Int @id\n}\n', false],
  ])('%j: %s', (schema, own) => expect(hasOwnPrismaClient(schema)).toBe(own));
});

test.each([
  ['npx prisma generate', 'generate'],
  ['prisma@6.1.0 db push', 'generate'],
  ['pnpm --filter api exec prisma generate', 'generate'],
  ['pnpm exec prisma migrate deploy', 'other'],
  ['./node_modules/.bin/prisma migrate dev --name nests', 'generate'],
  ['cp -r node_modules/.prisma out', undefined],
])('%s', (line, does) => expect(prismaCall(line.split(' '))).toBe(does));

test.each([
  ['tsc -p tsconfig.build.json', true],
  ['npx --yes rimraf dist', true],
  ['cross-env NODE_ENV=production webpack', true],
  ['/usr/local/bin/next build', true],
  ['nx build api', false],
  ['npx', false],
])('%s is a plain tool: %s', (line, plain) => expect(isPlainTool(line.split(' '))).toBe(plain));
