import { npmCommand, unknownNpmCommands } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'unknown-npm-command',
  says: 'npm is asked for a command that it does not have',
  because:
    'npm takes no script of package.json for a command: it stops, or, up to release 6, does nothing of what is meant.',
  instead: 'Call scripts with run: npm run build.',
  category: 'correctness',
  severity: 'error',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22-alpine
WORKDIR /srv/shop
COPY package.json package-lock.json ./
RUN npm ci --omit=dev && npm cache clean --force
COPY server.js ./
USER node
# want: unknown-npm-command at "\\"serve\\"" says "no command serve"
CMD ["npm", "serve"]
`,
  good: `FROM node:22-alpine
WORKDIR /srv/shop
COPY package.json package-lock.json ./
RUN npm ci --omit=dev && npm cache clean --force
COPY server.js ./
USER node
CMD ["node", "server.js"]
`,
  *check(build) {
    for (const unknown of unknownNpmCommands(build)) {
      const { word, near, isPackage } = unknown;
      const meant = near === undefined ? `npm run ${word} runs a script of that name` : `npm ${near} is meant`;
      const found = finding(
        unknown,
        isPackage ? `npm installs a package called ${word} here: ${meant}` : `npm has no command ${word}: ${meant}`,
      );
      yield isPackage ? found.rated({ severity: 'warning' }) : found.mendedBy(npmCommand(build, unknown));
    }
  },
});
