import { lostSources, stageSource } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'copy-lacks-from',
  says: 'COPY looks in the build context for a path of another stage',
  because: 'The build stops because the context has no such path, or copies an outdated folder of the same name.',
  instead: 'Say which stage the files come from: COPY --from=builder /app/dist ./dist.',
  category: 'correctness',
  severity: 'error',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22-alpine AS builder
WORKDIR /srv/shop
COPY . .
RUN npm run build

FROM nginxinc/nginx-unprivileged:1.30
# want: copy-lacks-from at "/srv/shop/dist" says "--from=builder"
COPY /srv/shop/dist /usr/share/nginx/html
`,
  good: `FROM node:22-alpine AS builder
WORKDIR /srv/shop
COPY . .
RUN npm run build

FROM nginxinc/nginx-unprivileged:1.30
COPY --from=builder /srv/shop/dist /usr/share/nginx/html
`,
  *check(build) {
    const all = [...lostSources(build)];
    for (const lost of all) {
      const { word, stage, made, path, lacks } = lost;
      const where = lacks === undefined ? `${word.raw} is a path of stage ${stage.id}` : outputs[lacks](word.raw, path);
      const found = finding(word, `${where}: --from=${stage.name?.raw ?? stage.index} is missing`)
        .and(made, 'made here')
        .mendedBy(stageSource(build, lost, all));
      yield lacks === 'ignored-by-git' ? found.rated({ severity: 'warning' }) : found;
    }
  },
});

const outputs = {
  absent: (name: string, path: string) =>
    `the context has no ${name}, and nothing takes ${path} of the stage that builds it`,
  'ignored-by-git': (name: string, path: string) =>
    `git ignores ${name}, so a clean checkout has none, and nothing takes ${path} of the stage that builds it`,
};
