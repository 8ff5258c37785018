import { commentAbove, joinedComments } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'comment-after-instruction',
  says: 'a comment stands behind an instruction and becomes a part of it',
  because:
    'Only a line that begins with # is a comment: behind an instruction its words are copied, or set as a value.',
  instead: 'Put the comment on a line of its own, above the instruction.',
  category: 'correctness',
  severity: 'error',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22-alpine
WORKDIR /srv/shop
# want: comment-after-instruction at "#" says "sources of COPY"
COPY server.js ./ # the program
USER node
CMD ["node", "server.js"]
`,
  good: `FROM node:22-alpine
WORKDIR /srv/shop
# the program
COPY server.js ./
USER node
CMD ["node", "server.js"]
`,
  *check(build) {
    for (const comment of joinedComments(build)) {
      const { keyword } = comment.step.instruction;
      const becomes =
        comment.becomes === 'sources'
          ? `its words are sources of ${keyword}, the last is the destination`
          : `it is a part of what ${keyword} sets`;
      yield finding(comment, `no comment begins here: ${becomes}`).mendedBy(commentAbove(build, comment));
    }
  },
});
