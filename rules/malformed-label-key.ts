import { malformedLabelKeys } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

const faults = {
  reserved: 'is in a namespace that Docker keeps for itself',
  empty: 'is empty',
  capitals: 'has capital letters, and keys of labels differ by case',
  start: 'does not begin with a lower-case letter',
  end: 'does not end with a lower-case letter or a digit',
  characters: 'has characters other than letters, digits, dot, dash, underscore and slash',
  repeated: 'has two dots or dashes in a row',
};

export default defineRule({
  id: 'malformed-label-key',
  says: 'the key of a label is not spelled as keys of labels are',
  because: 'Registries, scanners and filters look labels up by exact key, and some refuse keys of another form.',
  instead: 'Write it in lower case with dots and dashes, below a domain of yours: com.example.shop.team.',
  category: 'style',
  severity: 'info',
  confidence: 'certain',
  since: '0.1.0',
  preset: 'strict',
  replaces: ['hadolint/DL3048'],
  bad: `FROM node:22-alpine
# want: malformed-label-key at "Team" says "capital letters"
LABEL Team=shop
USER node
`,
  good: `FROM node:22-alpine
LABEL com.example.team=shop
USER node
`,
  *check(build) {
    for (const { span, key, fault } of malformedLabelKeys(build))
      yield finding({ span }, `${key === '' ? 'this key' : key} ${faults[fault]}`);
  },
});
