import { buildsAtStarts } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'build-at-start',
  says: 'each start of the container builds the application again',
  because:
    'A start takes minutes, needs the compilers and often the network, and two containers of one image may run different code.',
  instead: 'Build and install in a RUN, and start what it made.',
  category: 'correctness',
  severity: 'warning',
  confidence: 'certain',
  since: '0.1.0',
  bad: `FROM node:22-slim
WORKDIR /srv/shop
COPY package.json package-lock.json ./
RUN npm ci && npm cache clean --force
COPY . .
USER node
# want: build-at-start says "npm run build"
CMD ["sh", "-c", "npm run build && exec node dist/server.js"]
`,
  good: `FROM node:22-slim AS build
WORKDIR /srv/shop
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev
FROM node:22-slim
WORKDIR /srv/shop
COPY --from=build /srv/shop/node_modules ./node_modules
COPY --from=build /srv/shop/dist ./dist
USER node
CMD ["node", "dist/server.js"]
`,
  *check(build) {
    for (const { at, call, by, does } of buildsAtStarts(build)) {
      const what = does === 'builds' ? 'builds the application' : 'installs the dependencies';
      yield finding(at, `${by === undefined ? call : `${by} runs ${call}, which`} ${what} at each start`);
    }
  },
});
