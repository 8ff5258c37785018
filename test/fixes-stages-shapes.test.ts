/** Shapes of Node.js projects whose Dockerfile of one stage becomes one of two: text in, text out, through the command line. */
import { describe, expect, test } from 'vitest';
import { fixedProject } from './harness/fixed-project.ts';

type Files = Readonly<Record<string, string>>;

const fixed = async (text: string, files: Files): Promise<string> =>
  (await fixedProject('single-stage-build', { ...files, Dockerfile: text }, '--unsafe-fixes')).Dockerfile;

const manifest = (
  scripts: Files,
  dependencies: Files = { express: '^5' },
  devDependencies: Files = { typescript: '^5' },
) => JSON.stringify({ name: 'shop', scripts, dependencies, devDependencies });

const shop = {
  'package.json': manifest({ build: 'tsc', start: 'node dist/server.js' }),
  'package-lock.json': '{"lockfileVersion":3,"packages":{}}',
  'src/server.ts': '',
  '.dockerignore': 'node_modules\ndist\n.git\n',
};

const text = `FROM node:22-alpine
WORKDIR /app
COPY package*.json ./
RUN npm ci
COPY . .
RUN npm run build
CMD ["node", "dist/server.js"]
`;

/** The stage that ships, without its FROM. */
const shipped = (after: string): string => after.slice(after.lastIndexOf('\nFROM ')).split('\n').slice(2).join('\n');

const asUsual = `WORKDIR /app
ENV NODE_ENV=production
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
`;
const start = 'CMD ["node", "dist/server.js"]\n';

describe('packages of the distribution', () => {
  test('compilers stay behind, what the program calls comes along', async () => {
    const after = await fixed(
      text
        .replace('WORKDIR', 'RUN apk add --no-cache python3 make g++ curl\nWORKDIR')
        .replace('CMD', 'HEALTHCHECK CMD curl -f http://localhost:3000/ || exit 1\nCMD'),
      shop,
    );
    expect(after).toContain('AS build\nRUN apk add --no-cache python3 make g++ curl\nWORKDIR');
    expect(shipped(after)).toBe(
      `RUN apk add --no-cache curl\n${asUsual}HEALTHCHECK CMD curl -f http://localhost:3000/ || exit 1\nUSER node\n${start}`,
    );
  });

  test('line by line, as the file has them', async () => {
    const install = `RUN apt-get update && apt-get install -y --no-install-recommends \\
    build-essential \\
    python3 \\
    ffmpeg \\
    && rm -rf /var/lib/apt/lists/*
`;
    const after = await fixed(text.replace('-alpine', '').replace('WORKDIR', `${install}WORKDIR`), shop);
    expect(after).toContain('\nFROM node:22\n');
    expect(shipped(after)).toBe(
      `RUN apt-get update && apt-get install -y --no-install-recommends \\
    ffmpeg \\
    && rm -rf /var/lib/apt/lists/*
${asUsual}USER node
${start}`,
    );
  });

  test('the last of a list takes its continuation with it; a list of nothing else goes', async () => {
    const some = 'RUN apk add --no-cache \\\n    tini \\\n    make \\\n    g++\n';
    const after = await fixed(text.replace('WORKDIR', `RUN apk add make g++\n${some}WORKDIR`), shop);
    expect(shipped(after)).toBe(`RUN apk add --no-cache \\\n    tini\n${asUsual}USER node\n${start}`);
  });

  test('compilers for packages of a program that is its own source', async () => {
    const source = text
      .replace('RUN npm run build\n', '')
      .replace('npm ci', 'npm ci --omit=dev')
      .replace('dist/server', 'src/server')
      .replace('COPY package', 'RUN apk add --no-cache python3 make g++\nCOPY package');
    const after = await fixed(source, { ...shop, 'package.json': manifest({}, { bcrypt: '^5' }, {}) });
    expect(after).toBe(`FROM node:22-alpine AS deps
WORKDIR /app
RUN apk add --no-cache python3 make g++
COPY package*.json ./
RUN npm ci --omit=dev

FROM node:22-alpine
WORKDIR /app
ENV NODE_ENV=production
COPY --from=deps /app/node_modules ./node_modules
COPY . .
USER node
CMD ["node", "src/server.js"]
`);
  });
});

