import { readableSecret, unreadableSecrets } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'unreadable-secret-mount',
  says: 'the user of a RUN cannot read the secret that is mounted for it',
  because:
    'Secrets and SSH sockets are for root alone unless uid= says otherwise: the command stops, or goes on without.',
  instead: 'Give the mount the number of the user: --mount=type=secret,id=npmrc,uid=1000.',
  category: 'correctness',
  severity: 'error',
  confidence: 'likely',
  since: '0.1.0',
  bad: `# syntax=docker/dockerfile:1
FROM node:24-slim
WORKDIR /srv/shop
RUN chown node:node .
COPY --chown=node:node package.json package-lock.json ./
USER node
# want: unreadable-secret-mount at "--mount=type=secret,id=npmrc,target=/home/node/.npmrc" says "node cannot read this"
RUN --mount=type=secret,id=npmrc,target=/home/node/.npmrc npm ci --omit=dev && npm cache clean --force
COPY server.js ./
CMD ["node", "server.js"]
`,
  good: `# syntax=docker/dockerfile:1
FROM node:24-slim
WORKDIR /srv/shop
RUN chown node:node .
COPY --chown=node:node package.json package-lock.json ./
USER node
RUN --mount=type=secret,id=npmrc,target=/home/node/.npmrc,uid=1000 npm ci --omit=dev && npm cache clean --force
COPY server.js ./
CMD ["node", "server.js"]
`,
  *check(build) {
    for (const secret of unreadableSecrets(build)) {
      const { user, owner, mount } = secret;
      const whose = owner === '0' ? 'root' : `uid ${owner}`;
      const does = mount.type === 'ssh' ? 'use this: the socket' : 'read this: the secret';
      yield finding(secret, `${user.name} cannot ${does} belongs to ${whose}`)
        .and(user, 'this sets the user')
        .mendedBy(readableSecret(build, secret));
    }
  },
});
