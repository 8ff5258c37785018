import { absentProbes } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'healthcheck-program-missing',
  says: 'HEALTHCHECK runs a program that the image does not have',
  because: 'Each check fails: the container is never healthy, what waits for it never starts, and Swarm replaces it.',
  instead: 'Ask with what the image has: HEALTHCHECK CMD ["node", "healthcheck.js"].',
  category: 'correctness',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22-slim
WORKDIR /srv/shop
COPY server.js ./
USER node
# want: healthcheck-program-missing says "curl is not in node:22-slim"
HEALTHCHECK CMD curl --fail http://localhost:3000/health || exit 1
CMD ["node", "server.js"]
`,
  good: `FROM node:22-alpine
WORKDIR /srv/shop
COPY server.js ./
USER node
HEALTHCHECK CMD wget -q --spider http://localhost:3000/health || exit 1
CMD ["node", "server.js"]
`,
  *check(build) {
    for (const { target, healthcheck, service, program, option, root, removedBy } of absentProbes(build)) {
      const base = root.from.image.text ?? root.from.image.raw;
      const at = service === undefined ? healthcheck : target.from;
      const told =
        program === 'shell'
          ? finding(at, `there is no /bin/sh in ${base}: without brackets the check is a line for it`)
          : option !== undefined
            ? finding(at, `wget is BusyBox in ${base}, and ends at ${option}`).advising(
                'Leave it out, or: apk add wget.',
              )
            : finding(at, `${program} is not in ${base}`);
      const found = service === undefined ? told : told.and(healthcheck, `service ${service} asks for its health so`);
      const whole = removedBy === undefined ? found : found.and(removedBy, `this takes ${program} out again`);
      const based = root === target ? whole : whole.and(root.from, 'this names the base');
      yield based.and(target.from, 'this is the image that ships');
    }
  },
});
