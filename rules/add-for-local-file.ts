import { plainAdditions } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'add-for-local-file',
  says: 'ADD takes plain files of the build context',
  because: 'ADD unpacks archives and fetches URLs: whoever reads it, or renames a file, has to know whether it will.',
  instead: 'Use COPY for files and folders, ADD for archives that are to be unpacked and for URLs.',
  category: 'style',
  severity: 'info',
  confidence: 'certain',
  since: '0.1.0',
  replaces: ['hadolint/DL3020'],
  bad: `FROM node:22-alpine
WORKDIR /srv/shop
# want: add-for-local-file at "ADD" says "COPY"
ADD package.json server.js ./
USER node
CMD ["node", "server.js"]
`,
  good: `FROM node:22-alpine
WORKDIR /srv/shop
COPY package.json server.js ./
USER node
CMD ["node", "server.js"]
`,
  *check(build) {
    for (const { span, certain, word } of plainAdditions(build)) {
      const found = finding(
        { span },
        certain ? 'COPY does the same here' : 'COPY does the same, unless this is an archive',
      );
      const text = word === word.toLowerCase() ? 'copy' : 'COPY';
      yield certain
        ? found.mendedBy({ says: 'Write COPY', safety: 'safe', edits: [{ at: span, text }] })
        : found.rated({ confidence: 'possible' });
    }
  },
});
