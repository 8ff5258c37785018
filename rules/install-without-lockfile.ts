import { installsIn } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'install-without-lockfile',
  says: 'a frozen install runs where no lockfile is',
  because: 'The package manager stops with an error, and so does the build.',
  instead: 'Copy the lockfile beside the manifest: COPY package.json package-lock.json ./.',
  category: 'correctness',
  severity: 'error',
  confidence: 'certain',
  since: '0.1.0',
  bad: `FROM node:22-alpine
WORKDIR /srv/shop
COPY package.json ./
# want: install-without-lockfile at "npm ci --omit=dev" says "/srv/shop"
RUN npm ci --omit=dev && npm cache clean --force
USER node
CMD ["node", "server.js"]
`,
  good: `FROM node:22-alpine
WORKDIR /srv/shop
COPY package.json package-lock.json ./
RUN npm ci --omit=dev && npm cache clean --force
USER node
CMD ["node", "server.js"]
`,
  *check(build) {
    for (const { command, needsLockfile, lockfile, manifest, manager, directory } of installsIn(build))
      if (needsLockfile && lockfile === 'absent' && manifest !== 'absent' && command.runs === 'always')
        yield finding(
          command,
          `no lockfile of ${manager} has reached ${directory ?? 'this directory'}, the build stops here`,
        );
  },
});
