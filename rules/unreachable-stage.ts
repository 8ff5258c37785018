import { unreachableStages } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'unreachable-stage',
  says: 'a stage that goes into no image that is built',
  because: 'What it sets up, labels or a user for instance, is in no image: readers of the file believe it is.',
  instead: 'Start the stage that ships FROM it, copy from it, or take it out.',
  category: 'correctness',
  severity: 'info',
  confidence: 'possible',
  since: '0.1.0',
  replaces: ['tally/no-unreachable-stages'],
  bad: `# want: unreachable-stage at "FROM node:22-alpine AS base" says "stage base"
FROM node:22-alpine AS base
LABEL org.opencontainers.image.source="https://github.com/harbour/tides"

FROM node:22-alpine AS runner
WORKDIR /app
COPY server.js .
USER node
CMD ["node", "server.js"]
`,
  good: `FROM node:22-alpine AS base
LABEL org.opencontainers.image.source="https://github.com/harbour/tides"

FROM base AS runner
WORKDIR /app
COPY server.js .
USER node
CMD ["node", "server.js"]
`,
  *check(build) {
    for (const { stage, looksLike, built } of unreachableStages(build)) {
      const why =
        looksLike === 'step' ? 'no other stage uses it' : 'nothing is copied into it, and no other stage uses it';
      let found = finding(stage, `stage ${stage.id} is left out: ${why}`);
      if (built === 'elsewhere') found = found.rated({ severity: 'warning', confidence: 'likely' });
      for (const [target, reason] of build.shipsBecause)
        found = found.and(reason.because === 'evidence' ? reason.at : target, `stage ${target.id} ships`);
      yield found;
    }
  },
});
