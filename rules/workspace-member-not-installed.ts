import { type LateMember, lateMembers } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'workspace-member-not-installed',
  says: 'the manifest of a workspace member comes in after the install',
  because:
    'npm, pnpm and Yarn pass over members that are not there: their packages are not installed, and nothing says so.',
  instead:
    'Copy the package.json of each member to its place before the install: COPY apps/api/package.json apps/api/.',
  category: 'correctness',
  severity: 'error',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22-alpine AS build
WORKDIR /repo
COPY package.json package-lock.json ./
# want: workspace-member-not-installed at "npm ci" says "fastify and 1 more package of /repo/apps/api"
RUN npm ci
COPY apps ./apps
RUN npm run build -w api

FROM node:22-alpine
COPY --from=build /repo/apps/api/dist /srv/api
USER node
CMD ["node", "/srv/api/server.js"]
`,
  good: `FROM node:22-alpine AS build
WORKDIR /repo
COPY package.json package-lock.json ./
COPY apps/api/package.json apps/api/
RUN npm ci
COPY apps ./apps
RUN npm run build -w api

FROM node:22-alpine
COPY --from=build /repo/apps/api/dist /srv/api
USER node
CMD ["node", "/srv/api/server.js"]
`,
  files: {
    '.dockerignore': '**/node_modules\n.git\n.env*\n',
    'apps/api/package.json':
      '{"name":"api","scripts":{"build":"esbuild src/server.js --bundle --outdir=dist"},"dependencies":{"fastify":"^5.0.0"},"devDependencies":{"esbuild":"^0.27.0"}}',
    'apps/api/src/server.js': '',
    'package.json': '{"name":"shop","workspaces":["apps/*"]}',
    'package-lock.json': '{"lockfileVersion":3,"packages":{}}',
  },
  *check(build) {
    for (const late of lateMembers(build))
      yield finding(late.install.command, `this leaves out ${packagesOf(late)}: its package.json is not there yet`)
        .and(late.brought.step, 'it comes in here')
        .and(late.use, late.ends === 'build' ? 'this needs them' : 'the container starts with this');
  },
});

function packagesOf({ packages: [first, ...others], folder }: LateMember): string {
  const more = others.length === 0 ? '' : ` and ${others.length} more ${others.length === 1 ? 'package' : 'packages'}`;
  return `${first}${more} of ${folder}`;
}
