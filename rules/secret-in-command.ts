import { literalSecrets } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'secret-in-command',
  says: 'a secret is written out in the Dockerfile',
  because: 'Whoever can read the repository has it, and the history of the image shows it to whoever can pull.',
  instead: 'Take it back where it was issued, and give the new one as a secret mount.',
  category: 'security',
  severity: 'error',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22-alpine
WORKDIR /srv/shop
COPY package*.json ./
# want: secret-in-command says "password in a URL"
RUN npm install --omit=dev git+https://build:w4nder1ng-h3ron@git.shop.net/shop/prices.git
USER node
CMD ["node", "server.js"]
`,
  good: `FROM node:22-alpine
WORKDIR /srv/shop
COPY package*.json ./
RUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci --omit=dev && npm cache clean --force
USER node
CMD ["node", "server.js"]
`,
  *check(build) {
    for (const secret of literalSecrets(build)) {
      const { kind, target, knownBy } = secret;
      const article = /^[AEIOU]/.test(kind) ? 'an' : 'a';
      const what = knownBy === 'shape' ? `this is ${article} ${kind}` : `this is the ${kind}`;
      if (target === undefined) {
        yield finding(secret, what).rated({ severity: knownBy === 'shape' ? 'error' : 'info' });
        continue;
      }
      const found = finding(secret, `${what}, and the image shows it`).and(target.from, 'this image shows it');
      yield knownBy === 'shape' ? found : found.rated({ severity: 'info', confidence: 'possible' });
    }
  },
});
