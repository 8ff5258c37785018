import { unwatchedTargets } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'missing-healthcheck',
  says: 'the image has no HEALTHCHECK',
  because: 'Docker and Compose see whether the process runs, not whether it answers.',
  instead:
    'Ask the server: HEALTHCHECK CMD ["node", "healthcheck.js"]; HEALTHCHECK NONE says that something else does.',
  category: 'correctness',
  severity: 'info',
  confidence: 'certain',
  preset: 'all',
  since: '0.1.0',
  replaces: ['hadolint/DL3057'],
  bad: `# want: missing-healthcheck at "FROM node:22-alpine" says "neither"
FROM node:22-alpine
WORKDIR /srv/shop
COPY server.js ./
USER node
CMD ["node", "server.js"]
`,
  good: `FROM node:22-alpine
WORKDIR /srv/shop
COPY server.js healthcheck.js ./
USER node
HEALTHCHECK CMD ["node", "healthcheck.js"]
CMD ["node", "server.js"]
`,
  *check(build) {
    for (const target of unwatchedTargets(build))
      yield finding(target.from, 'neither this stage nor one that it is based on has a HEALTHCHECK');
  },
});
