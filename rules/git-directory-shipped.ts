import { originOf, purposeOf, shippedRepositories } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'git-directory-shipped',
  says: 'the repository itself, .git, ends in the image',
  because: 'Whoever can pull the image reads the whole history, with every secret that was ever committed.',
  instead: 'Put .git into .dockerignore, or delete it in the RUN that clones.',
  category: 'security',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22-alpine
WORKDIR /srv/shop
COPY package*.json ./
RUN npm ci --omit=dev && npm cache clean --force
# want: git-directory-shipped at "COPY . ." says "/srv/shop/.git"
COPY . .
USER node
CMD ["node", "server.js"]
`,
  good: `FROM node:22-alpine
WORKDIR /srv/shop
COPY package*.json ./
RUN npm ci --omit=dev && npm cache clean --force
COPY src ./src
USER node
CMD ["node", "src/server.js"]
`,
  files: {
    '.dockerignore': '**/node_modules\n',
    '.git/HEAD': 'ref: refs/heads/main',
    'package-lock.json': '{}',
    'package.json': '{"name":"shop"}',
    'src/server.js': '',
  },
  *check(build) {
    for (const { target, path, change, where, cloned } of shippedRepositories(build)) {
      const origin = originOf(change);
      let found = finding(
        change.step,
        where === 'rootfs' ? `${path} ends in the image` : `${path} stays in this layer, though it is deleted later`,
      );
      if (origin !== change) found = found.and(origin, 'the repository comes in here');
      found = found.and(target.from, 'this stage is the image that ships');
      yield purposeOf(target, build.path) === 'runtime' && !cloned ? found : found.rated({ severity: 'info' });
    }
  },
});
