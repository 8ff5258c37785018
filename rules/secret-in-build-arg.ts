import { secretExposures } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'secret-in-build-arg',
  says: 'a secret comes in by ARG or ENV',
  because:
    'Values of ARG stand in the history of the image and those of ENV in its config, for everybody who can pull it.',
  instead: 'Use a secret mount: RUN --mount=type=secret,id=npm_token,env=NPM_TOKEN npm ci.',
  category: 'security',
  severity: 'error',
  confidence: 'likely',
  since: '0.1.0',
  replaces: ['buildkit/SecretsUsedInArgOrEnv'],
  bad: `FROM node:22-alpine
WORKDIR /srv/shop
# want: secret-in-build-arg at "NPM_TOKEN" says "history"
ARG NPM_TOKEN
COPY package*.json ./
RUN npm config set //registry.example.com/:_authToken=$NPM_TOKEN && npm ci --omit=dev && rm /root/.npmrc
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
    for (const { secret, ends, target, use } of secretExposures(build)) {
      if (
        secret.alsoMounted ||
        (secret.via === 'ARG' && ends === 'build' && use === undefined && secret.value === 'none')
      )
        continue;
      const place = { config: 'the config of the image', history: 'the history of the image', build: 'build records' }[
        ends
      ];
      const dummy = secret.value === 'placeholder';
      const unused = secret.via === 'ARG' && use === undefined && secret.value === 'none';
      const what = dummy ? `${secret.name} has a placeholder value` : `the value of ${secret.name} ends in ${place}`;
      let found = finding(secret, ends === 'build' && !dummy ? `${what}, not in the image` : what);
      if (use !== undefined) found = found.and(use, 'used here');
      if (target !== undefined) found = found.and(target.from, 'this stage is the image that ships');
      const written = secret.value === 'literal' && ends === 'build';
      if (written) found = found.rated({ severity: 'warning' });
      yield (ends === 'build' && !written) || dummy || unused ? found.rated({ severity: 'info' }) : found;
    }
  },
});
