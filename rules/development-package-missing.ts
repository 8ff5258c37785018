import { supposedTools, uninstalledTools, unstartableScripts } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'development-package-missing',
  says: 'a program of a development package is called and not installed',
  because:
    'The install brings production packages only, so the program is not found: the build stops, or the container.',
  instead:
    'Install everything in the stage that builds, and production packages alone in the one that ships; there, npm pkg delete scripts.prepare takes a script for git hooks away.',
  category: 'correctness',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22-alpine AS build
WORKDIR /srv/shop
COPY package*.json ./
RUN npm ci --omit=dev
COPY tsconfig.json ./
COPY src ./src
# want: development-package-missing at "npm run build" says "tsc"
RUN npm run build

FROM node:22-alpine
WORKDIR /srv/shop
COPY --from=build /srv/shop/node_modules ./node_modules
COPY --from=build /srv/shop/dist ./dist
USER node
CMD ["node", "dist/server.js"]
`,
  good: `FROM node:22-alpine AS build
WORKDIR /srv/shop
COPY package*.json ./
RUN npm ci
COPY tsconfig.json ./
COPY src ./src
RUN npm run build && npm prune --omit=dev

FROM node:22-alpine
WORKDIR /srv/shop
COPY --from=build /srv/shop/node_modules ./node_modules
COPY --from=build /srv/shop/dist ./dist
USER node
CMD ["node", "dist/server.js"]
`,
  files: {
    '.dockerignore': '**/node_modules\n.git\n.env*\n',
    'package-lock.json': '{}',
    'package.json': '{"name":"shop","scripts":{"build":"tsc -p ."},"devDependencies":{"typescript":"^5.8.0"}}',
    'src/server.ts': '',
    'tsconfig.json': '{}',
  },
  *check(build) {
    for (const each of [...uninstalledTools(build), ...unstartableScripts(build)]) {
      const { command, program, package: name, caller, ends, tree } = each;
      const { prunedBy, install } = tree;
      const called = caller === undefined ? 'the command' : caller;
      const why =
        prunedBy === undefined ? 'production packages alone are installed here' : 'development packages go here';
      const what = `${called} calls ${program}, which the development package ${name} brings`;
      const told = finding(command, outcomes[ends] + what).and(prunedBy ?? install.command, why);
      yield ends === 'build' || ends === 'fetch' ? told : told.rated({ severity: 'error' });
    }
    for (const { command, script, tree } of supposedTools(build)) {
      const what = `${script} finds production packages alone, and such a script mostly calls development packages`;
      const why = 'development packages are left out here';
      yield finding(command, what)
        .and(tree.prunedBy ?? tree.install.command, why)
        .rated({ severity: 'info' });
    }
  },
});

const outcomes = {
  build: '',
  install: 'the install stops: ',
  start: 'no container starts: ',
  fetch: 'each new container downloads it with npx: ',
};
