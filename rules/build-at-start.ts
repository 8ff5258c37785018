import { buildsAtStarts } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

const what = {
  builds: 'builds the application',
  installs: 'installs the dependencies',
  completes: 'downloads the packages for development that uv sync has left out',
};

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
      const found = finding(at, `${by === undefined ? call : `${by} runs ${call}, which`} ${what[does]} at each start`);
      yield does === 'completes'
        ? found
            .advising('Write uv run --no-sync, or ENV UV_NO_SYNC=1, or start the program of .venv/bin itself.')
            .rated({ confidence: 'likely' })
        : found;
    }
  },
});
