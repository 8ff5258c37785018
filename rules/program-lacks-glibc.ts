import { foreignPrograms } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'program-lacks-glibc',
  says: 'a program that loads glibc ships in an image without it',
  because: 'The container ends at once with "no such file or directory", though the program is there.',
  instead:
    'Link it statically (CGO_ENABLED=0, --target=x86_64-unknown-linux-musl), compile on Alpine, or ship on Debian or distroless/cc.',
  category: 'correctness',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM golang:1.26 AS build
WORKDIR /srv/tides
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN go build -o /bin/tides ./cmd/tides

FROM alpine:3.24
# want: program-lacks-glibc at "/bin/tides" says "musl"
COPY --from=build /bin/tides /usr/local/bin/tides
USER 1000
CMD ["tides"]
`,
  good: `FROM golang:1.26 AS build
WORKDIR /srv/tides
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -o /bin/tides ./cmd/tides

FROM alpine:3.24
COPY --from=build /bin/tides /usr/local/bin/tides
USER 1000
CMD ["tides"]
`,
  *check(build) {
    for (const { at, path, program, made, builtOn, runsOn, needs, has } of foreignPrograms(build)) {
      if (needs !== 'glibc') continue;
      const library = has === 'no libgcc' ? 'libgcc_s' : 'glibc';
      const lacks = has === 'none' ? 'no C library' : has === 'no libgcc' ? 'glibc alone' : has;
      yield finding(at, `${path} loads ${library} when it starts, the image has ${lacks}`)
        .and(made, program.because)
        .and(builtOn.from, 'it is built on this image')
        .and(runsOn.from, 'the image that ships');
    }
  },
});
