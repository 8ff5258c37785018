/** Commands other than package managers', COPY sources, purposes by name. */
import { describe, expect, test } from 'vitest';
import {
  commandPurpose,
  describeContextPath,
  dockerfilePurpose,
  doesTheWork,
  fileEffects,
  namesLikeFile,
  stagePurpose,
  succeedsAnyway,
} from '../src/knowledge/index.ts';

const words = (line: string): readonly (string | undefined)[] =>
  line.split(' ').map((word) => (word === '?' ? undefined : word));

describe('what commands do to files', () => {
  test.each([
    ...[
      'apk add --no-cache git',
      'apt-get install -y curl',
      'adduser -D app',
      'chown -R app /srv',
      'echo done',
      'true',
      'set -e',
      '[ -f x ]',
    ],
    ...[
      'export A=1',
      'corepack enable',
      'ldconfig',
      'update-ca-certificates',
      'pip install flask',
      'node --version',
      '/usr/bin/apt-get update',
    ],
  ])('%s: none', (line) => expect(fileEffects(words(line))).toBe('none'));
  test.each([
    'tsc -p .',
    'vite build',
    'next build',
    './node_modules/.bin/tsc',
    'mvn package',
    './gradlew build',
    'go build',
    'composer install',
  ])('%s: build output', (line) => expect(fileEffects(words(line))).toBe('build-output'));
  test.each([
    'git clone x',
    'tar xf x',
    'unzip x',
    'wget x',
    'make',
    './setup.sh',
    'node scripts/setup.js',
    'python3 x.py',
    'acme-tool',
    '?',
    'constructor',
  ])('%s: anything', (line) => expect(fileEffects(words(line))).toBe('anything'));
  test('no words: anything', () => expect(fileEffects([])).toBe('anything'));
});

describe('COPY sources', () => {
  test.each([
    ['whole', '. ./ / * ./* ** **/* ./.'],
    [
      'manifest',
      'package.json ./package.json package*.json packages/*/package.json **/package.json requirements.txt requirements-dev.txt',
    ],
    [
      'manifest',
      'requirements*.txt Pipfile pyproject.toml setup.py go.mod Cargo.toml pom.xml build.gradle.kts settings.gradle gradlew gradle',
    ],
    [
      'manifest',
      'composer.json Gemfile Gemfile* shop.gemspec Shop.csproj *.csproj *.sln Directory.Build.props global.json mix.exs',
    ],
    [
      'lockfile',
      'package-lock.json package-lock.json* yarn.lock* pnpm-lock.yaml bun.lockb bun.lock npm-shrinkwrap.json go.sum Cargo.lock',
    ],
    [
      'manifest',
      'Gopkg.toml project.clj Package.swift cpanfile dune-project gems.rb build.sbt config/prod.exs apps/web/config/*.exs',
    ],
    ['lockfile', 'paket.lock Gopkg.lock rebar.lock Package.resolved cpanfile.snapshot gems.locked pdm.lock*'],
    ['artifact', 'wheels wheelhouse/'],
    ['lockfile', 'poetry.lock uv.lock Pipfile.lock composer.lock Gemfile.lock packages.lock.json mix.lock'],
    [
      'manager-config',
      '.npmrc .yarnrc .yarnrc.yml .yarn .yarn/releases .pnp.cjs .pnp.* pnpm-workspace.yaml .pnpmfile.cjs lerna.json',
    ],
    [
      'manager-config',
      'nx.json turbo.json rush.json bunfig.toml .nvmrc .node-version gradle/wrapper .mvn/wrapper common/config/rush',
    ],
    ['install-input', 'patches patches/ apps/shop/patches prisma prisma/schema.prisma schema.prisma .husky'],
    [
      'tool-config',
      'tsconfig.json tsconfig.base.json next.config.js vite.config.ts webpack.config.prod.js .babelrc .eslintrc.js .dockerignore',
    ],
    [
      'tool-config',
      'Makefile LICENSE README.md nginx.conf docker-entrypoint.sh jest.setup.ts env.d.ts *.json .* angular.json',
    ],
    [
      'artifact',
      'dist dist/ build dist/** dist/server.js apps/shop/dist target/*.jar target/shop.jar .next .next/standalone node_modules shop.tgz',
    ],
    [
      'source',
      'src src/ ./src src/** src/*.ts app lib packages packages/* apps/* public server.js main.py *.py *.js index.html cmd/server .git',
    ],
    ['unknown', 'scripts bin *.*'],
  ])('%s: %s', (kind, row) => {
    const wrong = row.split(' ').filter((path) => describeContextPath(path) !== kind);
    expect(wrong.map((path) => `${path}: ${describeContextPath(path)}`)).toEqual([]);
  });

  test('names that look like files', () => {
    const wrong = ['package.json', 'Makefile', '.npmrc', 'server.js', 'a/b/yarn.lock', 'gradlew'].filter(
      (path) => !namesLikeFile(path),
    );
    expect(wrong).toEqual([]);
    expect(
      ['src', 'dist', '.next', '.yarn', 'conf.d', 'packages/ui', ''].filter((path) => namesLikeFile(path)),
    ).toEqual([]);
  });
});

