import { developmentTrees, discardedTrees, productionInstall, shipName, unlinkedTrees } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'dev-dependencies-shipped',
  says: 'the image holds development dependencies',
  because: 'Compilers, test runners and their vulnerabilities ship to production; the image is often twice as large.',
  instead:
    'Install for production only (npm ci --omit=dev, composer install --no-dev) in the stage that ships, or prune before the tree is copied.',
  category: 'size',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  replaces: ['tally/php/composer-no-dev-in-production', 'tally/ruby/missing-bundle-without-development'],
  bad: `FROM node:22-alpine
WORKDIR /srv/shop
COPY package*.json ./
# want: dev-dependencies-shipped at "RUN npm ci" says "/srv/shop/node_modules"
RUN npm ci
COPY . .
USER node
CMD ["node", "server.js"]
`,
  good: `FROM node:22-alpine
WORKDIR /srv/shop
COPY package*.json ./
RUN npm ci --omit=dev && npm cache clean --force
COPY . .
USER node
CMD ["node", "server.js"]
`,
  *check(build) {
    for (const tree of developmentTrees(build)) {
      const { target, path, change, command, hops, start, omitted, unseen, unlessBase, use, idle, mild } = tree;
      const which = unseen === undefined ? 'development packages' : `the development packages that ${unseen} may name`;
      const unless = unlessBase ? ', unless the base image sets NODE_ENV=production' : '';
      let found = finding(change.step, `${path} ships with ${which} to ${shipName(target)}${unless}`);
      found = found.and(
        command,
        unlessBase ? 'nothing leaves them out here' : 'installed here, development packages included',
      );
      if (idle !== undefined) found = found.and(idle, `npm knows no option ${idle.text}: --omit=dev leaves them out`);
      if (use !== undefined) found = found.and(use, `the build needs ${use.program} here, which is one of them`);
      for (const hop of hops) found = found.and(hop, `goes through stage ${hop.step.stage.id}`);
      found = found.and(target.from, 'this stage is the image that ships');
      if (start !== undefined) found = found.and(start, 'what the image starts may be one of them');
      if (omitted !== undefined) found = found.and(omitted, 'they are left out here: its manifest may have none');
      found = found.mendedBy(productionInstall(build, tree));
      yield mild ? found.rated({ severity: 'info' }) : found;
    }
    for (const { target, path, install, by } of unlinkedTrees(build))
      yield finding(by, `pnpm takes only the links of development packages away: they stay in ${path}/.pnpm`)
        .and(install.command, 'installed here, development packages included')
        .and(target.from, 'this stage is the image that ships')
        .rated({ severity: 'info', preset: 'strict' });
    for (const { target, path, change, tree, discardedBy, runtime } of discardedTrees(build)) {
      if (runtime)
        yield finding(change.step, `this layer keeps the development packages of ${path}`)
          .and(tree.install.command, 'installed here, development packages included')
          .and(discardedBy, 'taken out here, in a later layer only')
          .and(target.from, 'this stage is the image that ships')
          .rated({ severity: 'info' });
    }
  },
});
