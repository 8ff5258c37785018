import { leftArchives } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'archive-left-in-layer',
  says: 'the image keeps an archive or package file beside what came out of it',
  because: 'Nothing reads it any more, and every pull pays for it: often as much as for what it held.',
  instead: 'Download, unpack and delete it in one RUN, pipe it into tar, or show it to RUN by --mount=type=bind.',
  category: 'size',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM debian:12-slim
# want: archive-left-in-layer at "https://example.com/prices.tar.gz" says "/tmp/prices.tar.gz"
ADD https://example.com/prices.tar.gz /tmp/
RUN tar -xzf /tmp/prices.tar.gz -C /opt && rm /tmp/prices.tar.gz
USER 1000
CMD ["/opt/prices"]
`,
  good: `FROM debian:12-slim
ADD prices.tar.gz /opt/
USER 1000
CMD ["/opt/prices"]
`,
  *check(build) {
    for (const { target, path, from, unpackedBy, removedBy } of leftArchives(build)) {
      let found = finding(from, `${path} stays in the layer`).and(unpackedBy, 'unpacked or installed here');
      if (removedBy !== undefined) found = found.and(removedBy, 'deleted here, one layer too late');
      yield found.and(target.from, 'this stage is the image that ships');
    }
  },
});
