import { shadowedOutputs } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'volume-on-build-output',
  says: 'a volume lies over what the image has installed or built',
  because:
    'A container that is replaced by one of a newer image keeps the volume of the old one: it runs with old packages or files.',
  instead: 'Keep VOLUME for data that outlives the image, in a directory of its own.',
  category: 'correctness',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22-slim
WORKDIR /srv/shop
COPY package.json package-lock.json ./
RUN npm ci --omit=dev && npm cache clean --force
COPY server.js ./
# want: volume-on-build-output at "/srv/shop/node_modules" says "packages"
VOLUME /srv/shop/node_modules
USER node
CMD ["node", "server.js"]
`,
  good: `FROM node:22-slim
WORKDIR /srv/shop
COPY package.json package-lock.json ./
RUN npm ci --omit=dev && npm cache clean --force
COPY server.js ./
VOLUME /srv/shop/uploads
USER node
CMD ["node", "server.js"]
`,
  *check(build) {
    for (const { span, path, holds, filledBy } of shadowedOutputs(build)) {
      const what = holds === 'dependencies' ? 'the installed packages' : 'what the build has made';
      yield finding({ span }, `a kept volume of ${path} hides ${what} of a newer image`).and(filledBy, 'this fills it');
    }
  },
});
