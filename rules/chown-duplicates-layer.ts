import { ownedCopies, rewrittenTrees } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'chown-duplicates-layer',
  says: 'a RUN gives files of earlier layers another owner or mode',
  because: 'A layer holds each file whole whose owner or mode it changes: the image carries the tree twice.',
  instead:
    'Say it where the files come in: COPY --chown, --chmod, or in the RUN that makes them; or install as that USER.',
  category: 'size',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22-alpine
WORKDIR /srv/shop
COPY package*.json ./
RUN npm ci --omit=dev && npm cache clean --force
COPY src ./src
# want: chown-duplicates-layer at "chown -R node:node /srv/shop" says "/srv/shop"
RUN chown -R node:node /srv/shop
USER node
CMD ["node", "src/server.js"]
`,
  good: `FROM node:22-alpine
WORKDIR /srv/shop
COPY package*.json ./
RUN npm ci --omit=dev && npm cache clean --force
COPY src ./src
RUN mkdir uploads && chown -R node:node uploads
USER node
CMD ["node", "src/server.js"]
`,
  *check(build) {
    for (const tree of rewrittenTrees(build)) {
      const { target, command, path, held, by } = tree;
      const found = finding(command, `${path} is written once more, for ${by === 'chown' ? 'an owner' : 'a mode'}`)
        .and(held, `${held.change.path} comes in here, in a layer of its own`)
        .and(target.from, 'this stage is the image that ships')
        .mendedBy(ownedCopies(build, tree));
      yield held.size === 'bulk' ? found : found.rated({ severity: 'info' });
    }
  },
});
