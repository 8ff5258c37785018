import { bustedInstalls } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'install-cache-busted',
  says: 'a variable that changes with each build stands above an install',
  because:
    'Every RUN below an ARG has its value in the cache key, used or not: the install runs again although nothing of it has changed.',
  instead: 'Move the ARG below the install, to the instruction that reads it.',
  category: 'cache',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22-slim
# want: install-cache-busted at "GIT_COMMIT" says "npm ci"
ARG GIT_COMMIT
WORKDIR /srv/shop
COPY package.json package-lock.json ./
RUN npm ci --omit=dev && npm cache clean --force
COPY . .
LABEL org.opencontainers.image.revision=$GIT_COMMIT
USER node
CMD ["node", "server.js"]
`,
  good: `FROM node:22-slim
WORKDIR /srv/shop
COPY package.json package-lock.json ./
RUN npm ci --omit=dev && npm cache clean --force
COPY . .
ARG GIT_COMMIT
LABEL org.opencontainers.image.revision=$GIT_COMMIT
USER node
CMD ["node", "server.js"]
`,
  *check(build) {
    for (const { install, call, variable, others, changes } of bustedInstalls(build)) {
      const often = changes === 'each-build' ? 'each new value' : 'the value of each environment';
      let found = finding(variable, `${call} runs again for ${often} of ${variable.name.raw}, and does not read it`);
      for (const other of others) found = found.and(other, 'so does this');
      found = found.and(install, 'this runs again');
      yield changes === 'each-build' ? found : found.rated({ severity: 'info' });
    }
  },
});
