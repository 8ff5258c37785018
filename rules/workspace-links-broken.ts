import { brokenLinks, strandedLinks } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'workspace-links-broken',
  says: 'links of a workspace are copied away from what they point to',
  because:
    'Package managers link members, pnpm all their packages, by relative paths: the program finds none elsewhere.',
  instead:
    'Copy what the links point to, and keep it in its place, or copy what pnpm --filter NAME deploy --prod collects.',
  category: 'correctness',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22-alpine AS build
WORKDIR /repo
RUN npm install -g pnpm@10
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./
COPY apps/api/package.json apps/api/
RUN pnpm install --frozen-lockfile --prod
COPY apps/api/src apps/api/src

FROM node:22-alpine
WORKDIR /srv/api
COPY --from=build /repo/node_modules ./node_modules
# want: workspace-links-broken at "/repo/apps/api/node_modules" says "look in /node_modules"
COPY --from=build /repo/apps/api/node_modules ./node_modules
COPY --from=build /repo/apps/api/src ./src
USER node
CMD ["node", "src/server.js"]
`,
  good: `FROM node:22-alpine AS build
WORKDIR /repo
RUN npm install -g pnpm@10
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./
COPY apps/api/package.json apps/api/
RUN pnpm install --frozen-lockfile --prod
COPY apps/api/src apps/api/src

FROM node:22-alpine
WORKDIR /repo
COPY --from=build /repo/node_modules ./node_modules
COPY --from=build /repo/apps/api/node_modules ./apps/api/node_modules
COPY --from=build /repo/apps/api/src ./apps/api/src
USER node
CMD ["node", "apps/api/src/server.js"]
`,
  files: {
    '.dockerignore': '**/node_modules\n.git\n.env*\n',
    'apps/api/package.json': '{"name":"api","dependencies":{"fastify":"^5.0.0"}}',
    'apps/api/src/server.js': '',
    'package.json': '{"name":"shop","devDependencies":{"turbo":"^2.0.0"}}',
    'pnpm-lock.yaml': "lockfileVersion: '9.0'\n",
    'pnpm-workspace.yaml': 'packages:\n  - apps/*\n',
  },
  *check(build) {
    for (const { target, word, install, links, lookIn } of brokenLinks(build))
      yield finding(word, `the links in ${links} look in ${lookIn}, where no package is`)
        .and(install.command, 'pnpm has made them here')
        .and(target.from, 'this stage is the image that ships');
    for (const { target, change, install, name, leadsTo, neededBy } of strandedLinks(build))
      yield finding(change.step, `${name} is a link to ${leadsTo}, where nothing is, and ${neededBy} needs it`)
        .and(install.command, `${install.manager} has made it here`)
        .and(target.from, 'this stage is the image that ships');
  },
});
