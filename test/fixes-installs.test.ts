/** What fixes of installs make of Dockerfiles: the text as it is, the text that comes out. */
import { describe, expect, test } from 'vitest';
import { fixedProject } from './harness/fixed-project.ts';

interface Case {
  readonly about: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly before: string;
  /** Absent: nothing is changed. */
  readonly after?: string;
  /** Not made without --unsafe-fixes. */
  readonly unsafe?: true;
  /** Nothing is known of the build context. */
  readonly noContext?: true;
}

const manifest = { name: 'shop', version: '1.0.0', dependencies: { express: '^5.1.0' } };
const fitting = {
  lockfileVersion: 3,
  packages: { '': manifest, 'node_modules/express': { version: '5.1.0' } },
};
const npm = {
  'package.json': JSON.stringify(manifest),
  'package-lock.json': JSON.stringify(fitting),
  'src/server.js': '',
};
const ignored = { '.dockerignore': 'node_modules\n' };
const prisma = {
  ...npm,
  ...ignored,
  'package.json': '{"name":"shop","dependencies":{"@prisma/client":"^6.0.0","prisma":"^6.0.0"}}',
  'prisma/schema.prisma': 'generator client {\n  provider = "prisma-client-js"\n}\n',
};

function check(rule: string, cases: readonly Case[]): void {
  describe(rule, () => {
    test.each(cases.map((each) => [each.about, each] as const))('%s', async (_, each) => {
      const files = { ...each.files, Dockerfile: each.before };
      const flags = each.noContext ? [] : ['--context', '.'];
      const safely = (await fixedProject(rule, files, ...flags)).Dockerfile;
      const unsafely = (await fixedProject(rule, files, '--unsafe-fixes', ...flags)).Dockerfile;
      expect(unsafely).toBe(each.after ?? each.before);
      expect(safely).toBe(each.unsafe ? each.before : unsafely);
    });
  });
}

