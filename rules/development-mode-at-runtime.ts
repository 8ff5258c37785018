import { developmentStarts, developmentVariables } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'development-mode-at-runtime',
  says: 'the image that ships runs in development mode',
  because:
    'Frameworks then show stack traces to visitors, cache nothing, compile on request and watch files: slow, large and open.',
  instead: 'Set the variable to production, and start the built program with its own command.',
  category: 'security',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22-alpine
# want: development-mode-at-runtime at "NODE_ENV=development" says "NODE_ENV"
ENV NODE_ENV=development
WORKDIR /srv/shop
COPY server.js ./
USER node
CMD ["node", "server.js"]
`,
  good: `FROM node:22-alpine
ENV NODE_ENV=production
WORKDIR /srv/shop
COPY server.js ./
USER node
CMD ["node", "server.js"]
`,
  *check(build) {
    for (const { name, value, fixed, nearly, start } of developmentVariables(build)) {
      const hint = nearly === undefined ? '' : `, which no program takes for ${nearly}`;
      const found = finding(value, `containers start with ${name}=${value.text ?? ''}${hint}`).and(
        start,
        'this starts with it',
      );
      yield fixed ? found : found.rated({ severity: 'info', confidence: 'possible' });
    }
    for (const { command, script, meant, built } of developmentStarts(build)) {
      const words = command.words.join(' ');
      yield finding(
        command,
        script === undefined ? `${words} is a development server` : `${words} runs ${script}, a development server`,
      ).and(meant, built ? 'this builds what it does not serve' : 'this says that it is for production');
    }
  },
});
