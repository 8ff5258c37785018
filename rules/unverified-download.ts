import { unverifiedDownloads } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'unverified-download',
  says: 'nothing checks what a download brings',
  because:
    'Whoever gets hold of the account or the server puts another program under the same address: the build takes it, and ships it.',
  instead: 'Give its checksum: ADD --checksum=sha256:…, or sha256sum -c with a sum that stands in the Dockerfile.',
  category: 'security',
  severity: 'info',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM debian:12-slim
# want: unverified-download at "https://example.com/download/v1.4.2/tool.tar.gz" says "example.com"
ADD https://example.com/download/v1.4.2/tool.tar.gz /opt/
USER 1000
CMD ["cat", "/etc/os-release"]
`,
  good: `FROM debian:12-slim
ADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d \\
  https://example.com/download/v1.4.2/tool.tar.gz /opt/
USER 1000
CMD ["cat", "/etc/os-release"]
`,
  *check(build) {
    for (const { fetch, used, anyDay } of unverifiedDownloads(build)) {
      const found = finding(fetch, `no checksum or signature holds for what ${fetch.address.host} sends`);
      const shown = used === undefined ? found : found.and(used, `${used.name} takes it as it is`);
      yield anyDay ? shown.rated({ severity: 'warning' }) : shown;
    }
  },
});