check('source-copied-before-install', [
  {
    about: 'npm, with all that tells that it is safe',
    files: { ...npm, ...ignored },
    before: 'FROM node:24\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["node", "server.js"]\n',
    after:
      'FROM node:24\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci\nCOPY . .\nCMD ["node", "server.js"]\n',
  },
  {
    about: 'the schema of Prisma comes along where the install makes the client from it',
    files: prisma,
    before: 'FROM node:24\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["node", "src/server.js"]\n',
    after:
      'FROM node:24\nWORKDIR /app\nCOPY package.json package-lock.json ./\nCOPY prisma ./prisma/\nRUN npm ci\nCOPY . .\nCMD ["node", "src/server.js"]\n',
    unsafe: true,
  },
  {
    about: 'and not where a command makes it later',
    files: prisma,
    before: 'FROM node:24\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN npx prisma generate\n',
    after:
      'FROM node:24\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci\nCOPY . .\nRUN npx prisma generate\n',
  },
  {
    about: 'comments go with their instruction, blank lines stay, keywords keep their case',
    files: { ...npm, ...ignored },
    before:
      'from node:24\nworkdir /app\n\n# All of the source\ncopy --chown=node:node . .\n\n# Packages\nrun npm ci \\\n    --omit=dev # last\n\nexpose 80\n',
    after:
      'from node:24\nworkdir /app\n\ncopy --chown=node:node package.json package-lock.json ./\n\n# Packages\nrun npm ci \\\n    --omit=dev # last\n\n# All of the source\ncopy --chown=node:node . .\n\nexpose 80\n',
  },
  {
    about: 'a RUN that builds, too, is parted',
    files: { ...npm, ...ignored },
    before: 'FROM node:24\nWORKDIR /app\nCOPY . /app\nRUN npm ci && \\\n    npm run build && \\\n    npm test\n',
    after:
      'FROM node:24\nWORKDIR /app\nCOPY package.json package-lock.json /app/\nRUN npm ci\nCOPY . /app\nRUN npm run build && \\\n    npm test\n',
  },
  {
    about: 'node_modules of this machine would come in over the installed ones',
    files: npm,
    before: 'FROM node:24\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm cache clean --force\n',
    after:
      'FROM node:24\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci && npm cache clean --force\nCOPY . .\n',
    unsafe: true,
  },
  {
    about: 'pnpm in a folder of its own, what the system needs stands between',
    files: {
      'api/package.json': '{"name":"api"}',
      'api/pnpm-lock.yaml': 'lockfileVersion: 9',
      'api/src/main.ts': '',
      '.dockerignore': '**/node_modules',
    },
    before:
      'FROM node:24\nWORKDIR /srv/api\nCOPY ./api/ ./\nRUN corepack enable\nENV CI=1\nRUN pnpm install --frozen-lockfile\nRUN pnpm build\n',
    after:
      'FROM node:24\nWORKDIR /srv/api\nCOPY api/package.json api/pnpm-lock.yaml ./\nRUN corepack enable\nENV CI=1\nRUN pnpm install --frozen-lockfile\nCOPY ./api/ ./\nRUN pnpm build\n',
  },
  {
    about: 'the manifests are there already',
    files: npm,
    before:
      'FROM node:24\nWORKDIR /app\nCOPY package*.json ./\n\n# The source\nCOPY src ./src\nCOPY config/ ./config/\n\nRUN npm ci\nCMD ["node", "src/server.js"]\n',
    after:
      'FROM node:24\nWORKDIR /app\nCOPY package*.json ./\n\nRUN npm ci\n\n# The source\nCOPY src ./src\nCOPY config/ ./config/\nCMD ["node", "src/server.js"]\n',
  },
  {
    about: 'pip, which reads one file',
    files: { 'requirements.txt': 'flask==3.0.0\n', 'app.py': '' },
    before: 'FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nRUN pip install --no-cache-dir -r requirements.txt\n',
    after:
      'FROM python:3.13-slim\nWORKDIR /app\nCOPY requirements.txt ./\nRUN pip install --no-cache-dir -r requirements.txt\nCOPY . .\n',
  },
  {
    about: 'pip, nothing is known of the context',
    before: 'FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nRUN pip install --no-cache-dir -r requirements.txt\n',
    after:
      'FROM python:3.13-slim\nWORKDIR /app\nCOPY requirements.txt ./\nRUN pip install --no-cache-dir -r requirements.txt\nCOPY . .\n',
    unsafe: true,
    noContext: true,
  },
  {
    about: 'go',
    files: {
      'go.mod': 'module shop\n\nrequire example.com/a v1.0.0\n',
      'go.sum': 'example.com/a v1.0.0 h1:a\n',
      'main.go': '',
    },
    before: 'FROM golang:1.25\nWORKDIR /src\nCOPY . .\nRUN go mod download\nRUN go build ./...\n',
    after: 'FROM golang:1.25\nWORKDIR /src\nCOPY go.mod go.sum ./\nRUN go mod download\nCOPY . .\nRUN go build ./...\n',
  },
  {
    about: 'no: an install script needs the source',
    files: { ...npm, 'package.json': '{"name":"shop","scripts":{"postinstall":"node scripts/build.js"}}', ...ignored },
    before: 'FROM node:24\nWORKDIR /app\nCOPY . .\nRUN npm ci\n',
  },
  {
    about: 'no: a workspace has more manifests',
    files: { ...npm, 'package.json': '{"name":"shop","workspaces":["packages/*"]}', ...ignored },
    before: 'FROM node:24\nWORKDIR /app\nCOPY . .\nRUN npm ci\n',
  },
  {
    about: 'no: the source is needed between',
    files: { ...npm, ...ignored },
    before: 'FROM node:24\nWORKDIR /app\nCOPY . .\nRUN ./prepare.sh\nRUN npm ci\n',
  },
  {
    about: 'no: uv builds the project, too',
    files: { 'pyproject.toml': '[project]\nname = "shop"\n', 'uv.lock': 'version = 1\n', 'src/shop.py': '' },
    before:
      'FROM python:3.13-slim\nWORKDIR /app\nCOPY pyproject.toml uv.lock ./\nCOPY src ./src\nRUN uv sync --locked\n',
  },
  {
    about: 'no: requirements that take others in',
    files: { 'requirements.txt': '-r base.txt\n', 'base.txt': 'flask==3.0.0\n' },
    before: 'FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\n',
  },
]);

