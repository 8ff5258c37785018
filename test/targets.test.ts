import { describe, expect, test } from 'vitest';
import { rules } from '../rules/index.ts';
import { lint } from '../src/engine/lint.ts';
import { evidenceFrom } from './harness/project-evidence.ts';

const text = `FROM node:22-alpine AS base
WORKDIR /srv/shop
COPY package*.json ./

FROM base AS worker
RUN npm ci --omit=dev && npm cache clean --force
COPY src ./src
CMD ["node", "src/worker.js"]

FROM base AS web
RUN npm ci && npm cache clean --force
COPY src ./src
USER node
CMD ["node", "src/web.js"]
`;

const selection = { presets: ['recommended'] } as const;

const said = (given: Partial<Parameters<typeof lint>[0]> = {}, source = text) =>
  lint({ path: 'Dockerfile', text: source, rules, selection, ...given }).findings.map(
    ({ rule, line, severity, targets = [] }) => `${line} ${rule} ${severity} ${targets.join('+')}`.trim(),
  );

describe('ship targets', () => {
  test('several: each finding says which it concerns', () => {
    expect(said({ targets: ['worker', 'web'] })).toEqual([
      '5 root-user warning worker',
      '11 dev-dependencies-shipped warning web',
    ]);
  });

  test('what concerns all of them names none', () => {
    const both = text.replace('USER node\n', '');
    expect(said({ targets: ['worker', 'web'] }, both)).toContain('10 root-user warning web');
    const inherited =
      'FROM alpine:3.22 AS base\nUSER root\nFROM base AS one\nCMD ["one"]\nFROM base AS two\nCMD ["two"]\n';
    expect(said({ targets: ['one', 'two'] }, inherited)).toEqual(['2 root-user warning']);
  });

  test('a leaf that nobody names weighs less', () => {
    expect(said()).toEqual(['5 root-user info worker', '11 dev-dependencies-shipped warning']);
  });

  test('what the file has said of a place stays, though a leaf makes it worse', () => {
    const leaf = 'FROM alpine:3.22 AS notes\nCOPY server.js ./\nFROM node:22-alpine\nUSER node\nCMD ["node", "-v"]\n';
    expect(said({}, leaf)).toContain('2 copy-without-workdir info');
  });

  test('a stage for tests is no candidate, nor is one beside stages that are asked for', () => {
    expect(said({}, text.replaceAll('worker', 'test'))).toEqual(['11 dev-dependencies-shipped warning']);
    expect(said({ targets: ['web'] })).toEqual(['11 dev-dependencies-shipped warning']);
  });

  test('the stage for production that tests come after keeps its weight', () => {
    const tested = `${text.replaceAll('worker', 'production')}\nFROM production AS e2e\nCMD ["npx", "playwright", "test"]\n`;
    expect(said({}, tested)).toContain('5 root-user warning production');
  });

  test('the finding says where the project names its target', () => {
    const evidence = evidenceFrom({
      'compose.yaml': 'services:\n  jobs:\n    build:\n      context: .\n      target: worker\n',
    });
    const { findings } = lint({ path: 'Dockerfile', text, rules, evidence });
    const [root] = findings.filter(({ rule }) => rule === 'root-user');
    const last = root?.evidence.at(-1);
    expect(last?.message).toBe('service jobs builds stage worker');
    expect(last?.elsewhere?.path).toBe('compose.yaml');
    expect(last?.at.line).toBe(5);
  });

  test('a stage without a name is called the final one', () => {
    const evidence = evidenceFrom({ 'compose.yaml': 'services: {shop: {build: .}}\n' });
    const nameless = 'FROM node:22-alpine\nCOPY . .\nCMD ["node", "server.js"]\n';
    const { findings } = lint({ path: 'Dockerfile', text: nameless, rules, evidence });
    const [root] = findings.filter(({ rule }) => rule === 'root-user');
    expect(root?.evidence.at(-1)?.message).toBe('service shop builds the final stage');
  });
});
