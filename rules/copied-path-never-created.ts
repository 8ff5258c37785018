import { neverCreated, otherOutputs } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'copied-path-never-created',
  says: 'a path is taken from a stage that never makes it',
  because: 'The build stops because the path is not found.',
  instead: 'Take the path from where the stage works, absolute: COPY --from=build /srv/shop/dist ./dist.',
  category: 'correctness',
  severity: 'error',
  confidence: 'likely',
  since: '0.1.0',
  replaces: ['tally/copy-from-empty-scratch-stage'],
  bad: `FROM node:22-alpine AS build
WORKDIR /srv/shop
COPY . .
RUN npm run build

FROM nginxinc/nginx-unprivileged:1.30
# want: copied-path-never-created at "/app/dist" says "stage build has no /app"
COPY --from=build /app/dist /usr/share/nginx/html
`,
  good: `FROM node:22-alpine AS build
WORKDIR /srv/shop
COPY . .
RUN npm run build

FROM nginxinc/nginx-unprivileged:1.30
COPY --from=build /srv/shop/dist /usr/share/nginx/html
`,
  *check(build) {
    for (const { word, stage, directory, worksIn } of neverCreated(build)) {
      const where = worksIn === undefined ? 'nothing there makes it' : `it works in ${worksIn}`;
      yield finding(word, `stage ${stage.id} has no ${directory}: ${where}`).and(stage, `stage ${stage.id}`);
    }
    for (const { word, stage, asked, writes, command } of otherOutputs(build))
      yield finding(word, `stage ${stage.id} builds into target/${writes}, not into target/${asked}`)
        .and(command, 'this builds it')
        .rated({ severity: 'warning' });
  },
});
