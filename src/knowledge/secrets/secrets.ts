/** Names of variables and values by which a secret is known. */
import { tokenIn } from './token-shapes.ts';

/** Endings of the names of secrets; `(^|_)` where the word is part of harmless ones, too (COMPASS, MONKEY). */
const secretEnding = new RegExp(
  [
    'TOKEN',
    '(?:^|_)TOKENS',
    'PASSWORDS?',
    'PASSWD',
    'PASSPHRASE',
    'SECRETS?',
    'SECRET_KEY_BASE',
    'API_?KEYS?',
    '(?:^|_)(?:PASS|PWD|PAT|CREDENTIALS?|CREDS)',
    '(?:ACCESS|PRIVATE|PRIV|PRV|SECRET|ENCRYPTION|SIGNING|DEPLOY|LICENSE|MASTER|SESSION|JWT|SSH|SERVICE|ROLE)_?KEYS?',
    '(?:^|_)(?:ACCOUNT|APP|HMAC|AES|COOKIE|WEBHOOK|STORAGE|SUBSCRIPTION|RELIC|SENDGRID|STRIPE|MAILGUN|DD)_?KEYS?',
    '(?:^|_)(?:COMPOSER|NPM|NEO4J|REGISTRY|DOCKER|BASIC|YARN|REDIS|PROXY|GIT)_AUTH',
    'AUTH_IDENT',
    'CONNECTION_?STRING',
    '(?:^|_)ID_(?:RSA|DSA|ECDSA|ED25519)',
  ]
    .map((ending) => `(?:${ending})$`)
    .join('|'),
);

/** Names that end like a secret's and are none. */
const harmless: ReadonlySet<string> = new Set([
  ...[
    'PWD',
    'OLDPWD',
    'INIT_PWD',
    'TOKEN_TYPE',
    'GOOGLE_APPLICATION_CREDENTIALS',
    'NODE_AUTH',
    'ACCESS_KEY',
    'APP_KEYS',
  ],
  ...['SSHPASS', 'DOCKER_AUTH', 'USE_BASIC_AUTH', 'ENABLE_BASIC_AUTH', 'CSRF_TOKEN', 'STORAGE_KEY', 'CACHE_KEY'],
]);

/** Prefixes of names whose values are meant for everybody: bundlers put them into the page. */
const publicPrefix =
  /^(?:NEXT_PUBLIC|PUBLIC|VITE|REACT_APP|NUXT_PUBLIC|GATSBY|EXPO_PUBLIC|VUE_APP|NG_APP|STORYBOOK|PLASMO_PUBLIC)_/;

/** A switch, a limit or a policy about secrets: `ALLOW_EMPTY_PASSWORD`, `MAX_TOKENS`. */
const aboutSecrets =
  /^(?:NO|SKIP|ENABLE|DISABLE|USE|WITH|WITHOUT|REQUIRE|HAS|ALLOW|INSTALL|IS|CHECK|VALIDATE|HIDE|SHOW)_|(?:^|_)(?:ALLOW_EMPTY|RANDOM_ROOT|RANDOM|EMPTY|FORGOT|RESET|EXPIRED?)_|(?:^|_)(?:MAX|MIN|NUM|TOTAL|LIMIT|CONTEXT|INPUT|OUTPUT|COMPLETION|PROMPT|PAD|EOS|BOS|UNK|STOP|SPECIAL)_(?:[A-Z]+_)?TOKENS?$/;

const publicWord = /(?:^|_)(?:DUMMY|FAKE|EXAMPLE|PUBLIC|PUBLISHABLE|PUB|ANON)(?:_|$)/;

/** Settings of package managers that hold a credential: npm's by its configuration keys, Bundler's by host name, Poetry's by that of the repository. */
const managerCredential =
  /^npm_config_(?:.*:)?_(?:auth|authtoken|password)$|^npm_config__auth|^bundle_[a-z0-9_]*__[a-z]+$|^poetry_pypi_token_[a-z0-9_]+$|^vss_nuget_external_feed_endpoints$|^nugetpackagesourcecredentials_/i;

/** Whether the name of an ARG or ENV says that its value is a secret. */
export function secretName(name: string): boolean {
  if (name.length > 200) return false;
  if (managerCredential.test(name)) return true;
  const upper = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toUpperCase()
    .replaceAll(/[-.]/g, '_');
  if (harmless.has(upper) || publicPrefix.test(upper) || aboutSecrets.test(upper) || publicWord.test(upper))
    return false;
  return secretEnding.test(upper);
}

