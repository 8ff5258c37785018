import { archivedLists } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'archived-distribution',
  says: "packages are asked of mirrors that no longer have the base's release",
  because: 'The release has moved to an archive: the mirrors answer 404 for its lists, and the build stops there.',
  instead: 'Take the image on a release that is supported; packages of the archive get no security updates.',
  category: 'correctness',
  severity: 'error',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:14-buster-slim
# want: archived-distribution at "apt-get update" says "Debian 10 (buster)"
RUN apt-get update && apt-get install -y --no-install-recommends tini && rm -rf /var/lib/apt/lists/*
COPY server.js /srv/shop/
USER node
CMD ["tini", "node", "/srv/shop/server.js"]
`,
  good: `FROM node:24-trixie-slim
RUN apt-get update && apt-get install -y --no-install-recommends tini && rm -rf /var/lib/apt/lists/*
COPY server.js /srv/shop/
USER node
CMD ["tini", "node", "/srv/shop/server.js"]
`,
  *check(build) {
    for (const { command, archived, from } of archivedLists(build))
      yield finding(command, `${archived.release} has left the mirrors: the build stops here`).and(
        from,
        'the base image',
      );
  },
});
