import { refusedDeploys } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'pnpm-deploy-refused',
  says: 'pnpm deploy stops, as the packages of the workspace are not injected',
  because:
    'pnpm 10 and 11 deploy from workspaces that set injectWorkspacePackages alone, and older ones know no --legacy.',
  instead: 'Write pnpm deploy --legacy, or set injectWorkspacePackages: true in pnpm-workspace.yaml.',
  category: 'correctness',
  severity: 'error',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:24-slim AS build
RUN npm install -g pnpm@10.34.0
WORKDIR /srv/tides
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./
COPY api/package.json api/
RUN pnpm install --frozen-lockfile
COPY api api
# want: pnpm-deploy-refused says "pnpm 10.34.0 deploys injected packages alone"
RUN pnpm --filter api deploy --prod /out

FROM node:24-slim
WORKDIR /srv/tides
COPY --from=build /out ./
USER node
CMD ["node", "server.js"]
`,
  good: `FROM node:24-slim AS build
RUN npm install -g pnpm@10.34.0
WORKDIR /srv/tides
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./
COPY api/package.json api/
RUN pnpm install --frozen-lockfile
COPY api api
RUN pnpm --filter api deploy --prod --legacy /out

FROM node:24-slim
WORKDIR /srv/tides
COPY --from=build /out ./
USER node
CMD ["node", "server.js"]
`,
  files: {
    '.dockerignore': '**/node_modules\n.git\n.env*\n',
    'package.json': '{"name":"tides","private":true}',
    'pnpm-workspace.yaml': 'packages:\n  - api\n',
    'pnpm-lock.yaml': "lockfileVersion: '9.0'\n",
    'api/package.json': '{"name":"api","dependencies":{"express":"^5.1.0"}}',
    'api/server.js': 'process.exit(0);',
  },
  *check(build) {
    for (const { command, version, is } of refusedDeploys(build)) {
      if (is === 'injected') yield finding(command, `pnpm ${version} deploys injected packages alone, and stops here`);
      else
        yield finding(command, `pnpm ${version} knows no --legacy yet: it stops here`).advising('Leave --legacy out.');
    }
  },
});
