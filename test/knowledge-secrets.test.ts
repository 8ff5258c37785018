/** Names and values by which secrets and credential files are known. */
import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  credentialFile,
  credentialsIn,
  isPlaceholder,
  npmAuthConfigKey,
  secretName,
  secretValue,
} from '../src/knowledge/index.ts';
import { corpusFiles } from './harness/corpus.ts';
import { sharedPath } from './harness/shared.ts';

describe('names of secrets', () => {
  test.each(
    [
      'NPM_TOKEN npm_token npmToken NODE_AUTH_TOKEN NPM_PAT GH_PAT GITHUB_TOKEN FEED_ACCESSTOKEN CI_JOB_TOKEN TOKEN',
      'DB_PASSWORD MYSQL_ROOT_PASSWORD sa_password SMTP_PASS DB_PWD REDIS_PASSWD GPG_PASSPHRASE KEYCLOAK_ADMIN_PASSWORD',
      'JWT_SECRET NEXTAUTH_SECRET CRON_SECRET SECRET_KEY SECRET_KEY_BASE RAILS_MASTER_KEY JUPYTERHUB_OAUTH_CLIENT_SECRET',
      'STRIPE_APIKEY OPENAI_API_KEY ANTHROPIC_API_KEY ENCRYPTION_KEY NEXT_SERVER_ACTIONS_ENCRYPTION_KEY APP_KEY',
      'SUPABASE_SERVICE_ROLE_KEY AWS_SECRET_ACCESS_KEY SSH_PRIVATE_KEY ssh_prv_key ID_RSA NEW_RELIC_LICENSE_KEY',
      'NPM_CONFIG__AUTH npm_config__authToken COMPOSER_AUTH YARN_NPM_AUTH_IDENT YARN_NPM_AUTH_TOKEN SENTRY_AUTH_TOKEN',
      'npm_config_//registry.example.com/:_authToken BUNDLE_GEMS__EXAMPLE__COM AZURE_STORAGE_CONNECTION_STRING',
      'VSS_NUGET_EXTERNAL_FEED_ENDPOINTS MICROSCANNER_TOKEN ROOT-PASSWORD',
    ].flatMap((row) => row.split(' ')),
  )('%s', (name) => expect(secretName(name)).toBe(true));
});

describe('names that only look like it', () => {
  test.each(
    [
      'DB_PASSWORD_FILE SSH_KEY_PATH SECRET_DIR TOKEN_NAME OAUTH_CLIENT_ID TOKEN_URL DOCKER_AUTH_VERSION KEY_ALIAS',
      'PUBLIC_KEY PUBLIC_API_KEY NEXT_PUBLIC_GOOGLE_API_KEY VITE_API_KEY REACT_APP_TOKEN STRIPE_PUBLISHABLE_KEY ssh_pub_key',
      'SUPABASE_ANON_KEY GPG_KEY GPG_KEYS SSH_AUTH_SOCK CACHE_KEY SITE_KEY TOKENIZER_PATH TOKENIZERS_PARALLELISM',
      'KEYCLOAK_VERSION KEYCLOAK_URL MONKEY COMPASS BYPASS PWD OLDPWD AUTH_SERVICE_PORT AUTH_URL_INTERNAL NODE_ENV',
      'USE_GKE_GCLOUD_AUTH_PLUGIN INSTALL_TOKENIZER INSTALL_SSHPASS DOWNGRADE_OPENSSL_TLS_AND_SECLEVEL openssh_url',
      'MAX_TOKENS OPENAI_MAX_TOKENS PAD_TOKEN MYSQL_ALLOW_EMPTY_PASSWORD ALLOW_EMPTY_PASSWORD MYSQL_RANDOM_ROOT_PASSWORD',
      'SECRET_KEY_BASE_DUMMY GOOGLE_APPLICATION_CREDENTIALS AWS_SHARED_CREDENTIALS_FILE AWS_ACCESS_KEY_ID DISABLE_AUTH',
      'BUNDLE_FROZEN BUNDLE_WITHOUT YQ_SHA256_AMD64 DATABASE_URL __proto__ constructor PATH HOME KEYBOARD PATCH_VERSION',
    ].flatMap((row) => row.split(' ')),
  )('%s', (name) => expect(secretName(name)).toBe(false));
});

/** Varied characters, so that no run and no alphabet makes it a dummy. */
const random = (length: number, alphabet = 'q7Rk2ZpX9vLm4TsB8nWd'): string =>
  Array.from({ length }, (_, at) => alphabet[(at * 7 + (at >> 2)) % alphabet.length]).join('');

