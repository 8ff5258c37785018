import { foreignManagers, shipsToRun, unreadLockfiles } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'package-manager-mismatch',
  says: 'another package manager, or release of it, installs than is meant',
  because:
    'It does not heed the lockfile of the project: the image gets versions that nobody has tested, or the install stops.',
  instead: 'Install with the manager that package.json declares and whose lockfile is committed.',
  category: 'reproducibility',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22-alpine
WORKDIR /srv/shop
COPY package.json yarn.lock ./
# want: package-manager-mismatch at "npm install --omit=dev" says "npm installs, the project is locked by yarn.lock"
RUN npm install --omit=dev && npm cache clean --force
COPY server.js ./
USER node
CMD ["node", "server.js"]
`,
  good: `FROM node:22-alpine
WORKDIR /srv/shop
COPY package.json yarn.lock ./
RUN yarn install --frozen-lockfile --production && yarn cache clean
COPY server.js ./
USER node
CMD ["node", "server.js"]
`,
  files: {
    '.dockerignore': 'node_modules\n.git\n',
    'package.json': '{"name":"shop","dependencies":{"fastify":"^5.0.0"}}',
    'server.js': '',
    'yarn.lock': '# yarn lockfile v1\n',
  },
  *check(build) {
    const runtime = shipsToRun(build);
    for (const { install, declared, lockfile, classic } of foreignManagers(build)) {
      const by = classic ? 'Yarn 1 of the base image' : install.manager;
      const found = finding(
        install.command,
        declared === undefined
          ? `${by} installs, the project is locked by ${lockfile}`
          : `${by} installs, package.json declares ${declared}`,
      );
      // bun takes the versions out of the lockfiles of others.
      yield runtime && install.manager !== 'bun' ? found : found.rated({ severity: 'info' });
    }
    for (const { install, format, readBy, major, stops } of unreadLockfiles(build)) {
      const what = `${major === undefined ? 'the newest pnpm' : `pnpm ${major}`} does not read format ${format} of pnpm-lock.yaml`;
      const found = finding(
        install.command,
        stops ? `the install stops: ${what}` : `${what}: it resolves all versions anew`,
      ).advising(`It is read by ${readBy}.`);
      yield stops ? found.rated({ severity: 'error' }) : found;
    }
  },
});
