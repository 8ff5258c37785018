import { type LockedCommand, lockedCommands } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

const makers: Readonly<Record<LockedCommand['by'], string>> = {
  heredoc: 'COPY writes a heredoc with mode 0644',
  address: 'ADD writes what it downloads with mode 0600',
  redirect: 'a file that is written like this has mode 0644',
  download: 'a file that is downloaded like this has mode 0644',
};

export default defineRule({
  id: 'non-executable-command',
  says: 'the image starts a file that may not be executed',
  because: 'The container stops at once: permission denied, for root as well.',
  instead: 'Give it the mode where it is made: COPY --chmod=755, ADD --chmod=755, or chmod +x in the same RUN.',
  category: 'correctness',
  severity: 'error',
  confidence: 'likely',
  since: '0.1.0',
  bad: `# syntax=docker/dockerfile:1
FROM node:22-alpine
WORKDIR /srv/shop
COPY server.js ./
COPY <<EOF /usr/local/bin/start
#!/bin/sh
exec node /srv/shop/server.js
EOF
USER node
# want: non-executable-command says "/usr/local/bin/start"
ENTRYPOINT ["/usr/local/bin/start"]
`,
  good: `# syntax=docker/dockerfile:1
FROM node:22-alpine
WORKDIR /srv/shop
COPY server.js ./
COPY --chmod=755 <<EOF /usr/local/bin/start
#!/bin/sh
exec node /srv/shop/server.js
EOF
USER node
ENTRYPOINT ["/usr/local/bin/start"]
`,
  *check(build) {
    for (const locked of lockedCommands(build))
      yield finding(locked, `${locked.path} has no permission to be executed`).and(locked.origin, makers[locked.by]);
  },
});
