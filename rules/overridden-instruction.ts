import { overriddenInstructions, withoutOverridden } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'overridden-instruction',
  says: 'another instruction of the stage takes the place of this one',
  because: 'An image has one CMD, one ENTRYPOINT and one HEALTHCHECK: what stands here has no effect.',
  instead: 'Keep the one that is meant; give what differs a stage of its own.',
  category: 'correctness',
  severity: 'warning',
  confidence: 'certain',
  since: '0.1.0',
  replaces: ['hadolint/DL3012', 'hadolint/DL4003', 'hadolint/DL4004', 'buildkit/MultipleInstructionsDisallowed'],
  bad: `FROM node:22-alpine
WORKDIR /srv/shop
COPY dist ./dist
USER node
# want: overridden-instruction at "CMD" says "line 7"
CMD ["node", "dist/migrate.js"]
CMD ["node", "dist/server.js"]
`,
  good: `FROM node:22-alpine
WORKDIR /srv/shop
COPY dist ./dist
USER node
CMD ["node", "dist/server.js"]
`,
  *check(build) {
    for (const overridden of overriddenInstructions(build)) {
      const { step, by, keyword } = overridden;
      yield finding({ span: step.instruction.keywordSpan }, `the ${keyword} in line ${by.span.line} takes its place`)
        .and(by, 'this one counts')
        .mendedBy(withoutOverridden(build, overridden))
        .answering(codes[keyword], 'buildkit/MultipleInstructionsDisallowed');
    }
  },
});

const codes = {
  CMD: 'hadolint/DL4003',
  ENTRYPOINT: 'hadolint/DL4004',
  HEALTHCHECK: 'hadolint/DL3012',
} as const;
