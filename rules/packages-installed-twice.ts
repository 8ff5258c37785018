import { repeatedInstalls } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'packages-installed-twice',
  says: 'an install does again what the one above it has done',
  because:
    'npm ci deletes node_modules before it begins: the build waits twice, and the layers hold the packages twice.',
  instead: 'Keep one of them: npm ci behind the COPY of the manifests, and nothing behind the COPY of the source.',
  category: 'size',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22-alpine
WORKDIR /srv/shop
COPY package.json package-lock.json ./
RUN npm ci --omit=dev && npm cache clean --force
COPY src ./src
# want: packages-installed-twice at "npm ci --omit=dev" says "deletes node_modules"
RUN npm ci --omit=dev && npm cache clean --force
USER node
CMD ["node", "src/server.js"]
`,
  good: `FROM node:22-alpine
WORKDIR /srv/shop
COPY package.json package-lock.json ./
RUN npm ci --omit=dev && npm cache clean --force
COPY src ./src
USER node
CMD ["node", "src/server.js"]
`,
  *check(build) {
    for (const { command, earlier, outcome } of repeatedInstalls(build)) {
      const what =
        outcome === 'deletes'
          ? 'this deletes node_modules and installs all of it anew'
          : 'this finds all packages installed, and brings nothing';
      const found = finding(command, what).and(
        earlier,
        'this has installed them, and nothing between makes use of them',
      );
      yield outcome === 'deletes' ? found : found.rated({ severity: 'info' });
    }
  },
});
