/** Fixes that put instructions in another order: text in, text out. */
import { describe, expect, test } from 'vitest';
import { fixed } from './harness/fixed.ts';

const rule = 'system-packages-after-source';
const start = 'FROM node:22-alpine\nWORKDIR /srv/shop\n';
const end = 'CMD ["node", "shop.js"]\n';

describe('packages of the system come before the source', () => {
  test.each([
    ['one', 'COPY . .\nRUN apk add --no-cache tini\n', 'RUN apk add --no-cache tini\nCOPY . .\n'],
    [
      'with its comment, and those of the source',
      '# The shop\nCOPY . .\n\n# A better init\nRUN apk add --no-cache \\\n    # small\n    tini\n\nRUN npm ci\n',
      '# A better init\nRUN apk add --no-cache \\\n    # small\n    tini\n\n# The shop\nCOPY . .\n\nRUN npm ci\n',
    ],
    [
      'past an install of the project',
      'copy . .\nrun npm ci\nrun apk add --no-cache tini && rm -rf /var/cache/apk/*\n',
      'run apk add --no-cache tini && rm -rf /var/cache/apk/*\ncopy . .\nrun npm ci\n',
    ],
    [
      'two',
      'COPY . .\nRUN apk add --no-cache tini\nLABEL a=b\nRUN apk add --no-cache curl\n',
      'RUN apk add --no-cache tini\nRUN apk add --no-cache curl\nCOPY . .\nLABEL a=b\n',
    ],
    [
      'programs for all',
      'COPY . .\nRUN npm install -g serve@14.2.5 && npm cache clean --force\n',
      'RUN npm install -g serve@14.2.5 && npm cache clean --force\nCOPY . .\n',
    ],
  ])('%s', async (_, before, after) => {
    expect(await fixed(rule, start + before + end, { safeOnly: true })).toBe(start + after + end);
    expect(await fixed(rule, start + after + end)).toBe(start + after + end);
  });

  test.each([
    ['a setting stands between', 'COPY . .\nENV SOURCE=a\nRUN apk add --no-cache tini\n'],
    ['it reads a file', 'COPY . .\nRUN apk add --no-cache ./tini.apk\n'],
    ['it does more', 'COPY . .\nRUN apk add --no-cache tini && npm run build\n'],
    ['another user runs it', 'COPY . .\nUSER root\nRUN apk add --no-cache tini\n'],
    [
      'a repository comes between',
      'COPY . .\nRUN curl -fsSL https://example.com/key > /etc/apk/keys/a\nRUN apk add --no-cache tini\n',
    ],
  ])('no fix where %s', async (_, body) => {
    expect(await fixed(rule, start + body + end)).toBe(start + body + end);
  });

  test('unsafe where the source lies among files of the system', async () => {
    const text = 'FROM nginx:1.29\nCOPY . /etc/nginx/\nRUN apt-get update && apt-get install -y curl\n';
    expect(await fixed(rule, text, { safeOnly: true })).toBe(text);
  });
});
