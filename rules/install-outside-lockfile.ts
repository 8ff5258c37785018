import { shipsToRun, strayDependencies } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'install-outside-lockfile',
  says: 'packages are added beside the lockfile',
  because: 'No lockfile holds their versions and those of what they depend on: each build resolves them anew.',
  instead: 'Name them in package.json, so that the lockfile has them and npm ci installs them.',
  category: 'reproducibility',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  replaces: ['hadolint/DL3016'],
  bad: `FROM node:22-alpine
WORKDIR /srv/shop
COPY package.json package-lock.json ./
RUN npm ci --omit=dev && npm cache clean --force
# want: install-outside-lockfile at "sharp" says "npm adds sharp in whatever version there is"
RUN npm install sharp && npm cache clean --force
COPY server.js ./
USER node
CMD ["node", "server.js"]
`,
  good: `FROM node:22-alpine
WORKDIR /srv/shop
COPY package.json package-lock.json ./
RUN npm ci --omit=dev && npm cache clean --force
COPY server.js ./
USER node
CMD ["node", "server.js"]
`,
  files: {
    'package.json': '{"name":"shop","dependencies":{"fastify":"^5.0.0"}}',
    'package-lock.json': '{"lockfileVersion":3,"packages":{}}',
    'server.js': '',
  },
  *check(build) {
    const runtime = shipsToRun(build);
    for (const { manager, packages, first, pinned, into, doubtful } of strayDependencies(build)) {
      const more = packages.length > 3 ? ` and ${packages.length - 3} more` : '';
      const what = `${manager} adds ${packages.slice(0, 3).join(', ')}${more}`;
      const how = pinned ? '; what that depends on is in no lockfile' : ' in whatever version there is';
      const found = finding(first, what + how);
      const answers = manager === 'npm' && !pinned ? found : found.answering();
      if (pinned || into === 'nothing') yield answers.rated({ severity: 'info', preset: 'strict' });
      else yield runtime && into === 'image' && !doubtful ? answers : answers.rated({ severity: 'info' });
    }
  },
});
