import { credentialLeaks } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'secret-mount-defeated',
  says: 'a mounted secret is written into a layer of the image',
  because: 'The mount keeps the secret out of the image, and the copy of it puts it back for everybody who can pull.',
  instead: 'Let the program read the mount: give it a target of its own, or delete the copy in the same RUN.',
  category: 'security',
  severity: 'error',
  confidence: 'likely',
  since: '0.1.0',
  bad: `FROM node:22-alpine
WORKDIR /srv/shop
COPY package*.json ./
# want: secret-mount-defeated says "/root/.npmrc"
RUN --mount=type=secret,id=npmrc cp /run/secrets/npmrc /root/.npmrc && npm ci --omit=dev
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
    for (const { target, change, where, kind, log, trail } of credentialLeaks(build)) {
      if (kind !== 'mount' || log === 'too') continue;
      const place = where === 'rootfs' ? 'ends in the image' : 'stays in this layer of the image';
      const what = log === 'only' ? `${change.path}, where npm logs this command,` : `${change.path}, a copy of it,`;
      let found = finding(change.step, `${what} ${place}`);
      for (const [at, message] of trail) found = found.and(at, message);
      found = found.and(target.from, 'this stage is the image that ships');
      yield log === 'only' ? found.rated({ severity: 'info', confidence: 'possible' }) : found;
    }
  },
});
