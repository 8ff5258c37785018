import { lostWorkspacePackages, strippedMembers } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'workspace-packages-lost',
  says: 'node_modules of a pnpm workspace comes without those of its members',
  because: 'The root links only what its own package.json names, so the program of a member finds no package.',
  instead: 'Let pnpm --filter NAME deploy --prod collect what the member needs, and copy the folder that it makes.',
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
# want: workspace-packages-lost at "COPY --from=build /repo/node_modules ./node_modules" says "apps/api"
COPY --from=build /repo/node_modules ./node_modules
COPY --from=build /repo/apps/api/src ./src
USER node
CMD ["node", "src/server.js"]
`,
  good: `FROM node:22-alpine AS build
WORKDIR /repo
RUN npm install -g pnpm@10
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./
COPY apps/api/package.json apps/api/
RUN pnpm install --frozen-lockfile
COPY apps/api/src apps/api/src
RUN pnpm --filter api deploy --prod --legacy /srv/api

FROM node:22-alpine
WORKDIR /srv/api
COPY --from=build /srv/api ./
USER node
CMD ["node", "src/server.js"]
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
    for (const { target, change, install, members } of lostWorkspacePackages(build)) {
      const named = members.slice(0, 3).join(', ');
      yield finding(change.step, `the root names no package for production; what serves ${named} stays behind`)
        .and(install.command, 'the workspace is installed here')
        .and(target.from, 'this stage is the image that ships');
    }
    for (const { target, command, install, member, name } of strippedMembers(build))
      yield finding(command, `pnpm prune takes the links of all members away: ${member} finds no ${name}`)
        .and(install.command, 'the workspace is installed here')
        .and(target.from, 'this stage is the image that ships');
  },
});
