import { foreignPrograms } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'program-lacks-glibc',
  says: 'a program that loads glibc ships in an image without it',
  because: 'The container ends at once with "no such file or directory", though the program is there.',
  instead:
    'Make it for that C library (CGO_ENABLED=0, --target x86_64-unknown-linux-musl, -r linux-musl-x64, jlink on Alpine), or ship on Debian.',
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
    for (const { at, path, program, made, builtOn, runsOn, has } of foreignPrograms(build)) {
      const { language, named } = program;
      const lacks = has === 'none' ? 'no C library' : has;
      const found = finding(at, `${path} loads glibc when it starts, the image has ${lacks}`);
      const shown =
        named === true
          ? found.and(made, 'this asks for a program that loads glibc')
          : found
              .and(made, `${language} keeps to the C library of the image here`)
              .and(builtOn.from, 'glibc comes from here');
      yield shown.and(runsOn.from, 'the image that ships');
    }
  },
});
