import { directoryTakes, ignoreFile, projectTaken, purposeOf, targetOver } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'missing-dockerignore',
  says: 'a project is copied whole and there is no .dockerignore',
  because: 'What lies about on the machine that builds gets in: its node_modules, .git, .env files, keys.',
  instead: 'Write a .dockerignore with at least **/node_modules, .git and .env*.',
  category: 'security',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22-alpine
WORKDIR /srv/shop
COPY package*.json ./
RUN npm ci --omit=dev && npm cache clean --force
# want: missing-dockerignore at "COPY . ." says "no .dockerignore"
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
    'package.json': '{"name":"shop"}',
    'package-lock.json': '{}',
    'src/server.js': '',
    '.env': 'DATABASE_URL=postgres://db',
  },
  *check(build) {
    if (build.context.ignoreFile !== undefined) return;
    for (const take of directoryTakes(build)) {
      const { step, path, stowaways } = take;
      const target = targetOver(build, step.stage);
      const taken = projectTaken(take);
      if (path !== '' && taken === undefined) continue;
      const copied = path === '' ? 'the whole context is copied' : `${path} is copied whole ${taken} its install`;
      const seen = stowaways.filter(({ certainty }) => certainty === 'seen').map((each) => each.path);
      const { fromDockerfile } = build.context;
      const root =
        fromDockerfile === undefined || fromDockerfile === '.' ? '' : ` in ${fromDockerfile}, the context root`;
      const what = seen.length === 0 ? '' : `: ${seen.slice(0, 4).join(', ')} ${seen.length === 1 ? 'gets' : 'get'} in`;
      const found = finding(step, `${copied} and there is no .dockerignore${root}${what}`);
      const mild =
        path !== '' || seen.length === 0 || target === undefined || purposeOf(target, build.path) !== 'runtime';
      yield (mild ? found.rated({ severity: 'info' }) : found).mendedBy(ignoreFile(build));
      return;
    }
  },
});
