import { lingeringScripts } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'start-script-without-exec',
  says: 'the start script stays in front of the program that it starts',
  because:
    'Its shell is process 1 and hands no signal on: docker stop waits ten seconds and kills, with requests and writes under way.',
  instead: 'Start the program with exec in the last line of the script: it takes the place of the shell.',
  category: 'correctness',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22-slim
WORKDIR /srv/shop
COPY server.js ./
COPY <<EOF /usr/local/bin/start.sh
#!/bin/sh
echo starting
node server.js
EOF
USER node
# want: start-script-without-exec says "node server.js"
CMD ["sh", "/usr/local/bin/start.sh"]
`,
  good: `FROM node:22-slim
WORKDIR /srv/shop
COPY server.js ./
COPY <<EOF /usr/local/bin/start.sh
#!/bin/sh
echo starting
exec node server.js
EOF
USER node
CMD ["sh", "/usr/local/bin/start.sh"]
`,
  *check(build) {
    for (const found of lingeringScripts(build)) {
      const { script, call, target } = found;
      yield finding(found, `${script} stays process 1 in front of ${call}: SIGTERM does not reach the program`)
        .and(target.from, 'this stage is the image that ships')
        .advising(`End the script with exec ${call}.`);
    }
  },
});
