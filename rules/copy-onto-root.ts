import { meantByOverlay, rootOverlays } from '../src/model/index.ts';
import { defineRule, finding } from '../src/rule.ts';

export default defineRule({
  id: 'copy-onto-root',
  says: 'a whole file system is copied over another one',
  because: 'Programs, libraries and accounts of two images are mixed, and the layer holds both images in full.',
  instead: 'Copy the folders that are needed, or begin FROM that stage.',
  category: 'correctness',
  severity: 'warning',
  confidence: 'certain',
  since: '0.1.0',
  replaces: ['hadolint/DL3067'],
  bad: `FROM node:22-alpine AS build
WORKDIR /srv/shop
COPY . .
RUN npm ci && npm run build && npm prune --omit=dev

FROM node:22-alpine
# want: copy-onto-root at "/" says "build"
COPY --from=build / /
WORKDIR /srv/shop
USER node
CMD ["node", "dist/server.js"]
`,
  good: `FROM node:22-alpine AS build
WORKDIR /srv/shop
COPY package.json package-lock.json ./
RUN npm ci
COPY src ./src
RUN npm run build && npm prune --omit=dev

FROM node:22-alpine
WORKDIR /srv/shop
COPY --from=build /srv/shop/node_modules ./node_modules
COPY --from=build /srv/shop/dist ./dist
USER node
CMD ["node", "dist/server.js"]
`,
  *check(build) {
    for (const overlay of rootOverlays(build)) {
      const { span, from, mixes } = overlay;
      switch (mixes) {
        case 'another':
          yield finding({ span }, `all of ${from.name} is put over what stands there`).mendedBy(
            meantByOverlay(build, overlay),
          );
          break;
        case 'unknown':
          yield finding(
            { span },
            `all of ${from.name} is put over what stands there, its system too if it has one`,
          ).rated({
            severity: 'info',
            confidence: 'possible',
          });
          break;
        case 'onto-nothing':
          yield finding({ span }, `all of ${from.name} in one layer, which no other image shares`).rated({
            severity: 'info',
            preset: 'strict',
          });
      }
    }
  },
});
