import { shippedBuildSettings } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'build-only-env-shipped',
  says: 'the image keeps a variable that only its build reads',
  because:
    'Each process of the container inherits it: who runs apt there is asked nothing, and a heap may outgrow its limit.',
  instead:
    'Set it for the one command (RUN DEBIAN_FRONTEND=noninteractive apt-get …), as ARG, or in the stage that builds.',
  category: 'correctness',
  severity: 'info',
  confidence: 'likely',
  preset: 'strict',
  since: '0.1.0',
  bad: `FROM debian:12-slim
# want: build-only-env-shipped at "DEBIAN_FRONTEND=noninteractive" says "DEBIAN_FRONTEND"
ENV DEBIAN_FRONTEND=noninteractive
RUN apt-get update && apt-get install -y --no-install-recommends tzdata && rm -rf /var/lib/apt/lists/*
COPY prices /usr/local/bin/
USER 1000
CMD ["prices"]
`,
  good: `FROM debian:12-slim
ARG DEBIAN_FRONTEND=noninteractive
RUN apt-get update && apt-get install -y --no-install-recommends tzdata && rm -rf /var/lib/apt/lists/*
COPY prices /usr/local/bin/
USER 1000
CMD ["prices"]
`,
  *check(build) {
    for (const { target, name, value } of shippedBuildSettings(build))
      yield finding(value, `${name} is in the configuration of the image`).and(
        target.from,
        'this stage is the image that ships',
      );
  },
});
