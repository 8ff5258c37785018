import { keptBuildCaches } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'build-cache-shipped',
  says: 'the image takes the cache of a build along with its output',
  because:
    'Only the next build would read it, and it is often larger than what was built: hundreds of megabytes to pull.',
  instead:
    'Copy .next/standalone and .next/static, or keep .next/cache in a cache mount or delete it in the RUN that builds.',
  category: 'size',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22-alpine AS build
WORKDIR /app
COPY package*.json ./
RUN npm ci
COPY . .
RUN npm run build

FROM node:22-alpine
WORKDIR /srv/shop
COPY package*.json ./
RUN npm ci --omit=dev && npm cache clean --force
# want: build-cache-shipped at "/app/.next" says "/app/.next/cache"
COPY --from=build /app/.next ./.next
USER node
CMD ["node_modules/.bin/next", "start"]
`,
  good: `FROM node:22-alpine AS build
WORKDIR /app
COPY package*.json ./
RUN npm ci
COPY . .
RUN --mount=type=cache,target=/app/.next/cache npm run build

FROM node:22-alpine
WORKDIR /srv/shop
COPY package*.json ./
RUN npm ci --omit=dev && npm cache clean --force
COPY --from=build /app/.next ./.next
USER node
CMD ["node_modules/.bin/next", "start"]
`,
  *check(build) {
    for (const kept of keptBuildCaches(build))
      yield finding(kept, `${kept.path} comes along`)
        .and(kept.builder.from, 'this stage builds it, and nothing here empties its cache')
        .and(kept.target.from, 'this stage is the image that ships');
  },
});
