import { backgroundStarts } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'start-in-background',
  says: 'the container starts a server in the background and ends',
  because: 'A container lives as long as the command that it starts; what that leaves behind is stopped with it.',
  instead: 'Start the server so that it stays in the foreground: nginx -g "daemon off;", pm2-runtime, cron -f.',
  category: 'correctness',
  severity: 'error',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:24-alpine
WORKDIR /srv/tides
RUN npm install --global pm2@6.0.13 && npm cache clean --force
COPY package.json package-lock.json ./
RUN npm ci --omit=dev && npm cache clean --force
COPY src src
USER node
# want: start-in-background says "pm2 leaves its work to a process in the background"
CMD ["pm2", "start", "src/server.js"]
`,
  good: `FROM node:24-alpine
WORKDIR /srv/tides
RUN npm install --global pm2@6.0.13 && npm cache clean --force
COPY package.json package-lock.json ./
RUN npm ci --omit=dev && npm cache clean --force
COPY src src
USER node
CMD ["pm2-runtime", "start", "src/server.js"]
`,
  *check(build) {
    for (const { span, target, program, stays, by } of backgroundStarts(build)) {
      const what =
        by === '&'
          ? `& leaves ${program} in the background, and the shell ends`
          : `${program} leaves its work to a process in the background, and ends`;
      const found = finding({ span }, what).and(target.from, 'this is the image that ships');
      if (by === '&') {
        yield found.advising('Take the & away from the last command, or end with wait.');
        continue;
      }
      yield stays === undefined ? found : found.advising(`What stays in the foreground: ${stays}.`);
    }
  },
});
