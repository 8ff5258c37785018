/** Fixes that give secrets to the RUNs that need them: text in, text out. */
import { describe, expect, test } from 'vitest';
import { fixed } from './harness/fixed.ts';

const stage = (lines: string): string => `FROM node:24-slim\nWORKDIR /srv\n${lines}\nCMD ["node", "shop.js"]\n`;
const mount = '--mount=type=secret,id=npm_token,env=NPM_TOKEN';

describe('secret-in-build-arg', () => {
  test.each([
    [
      'where it is named',
      'ARG NPM_TOKEN\nCOPY package*.json ./\nRUN npm config set //r.example.com/:_authToken=$NPM_TOKEN && npm ci',
      `COPY package*.json ./\nRUN ${mount} npm config set //r.example.com/:_authToken=$NPM_TOKEN && npm ci`,
    ],
    [
      'for the installs where nothing names it, with the ENV that hands it on',
      'COPY package*.json ./\n\nARG NPM_TOKEN\nENV NPM_TOKEN=${NPM_TOKEN}\n\nRUN npm ci\nRUN npm run build',
      `COPY package*.json ./\n\nRUN ${mount} npm ci\nRUN npm run build`,
    ],
    [
      'and for scripts of the project, which may read it',
      'ARG NPM_TOKEN\nCOPY . .\nRUN npm config set //r.example.com/:_authToken=$NPM_TOKEN\nRUN ls && ./prepare.sh',
      `COPY . .\nRUN ${mount} npm config set //r.example.com/:_authToken=$NPM_TOKEN\nRUN ${mount} ls && ./prepare.sh`,
    ],
    [
      'beside other flags',
      'arg NPM_TOKEN\nrun --mount=type=cache,target=/root/.npm \\\n  npm_config_x=$NPM_TOKEN npm ci',
      `run ${mount} --mount=type=cache,target=/root/.npm \\\n  npm_config_x=$NPM_TOKEN npm ci`,
    ],
    [
      'on a line of its own',
      `ARG NPM_TOKEN\nRUN npm config set //registry.example.com/:_authToken=$NPM_TOKEN && npm ci --omit=dev`,
      `RUN ${mount} \\\n    npm config set //registry.example.com/:_authToken=$NPM_TOKEN && npm ci --omit=dev`,
    ],
    [
      'in a here-document',
      'ARG NPM_TOKEN\nRUN <<EOF\nset -e\ncurl -H "Authorization: $NPM_TOKEN" https://r.example.com/shop\nEOF',
      `RUN ${mount} <<EOF\nset -e\ncurl -H "Authorization: $NPM_TOKEN" https://r.example.com/shop\nEOF`,
    ],
  ])('%s', async (_, before, after) => {
    expect(await fixed('secret-in-build-arg', stage(before))).toBe(stage(after));
    expect(await fixed('secret-in-build-arg', stage(before), { safeOnly: true })).toBe(stage(before));
  });

  test.each([
    ['a value stands in the file', 'ARG NPM_TOKEN=npm_8sdf9s8df7s9d8f7s9d8f7sd9f87sd9f87\nRUN echo $NPM_TOKEN'],
    ['a LABEL names it', 'ARG NPM_TOKEN\nLABEL token=$NPM_TOKEN\nRUN echo $NPM_TOKEN'],
    ['it stands among others', 'ARG VERSION NPM_TOKEN\nRUN echo $NPM_TOKEN'],
    ['the program may read it when it runs', 'ARG SESSION_SECRET\nENV SESSION_SECRET=$SESSION_SECRET\nRUN npm ci'],
    ['nothing uses it', 'ARG NPM_TOKEN\nRUN echo hello'],
  ])('no fix where %s', async (_, lines) => {
    expect(await fixed('secret-in-build-arg', stage(lines))).toBe(stage(lines));
  });

  test('no fix where the frontend is older than env= of mounts', async () => {
    const text = `# syntax=docker/dockerfile:1.9\n${stage('ARG NPM_TOKEN\nRUN echo $NPM_TOKEN | npm login')}`;
    expect(await fixed('secret-in-build-arg', text)).toBe(text);
    const newer = text.replace('1.9', '1.10');
    expect(await fixed('secret-in-build-arg', newer)).toContain(`RUN ${mount} echo`);
  });
});

describe('leaked-npmrc', () => {
  const at = '--mount=type=secret,id=npmrc,target=/srv/.npmrc';
  test.each([
    ['among others', 'COPY .npmrc package*.json ./\nRUN npm ci', `COPY package*.json ./\nRUN ${at} npm ci`],
    ['the last of them', 'COPY package.json .npmrc ./\nRUN npm ci', `COPY package.json ./\nRUN ${at} npm ci`],
    ['alone', 'COPY package.json ./\n\nCOPY .npmrc ./\n\nRUN npm ci', `COPY package.json ./\n\nRUN ${at} npm ci`],
    [
      'removed in the same RUN',
      'COPY package.json .npmrc ./\nRUN npm ci \\\n && rm -f .npmrc',
      `COPY package.json ./\nRUN ${at} npm ci`,
    ],
    [
      'removed in another one',
      'COPY package.json .npmrc ./\nRUN npm ci\nRUN rm .npmrc\nCOPY src src',
      `COPY package.json ./\nRUN ${at} npm ci\nCOPY src src`,
    ],
    [
      'in the home',
      'COPY .npmrc /root/.npmrc\nCOPY package.json ./\nRUN npm ci',
      'COPY package.json ./\nRUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci',
    ],
  ])('%s', async (_, before, after) => {
    expect(await fixed('leaked-npmrc', stage(before))).toBe(stage(after));
    expect(await fixed('leaked-npmrc', stage(before), { safeOnly: true })).toBe(stage(before));
  });

  test.each([
    ['no install reads it', 'COPY .npmrc ./\nRUN node -v'],
    ['it is removed with other files', 'COPY .npmrc package.json ./\nRUN npm ci && rm -rf .npmrc /tmp/x'],
    [
      'it is written by a command',
      'RUN echo //r.example.com/:_authToken=npm_abcdefghijklmnopqrstuvwxyz0123456789 > .npmrc && npm ci',
    ],
    ['an array names it', 'COPY [".npmrc", "package.json", "./"]\nRUN npm ci'],
  ])('no fix where %s', async (_, lines) => {
    expect(await fixed('leaked-npmrc', stage(lines))).toBe(stage(lines));
  });
});
