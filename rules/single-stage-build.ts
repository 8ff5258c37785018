import { multiStage, singleStageBuilds } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'single-stage-build',
  says: 'the image that ships is the one that builds',
  because:
    'Sources, compilers and whatever the build has downloaded ship with the program: often ten times what it needs to run.',
  instead: 'Build in a stage of its own, and COPY --from it only what runs into a final stage on a small base image.',
  category: 'size',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM golang:1.26
WORKDIR /src
COPY . .
# want: single-stage-build at "go build -o /usr/local/bin/prices ./cmd/prices" says "golang:1.26"
RUN go build -o /usr/local/bin/prices ./cmd/prices
USER 1000
CMD ["prices"]
`,
  good: `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /prices ./cmd/prices

FROM gcr.io/distroless/static-debian13:nonroot
COPY --from=build /prices /prices
CMD ["/prices"]
`,
  *check(build) {
    const fix = multiStage(build);
    let isTold = false;
    for (const { target, command, kit, tree } of singleStageBuilds(build)) {
      const stays = kit === undefined ? `${tree} stays whole` : `${kit} stays with the sources`;
      const found = finding(command, `built in the image that ships: ${stays}`).and(
        target.from,
        'this stage is the image that ships',
      );
      isTold = true;
      const rated = kit === undefined ? found.rated({ severity: 'info' }) : found;
      yield rated.mendedBy(fix);
    }
    const [stage] = build.stages;
    if (!isTold && fix !== undefined && stage !== undefined)
      yield finding(stage.from, 'installed in the image that ships: what only the install needs stays')
        .rated({ severity: 'info' })
        .mendedBy(fix);
  },
});
