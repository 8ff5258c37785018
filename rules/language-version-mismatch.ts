import { refusedLanguages, refusedRuntimes } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'language-version-mismatch',
  says: 'the project asks for another version of its language than is there',
  because:
    'Go, Cargo, Bundler and the compilers of .NET and Java stop the build, an older runtime ends at the first class.',
  instead: 'Take the image of the version that the project asks for, FROM golang:1.26, or ask for less.',
  category: 'correctness',
  severity: 'error',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM golang:1.22-alpine AS build
WORKDIR /src
COPY go.mod go.sum ./
# want: language-version-mismatch at "go mod download" says "go.mod asks for Go 1.24.0, the image has Go 1.22"
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -o /out/tides .

FROM scratch
COPY --from=build /out/tides /tides
USER 65532
ENTRYPOINT ["/tides"]
`,
  good: `FROM golang:1.24-alpine AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -o /out/tides .

FROM scratch
COPY --from=build /out/tides /tides
USER 65532
ENTRYPOINT ["/tides"]
`,
  files: {
    '.dockerignore': '.git\n.env*\n',
    'go.mod': 'module example.com/tides\n\ngo 1.24.0\n',
    'go.sum': '',
    'main.go': 'package main\n\nfunc main() {}\n',
  },
  *check(build) {
    for (const { root, command, demand, file, broughtBy, language, version } of refusedLanguages(build))
      yield finding(
        command,
        `${file.slice(file.lastIndexOf('/') + 1)} asks for ${demand.asks}, the image has ${language} ${version}`,
      )
        .and(root.from, `${language} ${version} comes from here`)
        .and(broughtBy, 'this brings the file that asks');
    for (const { root, target, demand, file, builtBy, broughtBy, language, version } of refusedRuntimes(build))
      yield finding(
        { span: root.from.image.span },
        `${file} asks for ${demand.asks}, no container of ${language} ${version} starts what is built from it`,
      )
        .and(builtBy, 'this builds it')
        .and(broughtBy, 'it comes in here')
        .and(target.from, 'this is the image that ships');
  },
});
