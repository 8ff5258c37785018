/** Image references; expected values are those of distribution/reference. */
import { describe, expect, test } from 'vitest';
import { parseImageReference } from '../src/syntax/index.ts';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

describe('references', () => {
  test.each([
    ['node', { domain: 'docker.io', path: 'library/node', familiar: 'node' }],
    ['node:20-alpine', { domain: 'docker.io', path: 'library/node', familiar: 'node', tag: '20-alpine' }],
    ['library/node', { domain: 'docker.io', path: 'library/node', familiar: 'node' }],
    ['docker.io/node', { domain: 'docker.io', path: 'library/node', familiar: 'node' }],
    ['index.docker.io/library/node', { domain: 'docker.io', path: 'library/node', familiar: 'node' }],
    ['bitnami/node', { domain: 'docker.io', path: 'bitnami/node', familiar: 'bitnami/node' }],
    ['org/app.web:1', { domain: 'docker.io', path: 'org/app.web', familiar: 'org/app.web', tag: '1' }],
    ['ghcr.io/owner/app:v1', { domain: 'ghcr.io', path: 'owner/app', familiar: 'ghcr.io/owner/app', tag: 'v1' }],
    ['localhost/app', { domain: 'localhost', path: 'app', familiar: 'localhost/app' }],
    ['localhost:5000/app', { domain: 'localhost:5000', path: 'app', familiar: 'localhost:5000/app' }],
    ['Registry/app', { domain: 'Registry', path: 'app', familiar: 'Registry/app' }],
    ['[::1]:5000/app', { domain: '[::1]:5000', path: 'app', familiar: '[::1]:5000/app' }],
    [`node@${digest}`, { domain: 'docker.io', path: 'library/node', familiar: 'node', digest }],
    [`node:20@${digest}`, { domain: 'docker.io', path: 'library/node', familiar: 'node', tag: '20', digest }],
    ['a__b/c---d', { domain: 'docker.io', path: 'a__b/c---d', familiar: 'a__b/c---d' }],
    ['localhost:5000', { domain: 'docker.io', path: 'library/localhost', familiar: 'localhost', tag: '5000' }],
  ])('%s', (text, reference) => {
    expect(parseImageReference(text)).toEqual(reference);
  });
});

describe('no references', () => {
  test.each([
    ...['', 'Node', 'node:', 'node@', ':20', 'node:20:1', 'a//b', '/a', 'a/', 'a___b', '-a', 'a-', 'node:-x', 'a b'],
    ...['${BASE}', 'node:$TAG', '<image>', `node:${'x'.repeat(129)}`, 'node@sha256:abc', `node@md5:${'a'.repeat(32)}`],
    ...['a'.repeat(64), `${'a'.repeat(256)}`, 'node\n'],
  ])('%j', (text) => {
    expect(parseImageReference(text)).toBeUndefined();
  });
});
