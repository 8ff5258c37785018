import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'stage-referenced-by-number',
  says: 'a stage that has a name is referred to by its number',
  because: 'A number shifts when a stage is inserted above it, and then the wrong files are copied without a word.',
  instead: 'Use the name: COPY --from=build.',
  category: 'correctness',
  severity: 'warning',
  confidence: 'certain',
  since: '0.1.0',
  bad: `FROM node:22-alpine AS build
WORKDIR /site
COPY . .
RUN npm run build

FROM nginxinc/nginx-unprivileged:1.30
# want: stage-referenced-by-number at "0" says "stage build"
COPY --from=0 /site/dist /usr/share/nginx/html
`,
  good: `FROM node:22-alpine AS build
WORKDIR /site
COPY . .
RUN npm run build

FROM nginxinc/nginx-unprivileged:1.30
COPY --from=build /site/dist /usr/share/nginx/html
`,
  *check(build) {
    for (const { from, via, byNumber, span } of build.edges) {
      if (!byNumber || from.name === undefined) continue;
      const found =
        via === 'mount'
          ? finding({ span }, `a mount takes ${from.index} for an image: stage ${from.id} has to be called by its name`)
          : finding({ span }, `${from.index} is stage ${from.id}`);
      const edits = [{ at: span, text: from.name.raw }];
      yield found
        .rated(via === 'mount' ? { severity: 'error' } : {})
        .and(from, `stage ${from.id} gets its name here`)
        .mendedBy({ says: `Call it ${from.id}`, safety: 'safe', edits });
    }
  },
});
