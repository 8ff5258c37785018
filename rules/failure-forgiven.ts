import { forgivenWork } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'failure-forgiven',
  says: 'a RUN goes on after its install or build has failed',
  because:
    'A registry that is down for a minute makes an image without packages: it is pushed, and breaks where it starts.',
  instead: 'Let the build stop there: take || true away, and join commands by && in place of ;.',
  category: 'correctness',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22-alpine
WORKDIR /srv/shop
COPY package.json package-lock.json ./
# want: failure-forgiven at "npm ci --omit=dev" says "the build goes on without what npm ci makes"
RUN npm ci --omit=dev || true
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
  *check(build) {
    for (const { name, by, how, span } of forgivenWork(build))
      yield finding({ span }, `when it fails, the build goes on without what ${name} makes`).and(
        by,
        how === 'alternative' ? 'this succeeds in its place' : 'this alone decides, and succeeds all the same',
      );
  },
});
