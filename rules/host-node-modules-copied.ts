import { hostModules, isJudged, targetOver } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'host-node-modules-copied',
  says: 'node_modules of the host are copied over the installed packages',
  because:
    'Packages with native parts are built for the host, versions are those of whoever builds, development packages come back.',
  instead: 'Put **/node_modules into .dockerignore.',
  category: 'correctness',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22-alpine
WORKDIR /srv/shop
COPY package*.json ./
RUN npm ci --omit=dev && npm cache clean --force
# want: host-node-modules-copied at "COPY . ." says "over the packages"
COPY . .
USER node
CMD ["node", "server.js"]
`,
  good: `FROM node:22-alpine
WORKDIR /srv/shop
COPY package*.json ./
RUN npm ci --omit=dev && npm cache clean --force
COPY src ./src
USER node
CMD ["node", "src/server.js"]
`,
  files: {
    '.dockerignore': 'dist\n',
    'node_modules/zod/index.js': '',
    'package-lock.json': '{}',
    'package.json': '{"name":"shop"}',
    'src/server.js': '',
  },
  *check(build) {
    for (const { take, modules, overwrites, before } of hostModules(build)) {
      if (!isJudged(build, take.step.stage)) continue;
      const how = overwrites === undefined ? 'comes in' : 'comes over the packages installed here';
      let found = finding(take.step, `${modules.path} of the host ${how}; nothing keeps it out`);
      if (overwrites !== undefined) found = found.and(overwrites.install.command, 'installed here');
      if (before !== undefined) found = found.and(before.command, 'installs on top of it');
      yield targetOver(build, take.step.stage) === undefined ? found.rated({ severity: 'info' }) : found;
    }
  },
});
