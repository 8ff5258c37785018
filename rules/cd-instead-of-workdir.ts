import { directoryChanges, workdirForRun } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'cd-instead-of-workdir',
  says: 'cd changes the directory inside a RUN',
  because:
    'cd ends with its RUN: the next instruction is back in the WORKDIR, and readers have to follow paths by hand.',
  instead: 'Write WORKDIR before the instruction, or name the directory to the command (make -C, git -C, tar -C).',
  category: 'correctness',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  replaces: ['hadolint/DL3003'],
  bad: `FROM node:22-slim
# want: cd-instead-of-workdir at "cd /srv/shop" says "starts in / again"
RUN mkdir -p /srv/shop && cd /srv/shop
COPY server.js ./
USER node
CMD ["node", "server.js"]
`,
  good: `FROM node:22-slim
WORKDIR /srv/shop
COPY server.js ./
USER node
CMD ["node", "server.js"]
`,
  *check(build) {
    for (const change of directoryChanges(build)) {
      const { directory, workdir = 'the directory before', holdsFor } = change;
      if (holdsFor === 'nothing') yield finding(change, `the next instruction starts in ${workdir} again`);
      else
        yield finding(
          change,
          `${holdsFor} of this RUN is done in ${directory === '' ? 'the home directory' : directory}`,
        )
          .mendedBy(workdirForRun(build, change))
          .rated({ severity: 'info', preset: holdsFor === 'all' ? 'strict' : 'all' });
    }
  },
});
