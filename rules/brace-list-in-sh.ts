import { spelledOut, wholeBraces } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

const shells = { dash: 'dash', busybox: 'the shell of BusyBox' };

export default defineRule({
  id: 'brace-list-in-sh',
  says: 'a list in braces is a single word in this shell',
  because: 'mkdir makes one folder with braces in its name, cp finds no such file, and rm -f takes nothing away.',
  instead: 'Write the words out, or let bash read the RUN: SHELL ["/bin/bash", "-c"].',
  category: 'correctness',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:24-slim
# want: brace-list-in-sh at "/srv/shop/{logs,data}" says "dash takes this for one word"
RUN mkdir -p /srv/shop/{logs,data}
WORKDIR /srv/shop
COPY server.js ./
USER node
CMD ["node", "server.js"]
`,
  good: `FROM node:24-slim
RUN mkdir -p /srv/shop/logs /srv/shop/data
WORKDIR /srv/shop
COPY server.js ./
USER node
CMD ["node", "server.js"]
`,
  *check(build) {
    for (const brace of wholeBraces(build))
      yield finding(brace, `${shells[brace.shell]} takes this for one word, with its braces`).mendedBy(
        spelledOut(build, brace),
      );
  },
});
