import { firstTakes, meetsInstall, purposeOf, targetOver } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'dockerignore-gap',
  says: '.dockerignore lets through what does not belong in an image',
  because:
    'A copied directory brings the history of the repository, local settings, keys or packages of the host along.',
  instead: 'Add it to .dockerignore; a pattern takes nested folders too when it starts with **/.',
  category: 'security',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22-alpine
WORKDIR /srv/shop
COPY package*.json ./
RUN npm ci --omit=dev && npm cache clean --force
# want: dockerignore-gap at "COPY . ." says ".env"
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
    '.env': 'DATABASE_URL=postgres://db',
    'package.json': '{"name":"shop"}',
    'package-lock.json': '{}',
    'src/server.js': '',
  },
  *check(build) {
    const { ignoreFile } = build.context;
    if (ignoreFile === undefined) return;
    for (const { take, fresh } of firstTakes(build)) {
      const { step } = take;
      const target = targetOver(build, step.stage);
      const seen = fresh.filter(({ certainty }) => certainty === 'seen');
      const named = seen.length > 0 ? seen : fresh;
      const paths = named.slice(0, 4).map(({ path }) => path);
      const more = named.length > 4 ? ` and ${named.length - 4} more` : '';
      const root = named.find(({ meant }) => meant === 'in-root')?.path.replace(/^.*\//, '');
      const back = named.some(({ meant }) => meant === 'taken-back') ? '; a pattern with ! takes it back in' : '';
      const why = root === undefined ? back : `; it keeps out ${root} in the root`;
      const found = finding(step, `${ignoreFile} does not keep out ${paths.join(', ')}${more}${why}`);
      const meets = named.some((each) => each.meant !== undefined && meetsInstall(take, each));
      const mild = (seen.length === 0 && !meets) || target === undefined || purposeOf(target, build.path) !== 'runtime';
      yield mild ? found.rated({ severity: 'info' }) : found;
    }
  },
});
