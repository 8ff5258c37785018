import { rootOwnedCopies } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'root-owned-copy',
  says: 'what is copied below USER belongs to root all the same',
  because:
    'USER holds for RUN and for the start of the container, not for COPY: that user may read the files and no more.',
  instead:
    'Where the user writes them, say so: COPY --chown=node. Where not, put COPY above USER, which reads as it works.',
  category: 'correctness',
  severity: 'info',
  confidence: 'certain',
  preset: 'strict',
  since: '0.1.0',
  replaces: ['tally/copy-after-user-without-chown'],
  bad: `FROM node:22-alpine
WORKDIR /srv/shop
USER node
COPY --chown=node server.js ./
# want: root-owned-copy at "COPY" says "not to node"
COPY uploads ./uploads
CMD ["node", "server.js"]
`,
  good: `FROM node:22-alpine
WORKDIR /srv/shop
USER node
COPY --chown=node server.js ./
COPY --chown=node uploads ./uploads
CMD ["node", "server.js"]
`,
  *check(build) {
    for (const { span, step, user, unlike } of rootOwnedCopies(build)) {
      const found = finding({ span }, `the files belong to root, not to ${user}`).and(
        step.before.user,
        'from here on that user runs commands',
      );
      yield unlike === undefined ? found.rated({ preset: 'all' }) : found.and(unlike, 'these are given to that user');
    }
  },
});