const copied = 'FROM node:24\nWORKDIR /app\nCOPY package.json package-lock.json ./\n';

check('unlocked-install', [
  {
    about: 'npm, the lockfile fits',
    files: npm,
    before: `${copied}RUN npm install --omit=dev\n`,
    after: `${copied}RUN npm ci --omit=dev\n`,
  },
  {
    about: 'npm, the lockfile lags behind',
    files: { ...npm, 'package.json': JSON.stringify({ ...manifest, dependencies: { express: '^5.2.0' } }) },
    before: `${copied}RUN npm i\n`,
    after: `${copied}RUN npm ci\n`,
    unsafe: true,
  },
  {
    about: 'one of several commands, with options of other managers',
    files: npm,
    before: `${copied}RUN set -eux; \\\n    npm install \\\n      --frozen-lockfile --no-audit && npm cache clean --force\n`,
    after: `${copied}RUN set -eux; \\\n    npm ci --no-audit && npm cache clean --force\n`,
  },
  {
    about: 'a heredoc',
    files: npm,
    before: `${copied}RUN <<EOF\nset -e\nnpm install\nEOF\n`,
    after: `${copied}RUN <<EOF\nset -e\nnpm ci\nEOF\n`,
  },
  {
    about: 'yarn 1 of the image',
    files: {
      'package.json': JSON.stringify(manifest),
      'yarn.lock': '# yarn lockfile v1\n\n\nexpress@^5.1.0:\n  version "5.1.0"\n',
    },
    before: 'FROM node:24\nWORKDIR /app\nCOPY package.json yarn.lock ./\nRUN yarn --production\n',
    after:
      'FROM node:24\nWORKDIR /app\nCOPY package.json yarn.lock ./\nRUN yarn install --frozen-lockfile --production\n',
  },
  {
    about: 'yarn 4 by its manifest',
    files: {
      'package.json': JSON.stringify({ ...manifest, packageManager: 'yarn@4.9.1' }),
      'yarn.lock': '# yarn\n\n__metadata:\n  version: 8\n',
    },
    before: 'FROM node:24\nRUN corepack enable\nWORKDIR /app\nCOPY package.json yarn.lock ./\nRUN yarn install\n',
    after:
      'FROM node:24\nRUN corepack enable\nWORKDIR /app\nCOPY package.json yarn.lock ./\nRUN yarn install --immutable\n',
    unsafe: true,
  },
  {
    about: 'bun',
    files: { 'package.json': JSON.stringify(manifest), 'bun.lock': '{}' },
    before: 'FROM oven/bun:1\nWORKDIR /app\nCOPY package.json bun.lock ./\nRUN bun install\n',
    after: 'FROM oven/bun:1\nWORKDIR /app\nCOPY package.json bun.lock ./\nRUN bun install --frozen-lockfile\n',
    unsafe: true,
  },
  {
    about: 'composer',
    files: { 'composer.json': '{}', 'composer.lock': '{}' },
    before: 'FROM composer:2\nWORKDIR /app\nCOPY composer.json composer.lock ./\nRUN composer update --no-dev\n',
    after: 'FROM composer:2\nWORKDIR /app\nCOPY composer.json composer.lock ./\nRUN composer install --no-dev\n',
    unsafe: true,
  },
  { about: 'no: exec form', files: npm, before: `${copied}RUN ["npm", "install"]\n` },
  {
    about: 'no: the lockfile may not be there',
    before: 'FROM node:24\nWORKDIR /app\nCOPY package*.json ./\nRUN npm install\n',
  },
  { about: 'no: it runs where npm ci has failed', files: npm, before: `${copied}RUN npm ci || npm install\n` },
]);

