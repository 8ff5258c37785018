import { asJson, type BrokenForm, brokenArrays } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'broken-json-array',
  says: 'arguments are meant as a JSON array and are none',
  because:
    'BuildKit takes them for plain text without a word: a shell or COPY gets the brackets, the quotes and the commas.',
  instead: 'Write strings in double quotes with commas between them: CMD ["node", "server.js"].',
  category: 'correctness',
  severity: 'error',
  confidence: 'certain',
  since: '0.1.0',
  replaces: ['tally/invalid-json-form', 'hadolint/DL3025', 'buildkit/JSONArgsRecommended'],
  bad: `FROM node:22-alpine
WORKDIR /srv/shop
COPY server.js ./
USER node
# want: broken-json-array at "\\"server.js\\"" says "no comma"
CMD ["node" "server.js"]
`,
  good: `FROM node:22-alpine
WORKDIR /srv/shop
COPY server.js ./
USER node
CMD ["node", "server.js"]
`,
  *check(build) {
    for (const broken of brokenArrays(build)) {
      const found = finding(broken, `${faults[broken.fault](broken.text)}: ${outcomeOf(broken)}`).mendedBy(
        asJson(build, broken),
      );
      if (broken.keyword === 'CMD' || broken.keyword === 'ENTRYPOINT') yield found;
      else
        yield broken.keyword === 'HEALTHCHECK'
          ? found.answering('tally/invalid-json-form', 'hadolint/DL3025')
          : found.answering('tally/invalid-json-form');
    }
  },
});

const faults: Readonly<Record<BrokenForm['fault'], (text: string) => string>> = {
  'single-quotes': (text) => `JSON has no single quotes, as round ${text}`,
  'curly-quotes': (text) => `the quotes of ${text} are typographic`,
  'no-quotes': (text) => `${text} stands without quotes`,
  'no-comma': (text) => `no comma stands before ${text}`,
  'last-comma': () => 'a comma stands behind the last string',
  'no-bracket': () => 'the bracket is not closed',
  'open-string': () => 'a string is not closed',
  backslash: (text) => `JSON does not know the backslash in ${text}, which has to be doubled`,
  'more-behind': () => 'more stands behind the closing bracket',
};

function outcomeOf({ keyword }: BrokenForm): string {
  if (keyword === 'COPY' || keyword === 'ADD') return 'the words are taken for names of files, brackets and all';
  if (keyword === 'VOLUME') return 'the words are taken for paths, brackets and all';
  return 'a shell gets this, brackets and all';
}
