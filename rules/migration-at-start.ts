import { migrationsAtStart } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'migration-at-start',
  says: 'the container changes the schema of its database before it serves',
  because:
    'Several containers that start together migrate together, a failed migration keeps every one of them from serving, and the program needs the rights to alter tables.',
  instead:
    'Run migrations as a step of the release: a job or a container of its own that ends before the others start.',
  category: 'correctness',
  severity: 'info',
  confidence: 'likely',
  preset: 'strict',
  since: '0.1.0',
  bad: `FROM node:22-slim
WORKDIR /srv/shop
COPY package.json package-lock.json ./
RUN npm ci --omit=dev && npm cache clean --force
COPY prisma ./prisma
COPY dist ./dist
USER node
# want: migration-at-start says "prisma migrate deploy"
CMD ["sh", "-c", "npx prisma migrate deploy && exec node dist/server.js"]
`,
  good: `FROM node:22-slim
WORKDIR /srv/shop
COPY package.json package-lock.json ./
RUN npm ci --omit=dev && npm cache clean --force
COPY prisma ./prisma
COPY dist ./dist
USER node
CMD ["node", "dist/server.js"]
`,
  *check(build) {
    for (const { at, call, by, migration } of migrationsAtStart(build)) {
      const pushed = migration === 'pushed';
      const what = pushed ? 'forces its schema upon the database' : 'migrates the database';
      const found = finding(at, `${by === undefined ? call : `${by} runs ${call}, which`} ${what} at each start`);
      yield pushed ? found.rated({ severity: 'warning' }) : found;
    }
  },
});
