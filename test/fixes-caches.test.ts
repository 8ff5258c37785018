/** Fixes of what package managers leave in a layer: text in, text out. */
import { describe, expect, test } from 'vitest';
import { fixed } from './harness/fixed.ts';

const apt = (run: string): string => `FROM debian:13-slim\n${run}\nCMD ["shop"]\n`;
const base = (name: string, run: string): string => `FROM ${name}\nWORKDIR /srv\n${run}\nCMD ["node", "shop.js"]\n`;

describe('lists of apt go in the same RUN', () => {
  test.each([
    [
      'one line',
      'RUN apt-get update && apt-get install -y curl',
      'RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*',
    ],
    [
      '&& at the start of lines',
      'RUN apt-get update \\\n && apt-get install -y \\\n      curl \\\n      git',
      'RUN apt-get update \\\n && apt-get install -y \\\n      curl \\\n      git \\\n && rm -rf /var/lib/apt/lists/*',
    ],
    [
      '&& at the end of lines, a comment between them',
      'RUN apt-get update && \\\n    # to fetch\n    apt-get install -y curl',
      'RUN apt-get update && \\\n    # to fetch\n    apt-get install -y curl && \\\n    rm -rf /var/lib/apt/lists/*',
    ],
    [
      'semicolons',
      'RUN set -eux; \\\n  apt-get update; \\\n  apt-get install -y curl;',
      'RUN set -eux; \\\n  apt-get update; \\\n  apt-get install -y curl; \\\n  rm -rf /var/lib/apt/lists/*',
    ],
    [
      'a here-document',
      'RUN <<EOF\n  set -e\n  apt-get update\n  apt-get install -y curl\nEOF',
      'RUN <<EOF\n  set -e\n  apt-get update\n  apt-get install -y curl\n  rm -rf /var/lib/apt/lists/*\nEOF',
    ],
    [
      'a long line',
      `RUN apt-get update && apt-get install -y --no-install-recommends ${'ca-certificates '.repeat(3)}curl`,
      `RUN apt-get update && apt-get install -y --no-install-recommends ${'ca-certificates '.repeat(3)}curl \\\n    && rm -rf /var/lib/apt/lists/*`,
    ],
  ])('%s', async (_, before, after) => {
    expect(await fixed('package-cache-shipped', apt(before), { safeOnly: true })).toBe(apt(after));
  });

  test('the escape of the file', async () => {
    const before = '# escape=`\nFROM debian:13-slim\nRUN apt-get update && `\n  apt-get install -y curl\n';
    expect(await fixed('package-cache-shipped', before)).toBe(
      '# escape=`\nFROM debian:13-slim\nRUN apt-get update && `\n  apt-get install -y curl && `\n  rm -rf /var/lib/apt/lists/*\n',
    );
  });

  test.each([
    ['a later RUN installs from them', 'RUN apt-get update && apt-get install -y curl\nRUN apt-get install -y git'],
    ['nothing is installed', 'RUN apt-get update'],
    ['something stays in the background', 'RUN apt-get update && apt-get install -y curl &'],
    ['a comment ends the script', 'RUN apt-get update && apt-get install -y curl # to fetch'],
    ['a failure would be lost', 'RUN <<EOF\napt-get update\napt-get install -y curl\nEOF'],
    ['sudo is needed', 'USER www-data\nRUN sudo apt-get update && sudo apt-get install -y curl'],
    ['no shell reads it', 'RUN ["apt-get", "update"]'],
  ])('no fix where %s', async (_, run) => {
    expect(await fixed('package-cache-shipped', apt(run))).toBe(apt(run));
  });
});

describe('other managers', () => {
  test.each([
    ['node:24-alpine', 'RUN apk add git', 'RUN apk add --no-cache git'],
    ['node:24-alpine', 'RUN apk --update add git', 'RUN apk --no-cache add git'],
    ['node:24-alpine', 'RUN apk add -U git', 'RUN apk add --no-cache git'],
    ['node:24-alpine', 'RUN apk update && apk add git', 'RUN apk update && apk add git && rm -rf /var/cache/apk/*'],
    [
      'python:3.13-slim',
      'RUN pip install -r r.txt && pip3 install flask',
      'RUN pip install --no-cache-dir -r r.txt && pip3 install --no-cache-dir flask',
    ],
    ['python:3.13-slim', 'RUN python -m pip install flask', 'RUN python -m pip install --no-cache-dir flask'],
    ['fedora:44', 'RUN dnf install -y git', 'RUN dnf install -y git && dnf clean all'],
    ['node:24-slim', 'RUN npm ci --omit=dev', 'RUN npm ci --omit=dev && npm cache clean --force'],
    [
      'node:24-slim',
      'RUN --mount=type=bind,source=package.json,target=package.json \\\n    npm ci',
      'RUN --mount=type=bind,source=package.json,target=package.json \\\n    npm ci \\\n    && npm cache clean --force',
    ],
  ])('%s: %s', async (name, before, after) => {
    expect(await fixed('package-cache-shipped', base(name, before), { safeOnly: true })).toBe(base(name, after));
  });

  test('a later install without the network keeps its packages', async () => {
    const text = base('node:24-slim', 'RUN npm ci\nRUN npm ci --prefer-offline --omit=dev');
    expect(await fixed('package-cache-shipped', text)).toBe(text);
  });
});
