/** What calls of installers of other ecosystems than Node.js read, keep to and leave behind. */
import { describe, expect, test } from 'vitest';
import { dependencyInstall, manifestNamesDevelopment, manifestNeedsSource } from '../src/knowledge/index.ts';

/** A line as a RUN has it: assignments first, `?` for a word that is not known. */
function read(line: string, settings: Readonly<Record<string, string>> = {}) {
  const all = line.split(' ');
  const assigned = new Map(
    all
      .filter((word) => /^[A-Z_]+=/.test(word))
      .map((word): [string, string] => [word.split('=', 1)[0] ?? '', word.slice(word.indexOf('=') + 1)]),
  );
  const words = all.filter((word) => !/^[A-Z_]+=/.test(word)).map((word) => (word === '?' ? undefined : word));
  return dependencyInstall(words, {
    environment: (name) => assigned.get(name) ?? null,
    setting: (ecosystem, key) => settings[`${ecosystem} ${key}`] ?? null,
  });
}

describe('what needs manifests only, and what needs the source', () => {
  test.each([
    ['pip install -r requirements.txt', 'pip', true],
    ['pip install -r ./requirements/prod.txt -c ./constraints.txt', 'pip', true],
    ['pip3 install --no-cache-dir --requirement=requirements.txt', 'pip', true],
    ['/venv/bin/pip install -rrequirements.txt', 'pip', true],
    ['python3.12 -m pip install --requirement requirements.txt', 'pip', true],
    ['pip wheel -r requirements.txt', 'pip', true],
    ['pip install --find-links ./wheels -r requirements.txt', 'pip', true],
    ['pip install .', 'pip', false],
    ['pip install -e .[dev]', 'pip', false],
    ['pip install -r requirements.txt -e .', 'pip', false],
    ['uv pip install --system .', 'pip', false],
    ['pip-sync requirements.txt', 'pip', true],
    ['uv pip sync requirements.txt', 'pip', true],
    ['uv pip install -r pyproject.toml', 'pip', true],
    ['pipenv install --system --deploy', 'pipenv', true],
    ['poetry install --no-root', 'poetry', true],
    ['poetry install', 'poetry', true],
    ['uv sync --frozen --no-install-project', 'uv', true],
    ['uv sync --frozen', 'uv', true],
    ['uv pip install -r requirements.txt', 'pip', true],
    ['conda env create -f environment.yml', 'conda', true],
    ['go mod download', 'go', true],
    ['go mod download -x all', 'go', true],
    ['go mod vendor', 'go', false],
    ['go mod tidy', 'go', false],
    ['cargo fetch', 'cargo', true],
    ['cargo +nightly fetch --locked', 'cargo', true],
    ['cargo chef cook --release --recipe-path recipe.json', 'cargo', true],
    ['mvn -B dependency:go-offline', 'maven', true],
    ['mvn de.qaware.maven:go-offline-maven-plugin:1.2.8:resolve-dependencies', 'maven', true],
    ['mvn -f api/pom.xml dependency:go-offline', 'maven', true],
    ['./mvnw org.apache.maven.plugins:maven-dependency-plugin:3.6.0:resolve', 'maven', true],
    ['./gradlew dependencies --no-daemon', 'gradle', true],
    ['gradle --no-daemon :api:downloadDependencies', 'gradle', true],
    ['clojure -P', 'clojure', true],
    ['composer install --no-dev', 'composer', true],
    ['composer --working-dir=/srv install', 'composer', true],
    ['php composer.phar install', 'composer', true],
    ['bundle install --jobs 4', 'bundler', true],
    ['bundle', 'bundler', true],
    ['bundle --jobs 4', 'bundler', true],
    ['bundle _2.4.1_ install', 'bundler', true],
    ['dotnet restore Shop.csproj', 'nuget', true],
    ['dotnet msbuild /t:Restore', 'nuget', true],
    ['dotnet paket restore', 'paket', true],
    ['mix deps.get --only prod', 'mix', true],
    ['mix do local.hex --force, deps.get', 'mix', true],
    ['mix do deps.get, deps.compile', 'mix', true],
    ['carton install --deployment', 'carton', true],
    ['swift package resolve', 'swift', true],
  ] as const)('%s', (line, ecosystem, separable) =>
    expect(read(line)).toMatchObject({ kind: 'install', ecosystem, separable }),
  );

  test.each([
    ...[
      'pip install flask',
      'pip --version',
      'go build',
      'go install ./...',
      'cargo build --release',
      'cargo chef prepare',
    ],
    ...['mvn package', 'gradle build', 'bundle exec rake', 'npm ci', 'uv tool install x', 'dotnet build', '?'],
    ...[
      'pipenv install flask',
      'python -m venv /opt/venv',
      'composer dump-autoload',
      'composer require monolog/monolog',
    ],
    ...[
      'mix deps.compile',
      'mix compile',
      'go mod download golang.org/x/tools@v0.20.0',
      'bundle check',
      'poetry export',
    ],
    ...[
      'dotnet tool restore',
      'bundle ?',
      'composer ?',
      'poetry install --only-root',
      'clojure -M:build',
      'gradle tasks',
    ],
  ])('%s is none', (line) => expect(read(line)).toBeUndefined());
});

