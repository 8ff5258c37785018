/** Names and values by which secrets, credentials and base images are known. */
import { expect, test } from 'vitest';
import {
  baseImage,
  credentialFile,
  credentialsIn,
  describeContextPath,
  isPlaceholder,
  secretName,
  secretValue,
} from '../src/knowledge/index.ts';

test.each([
  ...[
    'NPM_TOKEN',
    'NODE_AUTH_TOKEN',
    'NPM_PAT',
    'GH_PAT',
    'GITHUB_TOKEN',
    'DB_PASSWORD',
    'JWT_SECRET',
    'STRIPE_APIKEY',
    'OPENAI_API_KEY',
  ],
  ...[
    'NPM_CONFIG__AUTH',
    'npm_config_//registry.example.com/:_authToken',
    'AWS_SECRET_ACCESS_KEY',
    'SSH_PRIVATE_KEY',
    'COMPOSER_AUTH',
    'sa_password',
  ],
])('%s is a secret', (name) => expect(secretName(name)).toBe(true));

test.each([
  ...[
    'DB_PASSWORD_FILE',
    'SSH_KEY_PATH',
    'PREVIEW_ENV_DEV_SA_KEY_PATH',
    'SECRET_DIR',
    'TOKEN_NAME',
    'JUPYTERHUB_OAUTH_CLIENT_ID',
    'TOKEN_URL',
  ],
  ...[
    'DOCKER_AUTH_VERSION',
    'KEY_ALIAS',
    'PUBLIC_KEY',
    'NEXT_PUBLIC_GOOGLE_API_KEY',
    'GPG_KEY',
    'SSH_AUTH_SOCK',
    'CACHE_KEY',
    'TOKENIZER_PATH',
  ],
  ...[
    'TOKENIZERS_PARALLELISM',
    'KEYCLOAK_VERSION',
    'MONKEY',
    'USE_GKE_GCLOUD_AUTH_PLUGIN',
    'INSTALL_TOKENIZER',
    'INSTALL_SSHPASS',
    'NODE_ENV',
    'AUTH_SERVICE_PORT',
  ],
])('%s is none', (name) => expect(secretName(name)).toBe(false));

test('tokens are known by their shape, dummies of that shape are not', () => {
  expect(secretValue(`npm_${'aB3dE6gH9j'.repeat(4).slice(0, 36)}`)).toEqual({ kind: 'npm token' });
  expect(secretValue(`ghp_${'x'.repeat(36)}`)).toBeUndefined();
  expect(secretValue('production')).toBeUndefined();
});

test.each(['', 'changeme', 'dummy', '<token>', 'your-token-here', 'xxx', '_'])('%j is a placeholder', (value) =>
  expect(isPlaceholder(value)).toBe(true),
);
test.each(['s3cr3t-Pa55', 'hunter2', 'postgres://app:pw@db/app'])('%j is none', (value) =>
  expect(isPlaceholder(value)).toBe(false),
);

test.each([
  ['npmrc', '//registry.example.com/:_authToken=abc', 'yes'],
  ['npmrc', '_auth = "dXNlcg=="', 'yes'],
  ['npmrc', '//registry.example.com/:_authToken=${NPM_TOKEN}', 'placeholder'],
  ['npmrc', 'engine-strict=true\nignore-scripts=true\nregistry=https://registry.example.com/\n# _authToken=abc', 'no'],
  ['npmrc', '@acme:registry=https://user:pass@registry.example.com/', 'yes'],
  ['yarnrc-berry', 'nodeLinker: node-modules\n', 'no'],
  ['yarnrc-berry', 'npmAuthToken: "abc"', 'yes'],
  ['yarnrc-berry', 'npmScopes:\n  acme:\n    npmAuthToken: "${NPM_TOKEN:-}"', 'placeholder'],
  ['bunfig', '[install]\nregistry = { url = "https://x.example.com", token = "abc" }', 'yes'],
] as const)('%s %j: %s', (kind, content, answer) => expect(credentialsIn(kind, content)).toBe(answer));

test('files are known by name and folder', () => {
  expect(credentialFile('/root/.npmrc')).toEqual({ kind: 'npmrc', npmConfig: true, unread: 'likely' });
  expect(credentialFile('/root/.docker/config.json')).toEqual({ kind: 'docker', npmConfig: false, unread: 'likely' });
  expect(credentialFile('/app/config.json')).toBeUndefined();
  expect(credentialFile('/app/.env.example')).toBeUndefined();
});

test.each([
  ['node', '22-alpine', 'root'],
  ['node', undefined, 'root'],
  ['public.ecr.aws/docker/library/node', '22', 'root'],
  ['gcr.io/distroless/nodejs22-debian12', 'nonroot', 'non-root'],
  ['gcr.io/distroless/nodejs22-debian12', 'debug-nonroot', 'non-root'],
  ['gcr.io/distroless/nodejs22-debian12', 'latest', 'root'],
  ['nginxinc/nginx-unprivileged', '1.27', 'non-root'],
  ['bitnami/node', '22', 'unknown'],
  ['bitnami/nginx', '1.27', 'non-root'],
  ['cgr.dev/chainguard/node', 'latest', 'non-root'],
  ['acme/base', '1', undefined],
] as const)('%s:%s starts as %s', (name, tag, user) => expect(baseImage(name, tag)?.user).toBe(user));

test.each([
  ['.', 'whole'],
  ['./', 'whole'],
  ['*', 'whole'],
  ['package*.json', 'manifest'],
  ['packages/*/package.json', 'manifest'],
  ['pnpm-lock.yaml', 'lockfile'],
  ['yarn.lock*', 'lockfile'],
  ['.npmrc', 'manager-config'],
  ['.yarn', 'manager-config'],
  ['prisma', 'install-input'],
  ['patches/', 'install-input'],
  ['tsconfig.json', 'tool-config'],
  ['src', 'source'],
  ['server.js', 'source'],
  ['dist', 'artifact'],
] as const)('%s is %s', (path, kind) => expect(describeContextPath(path)).toBe(kind));
