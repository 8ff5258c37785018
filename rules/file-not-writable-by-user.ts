import { unwritableFiles } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'file-not-writable-by-user',
  says: 'a RUN writes into a directory that only root may write to',
  because:
    'The command fails with a permission error, and the build with it; --chown on COPY does not help the directory.',
  instead: 'Give the directory to the user first, with RUN chown or by a WORKDIR that follows USER.',
  category: 'correctness',
  severity: 'error',
  confidence: 'certain',
  since: '0.1.0',
  bad: `FROM node:22-alpine
WORKDIR /app
COPY --chown=node:node package.json package-lock.json ./
USER node
# want: file-not-writable-by-user at "npm ci --omit=dev" says "/app"
RUN npm ci --omit=dev && npm cache clean --force
COPY src src
CMD ["node", "src/server.js"]
`,
  good: `FROM node:22-alpine
USER node
WORKDIR /app
COPY --chown=node:node package.json package-lock.json ./
RUN npm ci --omit=dev && npm cache clean --force
COPY src src
CMD ["node", "src/server.js"]
`,
  *check(build) {
    for (const { command, path, directory, madeBy, user } of unwritableFiles(build))
      yield finding(command, `${user.name ?? 'this user'} cannot make ${path}: ${directory} belongs to root`)
        .and(madeBy, `root makes ${directory} here`)
        .and(user, `from here on ${user.name ?? 'another user'} runs the commands`);
  },
});
