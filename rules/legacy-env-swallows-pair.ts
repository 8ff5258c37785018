import { swallowedPairs, swallowedSigns } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'legacy-env-swallows-pair',
  says: 'a value takes in another variable, or the equals sign',
  because:
    'After a name with no = right behind it the whole rest of the instruction is its value, further lines included.',
  instead: 'Write = in the first pair, too, with no blanks around it: ENV NAME=value OTHER=value.',
  category: 'correctness',
  severity: 'error',
  confidence: 'certain',
  since: '0.1.0',
  bad: `FROM node:22-alpine
WORKDIR /srv/shop
ENV NODE_ENV production \\
# want: legacy-env-swallows-pair at "PORT" says "PORT is not set"
    PORT=8080
COPY server.js ./
USER node
CMD ["node", "server.js"]
`,
  good: `FROM node:22-alpine
WORKDIR /srv/shop
ENV NODE_ENV=production \\
    PORT=8080
COPY server.js ./
USER node
CMD ["node", "server.js"]
`,
  *check(build) {
    for (const pair of swallowedPairs(build)) {
      const { name, holder } = pair;
      yield finding(pair, `${name} is not set: this is a part of the value of ${holder.name}`).and(
        holder,
        'the value that starts here goes on to the end of the instruction',
      );
    }
    for (const sign of swallowedSigns(build)) {
      const { name, fix } = sign;
      yield finding(sign, `the value of ${name} begins with the equals sign, as a blank stands before it`).mendedBy(
        fix,
      );
    }
  },
});
