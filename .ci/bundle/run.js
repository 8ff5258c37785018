#!/usr/bin/env node
/** `npm run build:cli`, its second step, for the bundle in dist or in the folder that is given: what a run calls is compiled at once, and kept (eager.js says why). */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eager } from './eager.js';

/** A project such as most runs see, with findings. */
const example = {
  Dockerfile: `# syntax=docker/dockerfile:1
FROM node:22-alpine AS build
WORKDIR /app
COPY package*.json ./
RUN apk add --no-cache git && npm ci
COPY . .
RUN npm run build

FROM node:22-alpine
WORKDIR /app
ARG NPM_TOKEN
ENV NODE_ENV=production
COPY --from=build /app/dist ./dist
COPY . .
RUN npm install
EXPOSE 3000
CMD ["npm", "start"]
`,
  '.dockerignore': 'node_modules\n.git\n',
  'package.json': `{
  "name": "example", "version": "1.0.0",
  "scripts": { "build": "tsc -p .", "start": "node dist/server.js" },
  "dependencies": { "express": "^5.1.0" }, "devDependencies": { "typescript": "^5.9.0" }
}
`,
  'package-lock.json': '{ "name": "example", "version": "1.0.0", "lockfileVersion": 3, "packages": {} }\n',
  'src/server.ts': 'export {};\n',
};

const cli = join(process.argv[2] ?? fileURLToPath(new URL('../../dist', import.meta.url)), 'cli.js');
const scratch = mkdtempSync(join(tmpdir(), 'dflint-example-'));
const [project, coverage] = [join(scratch, 'project'), join(scratch, 'coverage')];
try {
  for (const folder of ['.git', 'src']) mkdirSync(join(project, folder), { recursive: true });
  for (const [name, text] of Object.entries(example)) writeFileSync(join(project, name), text);
  const env = { PATH: '', HOME: scratch, NODE_V8_COVERAGE: coverage };
  const { status, stderr } = spawnSync(process.execPath, [cli, 'Dockerfile'], { cwd: project, encoding: 'utf8', env });
  if (status !== 1 || stderr !== '')
    throw new Error(`the example has findings, and dflint ended with ${status}: ${stderr}`);
  for (const name of readdirSync(coverage)) {
    const { result } = JSON.parse(readFileSync(join(coverage, name), 'utf8'));
    for (const { url, functions } of result) {
      if (!url.startsWith('file:') || !/\/chunk-[^/]+\.js$/.test(url)) continue;
      const called = functions.map(({ ranges: [whole] }) => whole).filter(({ count }) => count > 0);
      const ranges = called.map(({ startOffset, endOffset }) => [startOffset, endOffset]);
      const file = fileURLToPath(url);
      writeFileSync(file, eager(readFileSync(file, 'utf8'), ranges));
    }
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
