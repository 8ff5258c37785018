import { unknownMembers } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'unknown-workspace-member',
  says: 'a command asks for a member that the workspace does not have',
  because:
    'pnpm says that no project matches, does nothing and succeeds: what is built or shipped lacks it. npm stops.',
  instead: 'Name the member as its package.json does: pnpm --filter @shop/api build.',
  category: 'correctness',
  severity: 'error',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22-alpine
RUN npm install --global pnpm@9.15.0 && npm cache clean --force
WORKDIR /srv/shop
COPY . .
RUN pnpm install --frozen-lockfile
# want: unknown-workspace-member at "pnpm --filter @shop/apis build" says "nothing is done"
RUN pnpm --filter @shop/apis build
USER node
CMD ["node", "packages/api/dist/server.js"]
`,
  good: `FROM node:22-alpine AS build
RUN npm install --global pnpm@9.15.0 && npm cache clean --force
WORKDIR /srv/shop
COPY package.json pnpm-workspace.yaml pnpm-lock.yaml ./
COPY packages packages
RUN pnpm install --frozen-lockfile && pnpm --filter @shop/api build && pnpm --filter @shop/api deploy --prod /srv/api

FROM node:22-alpine
WORKDIR /srv/api
COPY --from=build /srv/api ./
USER node
CMD ["node", "dist/server.js"]
`,
  files: {
    '.dockerignore': '**/node_modules\n.git\n.env\n',
    'package.json': '{"name":"shop","private":true}',
    'pnpm-workspace.yaml': 'packages:\n  - packages/*\n',
    'pnpm-lock.yaml': "lockfileVersion: '9.0'\n",
    'packages/api/package.json': '{"name":"@shop/api","scripts":{"build":"tsc"}}',
    'packages/web/package.json': '{"name":"@shop/web","scripts":{"build":"tsc"}}',
  },
  *check(build) {
    for (const { command, selector, outcome, near } of unknownMembers(build)) {
      const result = outcome === 'nothing' ? 'nothing is done, and the RUN succeeds' : 'the RUN fails';
      const found = finding(command, `no package.json of the context is of ${selector}: ${result}`);
      yield near === undefined ? found : found.advising(`${near} is there.`);
    }
  },
});