/** Variables that hold the address of a database and, as the clients take it, its user and password. */
const databaseAddress = /^(?:[A-Z0-9]+_)*(?:DATABASE|DB|MONGO|MONGODB|POSTGRES|POSTGRESQL|PG|MYSQL|MARIADB)_UR[IL]$/;

/** Whether a variable of this name, with a value from outside the file, brings a password with it. Firebase's is for everybody. */
export const isDatabaseAddress = (name: string): boolean =>
  name.length <= 200 && databaseAddress.test(name) && !publicPrefix.test(name) && !/FIREBASE_/.test(name);

/** What kind of secret a text holds; undefined when it has no known shape or is a dummy of that shape. */
export function secretValue(text: string): { readonly kind: string } | undefined {
  const kind = tokenIn(text);
  if (kind !== undefined) return { kind };
  for (const { password, host } of urlCredentials(text))
    if (!isPlaceholder(password) && !isReference(password) && !isLocal(host)) return { kind: 'password in a URL' };
  return undefined;
}

export interface UrlCredential {
  readonly user: string;
  readonly password: string;
  readonly host: string;
}

/** User and password of every `scheme://user:password@host` in a text. */
export function* urlCredentials(text: string): Iterable<UrlCredential> {
  for (let at = text.indexOf('://'); at !== -1; at = text.indexOf('://', at + 3)) {
    const rest = text.slice(at + 3, at + 1003);
    const end = rest.search(/[\s"'`/?#,<>\\]/);
    const authority = end === -1 ? rest : rest.slice(0, end);
    const split = authority.lastIndexOf('@');
    const colon = authority.indexOf(':');
    if (split === -1 || colon === -1 || colon > split) continue;
    const host = authority.slice(split + 1).replace(/:\d*$/, '');
    const user = authority.slice(0, colon);
    const password = authority.slice(colon + 1, split);
    // GitHub takes a token for the user, and this word for the password of each of them.
    yield password === 'x-oauth-basic' ? { user: password, password: user, host } : { user, password, host };
  }
}

/** A variable, template or unknown part stands where the secret would. */
export const isReference = (value: string): boolean => /[$￼]|\{\{|^<|^%.*%$/.test(value);

/** This machine, a service of the same compose project (a name without a dot), or a domain for examples. */
const isLocal = (host: string): boolean =>
  !host.includes('.') ||
  /^(?:127\.|0\.0\.0\.0$)|(?:^|\.)(?:example\.(?:com|org|net)|localhost|local|test|invalid)$|^host\.docker\.internal$/i.test(
    host,
  );

const fillers =
  'test|tests|testing|dev|devel|development|local|default|secret|password|passwd|pass|token|key|root|admin|user|' +
  'postgres|mysql|mongo|redis|build|ci|foo|bar|baz|todo|tbd|my|super|very|some|temp|tmp|string|value|api|auth|jwt|' +
  'docker|app|none|null|nil|unset|unused|empty|blank|stub|noop|ignored|invalid|runtime|later|only|for|at|the|a|' +
  'placeholder|dummy|npm|github|gh|base|app|session|access|private|encryption|not|set|here|no|use|used|production|prod';

const filler = new RegExp(`^(?:(?:${fillers})(?:[-_. ]|$|(?=\\d)))+[-_. ]?\\d{0,6}$`);

/** Whether a value only fills the place: nobody has to keep it secret. */
export function isPlaceholder(value: string): boolean {
  const text = value.trim().toLowerCase();
  if (text === '') return true;
  if (text.length > 300) return false;
  if (
    /^(?:_+|<.*>|\{\{.*\}\}|\{\}|\[.*\]|%.*%|x+|\*+|\.+|-+|0+|1+|\?+|123\d*|abc\d*|true|false|undefined|n\/a|yes|on|off)$/.test(
      text,
    )
  )
    return true;
  if (
    /change[-_ ]?(?:me|it|this)|dummy|placeholder|example|your[-_ ]|replace[-_ ]?(?:me|this|with)|will[-_ ]be[-_ ]replaced|overwrit|not[-_ ]?(?:a[-_ ])?(?:used|needed|real|secret|set)|fake|mock|sample|insert[-_ ]|build[-_ ]?time|x{4,}|insecure|for[-_ ]?build/.test(
      text,
    )
  )
    return true;
  return filler.test(text);
}
