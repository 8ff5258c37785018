import { repeatedLabels } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'label-set-twice',
  says: 'a label is set again further down in its stage',
  because: 'An image has one value for each key: what stands here reaches no registry and no scanner.',
  instead: 'Keep the one that is meant; give the other a key of its own.',
  category: 'correctness',
  severity: 'warning',
  confidence: 'certain',
  since: '0.1.0',
  replaces: ['tally/labels/no-duplicate-keys'],
  bad: `FROM node:22-alpine
# want: label-set-twice at "com.example.team" says "line 4"
LABEL com.example.team=shop
LABEL com.example.team=payments
USER node
`,
  good: `FROM node:22-alpine
LABEL com.example.team=shop
LABEL com.example.on-call=payments
USER node
`,
  *check(build) {
    for (const { span, key, by, same } of repeatedLabels(build)) {
      const found = finding({ span }, `line ${by.span.line} sets ${key} again${same ? ', to the same value' : ''}`);
      yield same ? found.rated({ severity: 'info' }) : found.and(by, 'this value counts');
    }
  },
});
