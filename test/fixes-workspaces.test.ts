/** Fixes of installs in workspaces and with Yarn from 2 on: text in, text out, through the command line. */
import { describe, expect, test } from 'vitest';
import { fixedProject } from './harness/fixed-project.ts';

type Files = Readonly<Record<string, string>>;

const fixed = async (rule: string, text: string, files: Files): Promise<string> =>
  (
    await fixedProject(
      rule,
      { '.dockerignore': '**/node_modules\n.git\n', ...files, Dockerfile: text },
      '--unsafe-fixes',
    )
  ).Dockerfile;

const json = (content: object): string => JSON.stringify(content);

const members = {
  'apps/api/package.json': json({
    name: 'api',
    dependencies: { express: '^5' },
    devDependencies: { typescript: '^5' },
  }),
  'apps/web/package.json': json({ name: 'web', dependencies: { core: '1.0.0' } }),
  'packages/core/package.json': json({ name: 'core', main: 'index.js' }),
  'apps/api/server.js': '',
};
const root = { workspaces: ['apps/*', 'packages/*'], devDependencies: { typescript: '^5' } };

const managers: readonly (readonly [string, Files, string, string])[] = [
  [
    'npm',
    { 'package.json': json(root), 'package-lock.json': '{"lockfileVersion":3,"packages":{}}' },
    'npm ci',
    'package.json package-lock.json',
  ],
  [
    'yarn 1',
    { 'package.json': json(root), 'yarn.lock': '# yarn lockfile v1\n' },
    'yarn install --frozen-lockfile',
    'package.json yarn.lock',
  ],
  [
    'yarn 4',
    {
      'package.json': json({ ...root, packageManager: 'yarn@4.9.1' }),
      'yarn.lock': '\n__metadata:\n  version: 8\n',
      '.yarnrc.yml': 'nodeLinker: node-modules\n',
    },
    'yarn install --immutable',
    'package.json yarn.lock .yarnrc.yml',
  ],
  [
    'pnpm',
    {
      'package.json': json({ devDependencies: { typescript: '^5' } }),
      'pnpm-lock.yaml': "lockfileVersion: '9.0'\n",
      'pnpm-workspace.yaml': 'packages:\n  - apps/*\n  - packages/*\n',
    },
    'pnpm install --frozen-lockfile',
    'package.json pnpm-lock.yaml pnpm-workspace.yaml',
  ],
];

const sourceFirst = (install: string): string => `FROM node:22-alpine
RUN corepack enable
WORKDIR /srv
COPY . .
RUN ${install}
CMD ["node", "apps/api/server.js"]
`;

describe('manifests of members come before the install', () => {
  test.each(managers)('%s', async (_, files, install, names) => {
    expect(await fixed('source-copied-before-install', sourceFirst(install), { ...members, ...files })).toBe(
      `FROM node:22-alpine
RUN corepack enable
WORKDIR /srv
COPY ${names} ./
COPY apps/api/package.json ./apps/api/
COPY apps/web/package.json ./apps/web/
COPY packages/core/package.json ./packages/core/
RUN ${install}
COPY . .
CMD ["node", "apps/api/server.js"]
`,
    );
  });

  test('parts of Yarn and changes to packages come along', async () => {
    const text = sourceFirst('yarn install --immutable').replace('apps/api/server.js', 'server.js');
    const after = await fixed('source-copied-before-install', text, {
      'package.json': json({ packageManager: 'yarn@4.9.1', dependencies: { express: '^5' } }),
      'yarn.lock': '\n__metadata:\n  version: 8\n',
      '.yarnrc.yml': 'yarnPath: .yarn/releases/yarn-4.9.1.cjs\nnodeLinker: node-modules\n',
      '.yarn/releases/yarn-4.9.1.cjs': '',
      'server.js': '',
    });
    expect(after).toContain('COPY package.json yarn.lock .yarnrc.yml ./\nCOPY .yarn ./.yarn/\nRUN yarn install');
  });

  const [, npm = {}] = managers[0] ?? [];
  test.each([
    ['a member that runs a script', { 'apps/web/package.json': json({ scripts: { postinstall: 'node setup.js' } }) }],
    ['a member whose program is linked', { 'packages/core/package.json': json({ name: 'core', bin: 'cli.js' }) }],
    ['a root that runs a script', { 'package.json': json({ ...root, scripts: { prepare: 'husky' } }) }],
    [
      'more members than anybody would list',
      Object.fromEntries(Array.from({ length: 16 }, (_, at) => [`packages/p${at}/package.json`, '{}'])),
    ],
    ['no members', { 'package.json': json({ workspaces: ['libs/*'] }) }],
  ])('no fix: %s', async (_, more: Files) => {
    const text = sourceFirst('npm ci');
    expect(await fixed('source-copied-before-install', text, { ...members, ...npm, ...more })).toBe(text);
  });
});

test('no fix where calls name members that are not there', async () => {
  const text = sourceFirst('npm ci').replace('CMD', 'RUN npx turbo run build --filter=api\nCMD');
  const files = { 'package.json': json({ name: 'api' }), 'package-lock.json': '{"lockfileVersion":3,"packages":{}}' };
  expect(await fixed('source-copied-before-install', text, { ...files, 'server.js': '' })).toBe(text);
});

describe('development packages of workspaces', () => {
  const prunes: Readonly<Record<string, string>> = {
    npm: 'npm prune --omit=dev',
    'yarn 1': 'yarn install --frozen-lockfile --production --ignore-scripts --prefer-offline',
    'yarn 4': 'yarn workspaces focus --all --production',
    pnpm: 'CI=true pnpm install --prod --frozen-lockfile --ignore-scripts --config.modules-cache-max-age=0',
  };
  test.each(managers)('are taken out where the builder of %s ends', async (name, files, install) => {
    const text = `FROM node:22-alpine AS build
WORKDIR /srv
COPY . .
RUN ${install}
RUN npx tsc -b

FROM node:22-alpine
WORKDIR /srv
COPY --from=build /srv ./
USER node
CMD ["node", "apps/api/server.js"]
`;
    expect(await fixed('dev-dependencies-shipped', text, { ...members, ...files })).toBe(
      text.replace('tsc -b\n', `tsc -b\nRUN ${prunes[name]}\n`),
    );
  });

  test('yarn 4 installs for production in other words', async () => {
    const [, files = {}] = managers[2] ?? [];
    const text = `FROM node:22-alpine
RUN corepack enable
WORKDIR /srv
COPY . .
RUN yarn install --immutable && yarn cache clean
USER node
CMD ["node", "apps/api/server.js"]
`;
    expect(await fixed('dev-dependencies-shipped', text, { ...members, ...files })).toBe(
      text.replace('yarn install --immutable', 'yarn workspaces focus --all --production'),
    );
    const pnp = { ...members, ...files, '.yarnrc.yml': 'enableTelemetry: false\n' };
    expect(await fixed('dev-dependencies-shipped', text, pnp)).toBe(text);
  });
});

describe('installs that keep to the lockfile', () => {
  test.each([
    ['npm install', 'npm ci'],
    ['yarn', 'yarn install --frozen-lockfile'],
    ['yarn install', 'yarn install --immutable'],
    ['pnpm install', 'pnpm install --frozen-lockfile'],
  ])('%s becomes %s', async (call, frozen) => {
    const [, files = {}] = managers.find(([, , install]) => install === frozen) ?? [];
    const text = sourceFirst(call);
    expect(await fixed('unlocked-install', text, { ...members, ...files })).toBe(
      text.replace(`RUN ${call}`, `RUN ${frozen}`),
    );
  });
});
