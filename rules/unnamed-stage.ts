import { misnamedStages, stageNaming } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'unnamed-stage',
  says: 'a stage that others use, or could use, has no name',
  because: 'A number shifts when a stage is inserted above it, and then the wrong files are copied without a word.',
  instead: 'Name the stage with AS and use the name: FROM node:22 AS build, COPY --from=build.',
  category: 'correctness',
  severity: 'warning',
  confidence: 'certain',
  since: '0.1.0',
  replaces: ['hadolint/DL3022', 'hadolint/DL3023'],
  bad: `# want: unnamed-stage at "FROM node:22" says "by its number"
FROM node:22
WORKDIR /site
COPY . .
RUN npm run build

FROM nginxinc/nginx-unprivileged:1.30
COPY --from=0 /site/dist /usr/share/nginx/html
`,
  good: `FROM node:22 AS build
WORKDIR /site
COPY . .
RUN npm run build

FROM nginxinc/nginx-unprivileged:1.30
COPY --from=build /site/dist /usr/share/nginx/html
`,
  *check(build) {
    const meant = new Set([...misnamedStages(build)].map((reference) => reference.meant));
    for (const stage of build.stages) {
      if (stage.name !== undefined || stage.final) continue;
      const uses = build.edges.filter((edge) => edge.from === stage);
      const idle = uses.length === 0 && !stage.reachable && !meant.has(stage);
      const how = uses.length > 0 ? 'is referred to by its number' : 'can be referred to by its number only';
      const text = `stage ${stage.index} has no name and ${how}${idle ? ': nothing of it ends in the image' : ''}`;
      let found = finding(stage, text);
      for (const use of uses) found = found.and(use, `refers to stage ${stage.index} here`);
      yield (idle ? found : found.mendedBy(stageNaming(build, stage))).answering();
    }
    for (const { number, stage, reason, span, via } of build.danglingReferences) {
      const why = { itself: 'is this stage itself', later: 'comes later', absent: 'does not exist' }[reason];
      const found = finding({ span }, `stage ${number} ${why}, the build stops here`)
        .rated({ severity: 'error' })
        .and(stage, `this is stage ${stage.index}`);
      const code = reason === 'itself' ? 'hadolint/DL3023' : 'hadolint/DL3022';
      yield via === 'copy' ? found.answering(code) : found.answering();
    }
  },
});