describe('values', () => {
  test.each([
    [`ghp_${random(36)}`, 'GitHub token'],
    [`github_pat_${random(60)}`, 'GitHub token'],
    [`npm_${random(36)}`, 'npm token'],
    [`glpat-${random(20)}`, 'GitLab token'],
    [`AKIA${random(16, 'Q7RK2ZPX9VLM4TSB')}`, 'AWS access key'],
    [`xoxb-${random(24)}`, 'Slack token'],
    [`sk_live_${random(24)}`, 'Stripe key'],
    [`sk-proj-${random(48)}`, 'OpenAI or Anthropic key'],
    [`AIza${random(35)}`, 'Google API key'],
    [`hf_${random(34)}`, 'Hugging Face token'],
    [`dop_v1_${random(64, 'a7f2e9c4b8d1')}`, 'DigitalOcean token'],
    [`SG.${random(22)}.${random(43)}`, 'SendGrid key'],
    [`pypi-${random(60)}`, 'PyPI token'],
    [`key-${random(32, 'a7f2e9c4b8d1')}`, 'Mailgun key'],
    [`https://hooks.slack.com/services/T03HQ8K2M/B05LX9Q2W/${random(24)}`, 'Slack webhook'],
    [`https://discord.com/api/webhooks/1045298371634215927/${random(68)}`, 'Discord webhook'],
    [`TOKEN=6201948375:AA${random(33)}`, 'Telegram token'],
    [`AccountName=shop;AccountKey=${random(86)}==;EndpointSuffix=core.windows.net`, 'Azure storage key'],
    [`Endpoint=sb://shop.servicebus.windows.net/;SharedAccessKey=${random(43)}=`, 'Azure access key'],
    [`ATATT3${random(180)}`, 'Atlassian token'],
    [`AKCp${random(69)}`, 'Artifactory key'],
    [`gsk_${random(52)}`, 'Groq key'],
    [`sqp_${random(40, 'a7f2e9c4b8d1')}`, 'SonarQube token'],
    [`pscale_tkn_${random(43)}`, 'PlanetScale token'],
    [`dckr_oat_${random(32)}`, 'Docker Hub token'],
    ['-----BEGIN OPENSSH PRIVATE KEY-----\nb3Blbn', 'private key'],
    [`eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJzaG9wIn0.${random(43)}`, 'JSON web token'],
    ['https://deploy:s3cr3tPa55@registry.acme.io/npm/', 'password in a URL'],
    ['postgres://shop:Xk29fLq@db.acme.io:5432/shop', 'password in a URL'],
    [`git clone https://oauth2:glpat-${random(20)}@gitlab.acme.io/shop.git`, 'GitLab token'],
  ])('%s', (text, kind) => expect(secretValue(text)).toEqual({ kind }));

  test.each([
    '',
    'production',
    `ghp_${'x'.repeat(36)}`,
    'npm_config_cache',
    'npm_lifecycle_event_with_a_long_name_that_goes_on',
    'AKIAIOSFODNN7EXAMPLE',
    'sk-something-with-words-only-and-no-digit-at-all',
    'https://registry.example.com/',
    'https://user:${PASSWORD}@registry.acme.io/',
    'https://user:<password>@registry.acme.io/',
    'https://user:changeme@registry.acme.io/',
    'postgresql://placeholder:for@build:5432/gets_overwritten_at_runtime',
    'postgres://postgres:postgres@localhost:5432/shop',
    'mongodb://root:Xk29fLq@mongo:27017',
    'git@github.com:acme/shop.git',
    `SHA256:AA${random(33)}`,
    `AccountName=devstoreaccount1;AccountKey=Eby8vdM02${random(77)}==;`,
    'https://hooks.slack.com/services/YOUR/WEBHOOK/URL',
    'nats://message-queue:4222',
    'http://+:80',
    '0D96DF4D4110E5C43FBFB17F2D347EA6AA65421D',
    'sha512-Xk29fLqXk29fLqXk29fLqXk29fLqXk29fLq==',
    // The key that Supabase gives to browsers: {"role":"anon"}.
    `eyJhbGciOiJIUzI1NiJ9.${btoa('{"iss":"supabase","role":"anon"}').replaceAll('=', '')}.${random(43)}`,
  ])('%j is none', (text) => expect(secretValue(text)).toBeUndefined());

  test.each([
    ...[
      '',
      'changeme',
      'ChangeMe123',
      'dummy',
      'example',
      'xxx',
      'xxxxxxxx',
      'your-token-here',
      '<token>',
      'test',
      'placeholder',
    ],
    ...[
      'secret',
      'password',
      'my-secret',
      'supersecret_key'.replace('super', 'super-'),
      'dev_secret',
      'test123',
      '{}',
      '{{TOKEN}}',
      'none',
    ],
    'placeholder_for_build_key_of_64_chars_get_overwritten_at_runtime',
    'build-time-only',
    'THIS_WILL_BE_REPLACED_BY_RUNTIME_ENV_VARIABLE',
  ])('%j is a placeholder', (value) => expect(isPlaceholder(value)).toBe(true));

  test.each(['s3cr3t-Pa55', 'hunter2', 'Xk29fLqZ', 'postgres://app:pw@db/app', random(40), 'testXk29fLq', '\uFFFC'])(
    '%j is none',
    (value) => expect(isPlaceholder(value)).toBe(false),
  );
});

