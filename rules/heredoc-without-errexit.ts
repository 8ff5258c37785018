import { lostFailures } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'heredoc-without-errexit',
  says: 'a script in a heredoc goes on after a command has failed',
  because: 'Only the status of its last command counts: the build succeeds, and the image lacks what failed.',
  instead: 'Make set -e the first line of the script.',
  category: 'correctness',
  severity: 'warning',
  confidence: 'certain',
  since: '0.1.0',
  bad: `FROM node:22-alpine
WORKDIR /srv/shop
COPY package.json package-lock.json ./
RUN <<EOF
# want: heredoc-without-errexit at "npm ci --omit=dev --cache /tmp/npm" says "mkdir"
npm ci --omit=dev --cache /tmp/npm && rm -rf /tmp/npm
mkdir -p uploads
EOF
COPY server.js ./
USER node
CMD ["node", "server.js"]
`,
  good: `FROM node:22-alpine
WORKDIR /srv/shop
COPY package.json package-lock.json ./
RUN <<EOF
set -e
npm ci --omit=dev --cache /tmp/npm && rm -rf /tmp/npm
mkdir -p uploads
EOF
COPY server.js ./
USER node
CMD ["node", "server.js"]
`,
  *check(build) {
    for (const lost of lostFailures(build)) {
      const by = lost.last.name ?? 'the last command';
      const found = finding(lost, `when ${lost.name} fails, ${by} alone decides whether the build goes on`);
      yield lost.certain
        ? found.and(lost.last, 'this succeeds all the same')
        : found.rated({ severity: 'info', preset: 'strict' });
    }
  },
});
