import { unknownPackages } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

const titles = { alpine: 'Alpine', debian: 'Debian', ubuntu: 'Ubuntu' };

export default defineRule({
  id: 'unknown-distro-package',
  says: 'the distribution has no package of this name',
  because: 'The package manager refuses the whole install, and the build stops.',
  instead: 'Ask for the name that this distribution gives it; every distribution has names of its own.',
  category: 'correctness',
  severity: 'error',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22-alpine AS build
WORKDIR /srv/shop
# want: unknown-distro-package at "build-essential" says "it is build-base there"
RUN apk add --no-cache build-essential
COPY prices.c ./
RUN gcc -o prices prices.c

FROM node:22-alpine
COPY --from=build /srv/shop/prices /usr/local/bin/prices
USER node
CMD ["prices"]
`,
  good: `FROM node:22-alpine AS build
WORKDIR /srv/shop
RUN apk add --no-cache build-base
COPY prices.c ./
RUN gcc -o prices prices.c

FROM node:22-alpine
COPY --from=build /srv/shop/prices /usr/local/bin/prices
USER node
CMD ["prices"]
`,
  *check(build) {
    for (const unknown of unknownPackages(build)) {
      const { name, distribution, better, dropped, base } = unknown;
      const missing = dropped
        ? `this release of ${titles[distribution]} has no ${name} any more`
        : `${titles[distribution]} has no ${name}`;
      const hint = better === undefined ? '' : dropped ? `: take ${better}` : `: it is ${better} there`;
      yield finding(unknown, missing + hint).and(base, 'the image that it is installed in');
    }
  },
});