describe('credential files', () => {
  test.each([
    ['.npmrc', 'npmrc'],
    ['apps/shop/.npmrc', 'npmrc'],
    ['/usr/local/etc/npmrc', 'npmrc'],
    ['.npmrc.docker', 'npmrc'],
    ['.yarnrc.yml', 'yarnrc-berry'],
    ['bunfig.toml', 'bunfig'],
    ['/root/.netrc', 'netrc'],
    ['.pypirc', 'pypirc'],
    ['/root/.m2/settings.xml', 'maven'],
    ['gradle.properties', 'gradle'],
    ['/root/.docker/config.json', 'docker'],
    ['/root/.ssh/id_ed25519', 'ssh-key'],
    ['/root/.ssh/deploy', 'ssh-key'],
    ['.git-credentials', 'git'],
    ['.env', 'dotenv'],
    ['.env.production', 'dotenv'],
    ['auth.json', 'composer'],
    ['NuGet.Config', 'nuget'],
    ['/usr/local/cargo/.cargo/credentials.toml', 'cargo'],
    ['/root/.aws/credentials', 'aws'],
    ['/root/.kube/config', 'kubernetes'],
  ])('%s', (path, kind) => expect(credentialFile(path)?.kind).toBe(kind));

  test.each([
    ...['.env.example', '.npmrc.example', '.npmrc.template', 'id_rsa.pub', '.ssh/known_hosts', '.ssh/config'],
    ...['config.json', 'package.json', '.nvmrc', 'npmrc.md', '.docker', 'src/config', '__proto__', ''],
  ])('%j is none', (path) => expect(credentialFile(path)).toBeUndefined());

  test('configuration of package managers is marked', () => {
    expect(credentialFile('.yarnrc')?.npmConfig).toBe(true);
    expect(credentialFile('.netrc')?.npmConfig).toBe(false);
  });

  test.each([
    ['npmrc', '//registry.example.com/:_authToken=\uFFFC', 'yes'],
    ['npmrc', '//registry.example.com/:_authToken=xxxx', 'yes'],
    ['npmrc', '//registry.example.com/:username=ci\n//registry.example.com/:_password=YWJj', 'yes'],
    ['npmrc', '_auth=${NPM_USER}:${NPM_PASSWORD}', 'placeholder'],
    ['npmrc', '//registry.example.com/:_authToken=${NPM_TOKEN}\r\nfund=false\r\n', 'placeholder'],
    [
      'npmrc',
      '//registry.example.com/:email=ci@example.com\nalways-auth=true\n//registry.example.com/:username=ci',
      'no',
    ],
    ['npmrc', '; //registry.example.com/:_authToken=abc', 'no'],
    ['yarnrc', '"//registry.example.com/:_authToken" "abc"', 'yes'],
    ['yarnrc', 'registry "https://registry.example.com"\nyarn-offline-mirror "./mirror"', 'no'],
    ['yarnrc-berry', 'npmRegistries:\n  "https://registry.example.com":\n    npmAuthIdent: "user:pass"', 'yes'],
    ['yarnrc-berry', "npmAuthToken: '${NPM_TOKEN}'", 'placeholder'],
    [
      'bunfig',
      '[install.scopes]\nacme = { token = "$NPM_TOKEN", url = "https://registry.example.com" }',
      'placeholder',
    ],
    ['bunfig', '[install]\nproduction = true', 'no'],
    ['netrc', 'machine github.com login ci password s3cr3t', 'yes'],
    ['netrc', 'machine github.com login ci password ${TOKEN}', 'placeholder'],
    ['pip', '[global]\nindex-url = https://ci:s3cr3t@pypi.acme.io/simple', 'yes'],
    ['pip', '[global]\nindex-url = https://pypi.acme.io/simple', 'no'],
    ['pypirc', '[pypi]\nusername = __token__\npassword = pypi-abc', 'yes'],
    ['maven', '<server><username>ci</username><password>s3cr3t</password></server>', 'yes'],
    ['maven', '<password>${env.MAVEN_PASSWORD}</password>', 'placeholder'],
    ['gradle', 'org.gradle.jvmargs=-Xmx2g\norg.gradle.caching=true', 'no'],
    ['gradle', 'nexusPassword=s3cr3t', 'yes'],
    ['docker', '{"auths":{"registry.acme.io":{"auth":"Y2k6czNjcjN0"}}}', 'yes'],
    ['docker', '{"credsStore":"desktop"}', 'no'],
    ['composer', '{"http-basic":{"repo.acme.io":{"username":"ci","password":"s3cr3t"}}}', 'yes'],
    ['composer', '{"github-oauth":{"github.com":"abc"}}', 'yes'],
    ['nuget', '<add key="ClearTextPassword" value="s3cr3t" />', 'yes'],
    ['nuget', '<add key="ClearTextPassword" value="%NUGET_PAT%" />', 'placeholder'],
    ['nuget', '<add key="nuget.org" value="https://api.nuget.org/v3/index.json" />', 'no'],
    ['cargo', '[registry]\ntoken = "abc"', 'yes'],
    ['aws', '[default]\naws_access_key_id = x\naws_secret_access_key = s3cr3t', 'yes'],
    ['kubernetes', 'users:\n- user:\n    client-key-data: LS0tLS1', 'yes'],
    ['git', 'https://ci:s3cr3t@github.com', 'yes'],
    ['ssh-key', '-----BEGIN OPENSSH PRIVATE KEY-----', 'yes'],
    ['ssh-key', 'ssh-ed25519 AAAAC3 ci@acme.io', 'no'],
    ['dotenv', 'PORT=3000\nexport JWT_SECRET="Xk29fLqZ"', 'yes'],
    ['dotenv', 'JWT_SECRET=changeme', 'placeholder'],
    ['dotenv', 'PORT=3000\nNEXT_PUBLIC_API_KEY=Xk29fLqZ', 'no'],
  ] as const)('%s %j: %s', (kind, content, answer) => expect(credentialsIn(kind, content)).toBe(answer));

  test.each([
    '_auth',
    '_authToken',
    '//registry.example.com/:_authToken',
    '//registry.example.com/:_password',
    'npmScopes.acme.npmAuthToken',
  ])('%s is a credential of the configuration', (key) => expect(npmAuthConfigKey(key)).toBe(true));
  test.each(['registry', '//registry.example.com/:email', '//registry.example.com/:username', 'always-auth', 'omit'])(
    '%s is none',
    (key) => expect(npmAuthConfigKey(key)).toBe(false),
  );
});

const corpus = sharedPath('corpus');
describe.skipIf(corpus === undefined || !existsSync(corpus))('ARG and ENV of the corpus', () => {
  test('only names that say so are secrets', () => {
    const secrets = new Set<string>();
    for (const { text } of corpusFiles(corpus ?? ''))
      for (const [, name = ''] of text.matchAll(/^\s*(?:ARG|ENV)\s+([A-Za-z_]\w*)/gim))
        if (secretName(name)) secrets.add(name);
    expect([...secrets].sort()).toEqual([
      'ANTHROPIC_API_KEY',
      'AWS_SECRET_ACCESS_KEY',
      'COMPOSER_AUTH',
      'CRON_SECRET',
      'ENCRYPTION_KEY',
      'GH_TOKEN',
      'GITHUB_TOKEN',
      'JUPYTERHUB_OAUTH_CLIENT_SECRET',
      'JUPYTERHUB_POSTGRES_PASSWORD',
      'MICROSCANNER_TOKEN',
      'NEW_RELIC_KEY',
      'NEXTAUTH_SECRET',
      'NEXT_SERVER_ACTIONS_ENCRYPTION_KEY',
      'OPENAI_API_KEY',
      'SENTRY_AUTH_TOKEN',
    ]);
  });
});
