import { tooNewPrograms } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'glibc-newer-than-runtime',
  says: 'a program is linked with a newer glibc than the image has',
  because: 'The loader refuses it as soon as it needs a newer symbol: "version `GLIBC_2.34\' not found".',
  instead: 'Compile on the release that ships: rust:1.88-bullseye for debian:11, golang:1.24-bookworm for debian:12.',
  category: 'correctness',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM rust:1.88-bookworm AS build
WORKDIR /srv/tides
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry cargo build --release --locked

FROM debian:11-slim
# want: glibc-newer-than-runtime at "/srv/tides/target/release/tides" says "glibc 2.36"
COPY --from=build /srv/tides/target/release/tides /usr/local/bin/tides
USER www-data
CMD ["tides"]
`,
  good: `FROM rust:1.88-bookworm AS build
WORKDIR /srv/tides
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry cargo build --release --locked

FROM debian:12-slim
COPY --from=build /srv/tides/target/release/tides /usr/local/bin/tides
USER www-data
CMD ["tides"]
`,
  *check(build) {
    for (const { at, path, program, made, builtOn, runsOn, built, runs, certain } of tooNewPrograms(build)) {
      const found = finding(at, `${path} is linked with glibc 2.${built}, the image has 2.${runs}`)
        .and(made, program.because)
        .and(builtOn.from, `glibc 2.${built} comes from here`)
        .and(runsOn.from, `glibc 2.${runs} is in the image that ships`);
      yield certain ? found : found.rated({ severity: 'info', confidence: 'possible' });
    }
  },
});
