import { kindredChecksums } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'checksum-from-same-host',
  says: 'a checksum comes from the server of what it is of',
  because: 'It finds broken transfers only: whoever can change the file on that server changes its checksum as well.',
  instead: 'Write the checksum into the Dockerfile, or check a signature with a key from elsewhere.',
  category: 'security',
  severity: 'info',
  confidence: 'likely',
  preset: 'strict',
  since: '0.1.0',
  bad: `FROM debian:12-slim
# want: checksum-from-same-host at "https://example.com/v1.4.2/SHA256SUMS" says "example.com"
RUN curl -fsSLO https://example.com/v1.4.2/tool.tar.gz -O https://example.com/v1.4.2/SHA256SUMS \\
 && sha256sum -c --ignore-missing SHA256SUMS
USER 1000
CMD ["cat", "/etc/os-release"]
`,
  good: `FROM debian:12-slim
RUN curl -fsSLO https://example.com/v1.4.2/tool.tar.gz \\
 && echo '24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d  tool.tar.gz' | sha256sum -c -
USER 1000
CMD ["cat", "/etc/os-release"]
`,
  *check(build) {
    for (const { fetch, artefact } of kindredChecksums(build))
      yield finding(fetch, `${fetch.address.host} sends the file, too, and nothing signs the checksum`).and(
        artefact,
        'what it is of',
      );
  },
});
