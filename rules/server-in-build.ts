import { endlessCommands } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'server-in-build',
  says: 'a RUN starts what does not end by itself',
  because: 'The build waits for the end of each RUN: it hangs here, and no image comes of it.',
  instead: 'Start it with CMD, which runs when a container starts.',
  category: 'correctness',
  severity: 'error',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22-alpine
WORKDIR /srv/shop
COPY package.json package-lock.json ./
RUN npm ci --omit=dev && npm cache clean --force
COPY server.js ./
USER node
# want: server-in-build at "npm start" says "the build waits"
RUN npm start
`,
  good: `FROM node:22-alpine
WORKDIR /srv/shop
COPY package.json package-lock.json ./
RUN npm ci --omit=dev && npm cache clean --force
COPY server.js ./
USER node
CMD ["node", "server.js"]
`,
  *check(build) {
    for (const { command, script } of endlessCommands(build)) {
      const what = script === undefined ? 'the build waits here for' : `this runs ${script}: the build waits for`;
      yield finding(command, `${what} a server that nobody stops`);
    }
  },
});
