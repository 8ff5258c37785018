import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'duplicate-stage-name',
  says: 'two stages share a name',
  because: 'What refers to the name reaches the last stage before it, and --target one of them only.',
  instead: 'Give each stage a name of its own; capitals make no difference.',
  category: 'correctness',
  severity: 'error',
  confidence: 'certain',
  since: '0.1.0',
  replaces: ['hadolint/DL3024', 'buildkit/DuplicateStageName'],
  bad: `FROM node:22-alpine AS build
RUN npm ci

# want: duplicate-stage-name at "build" says "build"
FROM golang:1.26 AS build
RUN CGO_ENABLED=0 go build -o /shop ./cmd/shop

FROM scratch
COPY --from=build /shop /shop
`,
  good: `FROM node:22-alpine AS web
RUN npm ci

FROM golang:1.26 AS build
RUN CGO_ENABLED=0 go build -o /shop ./cmd/shop

FROM scratch
COPY --from=build /shop /shop
`,
  *check(build) {
    const named = new Map<string, (typeof build.stages)[number]>();
    for (const stage of build.stages) {
      if (stage.name === undefined) continue;
      const first = named.get(stage.id);
      if (first === undefined) named.set(stage.id, stage);
      else
        yield finding(stage.name, `stage ${first.index} is called ${stage.id}, too`).and(
          first.name ?? first,
          'the name is given here first',
        );
    }
  },
});
