import { strayArguments } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'stray-command-argument',
  says: 'the interpreter runs a folder, and the file is only an argument',
  because: 'It starts as long as the folder has an index file, and runs that one: the file that is named runs never.',
  instead: 'Join the folder and the file with a slash: CMD ["node", "dist/index.js"].',
  category: 'correctness',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22-alpine
WORKDIR /srv/shop
COPY dist ./dist
USER node
# want: stray-command-argument at "\\"main.js\\"" says "dist/main.js"
CMD ["node", "dist", "main.js"]
`,
  good: `FROM node:22-alpine
WORKDIR /srv/shop
COPY dist ./dist
USER node
CMD ["node", "dist/main.js"]
`,
  *check(build) {
    for (const stray of strayArguments(build)) {
      const { interpreter, runs, argument, script } = stray;
      yield finding(stray, `${interpreter} runs ${runs} and hands it ${argument} as an argument: ${script} is meant`);
    }
  },
});
