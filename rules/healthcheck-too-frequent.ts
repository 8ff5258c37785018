import { hastyProbes } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'healthcheck-too-frequent',
  says: 'the health check runs every few seconds',
  because: 'Each check starts a process in the container, for as long as it lives: many containers add up.',
  instead: 'Check every 30s, and during the start more often: HEALTHCHECK --interval=30s --start-interval=2s.',
  category: 'correctness',
  severity: 'info',
  confidence: 'likely',
  preset: 'strict',
  since: '0.1.0',
  bad: `FROM node:22-alpine
WORKDIR /srv/shop
COPY server.js healthcheck.js ./
USER node
# want: healthcheck-too-frequent at "1s" says "every 1s"
HEALTHCHECK --interval=1s CMD ["node", "healthcheck.js"]
CMD ["node", "server.js"]
`,
  good: `FROM node:22-alpine
WORKDIR /srv/shop
COPY server.js healthcheck.js ./
USER node
HEALTHCHECK --interval=30s --start-period=20s --start-interval=1s CMD ["node", "healthcheck.js"]
CMD ["node", "server.js"]
`,
  *check(build) {
    for (const probe of hastyProbes(build)) yield finding(probe, `it starts a process every ${probe.interval}`);
  },
});
