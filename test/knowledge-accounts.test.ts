/** What is known of accounts: the commands that make them, the images and packages that bring them. */
import { describe, expect, test } from 'vitest';
import { accountCall, baseAccounts, baseImage, isOwnDirectory, packagesMayMake } from '../src/knowledge/index.ts';

describe('commands that make accounts', () => {
  test.each([
    ['useradd -ms /bin/bash deploy', 'deploy', 'deploy'],
    ['useradd -r -g web -d /srv -s /sbin/nologin web', 'web', ''],
    ['useradd --system --uid=1001 --gid nodejs nextjs', 'nextjs', ''],
    ['useradd -N worker', 'worker', ''],
    ['useradd -D -s /bin/bash', '', ''],
    ['/usr/sbin/useradd worker', 'worker', 'worker'],
    ['adduser -D app', 'app', 'app'],
    ['adduser -S app', 'app', ''],
    ['adduser -S -D -H -h /srv -s /sbin/nologin -G web -g web -u 1001 web', 'web', ''],
    ['adduser app -D -u 1000', 'app', 'app'],
    ['adduser --system --group billing', 'billing', 'billing'],
    ['adduser --system billing', 'billing', ''],
    ['adduser --disabled-password --gecos "" worker', 'worker', 'worker'],
    ['adduser --group web', '', 'web'],
    ['adduser -r -d /srv -s /bin/false worker', 'worker', 'worker'],
    ['adduser node docker', '', ''],
    ['addgroup -g 1001 -S nodejs', '', 'nodejs'],
    ['addgroup node docker', '', ''],
    ['groupadd --gid 1001 nodejs', '', 'nodejs'],
    ['usermod -l shop node', 'shop', ''],
    ['usermod -aG docker node', '', ''],
    ['groupmod -n shop node', '', 'shop'],
  ])('%s', (line, users, groups) => {
    const call = accountCall(line.split(' ').map((word) => word.replaceAll('"', '')));
    expect([call?.users.join(), call?.groups.join(), call?.unclear]).toEqual([users, groups, false]);
  });

  test('a name that is not known', () => expect(accountCall(['useradd', undefined])?.unclear).toBe(true));
  test('other commands', () => expect(accountCall(['chown', 'web', '/srv'])).toBeUndefined());
});

describe('accounts of base images', () => {
  test.each([
    ['node', '22-alpine', 'node nobody', 'www-data ubuntu'],
    ['nginx', '1.29-alpine', 'nginx', 'www-data'],
    ['nginx', '1.29', 'nginx www-data', 'web'],
    ['php', '8.4-fpm-alpine', 'www-data', 'nginx'],
    ['ubuntu', '24.04', 'ubuntu', 'node'],
    ['ubuntu', '22.04', 'www-data', 'ubuntu'],
    ['eclipse-temurin', '21-jre', 'ubuntu', 'java'],
    ['mcr.microsoft.com/dotnet/aspnet', '8.0', 'app', 'web'],
    ['mcr.microsoft.com/dotnet/aspnet', '6.0', 'root', 'app'],
    ['gcr.io/distroless/static-debian12', 'nonroot', 'nonroot nobody', 'www-data'],
    ['fedora', '42', 'nobody', 'www-data'],
  ])('%s:%s', (name, tag, there, absent) => {
    const accounts = baseAccounts(name, tag, baseImage(name, tag));
    expect(there.split(' ').filter((user) => accounts?.users.has(user) !== true)).toEqual([]);
    expect(absent.split(' ').filter((user) => accounts?.users.has(user) !== false)).toEqual([]);
  });

  test('images whose accounts are not known', () => {
    for (const name of ['bitnami/redis', 'gitea/gitea', 'example.com/platform'])
      expect(baseAccounts(name, 'latest', baseImage(name, 'latest'))).toBeUndefined();
  });
});

test.each([
  ['redis', ['redis-server'], true],
  ['www-data', ['apache2'], true],
  ['postgres', ['default-mysql-server'], true],
  ['_apt', ['curl'], false],
  ['node', ['nodejs', 'npm'], false],
  ['appuser', ['libpq5', 'curl'], false],
  ['grafana', ['./grafana_12.0.0_amd64.deb'], true],
])('%s by %j: %s', (account, packages, may) => expect(packagesMayMake(account, packages)).toBe(may));

test.each(['/app', '/workspace/api', '/usr/src/app', '/srv/shop', '/opt/reports/inbox', '/home/node/app'])(
  '%s is made here',
  (path) => expect(isOwnDirectory(path)).toBe(true),
);

test.each([
  '/',
  '/tmp/build',
  '/var/www/html',
  '/home/node',
  '/go/src',
  '/usr/local/app',
  '/opt',
  '/etc/shop',
  '/data',
])('%s may come with the base image', (path) => expect(isOwnDirectory(path)).toBe(false));
