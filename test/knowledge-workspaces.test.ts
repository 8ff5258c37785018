import { describe, expect, test } from 'vitest';
import {
  lacksClient,
  managerSupply,
  manifestTakesMember,
  memberNamed,
  pnpmTakesMember,
  scriptsRunTogether,
} from '../src/knowledge/index.ts';

describe('a workspace takes a folder', () => {
  test.each([
    ['["apps/*"]', 'apps/web', true],
    ['["./apps/*/"]', 'apps/web', true],
    ['["apps/*"]', 'apps/web/e2e', false],
    ['["apps/**"]', 'apps/eu/web', true],
    ['["**/e2e"]', 'apps/web/e2e', true],
    ['["apps/web-*"]', 'apps/web-eu', true],
    ['["apps/*","!apps/old-*"]', 'apps/old-web', false],
    ['{"packages":["apps/web"]}', 'apps/web', true],
    ['["apps/{web,api}"]', 'apps/web', false],
    ['7', 'apps/web', false],
  ])('%s: %s %s', (workspaces, folder, takes) => {
    expect(manifestTakesMember(`{"workspaces":${workspaces}}`, folder)).toBe(takes);
  });

  test.each([
    ['packages:\n  - apps/*\n', 'apps/web', true],
    ['packages:\r\n- "apps/*" # all\r\n\r\n- \'!apps/old\'\r\n', 'apps/old', false],
    ['onlyBuiltDependencies:\n  - apps/*\n', 'apps/web', false],
    ['catalog:\n  zod: 4\npackages:\n  - apps/*\noverrides:\n  - libs/*\n', 'libs/log', false],
  ])('%j: %s %s', (workspace, folder, takes) => {
    expect(pnpmTakesMember(workspace, folder)).toBe(takes);
  });

  test('a manifest that cannot be read takes none', () => {
    expect(manifestTakesMember('{', 'apps/web')).toBe(false);
  });
});

test.each([
  ['node', '22-slim', 'curl', true],
  ['node', '22-alpine', 'wget', false],
  ['node', '22-alpine', 'curl', true],
  ['node', '22', 'curl', false],
  ['node', '8-slim', 'curl', false],
  ['docker.io/library/python', '3.13-slim', 'wget', true],
  ['oven/bun', '1', 'curl', true],
  ['oven/bun', '1-alpine', 'wget', false],
  ['ubuntu', '24.04', 'wget', true],
  ['nginx', '1.29', 'curl', false],
  ['nginx', '1.29', 'wget', true],
  ['nginx', '1.29-alpine', 'curl', false],
  ['nginx', '1.29-alpine-slim', 'curl', true],
  ['nginx', '\uFFFC', 'wget', false],
  ['php', '8.4-apache', 'wget', true],
  ['php', '8.4-fpm-alpine', 'curl', false],
  ['httpd', '2.4', 'curl', true],
  ['openjdk', '17-jdk-slim', 'curl', true],
  ['openjdk', '17', 'curl', false],
  ['eclipse-temurin', '21-jre', 'curl', false],
  ['eclipse-temurin', '21-jre-alpine', 'curl', true],
  ['caddy', '2', 'curl', true],
  ['caddy', '2-builder', 'curl', false],
  ['mcr.microsoft.com/dotnet/aspnet', '8.0', 'curl', true],
  ['mcr.microsoft.com/dotnet/aspnet', '8.0-alpine', 'wget', false],
  ['mcr.microsoft.com/dotnet/aspnet', '8.0-nanoserver-ltsc2022', 'curl', false],
  ['mcr.microsoft.com/dotnet/aspnet', '8.0-azurelinux3.0', 'curl', false],
  ['mcr.microsoft.com/dotnet/sdk', '8.0', 'curl', false],
  ['gcr.io/distroless/static-debian12', 'debug', 'wget', false],
] as const)('%s:%s lacks %s: %s', (name, tag, client, lacks) => {
  expect(lacksClient(name, tag, client)).toBe(lacks);
});

test.each([
  ['corepack enable', 'shim'],
  ['corepack enable yarn', undefined],
  ['corepack enable --install-directory /opt/bin', 'other'],
  ['corepack prepare pnpm@9 --activate', 'download'],
  ['corepack install -g yarn@4', undefined],
  ['corepack disable', 'other'],
  ['corepack pnpm install', 'download'],
  ['pnpm install', 'download'],
  ['npm install -g pnpm', 'other'],
  ['npm ci', undefined],
  ['apk add pnpm', 'other'],
  ['apk add tini', undefined],
])('%s is, for pnpm, %s', (line, supply) => {
  expect(managerSupply(line.split(' '), 'pnpm')).toBe(supply);
});

test.each([
  ['npm', 'apps/web', { name: 'apps/web', path: 'apps/web' }],
  ['npm', './apps/web', { path: './apps/web' }],
  ['yarn', '@gulls/web', { name: '@gulls/web' }],
  ['pnpm', '@gulls/web', { name: '@gulls/web' }],
  ['pnpm', './apps/web', { path: './apps/web' }],
  ['pnpm', 'web...', undefined],
  ['pnpm', './apps/*', undefined],
  ['pnpm', '!web', undefined],
  ['bun', '{apps/web}', undefined],
  ['npm', '', undefined],
] as const)('%s names the member %j', (manager, selector, member) => {
  expect(memberNamed(manager, selector)).toEqual(member);
});

test.each([
  ['run-s clean build', ['clean', 'build']],
  ['npm-run-all --parallel lint test:unit', ['lint', 'test:unit']],
  ['run-p -ln "build:*"', []],
  ['run-s build:* test', []],
  ['npm-run-all --max-parallel 2 build', []],
  ['npm-run-all -- build', []],
  ['npm run build', []],
])('%s runs %j', (line, scripts) => {
  expect(scriptsRunTogether(line.replaceAll('"', '').split(' '))).toEqual(scripts);
});
