import { unprotectedDownloads } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'unprotected-download',
  says: 'a program or key can be replaced on its way to the build',
  because: 'Anybody between the builder and the server may send something else: a proxy, a mirror, a hostile network.',
  instead:
    'Take it over https, with the certificate checked; or compare it with a checksum that stands in the Dockerfile.',
  category: 'security',
  severity: 'warning',
  confidence: 'certain',
  since: '0.1.0',
  bad: `FROM debian:12-slim
# want: unprotected-download at "http://www.example.com/tool-1.4.2.tar.gz" says "in clear"
RUN curl -fsSLo /opt/tool.tar.gz http://www.example.com/tool-1.4.2.tar.gz && tar xzf /opt/tool.tar.gz -C /opt
USER 1000
CMD ["/opt/tool/start"]
`,
  good: `FROM debian:12-slim
RUN curl -fsSLo /opt/tool.tar.gz https://www.example.com/tool-1.4.2.tar.gz \\
 && echo '24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d  /opt/tool.tar.gz' | sha256sum -c - \\
 && tar xzf /opt/tool.tar.gz -C /opt && rm /opt/tool.tar.gz
USER 1000
CMD ["/opt/tool/start"]
`,
  *check(build) {
    for (const { span, fetch, by } of unprotectedDownloads(build))
      yield by === 'clear'
        ? finding({ span }, `${fetch.address.host} sends it in clear, and nothing checks it`)
        : finding({ span }, `whoever answers for ${fetch.address.host} is believed, and nothing checks what is sent`);
  },
});
