import { originOf, purposeOf, shippedContexts } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'whole-context-shipped',
  says: 'the whole build context ends in the image',
  because: 'Tests, CI files and deployment settings ship to production, and each change of them makes a new image.',
  instead: 'Copy the folders that the program needs, or keep the others out with .dockerignore.',
  category: 'size',
  severity: 'info',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22-alpine
WORKDIR /srv/shop
COPY package*.json ./
RUN npm ci --omit=dev && npm cache clean --force
# want: whole-context-shipped at "COPY . ." says "compose.yaml, tests/"
COPY . .
USER node
CMD ["node", "src/server.js"]
`,
  good: `FROM node:22-alpine
WORKDIR /srv/shop
COPY package*.json ./
RUN npm ci --omit=dev && npm cache clean --force
COPY src ./src
USER node
CMD ["node", "src/server.js"]
`,
  files: {
    '.dockerignore': '**/node_modules\n.git\n',
    'compose.yaml': '',
    'package-lock.json': '{}',
    'package.json': '{"name":"shop"}',
    'src/server.js': '',
    'tests/server.test.js': '',
  },
  *check(build) {
    const ignores = build.context.ignoreFile !== undefined;
    for (const { target, change, clutter } of shippedContexts(build)) {
      // Without .dockerignore that is what is said of the COPY itself; a copy of what a stage holds can name less.
      if (!ignores && originOf(change) === change) continue;
      if (clutter.length === 0 || purposeOf(target, build.path) !== 'runtime') continue;
      const named = clutter.slice(0, 4).join(', ');
      const more = clutter.length > 4 ? ` and ${clutter.length - 4} more` : '';
      let found = finding(change.step, `the whole context ships to ${change.path}: ${named}${more} among it`);
      if (originOf(change) !== change) found = found.and(originOf(change), 'the context comes in here');
      yield found.and(target.from, 'this stage is the image that ships');
    }
  },
});
