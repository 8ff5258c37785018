import { defineRule, finding } from '../src/rule.ts';

type Casing = 'capitals' | 'small letters' | 'mixed';

const casingOf = (word: string): Casing =>
  word === word.toUpperCase() ? 'capitals' : word === word.toLowerCase() ? 'small letters' : 'mixed';

export default defineRule({
  id: 'as-casing',
  says: 'AS is not written in the letters that FROM is written in',
  because: 'The two are one instruction, and the name after AS is harder to find.',
  instead: 'Write both in capitals: FROM node:22 AS build.',
  category: 'style',
  severity: 'info',
  confidence: 'certain',
  preset: 'strict',
  since: '0.1.0',
  replaces: ['buildkit/FromAsCasing'],
  bad: `# want: as-casing at "as" says "FROM is in capitals"
FROM golang:1.26 as build
RUN CGO_ENABLED=0 go build -o /shop ./cmd/shop

FROM scratch
COPY --from=build /shop /shop
`,
  good: `FROM golang:1.26 AS build
RUN CGO_ENABLED=0 go build -o /shop ./cmd/shop

FROM scratch
COPY --from=build /shop /shop
`,
  *check(build) {
    for (const { from } of build.stages) {
      if (from.as === undefined) continue;
      const casing = casingOf(from.word);
      if (casing !== 'mixed' && casing !== casingOf(from.as.raw))
        yield finding(from.as, `${from.word} is in ${casing}, ${from.as.raw} is not`).mendedBy({
          says: `Write AS like ${from.word}`,
          safety: 'safe',
          edits: [{ at: from.as.span, text: from.word === from.word.toLowerCase() ? 'as' : 'AS' }],
        });
    }
  },
});
