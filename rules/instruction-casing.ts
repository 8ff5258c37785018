import { oddKeywords } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'instruction-casing',
  says: 'an instruction is not written in the same letters as the others',
  because: 'Whoever skims the file, or searches it for RUN, passes it over.',
  instead: 'Write every instruction of the file in the same letters, best in capitals: RUN.',
  category: 'style',
  severity: 'info',
  confidence: 'certain',
  preset: 'strict',
  since: '0.1.0',
  replaces: ['buildkit/ConsistentInstructionCasing'],
  bad: `FROM node:22-alpine
WORKDIR /srv/shop
# want: instruction-casing at "copy" says "COPY"
copy server.js ./
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
    for (const { span, expected, mixed } of oddKeywords(build))
      yield finding(
        { span },
        mixed ? `as one word in the same letters: ${expected}` : `the others are written like ${expected}`,
      ).mendedBy({ says: `Write ${expected}`, safety: 'safe', edits: [{ at: span, text: expected }] });
  },
});
