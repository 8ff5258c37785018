import { lostScriptOptions, optionsHandedOn } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'script-options-lost',
  says: 'npm keeps an option that is meant for a script',
  because: 'npm reads options up to -- as its own, those that it does not know, too: the script runs without them.',
  instead: 'Write -- in front of what the script is to get: npm run build -- --mode staging.',
  category: 'correctness',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22-alpine AS build
WORKDIR /srv/shop
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
# want: script-options-lost at "--configuration=production" says "the script build"
RUN npm run build --configuration=production

FROM nginxinc/nginx-unprivileged:1.30
COPY --from=build /srv/shop/dist /usr/share/nginx/html
`,
  good: `FROM node:22-alpine AS build
WORKDIR /srv/shop
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build -- --configuration=production

FROM nginxinc/nginx-unprivileged:1.30
COPY --from=build /srv/shop/dist /usr/share/nginx/html
`,
  *check(build) {
    for (const lost of lostScriptOptions(build)) {
      const { script, options } = lost;
      yield finding(lost, `npm keeps ${options.join(', ')} for itself: the script ${script} does not get it`).mendedBy(
        optionsHandedOn(build, lost),
      );
    }
  },
});