describe('accounts and folders', () => {
  test('an account is there before the files that it owns, folders come after them', async () => {
    const after = await fixed(
      text
        .replace('WORKDIR', 'RUN addgroup -S app && adduser -S app -G app\nWORKDIR')
        .replaceAll('COPY', 'COPY --chown=app:app')
        .replace('CMD', 'RUN mkdir -p logs && chown app:app logs\nUSER app\nCMD'),
      shop,
    );
    expect(shipped(after)).toBe(
      `RUN addgroup -S app && adduser -S app -G app\n${asUsual.replaceAll('--from=build', '--from=build --chown=app:app')}` +
        `RUN mkdir -p logs && chown app:app logs\nUSER app\n${start}`,
    );
  });

  test('the account that the build has taken on stays that of the program', async () => {
    const after = await fixed(text.replace('COPY package', 'RUN chown node:node /app\nUSER node\nCOPY package'), shop);
    expect(shipped(after)).toBe(`${asUsual.replace('ENV', 'RUN chown node:node /app\nENV')}USER node\n${start}`);
  });

  test('what root has made for the program stays in its hands', async () => {
    const after = await fixed(text.replace('CMD', 'RUN mkdir -p /data\nVOLUME /data\nCMD'), shop);
    expect(shipped(after)).toBe(`${asUsual}RUN mkdir -p /data\nVOLUME /data\n${start}`);
  });
});

describe('the whole project, where it cannot be told what of it the program reads', () => {
  const whole = 'WORKDIR /app\nENV NODE_ENV=production\nCOPY --from=build /app ./\nUSER node\n';
  test.each([
    ['a folder of which nobody knows who reads it', { 'lexicon/words.txt': 'a\n' }],
    ['settings in .env', { '.env': 'PORT=1\n' }],
    ['templates among the sources', { 'src/mail/welcome.hbs': 'Hello\n' }],
  ])('%s', async (_, more: Files) => {
    expect(shipped(await fixed(text, { ...shop, ...more }))).toBe(`${whole}${start}`);
  });

  test('scripts that only compilers read stay behind', async () => {
    expect(shipped(await fixed(text, { ...shop, 'scripts/seed.ts': '' }))).toBe(`${asUsual}USER node\n${start}`);
  });

  const members = {
    'package.json': JSON.stringify({ workspaces: ['apps/*'], devDependencies: { typescript: '^5' } }),
    'apps/api/package.json': manifest({ build: 'tsc' }),
    'apps/api/src/main.ts': '',
  };
  test.each([
    ['npm', { 'package-lock.json': shop['package-lock.json'] }, 'npm ci', 'npm prune --omit=dev'],
    [
      'yarn 1',
      { 'yarn.lock': '# yarn lockfile v1\n' },
      'yarn install --frozen-lockfile',
      'yarn install --frozen-lockfile --production --ignore-scripts --prefer-offline',
    ],
    [
      'yarn 4',
      {
        'yarn.lock': '__metadata:\n  version: 8\n',
        '.yarnrc.yml': 'nodeLinker: node-modules\n',
        'package.json': members['package.json'].replace('{', '{"packageManager":"yarn@4.9.1",'),
      },
      'corepack enable && yarn install --immutable',
      'yarn workspaces focus --all --production',
    ],
    [
      'pnpm',
      { 'pnpm-lock.yaml': "lockfileVersion: '9.0'\n", 'pnpm-workspace.yaml': 'packages:\n  - apps/*\n' },
      'corepack enable && pnpm install --frozen-lockfile',
      'CI=true pnpm install --prod --frozen-lockfile --ignore-scripts --config.modules-cache-max-age=0',
    ],
  ])('a workspace of %s', async (_, files: Files, install, prune) => {
    const monorepo = `FROM node:22-alpine
WORKDIR /app
COPY . .
RUN ${install}
RUN cd apps/api && npm run build
WORKDIR /app/apps/api
EXPOSE 3000
CMD ["node", "dist/main.js"]
`;
    const built = monorepo.replace('cd apps/api && npm run build', 'npm run build --workspace=apps/api');
    const after = await fixed(built, { ...members, '.dockerignore': '**/node_modules\n.git\n', ...files });
    expect(after).toBe(
      built
        .replace('alpine', 'alpine AS build')
        .replace(
          'WORKDIR /app/apps',
          `RUN ${prune}\n\nFROM node:22-alpine\nWORKDIR /app\nENV NODE_ENV=production\nCOPY --from=build /app ./\nWORKDIR /app/apps`,
        )
        .replace('CMD', 'USER node\nCMD'),
    );
  });
});

