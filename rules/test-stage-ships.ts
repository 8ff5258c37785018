import { passedOver } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'test-stage-ships',
  says: 'the default build ends in a stage for tests or development',
  because: 'docker build without --target makes the last stage: tools and test code get deployed by accident.',
  instead: 'Put the stage that runs in production last, and name the others with --target.',
  category: 'correctness',
  severity: 'info',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22-alpine AS runner
WORKDIR /app
COPY server.js .
USER node
CMD ["node", "server.js"]

# want: test-stage-ships at "FROM node:22-alpine AS test" says "--target runner"
FROM node:22-alpine AS test
WORKDIR /app
COPY server.js server.test.js ./
USER node
CMD ["node", "--test"]
`,
  good: `FROM node:22-alpine AS test
WORKDIR /app
COPY server.js server.test.js ./
USER node
CMD ["node", "--test"]

FROM node:22-alpine AS runner
WORKDIR /app
COPY server.js .
USER node
CMD ["node", "server.js"]
`,
  *check(build) {
    const found = passedOver(build);
    if (found === undefined) return;
    const { made, purpose, production } = found;
    const { id } = production;
    yield finding(made, `docker build makes ${made.id} (${purpose}): ${id} needs --target ${id}`).and(
      production,
      `stage ${id} is passed over`,
    );
  },
});
