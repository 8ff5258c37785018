/** Files that hold credentials, by their names: what the documentation of the tools says they are called. */

export type CredentialKind =
  | 'npmrc'
  | 'yarnrc'
  | 'yarnrc-berry'
  | 'bunfig'
  /** npm's debug log, which holds the words of `npm config set`. */
  | 'npm-log'
  | 'netrc'
  | 'pypirc'
  | 'pip'
  | 'poetry'
  | 'maven'
  | 'gradle'
  | 'docker'
  | 'ssh-key'
  | 'private-key'
  | 'service-account'
  | 'git'
  | 'dotenv'
  | 'composer'
  | 'bundler'
  | 'gem'
  | 'hex'
  /** The key with which Rails reads its encrypted credentials. */
  | 'rails-key'
  | 'nuget'
  | 'cargo'
  | 'aws'
  | 'kubernetes'
  | 'postgres'
  | 'mysql'
  | 'token'
  /** A file of any name into which a secret is written. */
  | 'file';

export interface CredentialFile {
  readonly kind: CredentialKind;
  /** Configuration of npm, yarn, pnpm or bun. */
  readonly npmConfig: boolean;
  /**
   * What the name alone says when the content cannot be read: `credential`, nothing else is kept in such a file;
   * `likely`, people copy it into a build for its credentials; `settings`, it mostly holds plain settings.
   */
  readonly unread: 'credential' | 'likely' | 'settings';
}

/** Matched on the last part of a path. */
const byName: ReadonlyMap<string, CredentialKind> = new Map([
  ['.npmrc', 'npmrc'],
  ['npmrc', 'npmrc'],
  ['.yarnrc', 'yarnrc'],
  ['.yarnrc.yml', 'yarnrc-berry'],
  ['bunfig.toml', 'bunfig'],
  ['.bunfig.toml', 'bunfig'],
  ['.netrc', 'netrc'],
  ['_netrc', 'netrc'],
  ['netrc', 'netrc'],
  ['.pypirc', 'pypirc'],
  ['pip.conf', 'pip'],
  ['pip.ini', 'pip'],
  ['uv.toml', 'pip'],
  ['.condarc', 'pip'],
  ['hex.config', 'hex'],
  ['gradle.properties', 'gradle'],
  ['.git-credentials', 'git'],
  ['.gitconfig', 'git'],
  ['id_rsa', 'ssh-key'],
  ['id_dsa', 'ssh-key'],
  ['id_ecdsa', 'ssh-key'],
  ['id_ed25519', 'ssh-key'],
  ['.ssh', 'ssh-key'],
  ['.dockercfg', 'docker'],
  ['.dockerconfigjson', 'docker'],
  ['auth.json', 'composer'],
  ['kubeconfig', 'kubernetes'],
  ['application_default_credentials.json', 'service-account'],
  ['.pgpass', 'postgres'],
  ['.my.cnf', 'mysql'],
  ['.vault-token', 'token'],
  ['credentials.tfrc.json', 'token'],
  ['.s3cfg', 'aws'],
  ['.env', 'dotenv'],
  ['.envrc', 'dotenv'],
]);

/** Templates of such files, which are there to be filled in. */
const template = /[.-](?:example|sample|template|tmpl|dist|defaults?|tpl)$|[.-](?:example|sample|template|tmpl)\./i;

