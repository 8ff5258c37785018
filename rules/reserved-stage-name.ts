import { defineRule, finding } from '../src/rule.ts';

/** BuildKit has a meaning of its own for these names. */
const reserved = new Map([
  ['scratch', 'FROM scratch is the empty image, and not this stage'],
  ['context', 'context is the name of the build context'],
]);

export default defineRule({
  id: 'reserved-stage-name',
  says: 'a stage has a name that means something else to BuildKit',
  because: 'A reference to the name does not reach the stage.',
  instead: 'Give the stage another name.',
  category: 'correctness',
  severity: 'warning',
  confidence: 'certain',
  since: '0.1.0',
  replaces: ['hadolint/DL3063', 'buildkit/ReservedStageName'],
  bad: `# want: reserved-stage-name at "scratch" says "the empty image"
FROM alpine:3.22 AS scratch
RUN adduser -D shop

FROM scratch
USER shop
`,
  good: `FROM alpine:3.22 AS accounts
RUN adduser -D shop

FROM accounts
USER shop
`,
  *check(build) {
    for (const { name, id } of build.stages) {
      const meaning = reserved.get(id);
      if (name !== undefined && meaning !== undefined) yield finding(name, meaning);
    }
  },
});
