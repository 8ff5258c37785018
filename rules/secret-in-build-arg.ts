import { mountedSecret, passedSecret, secretExposures, triggeredSecrets } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

const places = {
  config: 'the config of the image',
  history: 'the history of the image',
  provenance: 'the provenance attached to the image',
  public: 'build records, and in the provenance of the image where the repository is public',
  build: 'build records, not in the image',
};

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
  replaces: ['buildkit/SecretsUsedInArgOrEnv', 'hadolint/DL3064'],
  bad: `FROM node:22-alpine
WORKDIR /srv/shop
# want: secret-in-build-arg at "NPM_TOKEN" says "history"
ARG NPM_TOKEN
COPY package*.json ./
RUN npm config set //registry.example.com/:_authToken=$NPM_TOKEN && npm ci --omit=dev && rm /root/.npmrc
`,
  good: `FROM node:22-alpine
WORKDIR /srv/shop
COPY package*.json ./
RUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci --omit=dev && npm cache clean --force
USER node
`,
  *check(build) {
    for (const { secret, ends, target, use } of secretExposures(build)) {
      const { name, value } = secret;
      const passed = passedSecret(build, secret);
      const unused = secret.via === 'ARG' && use === undefined && value === 'none' && passed === undefined;
      if (secret.alsoMounted || (unused && ends === 'build')) continue;
      const attested = ends === 'build' && passed?.attested === 'yes';
      const dummy = value === 'placeholder';
      const what = passed === undefined ? name : `${name}, which ${passed.file} passes,`;
      const where = ends !== 'build' ? ends : attested ? 'provenance' : passed?.attested === 'public' ? 'public' : ends;
      const text = dummy ? `${name} has a placeholder value` : `the value of ${what} ends in ${places[where]}`;
      let found = finding(secret, text);
      if (passed) found = found.and(passed.argument.at, 'passed here');
      if (use !== undefined) found = found.and(use, 'used here');
      if (target !== undefined) found = found.and(target.from, 'this stage is the image that ships');
      found = found.mendedBy(mountedSecret(build, secret));
      const mild = dummy || unused || (ends === 'build' && !attested && value !== 'literal');
      if (dummy && ends === 'build') found = found.rated({ preset: 'strict' });
      yield found.rated({ severity: mild ? 'info' : ends === 'build' ? 'warning' : 'error' });
    }
    for (const { span, name, value } of triggeredSecrets(build)) {
      const severity = value === 'placeholder' ? 'info' : 'warning';
      yield finding({ span }, `ONBUILD puts ${name} into the images built upon this one`).rated({ severity });
    }
  },
});