describe('packages for development', () => {
  test.each([
    ['composer install', 'yes'],
    ['composer install --no-dev', 'no'],
    ['COMPOSER_NO_DEV=1 composer install', 'no'],
    ['composer install ?', 'unknown'],
    ['composer install --no-dev ?', 'no'],
    ['bundle install', 'yes'],
    ['bundle install --without development test', 'no'],
    ['BUNDLE_WITHOUT=development:test bundle install', 'no'],
    ['BUNDLE_WITHOUT=test bundle install', 'yes'],
    ['BUNDLE_ONLY=default bundle install', 'no'],
    ['BUNDLE_DEPLOYMENT=1 bundle install', 'yes'],
    ['pipenv install --deploy', 'no'],
    ['pipenv sync --dev', 'yes'],
    ['poetry install', 'yes'],
    ['poetry install --only main', 'no'],
    ['poetry install --only=main,dev', 'yes'],
    ['poetry install --no-dev', 'no'],
    ['poetry install --without dev,docs', 'no'],
    ['poetry install --without docs', 'yes'],
    ['pdm sync --prod', 'no'],
    ['pdm install', 'yes'],
    ['uv sync', 'yes'],
    ['uv sync --no-dev', 'no'],
    ['UV_NO_DEV=1 uv sync', 'no'],
    ['uv sync --no-group dev', 'no'],
    ['uv sync --no-default-groups', 'no'],
    ['mix deps.get --only prod', 'no'],
    ['mix deps.get --only $MIX_ENV', 'no'],
    ['mix deps.get', 'yes'],
    ['MIX_ENV=prod mix deps.get', 'unknown'],
    ['pip install -r requirements-dev.txt', 'yes'],
    ['pip install -r requirements.txt', 'unknown'],
    ['go mod download', 'unknown'],
    ['dotnet restore', 'unknown'],
    ['mvn dependency:go-offline -DincludeScope=runtime', 'no'],
  ] as const)('%s: %s', (line, development) => expect(read(line)).toMatchObject({ development }));

  test('bundle config set speaks for later installs', () => {
    expect(read('bundle config set --local without development:test')).toEqual({
      kind: 'setting',
      ecosystem: 'bundler',
      key: 'without',
      value: 'development:test',
    });
    expect(read('bundle config without development test')).toMatchObject({ value: 'development:test' });
    expect(read('bundle install', { 'bundler without': 'development:test' })).toMatchObject({ development: 'no' });
    expect(read('bundle install', { 'bundler deployment': 'true' })).toMatchObject({
      frozen: 'yes',
      writes: 'vendor/bundle',
    });
  });
});

describe('keeping to the lockfile', () => {
  test.each([
    ['composer install', 'with-lockfile', false],
    ['composer update', 'no', false],
    ['bundle install', 'no', false],
    ['bundle install --frozen', 'yes', true],
    ['bundle install --deployment', 'yes', true],
    ['BUNDLE_FROZEN=true bundle install', 'yes', true],
    ['BUNDLE_DEPLOYMENT=1 bundle install', 'yes', true],
    ['pipenv install', 'no', false],
    ['pipenv install --deploy', 'yes', false],
    ['pipenv sync', 'yes', true],
    ['poetry install', 'with-lockfile', false],
    ['uv sync', 'no', false],
    ['uv sync ?', 'unknown', false],
    ['uv sync --locked', 'yes', true],
    ['UV_FROZEN=1 uv sync', 'yes', true],
    ['pdm sync', 'yes', true],
    ['cargo fetch', 'no', false],
    ['cargo fetch --locked', 'yes', true],
    ['go mod download', 'yes', false],
    ['dotnet restore --locked-mode', 'yes', false],
    ['mix deps.get --check-locked', 'yes', false],
    ['pip install --require-hashes -r requirements.txt', 'yes', false],
  ] as const)('%s: %s', (line, frozen, needsLockfile) => expect(read(line)).toMatchObject({ frozen, needsLockfile }));
});

describe('the folder it fills', () => {
  test.each([
    ['composer install', 'vendor'],
    ['COMPOSER_VENDOR_DIR=/opt/vendor composer install', '/opt/vendor'],
    ['bundle install --path vendor/gems', 'vendor/gems'],
    ['BUNDLE_PATH=/gems bundle install', '/gems'],
    ['GEM_HOME=/usr/local/bundle bundle install', '/usr/local/bundle'],
    ['bundle install', undefined],
    ['uv sync', '.venv'],
    ['UV_PROJECT_ENVIRONMENT=/opt/venv uv sync', '/opt/venv'],
    ['POETRY_VIRTUALENVS_IN_PROJECT=true poetry install', '.venv'],
    ['poetry install', '~/.cache/pypoetry/virtualenvs'],
    ['PIPENV_VENV_IN_PROJECT=1 pipenv sync', '.venv'],
    ['pip install -r requirements.txt', undefined],
    ['pip install -r requirements.txt --target=/build/lib', '/build/lib'],
    ['pip wheel -r requirements.txt -w /wheels', '/wheels'],
    ['/opt/venv/bin/pip install -r requirements.txt', '/opt/venv'],
    ['GOPATH=/go go mod download', '/go/pkg/mod'],
    ['go mod download', '~/go/pkg/mod'],
    ['go mod vendor', 'vendor'],
    ['CARGO_HOME=/usr/local/cargo cargo fetch', '/usr/local/cargo/registry'],
    ['cargo chef cook', 'target'],
    ['mvn dependency:resolve', '~/.m2/repository'],
    ['mvn dependency:resolve -Dmaven.repo.local=/m2', '/m2'],
    ['gradle dependencies', '~/.gradle'],
    ['dotnet restore', '~/.nuget/packages'],
    ['mix deps.get', 'deps'],
  ] as const)('%s: %s', (line, writes) => {
    const found = read(line);
    expect(found?.kind === 'install' ? found.writes : found).toBe(writes);
  });
});

