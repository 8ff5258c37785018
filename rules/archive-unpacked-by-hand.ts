import { unpackedArchives } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'archive-unpacked-by-hand',
  says: 'COPY brings an archive in packed, and a RUN unpacks it',
  because: 'The layer of COPY keeps the archive beside the files out of it, also where a later RUN removes it.',
  instead: 'ADD unpacks a tar archive of the context as it brings it in; or give it to RUN by --mount=type=bind.',
  category: 'size',
  severity: 'info',
  confidence: 'likely',
  preset: 'strict',
  since: '0.1.0',
  replaces: ['hadolint/DL3010'],
  bad: `FROM debian:12-slim
# want: archive-unpacked-by-hand at "mirror.tar.gz" says "/tmp/mirror.tar.gz"
COPY mirror.tar.gz /tmp/
RUN tar -xzf /tmp/mirror.tar.gz -C /srv && rm /tmp/mirror.tar.gz
USER 1000
CMD ["/srv/mirror"]
`,
  good: `FROM debian:12-slim
ADD mirror.tar.gz /srv/
USER 1000
CMD ["/srv/mirror"]
`,
  *check(build) {
    for (const { at, path, command, ships } of unpackedArchives(build)) {
      const found = finding(at, `${path} stays in the layer beside what tar unpacks from it`).and(
        command,
        'unpacked here, whole, as ADD would do it',
      );
      yield ships ? found : found.rated({ preset: 'all' });
    }
  },
});
