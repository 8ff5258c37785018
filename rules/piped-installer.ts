import { pipedInstallers } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'piped-installer',
  says: 'a script runs as it comes from the network',
  because:
    'Whatever the server sends on the day of the build runs in it: nobody has read it, nothing checks it, and another day it is another script.',
  instead:
    'Install a release by its version, checked by a checksum that stands in the Dockerfile; or copy the tool from its image.',
  category: 'security',
  severity: 'warning',
  confidence: 'certain',
  since: '0.1.0',
  bad: `FROM debian:12-slim
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
# want: piped-installer at "https://get.example.com/tool.sh" says "get.example.com"
RUN curl -fsSL https://get.example.com/tool.sh | bash -s -- --dir /usr/local/bin
USER 1000
CMD ["tool"]
`,
  good: `FROM debian:12-slim
ADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d --chmod=755 \\
  https://example.com/download/v1.4.2/tool /usr/local/bin/tool
USER 1000
CMD ["tool"]
`,
  *check(build) {
    for (const { fetch, runner, pinned } of pipedInstallers(build)) {
      const { host } = fetch.address;
      const whose = pinned
        ? `${runner.name} runs what ${host} sends, and nothing checks it`
        : `${runner.name} runs whatever ${host} sends that day, and nothing checks it`;
      yield pinned ? finding(fetch, whose).rated({ severity: 'info' }) : finding(fetch, whose);
    }
  },
});
