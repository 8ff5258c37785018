import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'stage-name-in-capitals',
  says: 'the name of a stage has capitals',
  because: 'BuildKit keeps the name in lower case, prints it so, and FROM does not find it as it is written here.',
  instead: 'Write the name in lower case, and its references, too.',
  category: 'style',
  severity: 'info',
  confidence: 'certain',
  preset: 'strict',
  since: '0.1.0',
  replaces: ['buildkit/StageNameCasing'],
  bad: `# want: stage-name-in-capitals at "Build" says "build"
FROM golang:1.26 AS Build
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
    for (const { name } of build.stages)
      if (name !== undefined && name.raw !== name.raw.toLowerCase())
        yield finding(name, `${name.raw} is ${name.raw.toLowerCase()} to BuildKit`).mendedBy({
          says: `Write ${name.raw.toLowerCase()}`,
          safety: 'safe',
          edits: [{ at: name.span, text: name.raw.toLowerCase() }],
        });
  },
});
