import { instructionsApart, shellTails } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'shell-operator-outside-run',
  says: 'an operator of the shell stands where no shell reads it',
  because:
    'Only RUN, CMD and ENTRYPOINT are read by a shell: elsewhere && and || are file names, or a part of the value.',
  instead:
    'Write an instruction for each; a file that may be missing is named with a star: COPY package.json .npmrc* ./.',
  category: 'correctness',
  severity: 'error',
  confidence: 'certain',
  since: '0.1.0',
  bad: `FROM node:22-alpine
WORKDIR /srv/shop
# want: shell-operator-outside-run at "&&" says "sources of COPY"
COPY server.js ./ && COPY public ./public
USER node
CMD ["node", "server.js"]
`,
  good: `FROM node:22-alpine
WORKDIR /srv/shop
COPY server.js ./
COPY public ./public
USER node
CMD ["node", "server.js"]
`,
  *check(build) {
    for (const tail of shellTails(build)) {
      const { keyword } = tail.step.instruction;
      const becomes =
        tail.becomes === 'sources'
          ? `the words from here on are sources of ${keyword}, the last is the destination`
          : `this is a part of what ${keyword} sets`;
      yield finding(tail, `no shell reads ${keyword}: ${becomes}`).mendedBy(instructionsApart(build, tail));
    }
  },
});
