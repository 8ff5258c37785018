/** Fixes of chown and chmod in a layer of their own: text in, text out. */
import { describe, expect, test } from 'vitest';
import { fixed } from './harness/fixed.ts';

const shop = (body: string): string =>
  `FROM node:22-alpine AS build\nWORKDIR /src\nCOPY . .\nRUN npm ci && npm run build\n\nFROM node:22-alpine\nWORKDIR /srv/shop\n${body}\nUSER node\nCMD ["node", "dist/server.js"]\n`;
const bare = (body: string): string => shop(body).replace('\nWORKDIR /srv/shop\n', '\n');
const rule = 'chown-duplicates-layer';

describe('owners and modes are said by COPY', () => {
  test.each([
    [
      'the working directory keeps a chown of its own',
      shop(
        'COPY --from=build /src/node_modules ./node_modules\nCOPY --from=build /src/dist ./dist\nRUN chown -R node:node /srv/shop',
      ),
      shop(
        'COPY --from=build --chown=node:node /src/node_modules ./node_modules\nCOPY --from=build --chown=node:node /src/dist ./dist\nRUN chown node:node /srv/shop',
      ),
    ],
    [
      'as it is written, among other commands',
      shop(
        'COPY --from=build /src/node_modules node_modules\nRUN apk add --no-cache tini \\\n    # for the shop\n    && chown -R node:node . \\\n    && mkdir -p /var/shop',
      ),
      shop(
        'COPY --from=build --chown=node:node /src/node_modules node_modules\nRUN apk add --no-cache tini \\\n    # for the shop\n    && chown node:node . \\\n    && mkdir -p /var/shop',
      ),
    ],
    [
      'a RUN goes with its comment',
      bare(
        'COPY --from=build /src/node_modules /app/node_modules\n\n# So that it may write\nRUN chown -R node:node /app && chmod -R 755 /app\n\nEXPOSE 80',
      ),
      bare('COPY --from=build --chown=node:node --chmod=755 /src/node_modules /app/node_modules\n\nEXPOSE 80'),
    ],
    [
      'the command goes with its comment',
      bare(
        'COPY --from=build /src/node_modules /app/node_modules\nRUN mkdir -p /var/shop && \\\n    # all of it\n    chown -R node:node /app && \\\n    touch /var/shop/log',
      ),
      bare(
        'COPY --from=build --chown=node:node /src/node_modules /app/node_modules\nRUN mkdir -p /var/shop && \\\n    touch /var/shop/log',
      ),
    ],
    [
      'folders that mkdir has made',
      shop('RUN mkdir -p data/images\nCOPY --from=build /src/node_modules ./node_modules\nRUN chown -R node:node ./'),
      shop(
        'RUN mkdir -p data/images\nCOPY --from=build --chown=node:node /src/node_modules ./node_modules\nRUN chown node:node ./ /srv/shop/data /srv/shop/data/images',
      ),
    ],
    [
      'numbers need no account',
      shop('copy --from=build --link /src/node_modules ./node_modules\nrun chown -R 1000:1000 /srv/shop'),
      shop(
        'copy --from=build --link --chown=1000:1000 /src/node_modules ./node_modules\nrun chown 1000:1000 /srv/shop',
      ),
    ],
    [
      'one that has it already',
      shop(
        'COPY --chown=node:node package.json ./\nCOPY --from=build /src/node_modules ./node_modules\nRUN chown -R node:node .',
      ),
      shop(
        'COPY --chown=node:node package.json ./\nCOPY --from=build --chown=node:node /src/node_modules ./node_modules\nRUN chown node:node .',
      ),
    ],
  ])('%s', async (_, before, after) => {
    expect(await fixed(rule, before, { safeOnly: true })).toBe(after);
    expect(await fixed(rule, after)).toBe(after);
  });

  test.each([
    [
      'a user alone, whose group would be another',
      shop('COPY --from=build /src/node_modules ./node_modules\nRUN chown -R node .'),
      shop('COPY --from=build --chown=node /src/node_modules ./node_modules\nRUN chown node .'),
    ],
    [
      'a copy of a folder above, which may bring more',
      shop(
        'COPY --from=build /src ./\nCOPY --from=build /src/public/images ./public/images\nRUN chown -R node:node ./public/images',
      ),
      shop('COPY --from=build /src ./\nCOPY --from=build --chown=node:node /src/public/images ./public/images'),
    ],
  ])('unsafe: %s', async (_, before, after) => {
    expect(await fixed(rule, before, { safeOnly: true })).toBe(before);
    expect(await fixed(rule, before)).toBe(after);
  });

  test.each([
    [
      'an install has filled it',
      'COPY package.json package-lock.json ./\nRUN npm ci --omit=dev\nRUN chown -R node:node /srv/shop',
    ],
    [
      'the account comes later',
      'COPY --from=build /src/node_modules ./node_modules\nRUN adduser -D shop && chown -R shop:shop /srv/shop',
    ],
    [
      'it may not come to it',
      'COPY --from=build /src/node_modules ./node_modules\nRUN if [ -d data ]; then chown -R node:node .; fi',
    ],
    [
      'another owner is said',
      'COPY --chown=root:node --from=build /src/node_modules ./node_modules\nRUN chown -R node:node .',
    ],
    ['the mode is no number', 'COPY --from=build /src/node_modules ./node_modules\nRUN chmod -R g=u .'],
    [
      'a name would not be found',
      'COPY --link --from=build /src/node_modules ./node_modules\nRUN chown -R node:node .',
    ],
    [
      'the same RUN makes files',
      'COPY --from=build /src/node_modules ./node_modules\nRUN node setup.js > setup.log && chown -R node:node .',
    ],
  ])('no fix where %s', async (_, body) => {
    expect(await fixed(rule, shop(body))).toBe(shop(body));
  });
});
