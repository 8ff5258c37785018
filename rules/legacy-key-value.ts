import { legacyPairs } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'legacy-key-value',
  says: 'ENV or LABEL separates name and value by a blank',
  because: 'This old form takes the whole rest of the line as the value, and one instruction holds one name only.',
  instead: 'Write NAME=value, with quotes around a value that has blanks.',
  category: 'style',
  severity: 'info',
  confidence: 'certain',
  since: '0.1.0',
  preset: 'strict',
  replaces: ['buildkit/LegacyKeyValueFormat'],
  bad: `FROM node:22-alpine
WORKDIR /srv/shop
# want: legacy-key-value at "NODE_ENV production" says "NODE_ENV=production"
ENV NODE_ENV production
COPY server.js ./
USER node
CMD ["node", "server.js"]
`,
  good: `FROM node:22-alpine
WORKDIR /srv/shop
ENV NODE_ENV=production
COPY server.js ./
USER node
CMD ["node", "server.js"]
`,
  *check(build) {
    for (const { span, keyword, name, better, fix } of legacyPairs(build)) {
      const found = finding({ span }, `${keyword} ${name} is in the old form, write ${better}`);
      yield found.mendedBy(fix);
    }
  },
});
