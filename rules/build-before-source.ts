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
    for (const { span, script, install, folder, source } of earlyBuilds(build)) {
      const what = install === undefined ? script : `script ${script}, which ${install} calls,`;
      const why = source === undefined ? 'the install stops' : 'the source comes in only below';
      const found = finding({ span }, `${what} runs while ${folder} has no source: ${why}`);
      yield source === undefined ? found : found.and(source, 'this brings it');
    }
  },
});
