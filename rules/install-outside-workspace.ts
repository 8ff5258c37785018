import { strandedMembers } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'install-outside-workspace',
  says: 'a member of a workspace is installed without its workspace',
  because: 'workspace: names a folder of the repository; where that is missing the install stops with an error.',
  instead: 'Copy the manifests and the lockfile of the workspace too, or what pnpm deploy or turbo prune collects.',
  category: 'correctness',
  severity: 'error',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22-alpine
WORKDIR /srv/api
RUN npm install -g pnpm@10 && npm cache clean --force
COPY apps/api/package.json pnpm-lock.yaml ./
# want: install-outside-workspace at "pnpm install --prod --frozen-lockfile" says "@acme/orders"
RUN pnpm install --prod --frozen-lockfile && pnpm store prune
COPY apps/api/dist ./dist
USER node
CMD ["node", "dist/server.js"]
`,
  good: `FROM node:22-alpine
WORKDIR /repo
RUN npm install -g pnpm@10 && npm cache clean --force
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./
COPY apps/api/package.json apps/api/
COPY packages/orders packages/orders
RUN pnpm install --prod --frozen-lockfile && pnpm store prune
COPY apps/api/dist apps/api/dist
USER node
CMD ["node", "apps/api/dist/server.js"]
`,
  files: {
    '.dockerignore': '**/node_modules\n.git\n.env*\n',
    'apps/api/dist/server.js': '',
    'apps/api/package.json': '{"name":"@acme/api","dependencies":{"@acme/orders":"workspace:*"}}',
    'package.json': '{"name":"acme","private":true}',
    'packages/orders/package.json': '{"name":"@acme/orders"}',
    'pnpm-lock.yaml': "lockfileVersion: '9.0'\n",
    'pnpm-workspace.yaml': 'packages:\n  - apps/*\n  - packages/*\n',
  },
  *check(build) {
    for (const { install, packages } of strandedMembers(build)) {
      const more = packages.length > 2 ? ` and ${packages.length - 2} more` : '';
      const named = packages.slice(0, 2).join(', ') + more;
      yield finding(install.command, `${install.manager} looks for ${named} in a workspace, and none has come along`);
    }
  },
});
