import { pouredPackages } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'packages-out-of-place',
  says: 'what is in node_modules lands beside the program, not node_modules',
  because:
    'Of a directory COPY takes what is in it, without its name: Node.js looks in node_modules, which is not there, and the program ends at its first import.',
  instead: 'Say the name at the destination, too: COPY --from=build /srv/shop/node_modules ./node_modules.',
  category: 'correctness',
  severity: 'error',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22-alpine AS dependencies
WORKDIR /srv/shop
COPY package*.json ./
RUN npm ci --omit=dev && npm cache clean --force

FROM node:22-alpine
WORKDIR /srv/shop
# want: packages-out-of-place at "/srv/shop/node_modules" says "/srv/shop"
COPY --from=dependencies /srv/shop/node_modules ./
COPY server.js ./
USER node
CMD ["node", "server.js"]
`,
  good: `FROM node:22-alpine AS dependencies
WORKDIR /srv/shop
COPY package*.json ./
RUN npm ci --omit=dev && npm cache clean --force

FROM node:22-alpine
WORKDIR /srv/shop
COPY --from=dependencies /srv/shop/node_modules ./node_modules
COPY server.js ./
USER node
CMD ["node", "server.js"]
`,
  *check(build) {
    for (const poured of pouredPackages(build)) {
      const { what, into, fix } = poured;
      // Corepack brings yarn as well, where no yarnPath names a release in it.
      const found =
        what === '.yarn'
          ? finding(poured, `what .yarn holds lands in ${into} itself, where yarn does not look for it`).rated({
              severity: 'warning',
            })
          : finding(poured, `the packages land in ${into} itself, where Node.js does not look for them`);
      yield found.mendedBy(fix);
    }
  },
});
