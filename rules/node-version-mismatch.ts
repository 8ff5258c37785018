import { foreignTrees, refusedEngines } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'node-version-mismatch',
  says: 'packages run with another Node.js than the one they were made for',
  because:
    'Compiled packages do not load in another major version, and what was tested in the build is not what runs in production.',
  instead:
    'Take both stages from one base image, as `FROM node:22-alpine AS base`, of a version that package.json allows.',
  category: 'correctness',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22-alpine AS build
WORKDIR /srv/shop
COPY package*.json ./
RUN npm ci --omit=dev && npm cache clean --force

FROM node:20-alpine
WORKDIR /srv/shop
# want: node-version-mismatch at "/srv/shop/node_modules" says "Node.js 22"
COPY --from=build /srv/shop/node_modules ./node_modules
COPY server.js ./
USER node
CMD ["node", "server.js"]
`,
  good: `FROM node:22-alpine AS build
WORKDIR /srv/shop
COPY package*.json ./
RUN npm ci --omit=dev && npm cache clean --force

FROM node:22-alpine
WORKDIR /srv/shop
COPY --from=build /srv/shop/node_modules ./node_modules
COPY server.js ./
USER node
CMD ["node", "server.js"]
`,
  *check(build) {
    for (const { nodeMajors, shipped, builtOn, runsOn, native } of foreignTrees(build)) {
      if (nodeMajors === undefined) continue;
      const [built, runs] = nodeMajors;
      const found = finding(shipped.change, `these packages were installed with Node.js ${built} and run with ${runs}`)
        .and(shipped.tree.install.command, 'this installed them')
        .and(builtOn.from, `Node.js ${built} comes from here`)
        .and(runsOn.from, `the image that ships has Node.js ${runs}`);
      yield native?.length === 0 ? found.rated({ severity: 'info' }) : found;
    }
    for (const { root, version, range, is, by, install, stops } of refusedEngines(build)) {
      const ends = stops ? `${install?.manager ?? 'it'} stops at it` : 'this installs with it';
      const does = install === undefined ? 'this starts with it' : ends;
      const found = finding(root.from.image, `this is Node.js ${version}, package.json asks for ${range}`).and(
        by,
        does,
      );
      const severity = is === 'earlier' ? 'warning' : 'info';
      yield found.rated({ severity: stops ? 'error' : severity });
    }
  },
});
