import { shellLessRuns } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'run-without-shell',
  says: 'a RUN needs a shell that its stage does not have',
  because: 'The build stops: BuildKit finds no /bin/sh to run the line with.',
  instead: 'Do this in an earlier stage that has a shell, and copy what it makes.',
  category: 'correctness',
  severity: 'error',
  confidence: 'certain',
  since: '0.1.0',
  replaces: ['tally/shell-run-in-scratch'],
  bad: `FROM golang:1.26-alpine AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /shop ./cmd/shop

FROM scratch
COPY --from=build /shop /shop
# want: run-without-shell at "RUN" says "scratch"
RUN mkdir /data
USER 65532
ENTRYPOINT ["/shop"]
`,
  good: `FROM golang:1.26-alpine AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /shop ./cmd/shop && mkdir /data

FROM scratch
COPY --from=build /shop /shop
COPY --from=build --chown=65532:65532 /data /data
USER 65532
ENTRYPOINT ["/shop"]
`,
  *check(build) {
    for (const { span, root } of shellLessRuns(build)) {
      const image = root.base.kind === 'image' ? root.base.reference.familiar : 'scratch';
      yield finding({ span }, `${image} has no /bin/sh, and nothing has brought one`).and(root.from, 'the base');
    }
  },
});
