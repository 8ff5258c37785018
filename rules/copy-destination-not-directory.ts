import { crowdedDestinations } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'copy-destination-not-directory',
  says: 'several sources are copied to a destination that is no directory',
  because: 'BuildKit puts each file in the place of the one before and says nothing; other builders stop.',
  instead: 'End the destination with a slash: COPY package.json package-lock.json /srv/shop/.',
  category: 'correctness',
  severity: 'error',
  confidence: 'certain',
  since: '0.1.0',
  replaces: ['hadolint/DL3021'],
  bad: `FROM node:22-alpine
# want: copy-destination-not-directory at "/srv/shop" says "2 sources"
COPY package.json server.js /srv/shop
WORKDIR /srv/shop
USER node
CMD ["node", "server.js"]
`,
  good: `FROM node:22-alpine
COPY package.json server.js /srv/shop/
WORKDIR /srv/shop
USER node
CMD ["node", "server.js"]
`,
  *check(build) {
    for (const { span, path, sources, first } of crowdedDestinations(build)) {
      if (first === 'directory')
        yield finding(
          { span },
          `${path} takes ${sources} sources: builders other than BuildKit stop without a slash`,
        ).rated({
          severity: 'info',
          preset: 'strict',
        });
      else {
        const found = finding({ span }, `${path} takes ${sources} sources, a file among them is replaced by the next`);
        yield first === 'file' ? found : found.rated({ severity: 'warning', confidence: 'possible' });
      }
    }
  },
});