/** Names that count only in a certain folder, or of which only a part is fixed. */
const byPattern: readonly (readonly [RegExp, CredentialKind])[] = [
  [/(?:^|\/)\.npmrc[.-][\w.-]+$/, 'npmrc'],
  [/(?:^|\/)[\w-]+\.npmrc$/, 'npmrc'],
  [/\/\.npm\/_logs$/, 'npm-log'],
  [/(?:^|\/)(?:\.m2\/)?settings(?:-security)?\.xml$/, 'maven'],
  [/(?:^|\/)\.docker\/config\.json$/, 'docker'],
  [/(?:^|\/)\.?cargo\/credentials(?:\.toml)?$/, 'cargo'],
  [/(?:^|\/)\.aws\/credentials$/, 'aws'],
  [/(?:^|\/)\.kube\/config$/, 'kubernetes'],
  [/(?:^|\/)\.git\/config$/, 'git'],
  [/(?:^|\/)git\/credentials$/, 'git'],
  [/(?:^|\/)\.gem\/credentials$/, 'gem'],
  [/(?:^|\/)\.bundle\/config$|^\/usr\/local\/bundle\/config$/, 'bundler'],
  [/(?:^|\/)config\/(?:master\.key|credentials\/\w+\.key)$/, 'rails-key'],
  [/(?:^|\/)pypoetry\/auth\.toml$/, 'poetry'],
  [/(?:^|\/)(?:gh\/hosts\.yml|\.cache\/huggingface\/token|configstore\/firebase-tools\.json)$/, 'token'],
  [/(?:^|\/)\.ssh\/(?!known_hosts|authorized_keys|config$)[^/.]+$/, 'ssh-key'],
  [/(?:^|\/)nuget\.config$/i, 'nuget'],
  [/(?:^|\/)\.env\.(?!test$|ci$|vault$|d\.ts$)[\w.-]+$/, 'dotenv'],
  [
    /(?:^|[/_.-])(?:gcp|gcloud|google|firebase)[\w-]{0,60}(?:key|credentials?|adminsdk[\w-]{0,60})\.json$/i,
    'service-account',
  ],
  [/(?:^|[/_.-])service[-_]?account(?:[-_]?(?:key|credentials?|file))?\.json$/i, 'service-account'],
  [/(?:^|[/_.-])(?:priv(?:ate)?[-_]?key|private)[\w-]{0,80}\.(?:pem|key)$|(?:^|\/)privkey\d*\.pem$/i, 'private-key'],
  [/(?:^|\/)(?:server|tls|ssl|client|ca|rootca|host)(?:[-_.]key\.pem|\.key)$/i, 'private-key'],
  [/\.(?:pem|key|p8)$/i, 'private-key'],
];

/** Names of the last pattern are as often certificates and public keys. */
const openPattern = byPattern.at(-1)?.[0];

const npmConfigKinds: ReadonlySet<string> = new Set(['npmrc', 'yarnrc', 'yarnrc-berry', 'bunfig']);
const nothingElse: ReadonlySet<CredentialKind> = new Set<CredentialKind>([
  'netrc',
  'ssh-key',
  'postgres',
  'token',
  'rails-key',
]);
const mostly: ReadonlySet<CredentialKind> = new Set<CredentialKind>([
  ...(['npmrc', 'pypirc', 'docker', 'aws', 'kubernetes', 'cargo', 'gem', 'hex', 'poetry', 'private-key'] as const),
  ...(['service-account', 'mysql'] as const),
]);

/** What kind of credential file a path names; undefined for other files. */
export function credentialFile(path: string): CredentialFile | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const pattern = byName.has(name) ? undefined : byPattern.find(([expression]) => expression.test(path));
  const kind = byName.get(name) ?? pattern?.[1];
  if (kind === undefined || template.test(name)) return undefined;
  return { kind, npmConfig: npmConfigKinds.has(kind), unread: unreadOf(kind, path, pattern?.[0]) };
}

/** Settings of one machine, which are never committed; those of an environment often are, and plain. */
const ownSettings = /^\.env(?:\.local|\.\w+\.local)?$/;

function unreadOf(kind: CredentialKind, path: string, pattern: RegExp | undefined): CredentialFile['unread'] {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (pattern === openPattern && pattern !== undefined) return 'settings';
  // Elsewhere than at the top it may as well be a text of the program.
  if (path === 'auth.json' || path === './auth.json') return 'likely';
  if (name === '.git-credentials' || nothingElse.has(kind)) return 'credential';
  return mostly.has(kind) || ownSettings.test(name) ? 'likely' : 'settings';
}

/** Folders whose keys and settings are there for tests and examples, or belong to somebody else's package. */
export const isSampleFolder = (name: string): boolean =>
  /^(?:tests?|__tests__|testdata|fixtures?|__fixtures__|examples?|samples?|mocks?|__mocks__|docs?|e2e|node_modules|vendor|spec|locales?|i18n)$/i.test(
    name,
  );
