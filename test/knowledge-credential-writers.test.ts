import { describe, expect, test } from 'vitest';
import { writtenCredential } from '../src/knowledge/index.ts';

const path = (line: string): string | undefined => {
  const [name = '', ...words] = line.split(' ');
  return writtenCredential(name, words)?.path;
};

describe('files that commands write credentials to', () => {
  test.each([
    ['git config --global url.https://T@github.com/.insteadOf https://github.com/', '~/.gitconfig'],
    ['git config --system http.extraheader T', '/etc/gitconfig'],
    ['git config user.name shop', '.git/config'],
    ['git config -f /srv/git.conf url.x y', '/srv/git.conf'],
    ['git clone https://T@github.com/example/shop.git', 'shop/.git/config'],
    ['git clone --depth 1 -b main https://T@github.com/example/shop /srv/shop', '/srv/shop/.git/config'],
    ['git clone --mirror https://T@github.com/example/shop.git', 'shop.git/config'],
    ['git remote set-url origin https://T@github.com/example/shop', '.git/config'],
    ['docker login -u build -p T registry.example.com', '~/.docker/config.json'],
    ['docker login --password=T', '~/.docker/config.json'],
    ['docker login --password-stdin', '~/.docker/config.json'],
    ['pip config set global.index-url https://u:p@pypi.example.com', '~/.config/pip/pip.conf'],
    ['pip config --global set global.index-url https://u:p@pypi.example.com', '/etc/pip.conf'],
    ['python3 -m pip config set global.index-url https://u:p@pypi.example.com', '~/.config/pip/pip.conf'],
    ['composer config -g http-basic.example.com user T', '~/.composer/auth.json'],
    ['composer config gitlab-token.gitlab.com T', 'auth.json'],
    ['poetry config http-basic.shop user T', '~/.config/pypoetry/auth.toml'],
    ['bundle config set --local gems.example.com user:T', '.bundle/config'],
    ['bundle config gems.example.com user:T', '~/.bundle/config'],
    ['cargo login T', '~/.cargo/credentials.toml'],
    ['aws configure set aws_secret_access_key T', '~/.aws/credentials'],
    ['gh auth login --with-token', '~/.config/gh/hosts.yml'],
    ['dotnet nuget add source https://nuget.example.com -u u -p T', '~/.nuget/NuGet/NuGet.Config'],
  ])('%s', (line, expected) => expect(path(line)).toBe(expected));

  test.each([
    'git pull',
    'git config --list',
    'git clone git@github.com:example/shop.git',
    'docker login',
    'docker pull shop',
    'pip install shop',
    'composer config --list',
    'composer config platform.php 8.4',
    'bundle config set without development',
    'aws configure set region eu-west-1',
    'npm ci',
  ])('%s writes none', (line) => expect(path(line)).toBeUndefined());
});