describe('managers and frameworks', () => {
  test('bun has an account of its own', async () => {
    const { 'package-lock.json': _, ...files } = shop;
    const after = await fixed(
      'FROM oven/bun:1\nWORKDIR /app\nCOPY package.json bun.lock ./\nRUN bun install --frozen-lockfile\nCOPY . .\nRUN bun run build\nCMD ["bun", "run", "dist/server.js"]\n',
      { ...files, 'bun.lock': '{}' },
    );
    expect(after).toContain(
      'RUN rm -rf node_modules && bun install --production --frozen-lockfile\n\nFROM oven/bun:1\n',
    );
    expect(shipped(after)).toBe(`${asUsual}USER bun\nCMD ["bun", "run", "dist/server.js"]\n`);
  });

  test('pnpm is not there to start the program, nor are its variables', async () => {
    const { 'package-lock.json': _, ...files } = shop;
    const after = await fixed(
      text
        .replace('WORKDIR', 'ENV PNPM_HOME="/pnpm"\nENV PATH="$PNPM_HOME:$PATH"\nRUN corepack enable\nWORKDIR')
        .replace('package*.json', 'package.json pnpm-lock.yaml')
        .replace('npm ci', 'pnpm install --frozen-lockfile')
        .replace('npm run build', 'pnpm build')
        .replace('"node", "dist/server.js"', '"pnpm", "start"'),
      { ...files, 'pnpm-lock.yaml': "lockfileVersion: '9.0'\n" },
    );
    expect(after).toContain('RUN pnpm build\nRUN CI=true pnpm prune --prod\n');
    expect(shipped(after)).toBe(`${asUsual}USER node\n${start}`);
  });

  const next = {
    'package.json': manifest({ build: 'next build', start: 'next start' }, { next: '16.0.0' }),
    'pnpm-lock.yaml': "lockfileVersion: '9.0'\n",
    'app/page.tsx': '',
    '.env.example': 'A=1\n',
    '.dockerignore': 'node_modules\n.next\n.git\n',
  };
  const ofNext = `FROM node:22-alpine
RUN corepack enable
WORKDIR /app
COPY package.json pnpm-lock.yaml ./
RUN pnpm install --frozen-lockfile
COPY . .
RUN pnpm build
CMD ["pnpm", "start"]
`;
  test('Next.js by pnpm is started without it', async () => {
    expect(shipped(await fixed(ofNext, next))).toBe(`WORKDIR /app
ENV NODE_ENV=production
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build --chown=node:node /app/.next ./.next
USER node
CMD ["node_modules/.bin/next", "start"]
`);
  });

  test('settings of Next.js in TypeScript need the compiler, but where the server has them in it', async () => {
    expect(await fixed(ofNext, { ...next, 'next.config.ts': 'export default {};\n' })).toBe(ofNext);
    const standalone = { ...next, 'next.config.ts': "export default { output: 'standalone' };\n" };
    expect(shipped(await fixed(ofNext, standalone))).toContain('COPY --from=build /app/.next/standalone ./\n');
  });

  test('migrations before the program', async () => {
    const files = {
      ...shop,
      'package.json': manifest({ build: 'tsc' }, { '@prisma/client': '^6', prisma: '^6' }),
      'prisma/schema.prisma': 'model A {\n  id Int @id\n}\n',
    };
    const migrating = 'CMD ["sh", "-c", "npx prisma migrate deploy && node dist/server.js"]\n';
    const after = await fixed(
      text.replace(start, migrating).replace('RUN npm run', 'RUN npx prisma generate\nRUN npm run'),
      files,
    );
    expect(shipped(after)).toBe(`${asUsual}COPY --from=build /app/prisma ./prisma\nUSER node\n${migrating}`);
  });
});
