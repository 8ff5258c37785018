import { doubleStars } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'globstar-in-sh',
  says: '** stands for a single folder level in this shell',
  because: 'Files that lie deeper or higher are passed over without a word: they stay in the image, or miss from it.',
  instead: 'Let find walk through the folders, quote the pattern for a program that reads **, or use bash -O globstar.',
  category: 'correctness',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22-alpine
WORKDIR /srv/shop
COPY . .
# want: globstar-in-sh at "services/**/test" says "services/*/test"
RUN rm -rf services/**/test
USER node
CMD ["node", "server.js"]
`,
  good: `FROM node:22-alpine
WORKDIR /srv/shop
COPY . .
RUN find services -name test -type d -prune -exec rm -rf {} +
USER node
CMD ["node", "server.js"]
`,
  *check(build) {
    for (const stars of doubleStars(build)) {
      const { shell, single } = stars;
      yield finding(
        stars,
        `${shell} reads this as ${single}${shell === 'bash' ? ': globstar is not switched on' : ''}`,
      );
    }
  },
});
