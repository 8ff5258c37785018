import { shipName, shippedBuildTools } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'build-tools-shipped',
  says: 'the image holds compilers or other tools of the build',
  because:
    'They are hundreds of megabytes to pull, bring vulnerabilities of their own, and serve whoever breaks in to build what they need.',
  instead:
    'Compile in a stage of its own and copy the result, or install and remove them in one RUN (apk add --virtual, apk del).',
  category: 'size',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22-alpine
WORKDIR /srv/shop
# want: build-tools-shipped at "apk add --no-cache python3 make g++" says "g++"
RUN apk add --no-cache python3 make g++
COPY package*.json ./
RUN npm ci --omit=dev && npm cache clean --force
COPY . .
USER node
CMD ["node", "server.js"]
`,
  good: `FROM node:22-alpine AS dependencies
WORKDIR /srv/shop
RUN apk add --no-cache python3 make g++
COPY package*.json ./
RUN npm ci --omit=dev && npm cache clean --force

FROM node:22-alpine
WORKDIR /srv/shop
COPY --from=dependencies /srv/shop/node_modules ./node_modules
COPY . .
USER node
CMD ["node", "server.js"]
`,
  *check(build) {
    for (const shipped of shippedBuildTools(build)) {
      const { target, installedBy, packages, kind, where, removedBy, usedBy, baseHasCompiler } = shipped;
      const names = packages.map(({ name }) => name);
      const listed =
        names.length > 5 ? `${names.slice(0, 4).join(', ')} and ${names.length - 4} more` : names.join(', ');
      const one = names.length === 1 ? 's' : '';
      const what =
        where === 'layer' ? `${listed} stay${one} in this layer` : `${listed} ship${one} to ${shipName(target)}`;
      let found = finding(installedBy, what);
      if (usedBy !== undefined) found = found.and(usedBy, 'needed here, if anywhere');
      if (removedBy !== undefined) found = found.and(removedBy, 'removed here, one layer too late');
      found = found.and(target.from, 'this stage is the image that ships');
      const mild = kind !== 'compiler' || where === 'layer' || baseHasCompiler;
      yield mild ? found.rated({ severity: 'info' }) : found;
    }
  },
});
