import { buildMigrations } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'migration-in-build',
  says: 'a RUN migrates a database that runs elsewhere',
  because:
    'A build reaches no database: it stops here, or changes the one that the builder happens to reach, at each build and before the release.',
  instead: 'Migrate when the image is deployed: in a job of its own, or before the containers start.',
  category: 'correctness',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22-slim
WORKDIR /srv/shop
COPY package.json package-lock.json ./
RUN npm ci --omit=dev && npm cache clean --force
COPY migrations ./migrations
COPY knexfile.js server.js ./
# want: migration-in-build at "npx knex migrate:latest"
RUN npx knex migrate:latest
USER node
CMD ["node", "server.js"]
`,
  good: `FROM node:22-slim
WORKDIR /srv/shop
COPY package.json package-lock.json ./
RUN npm ci --omit=dev && npm cache clean --force
COPY migrations ./migrations
COPY knexfile.js server.js ./
USER node
CMD ["node", "server.js"]
`,
  files: {
    'package.json': '{"name":"shop","dependencies":{"knex":"3.1.0","pg":"8.16.3"}}',
    'package-lock.json': '{}',
    'migrations/1-prices.js': '',
    'knexfile.js': '',
    'server.js': '',
  },
  *check(build) {
    for (const { command, migration, script } of buildMigrations(build)) {
      const does = migration === 'pushed' ? 'forces its schema upon a database' : 'migrates a database';
      const what = script === undefined ? '' : `, by ${script},`;
      yield finding(command, `this${what} ${does} while the image is built`);
    }
  },
});
