import { fixedArchitectures } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'hardcoded-architecture',
  says: 'one program is for a single architecture in an image for several',
  because: 'Built for another platform, the image has a program that does not start there: exec format error.',
  instead: 'Choose the file by TARGETARCH, as the other downloads of the stage do.',
  category: 'correctness',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM debian:12-slim
ARG TARGETARCH
# want: hardcoded-architecture says "amd64"
ADD --chmod=755 https://example.com/v1.2.0/tool-linux-amd64 /usr/local/bin/tool
RUN curl -fsSLo /usr/local/bin/jq "https://example.com/jq-1.7/jq-linux-\${TARGETARCH}"
USER 1000
CMD ["tool"]
`,
  good: `FROM debian:12-slim
ARG TARGETARCH
ADD --chmod=755 https://example.com/v1.2.0/tool-linux-\${TARGETARCH} /usr/local/bin/tool
RUN curl -fsSLo /usr/local/bin/jq "https://example.com/jq-1.7/jq-linux-\${TARGETARCH}"
USER 1000
CMD ["tool"]
`,
  *check(build) {
    for (const { fetch, architecture, asks } of fixedArchitectures(build))
      yield finding(fetch, `${architecture} is written out here`).and(
        asks,
        'this one is for the platform that is built',
      );
  },
});
