import { type EchoedSecret, echoedSecrets } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

const outcomes: Readonly<Record<EchoedSecret['kind'], (name: string) => string>> = {
  told: (name) => `this prints ${name}`,
  listed: (name) => `this prints all variables, ${name} among them`,
  traced: (name) => `set -x prints this command with the value of ${name}`,
};

export default defineRule({
  id: 'secret-echoed',
  says: 'a secret is printed into the log of the build',
  because: 'Logs of CI are kept, and read by more people than may know the secret; BuildKit masks nothing in them.',
  instead: 'Leave the output out, or print whether it is set: ${TOKEN:+set}; switch set -x off around it.',
  category: 'security',
  severity: 'warning',
  confidence: 'likely',
  since: '0.1.0',
  bad: `# syntax=docker/dockerfile:1
FROM node:22-alpine
WORKDIR /srv/shop
COPY package.json package-lock.json ./
# want: secret-echoed at "/run/secrets/npmrc" says "prints"
RUN --mount=type=secret,id=npmrc cat /run/secrets/npmrc
RUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci --omit=dev && npm cache clean --force
USER node
CMD ["node", "server.js"]
`,
  good: `# syntax=docker/dockerfile:1
FROM node:22-alpine
WORKDIR /srv/shop
COPY package.json package-lock.json ./
RUN --mount=type=secret,id=npmrc test -s /run/secrets/npmrc
RUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci --omit=dev && npm cache clean --force
USER node
CMD ["node", "server.js"]
`,
  *check(build) {
    for (const secret of echoedSecrets(build)) {
      let found = finding(secret, outcomes[secret.kind](secret.name));
      if (secret.tracer !== undefined) found = found.and(secret.tracer, 'this switches it on');
      yield secret.origin === undefined ? found : found.and(secret.origin, 'the secret comes in here');
    }
  },
});
