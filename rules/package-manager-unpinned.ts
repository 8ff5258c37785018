import { floatingManagers, shipsToRun } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'package-manager-unpinned',
  says: 'the package manager comes in whatever version there is',
  because:
    'A new major installs otherwise, changes the lockfile or does not run on this Node.js: the build breaks without any edit.',
  instead:
    'Say at least its major (npm install -g pnpm@10), or copy a package.json with packageManager before it runs.',
  category: 'reproducibility',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  replaces: ['hadolint/DL3016'],
  bad: `FROM node:22-alpine
WORKDIR /srv/shop
# want: package-manager-unpinned at "pnpm" says "npm installs the newest pnpm"
RUN npm install -g pnpm && npm cache clean --force
COPY package.json pnpm-lock.yaml ./
RUN pnpm install --frozen-lockfile --prod
COPY server.js ./
USER node
CMD ["node", "server.js"]
`,
  good: `FROM node:22-alpine
WORKDIR /srv/shop
RUN npm install -g pnpm@10 && npm cache clean --force
COPY package.json pnpm-lock.yaml ./
RUN pnpm install --frozen-lockfile --prod
COPY server.js ./
USER node
CMD ["node", "server.js"]
`,
  *check(build) {
    const runtime = shipsToRun(build);
    for (const { at, manager, by, use, declared, settled } of floatingManagers(build)) {
      const found =
        use !== undefined
          ? finding(at, 'no package.json tells corepack which pnpm is meant').and(use, 'this fetches the newest')
          : declared === undefined
            ? finding(at, `${by} installs the newest ${manager}`)
            : finding(at, `${by} installs the newest ${manager}, package.json asks for ${declared}`);
      const answers = by === 'npm' ? found : found.answering();
      const mild =
        !runtime || settled || declared !== undefined || (use !== undefined && use.install?.adds.length !== 0);
      yield mild ? answers.rated({ severity: 'info' }) : answers;
    }
  },
});
