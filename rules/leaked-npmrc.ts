import { credentialLeaks, mountedFile, purposeOf } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'leaked-npmrc',
  says: 'package-manager configuration with a token ends in the image',
  because:
    'Whoever can pull the image reads the token; deleting the file in a later instruction does not take it out of its layer.',
  instead: 'Give the file to the install only: RUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci.',
  category: 'security',
  severity: 'error',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22-alpine
WORKDIR /srv/shop
# want: leaked-npmrc at "COPY .npmrc package*.json ./" says "/srv/shop/.npmrc"
COPY .npmrc package*.json ./
RUN npm ci --omit=dev && npm cache clean --force
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
    for (const leak of credentialLeaks(build)) {
      const { target, change, credential, where, kind, log, trail } = leak;
      if (kind !== 'package-manager' || log === 'too') continue;
      const known = credential.carries === 'yes' ? 'a credential' : 'what may be a credential';
      const what = log === 'only' ? `${change.path}, npm's log of this command` : `${change.path}, ${known}`;
      const place = where === 'rootfs' ? 'ends in the image' : 'stays in this layer of the image';
      let found = finding(change.step, `${what}, ${place}`);
      for (const [at, message] of trail) found = found.and(at, message);
      if (leak.again === undefined) found = found.mendedBy(mountedFile(build, leak));
      const possible = change.runs === 'sometimes' && credential.carries !== 'yes';
      if (purposeOf(target, build.path) === 'development' || possible) found = found.rated({ severity: 'warning' });
      yield log === 'only' ? found.rated({ severity: 'info', confidence: 'possible' }) : found;
    }
  },
});
