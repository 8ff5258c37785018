import { missingPackageScripts } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'missing-package-script',
  says: 'a script is called that package.json does not have',
  because:
    'The package manager stops: the build at once, every container at its start, or each question for its health.',
  instead: 'Call a script that package.json has, or add it there.',
  category: 'correctness',
  severity: 'error',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:24-alpine
WORKDIR /srv/shop
COPY package.json package-lock.json ./
RUN npm ci --omit=dev && npm cache clean --force
COPY src src
USER node
# want: missing-package-script says "/srv/shop/package.json has no script serve"
CMD ["npm", "run", "serve"]
`,
  good: `FROM node:24-alpine
WORKDIR /srv/shop
COPY package.json package-lock.json ./
RUN npm ci --omit=dev && npm cache clean --force
COPY src src
USER node
CMD ["node", "src/server.js"]
`,
  files: {
    '.dockerignore': 'node_modules\n.git\n.env\n',
    'package.json': '{"name": "shop", "scripts": {"start": "node src/server.js"}}',
    'package-lock.json': '{"lockfileVersion": 3, "packages": {"": {"name": "shop"}}}',
    'src/server.js': 'process.exit(0);',
  },
  *check(build) {
    for (const missing of missingPackageScripts(build)) {
      const { manifest, script, near, broughtBy, calledBy } = missing;
      const called = calledBy === undefined ? '' : `, which script ${calledBy} calls`;
      const found = finding(missing, `${manifest} has no script ${script}${called}`).and(broughtBy, 'it comes in here');
      yield near === undefined ? found : found.advising(`${near} is there: call that, or add ${script}.`);
    }
  },
});
