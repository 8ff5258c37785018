import { unansweredPurges } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'unanswered-purge',
  says: 'pnpm asks whether it may remove packages, and nobody answers',
  because:
    'In a workspace pnpm makes node_modules anew to leave packages out, and asks first. Without a terminal version 10 ' +
    'stops there; versions 8 and 9 go on, and remove nothing.',
  instead:
    'Install with --prod in a stage of its own, or with pnpm deploy --prod; or set CI=true, with which pnpm install does not ask.',
  category: 'correctness',
  severity: 'error',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22-alpine
RUN npm install -g pnpm@10.34.0
WORKDIR /srv/shop
COPY . .
RUN pnpm install --frozen-lockfile && pnpm -r build
# want: unanswered-purge at "pnpm prune --prod" says "the build stops"
RUN pnpm prune --prod
USER node
CMD ["node", "apps/api/server.js"]
`,
  good: `FROM node:22-alpine AS build
RUN npm install -g pnpm@10.34.0
WORKDIR /srv/shop
COPY package.json pnpm-workspace.yaml pnpm-lock.yaml ./
COPY apps/api/package.json apps/api/
RUN pnpm install --frozen-lockfile
COPY . .
RUN pnpm -r build && pnpm --filter api deploy --prod --legacy /out
FROM node:22-alpine
WORKDIR /srv/shop
COPY --from=build /out ./
USER node
CMD ["node", "server.js"]
`,
  files: {
    '.dockerignore': '**/node_modules\n.git\n.env\n',
    'package.json': '{"name":"shop","private":true,"devDependencies":{"typescript":"6.0.0"}}',
    'pnpm-workspace.yaml': 'packages:\n  - apps/*\n',
    'pnpm-lock.yaml': "lockfileVersion: '9.0'\n",
    'apps/api/package.json':
      '{"name":"api","scripts":{"build":"tsc"},"dependencies":{"express":"5.0.0"},"devDependencies":{"vitest":"4.0.0"}}',
    'apps/api/server.js': 'import "express";\n',
  },
  *check(build) {
    for (const { command, install, outcome } of unansweredPurges(build)) {
      const found = finding(
        command,
        `pnpm asks before it removes packages, and nobody answers: ${follows[outcome]}`,
      ).and(install, 'this has installed packages for development, too');
      yield outcome === 'goes on' ? found.rated({ severity: 'warning' }) : found;
    }
  },
});

const follows = {
  stops: 'the build stops',
  'goes on': 'it goes on, and removes nothing',
  either: 'the build stops, or nothing is removed, as the version has it',
};
