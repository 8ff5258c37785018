import { earlyBuilds } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'build-before-source',
  says: 'a build script runs before the source is copied',
  because: 'Only the manifest and packages are there: the compiler finds nothing to build, and the build stops.',
  instead: 'Copy the source between the install and the build.',
  category: 'correctness',
  severity: 'error',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22-slim AS build
WORKDIR /srv/shop
COPY package.json package-lock.json ./
RUN npm ci
# want: build-before-source at "npm run build" says "the source comes in only below"
RUN npm run build
COPY . .
FROM nginxinc/nginx-unprivileged:stable-alpine
COPY --from=build /srv/shop/dist /usr/share/nginx/html
`,
  good: `FROM node:22-slim AS build
WORKDIR /srv/shop
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build
FROM nginxinc/nginx-unprivileged:stable-alpine
COPY --from=build /srv/shop/dist /usr/share/nginx/html
`,
  *check(build) {
    for (const { span, script, folder, source } of earlyBuilds(build))
      yield finding({ span }, `${script} runs while ${folder} has no source: the source comes in only below`).and(
        source,
        'this brings it',
      );
  },
});
