import { missingNodes } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'node-missing-at-runtime',
  says: 'the container starts a program of Node.js that its image does not have',
  because: 'The image builds, and every container of it ends at once because the program cannot be found.',
  instead:
    'Ship on a base image with Node.js, or start what this image has; where the ENTRYPOINT is Node.js already, CMD names the script only.',
  category: 'correctness',
  severity: 'error',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22-alpine AS build
WORKDIR /srv/shop
COPY package*.json ./
RUN npm ci --omit=dev && npm cache clean --force
COPY . .

FROM alpine:3.22
WORKDIR /srv/shop
COPY --from=build /srv/shop ./
USER 1000
# want: node-missing-at-runtime says "alpine:3.22"
CMD ["node", "server.js"]
`,
  good: `FROM node:22-alpine AS build
WORKDIR /srv/shop
COPY package*.json ./
RUN npm ci --omit=dev && npm cache clean --force
COPY . .

FROM node:22-alpine
WORKDIR /srv/shop
COPY --from=build /srv/shop ./
USER node
CMD ["node", "server.js"]
`,
  *check(build) {
    for (const { root, command, program, fault } of missingNodes(build)) {
      const base = root.from.image.text ?? root.from.image.raw;
      yield finding(
        command,
        fault === 'doubled'
          ? `the ENTRYPOINT of ${base} is node already, so ${program} is taken for a script`
          : `nothing brings ${program} into ${base}`,
      ).and(root.from, 'this is the image that it starts in');
    }
  },
});
