import { earlyBuilds, missingInputs, schemalessRuns } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'build-before-source',
  says: 'a build or an install runs before the files that it reads are there',
  because:
    'Only the manifest and packages are there: the compiler finds nothing to build and stops, patches are not applied.',
  instead: 'Copy the source between the install and the build, and what an install reads above it.',
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
      const why =
        source !== undefined
          ? 'the source comes in only below'
          : install === undefined
            ? 'none comes in'
            : 'the install stops';
      const found = finding({ span }, `${what} runs while ${folder} has no source: ${why}`);
      yield source === undefined ? found : found.and(source, 'this brings it');
    }
    for (const { span, path, stops, source } of missingInputs(build)) {
      const what = stops ? `the install stops: ${path} is not there` : `packages stay unpatched: ${path} is not there`;
      const found = finding({ span }, what).rated({ severity: stops ? 'error' : 'warning' });
      yield source === undefined ? found : found.and(source, 'this brings it, too late');
    }
    for (const { span, subcommand, folder, source } of schemalessRuns(build)) {
      const found = finding({ span }, `prisma ${subcommand} stops: ${folder} has no prisma/schema.prisma`);
      yield source === undefined ? found : found.and(source, 'this brings it, too late');
    }
  },
});