describe('purposes', () => {
  test.each([
    ['development-server', 'npm run dev'],
    ['development-server', 'npm run start:dev'],
    ['development-server', 'pnpm --filter web dev'],
    ['development-server', 'yarn workspace web dev'],
    ['development-server', 'yarn watch'],
    ['development-server', 'npx vite'],
    ['development-server', 'vite --host'],
    ['development-server', 'next dev'],
    ['development-server', 'nodemon src/index.js'],
    ['development-server', './node_modules/.bin/nodemon server.js'],
    ['development-server', 'node node_modules/.bin/nodemon server.js'],
    ['development-server', 'ts-node-dev src/index.ts'],
    ['development-server', 'tsx watch src/index.ts'],
    ['development-server', 'node --watch server.js'],
    ['development-server', 'bun --hot server.ts'],
    ['development-server', 'react-scripts start'],
    ['development-server', 'ng serve --host 0.0.0.0'],
    ['development-server', 'webpack-dev-server'],
    ['development-server', 'webpack serve'],
    ['development-server', 'cross-env NODE_ENV=development nodemon app.js'],
    ['development-server', 'uvicorn main:app --reload'],
    ['development-server', 'python manage.py runserver 0.0.0.0:8000'],
    ['test', 'npm test'],
    ['test', 'npm run test:e2e'],
    ['test', 'npx jest --ci'],
    ['test', 'playwright test'],
    ['test', 'cypress run'],
    ['test', 'pytest'],
    ['test', 'node --test'],
    ['lint', 'npm run lint'],
    ['lint', 'npx eslint .'],
    ['development-tool', 'ts-node src/index.ts'],
    ['development-tool', 'node -r ts-node/register src/index.ts'],
    ['development-tool', 'sleep infinity'],
    ['development-tool', 'go run main.go'],
    ['runtime', 'node dist/main.js'],
    ['runtime', 'node test.js'],
    ['runtime', 'npm start'],
    ['runtime', 'npm run start:prod'],
    ['runtime', 'pnpm start'],
    ['runtime', 'bun src/index.ts'],
    ['runtime', 'bun run src/index.ts'],
    ['runtime', 'next start'],
    ['runtime', 'nginx -g daemon'],
    ['runtime', 'java -jar app.jar'],
    ['runtime', './server'],
    ['runtime', 'dumb-init node server.js'],
    ['unknown', '?'],
    ['unknown', 'npm install'],
  ] as const)('%s: %s', (purpose, line) => expect(commandPurpose(words(line))).toBe(purpose));

  test.each([
    ['production', 'prod production runner runtime release final run production-stage'],
    ['development', 'dev development dev-envs local debug base-dev'],
    ['test', 'test tests test-runner lint ci e2e storybook unit-test test_nginx'],
    ['build', 'build builder build-stage frontend-builder production-builder prod-build compile'],
    ['dependencies', 'deps dependencies prod-deps deps-prod production-deps dev-deps installer'],
    ['base', 'base common node-base'],
    ['artifact', 'artifacts export output'],
  ] as const)('stages for %s: %s', (purpose, row) => {
    expect(row.split(' ').filter((name) => stagePurpose(name) !== purpose)).toEqual([]);
  });
  test('other stage names say nothing', () => {
    expect(['shop', 'stage-1', 'nginx', 'constructor', ''].map(stagePurpose)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  test.each([
    ['Dockerfile.dev', 'development'],
    ['dev.Dockerfile', 'development'],
    ['docker/Dockerfile-local', 'development'],
    ['.devcontainer/Dockerfile', 'development'],
    ['Dockerfile.test', 'test'],
    ['Dockerfile.ci', 'test'],
    ['Dockerfile', undefined],
    ['Dockerfile.devices', undefined],
    ['Containerfile', undefined],
    ['production.Dockerfile', undefined],
  ] as const)('%s is for %s', (name, purpose) => expect(dockerfilePurpose(name)).toBe(purpose));
});

describe('what a status says of the commands before', () => {
  const split = (line: string): readonly [string, readonly (string | undefined)[]] => {
    const [name = '', ...rest] = words(line);
    return [name, rest];
  };

  test.each([
    ['echo done', true],
    ['exit 0', true],
    ['exit', true],
    ['exit 1', false],
    ['rm -rf /tmp/x', true],
    ['rm --force x', true],
    ['rm x', false],
    ['rm --interactive x', false],
    ['touch done /etc/motd', true],
    ['touch dist/done', false],
    ['touch /srv/shop/done', false],
    ['touch ?', false],
    ['apt-get clean', true],
    ['apt autoclean', true],
    ['apt-get install curl', false],
    ['npm cache clean --force', true],
    ['npm cache verify', false],
    ['yarn cache clean', true],
    ['pip cache purge', true],
    ['pip install flask', false],
    ['node build.js', false],
  ])('%s succeeds anyway: %s', (line, expected) => expect(succeedsAnyway(...split(line))).toBe(expected));

  test.each([
    ['curl -fsSL https://shop.example/x', true],
    ['git clone https://shop.example/x', true],
    ['git config user.name x', false],
    ['git', false],
    ['make', true],
    ['go env', false],
    ['tsc --version', false],
    ['npm --silent ci', true],
    ['npm config set x y', false],
    ['npm', false],
    ['pacman -Syu vim', true],
    ['apk add curl', true],
    ['echo x', false],
  ])('%s does the work: %s', (line, expected) => expect(doesTheWork(...split(line))).toBe(expected));
});
