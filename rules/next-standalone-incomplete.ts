import { standaloneApps } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'next-standalone-incomplete',
  says: 'a Next.js standalone server ships without all that its pages need',
  because: 'The server starts, and answers 404 for every script, style sheet and picture.',
  instead: 'Copy .next/static and public beside the server, and set output: "standalone" in the configuration.',
  category: 'correctness',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22-alpine AS build
WORKDIR /srv/shop
COPY package*.json ./
RUN npm ci
COPY . .
RUN npm run build

FROM node:22-alpine
WORKDIR /srv/shop
# want: next-standalone-incomplete at "/srv/shop/.next/standalone" says ".next/static"
COPY --from=build /srv/shop/.next/standalone ./
USER node
CMD ["node", "server.js"]
`,
  good: `FROM node:22-alpine AS build
WORKDIR /srv/shop
COPY package*.json ./
RUN npm ci
COPY . .
RUN npm run build

FROM node:22-alpine
WORKDIR /srv/shop
COPY --from=build /srv/shop/.next/standalone ./
COPY --from=build /srv/shop/.next/static ./.next/static
COPY --from=build /srv/shop/public ./public
USER node
CMD ["node", "server.js"]
`,
  *check(build) {
    for (const { target, word, missing, misplaced, settings, config } of standaloneApps(build)) {
      if (config !== undefined)
        yield finding(word, `${config.path} does not set output: 'standalone', so this folder is not made`)
          .and(config, 'the configuration comes in here')
          .rated({ severity: 'error' });
      if (missing.length > 0)
        yield finding(word, `${missing.join(' and ')} ${missing.length === 1 ? 'does' : 'do'} not come along`).and(
          target.from,
          'this stage is the image that ships',
        );
      for (const part of misplaced)
        yield finding(part, `the server looks for this in ${part.wanted}, not in ${part.to}`).and(
          word,
          'the server comes in here',
        );
      if (settings === undefined) continue;
      const copied = `next build has put a copy of ${settings.file.path} in here`;
      yield finding(word, settings.secret ? `${copied}, with the secret in it` : copied)
        .and(settings.file, 'the settings come in here')
        .rated({ severity: settings.secret ? 'warning' : 'info' });
    }
  },
});
