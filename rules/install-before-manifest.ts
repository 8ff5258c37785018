import { earlyInstalls } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'install-before-manifest',
  says: 'an install runs where no package.json is',
  because: 'Without a manifest npm install installs nothing and says so to nobody, and npm ci stops the build.',
  instead: 'Copy package.json and the lockfile to the working directory first.',
  category: 'correctness',
  severity: 'error',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22-alpine
WORKDIR /srv/shop
# want: install-before-manifest at "npm install --omit=dev" says "/srv/shop"
RUN npm install --omit=dev
COPY . .
USER node
CMD ["node", "server.js"]
`,
  good: `FROM node:22-alpine
WORKDIR /srv/shop
COPY package.json package-lock.json ./
RUN npm ci --omit=dev && npm cache clean --force
COPY . .
USER node
CMD ["node", "server.js"]
`,
  *check(build) {
    for (const { install, directory, manifest, elsewhere, again, idle } of earlyInstalls(build)) {
      const comes = manifest === undefined ? 'nothing brings one' : 'it comes in only below';
      const where = elsewhere === undefined ? comes : `it is in ${elsewhere}`;
      const told = finding(install.command, `no package.json is in ${directory} here: ${where}`);
      const found = manifest === undefined ? told : told.and(manifest, 'this brings it');
      yield again || (idle && manifest === undefined) ? found.rated({ severity: 'warning' }) : found;
    }
  },
});
