import { type UnusableCache, unusableCaches, usableCache } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

const reasons = {
  tilde: ({ target }: UnusableCache) => `BuildKit knows no ~: this mounts ${target}`,
  home: ({ target, user }: UnusableCache) =>
    `${user?.name} runs this and looks elsewhere: ${target} is not in its home`,
  owner: ({ target, user, owner = '0' }: UnusableCache) =>
    `${target} belongs to ${owner === '0' ? 'root' : `uid ${owner}`}, and ${user?.name} cannot write to it`,
  emptied: ({ target, command }: UnusableCache) => `${command?.name} empties ${target} in the same RUN`,
  off: ({ target, command }: UnusableCache) => `${command?.name} is told to do without a cache: ${target} stays empty`,
  elsewhere: ({ target, command, place }: UnusableCache) =>
    `${command?.name} keeps its packages in ${place}: ${target} gets none of them`,
  moved: ({ target }: UnusableCache) =>
    `${target} is a file system of its own, so that pnpm keeps its store in /.pnpm-store`,
  'docker-clean': ({ target }: UnusableCache) => `the image is set up to empty ${target} after each install`,
};

export default defineRule({
  id: 'unusable-cache-mount',
  says: 'the commands of a RUN cannot use the cache that is mounted for them',
  because:
    'Everything is downloaded again each time the step runs, or the step fails at a directory that it may not write to.',
  instead:
    'Mount the place that the program uses, with uid= of the user who runs it, and leave its content alone; for apt remove /etc/apt/apt.conf.d/docker-clean.',
  category: 'cache',
  severity: 'warning',
  confidence: 'certain',
  since: '0.1.0',
  bad: `FROM node:22-slim
WORKDIR /srv/shop
RUN chown node:node .
COPY --chown=node:node package.json package-lock.json ./
USER node
# want: unusable-cache-mount at "/root/.npm" says "node runs this"
RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev
COPY server.js ./
CMD ["node", "server.js"]
`,
  good: `FROM node:22-slim
WORKDIR /srv/shop
RUN chown node:node .
COPY --chown=node:node package.json package-lock.json ./
USER node
RUN --mount=type=cache,target=/home/node/.npm,uid=1000,gid=1000 npm ci --omit=dev
COPY server.js ./
CMD ["node", "server.js"]
`,
  *check(build) {
    for (const cache of unusableCaches(build)) {
      let found = finding(cache, reasons[cache.because](cache)).mendedBy(usableCache(build, cache));
      if (cache.user !== undefined && cache.because !== 'tilde') found = found.and(cache.user, 'this sets the user');
      if (cache.command !== undefined) found = found.and(cache.command, 'this is the command');
      yield found;
    }
  },
});
