import { absoluteWorkdir, relativeWorkdirs } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'relative-workdir',
  says: 'WORKDIR is relative, and no absolute one stands before it',
  because:
    'Where files land and programs start hangs on the base image: with its next version it may be somewhere else.',
  instead: 'Write the whole path: WORKDIR /srv/shop.',
  category: 'correctness',
  severity: 'warning',
  confidence: 'certain',
  since: '0.1.0',
  replaces: ['hadolint/DL3000', 'buildkit/WorkdirRelativePath'],
  bad: `FROM node:22-alpine
# want: relative-workdir at "shop" says "/shop"
WORKDIR shop
COPY server.js ./
USER node
CMD ["node", "server.js"]
`,
  good: `FROM node:22-alpine
WORKDIR /srv/shop
COPY server.js ./
USER node
CMD ["node", "server.js"]
`,
  *check(build) {
    for (const workdir of relativeWorkdirs(build)) {
      const { span, path, leadsTo, belowOwn } = workdir;
      let found = finding(
        { span },
        leadsTo === undefined
          ? `${path} is below the working directory of a base image that is not known here`
          : `${path} is ${leadsTo} as long as the base image keeps its working directory`,
      );
      found = found.mendedBy(absoluteWorkdir(workdir));
      yield belowOwn ? found.rated({ severity: 'info' }) : found;
    }
  },
});