describe('what it reads', () => {
  test.each([
    [
      'pip install -r requirements/base.txt -r requirements/prod.txt',
      'requirements/base.txt requirements/prod.txt',
      '',
    ],
    ['BUNDLE_GEMFILE=gemfiles/rails.rb bundle install', 'gemfiles/rails.rb', 'gemfiles/rails.rb.lock'],
    ['pipenv sync', 'Pipfile', 'Pipfile.lock'],
    ['poetry install', 'pyproject.toml', 'poetry.lock'],
    ['uv sync', 'pyproject.toml', 'uv.lock'],
    ['composer install', 'composer.json', 'composer.lock'],
    ['cargo fetch', 'Cargo.toml', 'Cargo.lock'],
    ['cargo chef cook --recipe-path deps.json', 'deps.json', ''],
    ['mix deps.get', 'mix.exs', 'mix.lock'],
    ['conda env create', 'environment.yml', ''],
  ])('%s: %s', (line, manifests, lockfiles) => {
    const list = (text: string) => text.split(' ').filter((word) => word !== '');
    expect(read(line)).toMatchObject({ reads: { manifests: list(manifests), lockfiles: list(lockfiles) } });
  });
});

describe('manifests that name folders of the project', () => {
  test.each([
    ['requirements.txt', 'flask==3.0\n-e .\n', true],
    ['requirements.txt', './libs/billing\n', true],
    ['requirements.txt', '-r base.txt\nflask==3.0\n', false],
    ['pyproject.toml', '[tool.poetry.dependencies]\nbilling = { path = "../billing" }\n', true],
    ['pyproject.toml', '[tool.uv.sources]\nbilling = { workspace = true }\n', true],
    ['pyproject.toml', '[tool.pytest.ini_options]\npythonpath = ["src"]\n', false],
    ['Gemfile', "source 'https://rubygems.org'\ngemspec\n", true],
    ['Gemfile', "gem 'billing', path: 'engines/billing'\n", true],
    ['Gemfile', "gem 'rails', '~> 7.1'\n", false],
    ['composer.json', '{"repositories": [{"type": "path", "url": "packages/*"}]}', true],
    ['composer.json', '{"require": {"php": "^8.2"}}', false],
    ['go.mod', 'replace example.com/api => ../api\n', true],
    ['go.mod', 'module example.com/shop\n', false],
    ['Cargo.toml', '[workspace]\nmembers = ["crates/*"]\n', true],
    ['Cargo.toml', '[dependencies]\nbilling = { path = "crates/billing" }\n', true],
    ['Cargo.toml', '[dependencies]\nserde = "1"\n', false],
    ['api/pom.xml', '<project><modules><module>core</module></modules></project>', true],
    ['mix.exs', '{:billing, in_umbrella: true}', true],
  ])('%s %j', (path, text, needs) => expect(manifestNeedsSource(path, text)).toBe(needs));
});

describe('manifests that name packages for development', () => {
  test.each([
    ['composer.json', '{"require-dev": {"phpunit/phpunit": "^11"}}', 'yes'],
    ['composer.json', '{"require-dev": {}, "require": {"php": "^8.2"}}', 'no'],
    ['Gemfile', "group :development, :test do\n  gem 'rspec'\nend\n", 'yes'],
    ['Gemfile', "gem 'web-console', group: :development\n", 'yes'],
    ['Gemfile', "gem 'sinatra'\n", 'no'],
    ['Pipfile', '[packages]\nflask = "*"\n\n[dev-packages]\npytest = "*"\n', 'yes'],
    ['Pipfile', '[dev-packages]\n\n[requires]\npython_version = "3.12"\n', 'no'],
    ['pyproject.toml', '[tool.poetry.group.dev.dependencies]\npytest = "^8"\n', 'yes'],
    ['pyproject.toml', '[dependency-groups]\ndev = ["pytest"]\n', 'yes'],
    ['pyproject.toml', '[project]\nname = "shop"\n', 'no'],
    ['mix.exs', '{:credo, "~> 1.7", only: [:dev, :test]}', 'yes'],
    ['requirements.txt', 'flask\n', 'unknown'],
  ])('%s %j: %s', (path, text, names) => expect(manifestNamesDevelopment(path, text)).toBe(names));
});
