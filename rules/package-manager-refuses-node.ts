import { refusedDownloads, refusedManagers } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'package-manager-refuses-node',
  says: 'the package manager does not run on the Node.js of the image',
  because: 'pnpm and Yarn look at the version of Node.js first, and npm at that of a new npm: the build stops there.',
  instead: 'Take an image of a later Node.js, or the release of the package manager that still runs on this one.',
  category: 'correctness',
  severity: 'error',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:20-alpine
RUN npm install -g pnpm@11.5.2
WORKDIR /srv/tides
COPY package.json pnpm-lock.yaml ./
# want: package-manager-refuses-node says "pnpm 11 runs on Node.js >=22.13, the image has 20"
RUN pnpm install --frozen-lockfile --prod
COPY src src
USER node
CMD ["node", "src/server.js"]
`,
  good: `FROM node:24-alpine
RUN npm install -g pnpm@11.5.2 && npm cache clean --force
WORKDIR /srv/tides
COPY package.json pnpm-lock.yaml ./
RUN pnpm install --frozen-lockfile --prod
COPY src src
USER node
CMD ["node", "src/server.js"]
`,
  *check(build) {
    for (const refused of refusedManagers(build)) {
      const { manager, major, range, node, root, at } = refused;
      const does = at === 'call' ? 'runs on' : 'is installed on';
      yield finding(refused, `${manager} ${major} ${does} Node.js ${range}, the image has ${node}`).and(
        root.from,
        `Node.js ${node} comes from here`,
      );
    }
    for (const refused of refusedDownloads(build)) {
      const { node, root, shim } = refused;
      const found = finding(refused, `the corepack of Node.js ${node} stops at the key that signs pnpm since 2025`)
        .and(root.from, `Node.js ${node} comes from here`)
        .advising('Run npm install -g corepack@latest before it, or take an image of a later release of Node.js.');
      yield shim === undefined ? found : found.and(shim, 'pnpm is a shim of corepack from here on');
    }
  },
});
