import { missingFiles } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'command-on-missing-file',
  says: 'a command works on a file that does not come into the stage',
  because: 'The build stops there, or goes on with nothing; it may pass where the file lies about by chance.',
  instead: 'Copy the file before, correct its path, or write rm -f for one that only some builds have.',
  category: 'correctness',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22-alpine
WORKDIR /srv/shop
COPY . .
# want: command-on-missing-file at "config.local.json" says ".dockerignore"
RUN rm config.local.json
USER node
CMD ["node", "server.js"]
`,
  good: `FROM node:22-alpine
WORKDIR /srv/shop
COPY . .
USER node
CMD ["node", "server.js"]
`,
  files: {
    '.dockerignore': 'config.local.json\nnode_modules\n.git\n.env\n',
    'config.local.json': '{}',
    'server.js': 'process.exit(0);',
  },
  *check(build) {
    const { ignoreFile = 'the ignore file' } = build.context;
    for (const missing of missingFiles(build)) {
      const reason = {
        ignored: `${ignoreFile} keeps it out`,
        context: 'the context does not have it',
        later: 'it comes in only after this',
        stage: missing.meant === undefined ? 'nothing has put it there' : `${missing.meant} is there`,
      }[missing.why];
      const found = finding(missing, `no ${missing.path} for ${missing.command.name}: ${reason}`);
      const brings = missing.why === 'later' ? 'it comes in here' : 'the folder comes from here';
      yield missing.broughtBy === undefined ? found : found.and(missing.broughtBy, brings);
    }
  },
});
