/** Dockerfiles of one stage that are written as two: text in, text out, through the command line. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { runCli } from './harness/run-cli.ts';

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** What a Dockerfile becomes in a folder of these files; only what single-stage-build mends. */
async function fixed(text: string, files: Readonly<Record<string, string>> = {}): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'dflint-stages-'));
  folders.push(folder);
  for (const [path, content] of Object.entries({ ...files, Dockerfile: text })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  const config = join(mkdtempSync(join(tmpdir(), 'dflint-stages-config-')), 'dflint.config.json');
  folders.push(dirname(config));
  writeFileSync(config, '{ "presets": [], "rules": { "single-stage-build": "warning" } }');
  const { err } = await runCli(['--config', config, '--shellcheck', 'off', '--fix', '--unsafe-fixes', 'Dockerfile'], {
    cwd: folder,
  });
  expect(err).toMatch(/^(?:dflint: fixed 1 finding in 1 file\n)?$/);
  return readFileSync(join(folder, 'Dockerfile'), 'utf8');
}

const manifest = (
  scripts: Readonly<Record<string, string>>,
  dependencies: Readonly<Record<string, string>> = {},
): string => JSON.stringify({ name: 'shop', scripts, dependencies, devDependencies: { typescript: '^5.9.0' } });

const ofTypescript = {
  'package.json': manifest({ build: 'tsc', start: 'node dist/server.js' }),
  'package-lock.json': '{"lockfileVersion":3,"packages":{}}',
  'src/server.ts': 'export {};\n',
  'tsconfig.json': '{}',
  '.dockerignore': 'node_modules\ndist\n.git\n',
};

const built = `FROM node:22-alpine
WORKDIR /srv/shop
COPY package*.json ./
RUN npm ci
COPY . .
RUN npm run build
CMD ["node", "dist/server.js"]
`;

describe('what is built', () => {
  test('comments, labels, variables and ports go where they belong; Debian becomes slim; CMD is told in words', async () => {
    const text = `# syntax=docker/dockerfile:1
FROM node:22

# Where the shop lives
WORKDIR /srv/shop
LABEL org.opencontainers.image.title="shop"
COPY package*.json ./
RUN npm ci

# The rest
COPY . .
RUN npm run build

# What it listens on
ENV PORT=3000
EXPOSE 3000
CMD npm start
`;
    expect(await fixed(text, { ...ofTypescript, 'public/index.html': 'hello\n' })).toBe(`# syntax=docker/dockerfile:1
FROM node:22 AS build

# Where the shop lives
WORKDIR /srv/shop
COPY package*.json ./
RUN npm ci

# The rest
COPY . .
RUN npm run build
RUN npm prune --omit=dev

FROM node:22-slim
WORKDIR /srv/shop
ENV NODE_ENV=production
LABEL org.opencontainers.image.title="shop"
# What it listens on
ENV PORT=3000
COPY --from=build /srv/shop/package.json ./
COPY --from=build /srv/shop/node_modules ./node_modules
COPY --from=build /srv/shop/dist ./dist
COPY --from=build /srv/shop/public ./public
EXPOSE 3000
USER node
CMD ["node", "dist/server.js"]
`);
  });

  test('keywords keep their case, the stage that builds its name, the account its own', async () => {
    const text = `from node:22-alpine as build
workdir /app
copy package*.json ./
run npm ci
copy . .
run npm run build
user 1000
cmd ["node", "dist/server.js"]
`;
    expect(await fixed(text, ofTypescript)).toBe(`from node:22-alpine as build
workdir /app
copy package*.json ./
run npm ci
copy . .
run npm run build
run npm prune --omit=dev

from node:22-alpine
workdir /app
env NODE_ENV=production
copy --from=build /app/package.json ./
copy --from=build /app/node_modules ./node_modules
copy --from=build /app/dist ./dist
user 1000
cmd ["node", "dist/server.js"]
`);
  });

  test('arguments that variables are made of are there in both stages', async () => {
    const text = built.replace('COPY package', 'ARG RELEASE=1.0\nENV RELEASE=$RELEASE\nCOPY package');
    const after = await fixed(text, ofTypescript);
    expect(after.split('\nFROM ')[1]).toBe(`node:22-alpine
WORKDIR /srv/shop
ARG RELEASE=1.0
ENV NODE_ENV=production
ENV RELEASE=$RELEASE
COPY --from=build /srv/shop/package.json ./
COPY --from=build /srv/shop/node_modules ./node_modules
COPY --from=build /srv/shop/dist ./dist
USER node
CMD ["node", "dist/server.js"]
`);
  });

  test.each([
    [
      'yarn',
      'yarn.lock',
      '# yarn lockfile v1\n',
      'yarn install --frozen-lockfile',
      'yarn install --frozen-lockfile --production --ignore-scripts --prefer-offline',
    ],
    ['npm of Node.js 14', 'package-lock.json', '{"lockfileVersion":1}', 'npm ci', 'npm prune --production'],
  ])('%s takes development packages out in its own words', async (name, lock, content, install, prune) => {
    const text = built.replace('npm ci', install).replace('package*.json', `package.json ${lock}`);
    const old = name.includes('14') ? text.replace('node:22', 'node:14') : text;
    const { 'package-lock.json': _, ...files } = ofTypescript;
    expect(await fixed(old, { ...files, [lock]: content })).toContain(`RUN npm run build\nRUN ${prune}\n\nFROM`);
  });

  test('Next.js that traces its own server needs no node_modules', async () => {
    const files = {
      'package.json': manifest({ build: 'next build', start: 'next start' }, { next: '16.0.0' }),
      'package-lock.json': '{"lockfileVersion":3,"packages":{}}',
      'next.config.js': "module.exports = { output: 'standalone' };\n",
      'app/page.js': 'export default () => null;\n',
      'public/robots.txt': 'User-agent: *\n',
      '.dockerignore': 'node_modules\n.next\n.git\n',
    };
    const text = built.replace('["node", "dist/server.js"]', '["npm", "start"]');
    expect((await fixed(text, files)).split('\nFROM ')[1]).toBe(`node:22-alpine
WORKDIR /srv/shop
ENV NODE_ENV=production
ENV HOSTNAME=0.0.0.0
COPY --from=build /srv/shop/.next/standalone ./
COPY --from=build /srv/shop/.next/static ./.next/static
COPY --from=build /srv/shop/public ./public
USER node
CMD ["node", "server.js"]
`);
    expect(await fixed(text, { ...files, 'next.config.js': 'module.exports = {};\n' })).toContain(
      `COPY --from=build /srv/shop/package.json ./
COPY --from=build /srv/shop/node_modules ./node_modules
COPY --from=build /srv/shop/next.config.js ./
COPY --from=build /srv/shop/public ./public
COPY --chown=node:node --from=build /srv/shop/.next ./.next
USER node
CMD ["npm", "start"]
`.replace('--chown=node:node --from=build', '--from=build --chown=node:node'),
    );
  });
});

