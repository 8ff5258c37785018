import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'empty-continuation',
  says: 'an empty line stands inside a continued instruction',
  because: 'BuildKit reads over it for now and will refuse it; an instruction after it can be swallowed unseen.',
  instead: 'Take the empty line out, or put a comment line in its place.',
  category: 'correctness',
  severity: 'warning',
  confidence: 'certain',
  since: '0.1.0',
  replaces: ['buildkit/NoEmptyContinuation'],
  bad: `FROM node:22-alpine
WORKDIR /srv/shop
COPY package.json package-lock.json ./
# want: empty-continuation at "RUN" says "line 6"
RUN npm ci --omit=dev && \\

    npm cache clean --force
USER node
CMD ["node", "server.js"]
`,
  good: `FROM node:22-alpine
WORKDIR /srv/shop
COPY package.json package-lock.json ./
RUN npm ci --omit=dev && \\
    npm cache clean --force
USER node
CMD ["node", "server.js"]
`,
  *check({ file }) {
    for (const { emptyLines, word, keywordSpan } of file.instructions) {
      const [first] = emptyLines;
      if (first !== undefined)
        yield finding({ span: keywordSpan }, `line ${first.span.line}, inside this ${word}, is empty`).and(
          first,
          'here',
        );
    }
  },
});
