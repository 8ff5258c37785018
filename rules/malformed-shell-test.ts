import { type FaultyTest, faultyTests } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

const outcomes: Readonly<Record<FaultyTest['kind'], (text: string) => string>> = {
  open: (text) =>
    text.endsWith(']') && text !== ']'
      ? `${text} is one word, no ] closes this: the test fails each time`
      : 'no ] closes this: the test fails each time',
  split: () => 'the && or || ends the test before its ]: it fails each time',
  joined: (text) => `${text} is taken for the name of a command, which does not exist: a blank is missing after [`,
  'one-word': (text) => `${text} is one word, which is never empty: the test is always true`,
  redirect: (text) => `this compares nothing: it opens a file named ${text}`,
  equals: () => '[ of dash, the sh of this image, knows no ==: the test fails each time',
  'double-bracket': () => 'dash, the sh of this image, knows no [[: the test fails each time',
};

export default defineRule({
  id: 'malformed-shell-test',
  says: 'a shell test comes out the same whatever it asks',
  because: 'The shell reports an error and goes on as if the answer were no, or finds a text that is never empty.',
  instead: 'Write [ "$NAME" = value ]: blanks inside both brackets and around =, or take bash with SHELL.',
  category: 'correctness',
  severity: 'warning',
  confidence: 'certain',
  since: '0.1.0',
  bad: `FROM node:22-slim
WORKDIR /srv/shop
COPY . .
ARG PREVIEW=no
# want: malformed-shell-test at "==" says "knows no =="
RUN if [ "$PREVIEW" == yes ]; then npm run build:preview; else npm run build; fi
USER node
CMD ["node", "server.js"]
`,
  good: `FROM node:22-slim
WORKDIR /srv/shop
COPY . .
ARG PREVIEW=no
RUN if [ "$PREVIEW" = yes ]; then npm run build:preview; else npm run build; fi
USER node
CMD ["node", "server.js"]
`,
  *check(build) {
    for (const test of faultyTests(build)) yield finding(test, outcomes[test.kind](test.text));
  },
});
