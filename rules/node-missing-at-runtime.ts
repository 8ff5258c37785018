import { type MissingNode, missingNodes, nodeAsImageHasIt } from '../src/model/index.ts';
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
    for (const missing of missingNodes(build)) {
      const { root, command, program, fault } = missing;
      const base = root.from.image.text ?? root.from.image.raw;
      yield finding(command, messages[fault](program, base))
        .and(root.from, 'this is the image that it starts in')
        .advising(fault === 'doubled' ? 'Name the script only: CMD ["server.js"].' : undefined)
        .mendedBy(nodeAsImageHasIt(build, missing));
    }
  },
});

const messages: Readonly<Record<MissingNode['fault'], (program: string, base: string) => string>> = {
  absent: (program, base) => `nothing brings ${program} into ${base}`,
  elsewhere: (program, base) => `${program} is in no folder of PATH: ${base} has it as /nodejs/bin/node`,
  doubled: (program, base) => `the ENTRYPOINT of ${base} is node already, so ${program} is taken for a script`,
};