const dev = { ...npm, 'package.json': JSON.stringify({ ...manifest, devDependencies: { eslint: '^9.0.0' } }) };
const shipping =
  '\nFROM node:24-slim\nWORKDIR /app\nCOPY --from=build /app/node_modules ./node_modules\nCOPY --from=build /app/dist ./dist\nCMD ["node", "dist/server.js"]\n';

check('dev-dependencies-shipped', [
  {
    about: 'npm, nothing needs them',
    files: dev,
    before: `${copied}RUN npm ci && npm cache clean --force\nCOPY src ./src\nCMD ["node", "src/server.js"]\n`,
    after: `${copied}RUN npm ci --omit=dev && npm cache clean --force\nCOPY src ./src\nCMD ["node", "src/server.js"]\n`,
    unsafe: true,
  },
  {
    about: 'the builder needs them: they go where it ends',
    files: dev,
    before: `FROM node:24 AS build\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\nRUN npm run build\n${shipping}`,
    after: `FROM node:24 AS build\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\nRUN npm run build\nRUN npm prune --omit=dev\n${shipping}`,
    unsafe: true,
  },
  {
    about: 'an old npm',
    files: dev,
    before:
      'FROM node:12\nworkdir /app\ncopy package.json package-lock.json ./\nrun npm ci\ncopy src ./src\ncmd ["node", "src/server.js"]\n',
    after:
      'FROM node:12\nworkdir /app\ncopy package.json package-lock.json ./\nrun npm ci --only=production\ncopy src ./src\ncmd ["node", "src/server.js"]\n',
    unsafe: true,
  },
  {
    about: 'yarn 1 without a subcommand',
    files: { 'package.json': dev['package.json'], 'yarn.lock': '# yarn lockfile v1\n' },
    before:
      'FROM node:24\nWORKDIR /app\nCOPY package.json yarn.lock ./\nRUN yarn --frozen-lockfile\nCMD ["node", "server.js"]\n',
    after:
      'FROM node:24\nWORKDIR /app\nCOPY package.json yarn.lock ./\nRUN yarn install --production --frozen-lockfile\nCMD ["node", "server.js"]\n',
    unsafe: true,
  },
  {
    about: 'composer',
    files: { 'composer.json': '{"require-dev": {"phpunit/phpunit": "^12"}}', 'composer.lock': '{}' },
    before:
      'FROM php:8.4-apache\nWORKDIR /app\nCOPY composer.json composer.lock ./\nRUN composer install --no-interaction\n',
    after:
      'FROM php:8.4-apache\nWORKDIR /app\nCOPY composer.json composer.lock ./\nRUN composer install --no-dev --no-interaction\n',
    unsafe: true,
  },
  {
    about: 'no: the one stage builds with them, a later layer would not be smaller',
    files: dev,
    before: `${copied}RUN npm ci\nCOPY . .\nRUN npm run build\nCMD ["node", "dist/server.js"]\n`,
  },
  {
    about: 'no: a later stage tests with them',
    files: dev,
    before: `FROM node:24 AS build\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\nRUN npm run build\n\nFROM build AS check\nRUN npm test\n${shipping}`,
  },
  {
    about: 'no: what it starts may need them',
    files: {
      ...dev,
      'package.json': JSON.stringify({
        ...manifest,
        scripts: { start: 'ts-node server.ts' },
        devDependencies: { 'ts-node': '1' },
      }),
    },
    before: `${copied}RUN npm ci\nCMD ["npm", "start"]\n`,
  },
]);
