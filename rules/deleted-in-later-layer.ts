import { discardedFiles } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'deleted-in-later-layer',
  says: 'an instruction deletes what an earlier layer of the image holds',
  because:
    'The layer that brought it stays as it is: the image is no smaller, and whoever pulls it can read what was deleted.',
  instead:
    'Delete in the RUN that makes it, keep it out with .dockerignore or COPY --exclude, or build in a stage of its own.',
  category: 'size',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM debian:12-slim
RUN apt-get update \\
 && apt-get install -y --no-install-recommends gnupg \\
 && rm -rf /var/lib/apt/lists/*
COPY release.asc prices /usr/local/bin/
# want: deleted-in-later-layer at "apt-get purge -y gnupg" says "gnupg"
RUN gpg --import /usr/local/bin/release.asc && apt-get purge -y gnupg
USER 1000
CMD ["prices"]
`,
  good: `FROM debian:12-slim
COPY release.asc prices /usr/local/bin/
RUN apt-get update \\
 && apt-get install -y --no-install-recommends gnupg \\
 && gpg --import /usr/local/bin/release.asc \\
 && apt-get purge -y gnupg \\
 && rm -rf /var/lib/apt/lists/*
USER 1000
CMD ["prices"]
`,
  *check(build) {
    for (const { target, command, names, size, from, what } of discardedFiles(build)) {
      const named = names.slice(0, 3).join(', ');
      const listed = names.length > 3 ? `${named} and ${names.length - 3} more` : named;
      const message =
        what === 'part'
          ? `what is deleted below ${listed} stays in the layer that brings it`
          : `${listed} stay${names.length === 1 ? 's' : ''} in an earlier layer`;
      const found = finding(command, message)
        .and(from, what === 'packages' ? 'installed here' : 'it comes in here, in a layer of its own')
        .and(target.from, 'this stage is the image that ships');
      yield size === 'bulk' ? found : found.rated({ severity: 'info' });
    }
  },
});