test('a program without a build takes its packages from a stage of their own', async () => {
  const text = `FROM node:22-alpine

WORKDIR /app

COPY package*.json ./

RUN npm ci \\
    --no-audit

COPY . .

EXPOSE 3000

CMD node index.js
`;
  const files = { ...ofTypescript, 'package.json': manifest({}), 'index.js': 'console.log(1);\n' };
  expect(await fixed(text, files)).toBe(`FROM node:22-alpine AS deps

WORKDIR /app

COPY package*.json ./

RUN npm ci \\
    --no-audit --omit=dev

FROM node:22-alpine

WORKDIR /app

ENV NODE_ENV=production

COPY --from=deps /app/node_modules ./node_modules
COPY . .

EXPOSE 3000

USER node

CMD ["node", "index.js"]
`);
});

describe('no fix', () => {
  const cases: readonly (readonly [string, string, Readonly<Record<string, string>>])[] = [
    [
      'a start by a development package',
      built.replace('"node", "dist/server.js"', '"npx", "tsx", "src/server.ts"'),
      ofTypescript,
    ],
    [
      'an image that is not the official one',
      built.replace('node:22-alpine', 'registry.example.com/node:22'),
      ofTypescript,
    ],
    ['a shell of its own', built.replace('COPY . .', 'SHELL ["/bin/ash", "-c"]\nCOPY . .'), ofTypescript],
    [
      'a start through a script',
      built.replace('CMD', 'ENTRYPOINT ["./start.sh"]\nCMD'),
      { ...ofTypescript, 'start.sh': 'exec "$@"\n' },
    ],
    [
      'Next.js whose settings lead elsewhere',
      built.replace('"node", "dist/server.js"', '"npm", "start"'),
      {
        'package.json': manifest({ build: 'next build', start: 'next start' }, { next: '16.0.0' }),
        'next.config.js': "module.exports = require('./settings');\n",
      },
    ],
  ];
  const source = { ...ofTypescript, 'package.json': manifest({}), 'server.js': '' };
  const unbuilt = built.replace('RUN npm run build\n', '').replace('dist/', '');
  test.each([
    ...cases,
    ['an array', unbuilt.replace('npm ci', '["npm", "ci"]'), source] as const,
    ['a script in quotes', unbuilt.replace('npm ci', 'sh -c "npm ci"'), source] as const,
  ])('%s', async (_, text, files) => {
    expect(await fixed(text, files)).toBe(text);
  });
});

test('CRLF stays, and a second run changes nothing', async () => {
  const after = await fixed(`\ufeff${built.replaceAll('\n', '\r\n')}`, ofTypescript);
  expect(after).toBe(`\ufeff${(await fixed(built, ofTypescript)).replaceAll('\n', '\r\n')}`);
  expect(await fixed(after, ofTypescript)).toBe(after);
});

test('with all other fixes, what comes out has nothing to report but what only the project can mend', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dflint-stages-'));
  folders.push(folder);
  for (const [path, content] of Object.entries({
    'package.json': manifest({}),
    'index.js': '',
    '.dockerignore': '*.md\nnode_modules\nDockerfile\n.dockerignore\n.git\n',
    'package-lock.json': ofTypescript['package-lock.json'],
  }))
    writeFileSync(join(folder, path), content);
  writeFileSync(
    join(folder, 'Dockerfile'),
    'FROM node:22-alpine\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\nENV PORT=3000\nCMD ["node", "index.js"]\n',
  );
  const { out, status } = await runCli(
    ['--no-config', '--shellcheck', 'off', '--fix', '--unsafe-fixes', 'Dockerfile'],
    { cwd: folder },
  );
  expect([status, out]).toEqual([0, '1 file: nothing to report\n']);
});
