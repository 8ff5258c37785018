import { ignoredSources, stageSource } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'ignored-file-copied',
  says: 'COPY names a file that .dockerignore keeps out',
  because: 'The file does not reach the builder: the build stops because it is not found.',
  instead: 'Take the pattern out of .dockerignore, or bring the path back below it: !path.',
  category: 'correctness',
  severity: 'error',
  confidence: 'likely',
  since: '0.1.0',
  replaces: ['buildkit/CopyIgnoredFile'],
  bad: `FROM node:22-alpine
WORKDIR /srv/shop
COPY package*.json ./
RUN npm ci --omit=dev && npm cache clean --force
# want: ignored-file-copied at "dist" says ".dockerignore"
COPY dist ./dist
USER node
CMD ["node", "dist/server.js"]
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
    '.dockerignore': 'dist\n',
    'dist/server.js': '',
    'package.json': '{"name":"shop"}',
    'package-lock.json': '{}',
    'src/server.js': '',
  },
  *check(build) {
    const all = [...ignoredSources(build)];
    const lost = all.flatMap(({ built }) => built ?? []);
    for (const { word, path, ignoreFile, built } of all) {
      const stops = `${ignoreFile} keeps ${path} out of the build, which stops here`;
      if (built === undefined) yield finding(word, stops);
      else
        yield finding(word, `${stops}: --from=${built.stage.name?.raw ?? built.stage.index} is missing`)
          .and(built.made, 'made here, and nothing takes it')
          .advising(
            `Say which stage it comes from: COPY --from=${built.stage.name?.raw ?? built.stage.index} ${built.path}.`,
          )
          .mendedBy(stageSource(build, built, lost));
    }
  },
});
