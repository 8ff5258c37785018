/** Names and values by which a secret is known. */

/** Words that end the name of a secret. */
const secretWords =
  /(^|_)(TOKENS?|SECRETS?|PASSWORDS?|PASSWD|PASSPHRASE|PWD|PASS|PAT|CREDENTIALS?|APIKEYS?|AUTH|AUTHTOKEN|(API|ACCESS|PRIVATE|SECRET|ENCRYPTION|SIGNING|DEPLOY|LICENSE|MASTER|SESSION|JWT|SSH|SERVICE|ACCOUNT|SERVICE_ACCOUNT)_?KEYS?)$/;

/** Words before and after which a name says something else: where it is, how it is called, how long it is. */
const harmlessEnds =
  /_(FILE|FILENAME|PATH|DIR|DIRECTORY|NAME|ID|IDS|URL|URI|HOST|PORT|VERSION|ALIAS|TYPE|TTL|EXPIRY|EXPIRES|EXPIRATION|LENGTH|SIZE|ALGORITHM|ALGO|METHOD|ENABLED|DISABLED|REQUIRED|PROVIDER|ISSUER|AUDIENCE|HEADER|PREFIX|SUFFIX|FIELD|SHA|SHA256|CHECKSUM|DIGEST|FINGERPRINT|PLUGIN|MODE|SOCK|SOCKET|ENDPOINT|SERVICE|REGION|LIMIT|COUNT|POLICY|TIMEOUT)$/;

const harmless: ReadonlySet<string> = new Set([
  ...[
    'SSH_AUTH_SOCK',
    'GPG_KEY',
    'CACHE_KEY',
    'SITE_KEY',
    'PWD',
    'OLDPWD',
    'NODE_AUTH',
    'ENABLE_AUTH',
    'USE_AUTH',
    'BASIC_AUTH',
  ],
  ...['INSTALL_TOKENIZER', 'MONKEY', 'HOTKEY', 'PUBLIC_KEY', 'SSHPASS', 'INSTALL_SSHPASS', 'COMPASS', 'BYPASS', 'KEY'],
]);

/** Prefixes of names whose values are meant for everybody: bundlers put them into the page. */
const publicPrefix =
  /^(NEXT_PUBLIC|PUBLIC|VITE|REACT_APP|NUXT_PUBLIC|GATSBY|EXPO_PUBLIC|VUE_APP|NG_APP|KEYCLOAK|TOKENIZER)_/;

const registryCredential = /^npm_config_(_auth|_password|.*:_(auth|authtoken|password))$/i;

/** Whether the name of an ARG or ENV says that its value is a secret. */
export function secretName(name: string): boolean {
  if (registryCredential.test(name) || /^npm_config__auth/i.test(name)) return true;
  const upper = name.toUpperCase().replaceAll('-', '_');
  if (harmless.has(upper) || publicPrefix.test(upper) || harmlessEnds.test(upper)) return false;
  if (
    /(^|_)(NO|SKIP|ENABLE|DISABLE|USE|WITH|REQUIRE|HAS|ALLOW|INSTALL)_/.test(upper) &&
    !/_(TOKEN|PASSWORD|SECRET)$/.test(upper)
  )
    return false;
  if (/(^|_)(DUMMY|FAKE|PUBLIC|PUBLISHABLE|PUB)(_|$)/.test(upper)) return false;
  return (
    secretWords.test(upper) || /^(NPM|GH|GITHUB|GITLAB|NODE|YARN|PYPI|SENTRY)_?(AUTH_?TOKEN|TOKEN|PAT)/.test(upper)
  );
}

/** Shapes of tokens, from the issuers' documentation. */
const shapes: readonly (readonly [string, RegExp])[] = [
  ['GitHub token', /\bgh[pousr]_[A-Za-z0-9]{36,}\b|\bgithub_pat_[A-Za-z0-9_]{40,}\b/],
  ['npm token', /\bnpm_[A-Za-z0-9]{36}\b/],
  ['GitLab token', /\bgl(?:pat|dt|rt|cbt)-[A-Za-z0-9_-]{20,}/],
  ['AWS access key', /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/],
  ['Slack token', /\bxox[abprs]-[A-Za-z0-9-]{10,}/],
  ['Stripe key', /\b[rs]k_live_[A-Za-z0-9]{16,}/],
  ['OpenAI key', /\bsk-(?:proj-|ant-)?[A-Za-z0-9_-]{32,}/],
  ['Google API key', /\bAIza[A-Za-z0-9_-]{35}\b/],
  ['PyPI token', /\bpypi-[A-Za-z0-9_-]{50,}/],
  ['Hugging Face token', /\bhf_[A-Za-z0-9]{30,}\b/],
  ['DigitalOcean token', /\bdo[opr]_v1_[a-f0-9]{64}\b/],
  ['SendGrid key', /\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}/],
  ['private key', /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/],
  ['JSON web token', /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/],
];

/** What kind of token a text holds; undefined when it has no known shape or is a dummy of that shape. */
export function secretValue(text: string): { readonly kind: string } | undefined {
  for (const [kind, shape] of shapes) {
    const match = shape.exec(text)?.[0];
    if (match !== undefined && !isDummy(match)) return { kind };
  }
  return undefined;
}

/** `xxxx`, `0000`, `example` inside a token: written to show the shape. */
const isDummy = (text: string): boolean =>
  /([A-Za-z0-9])\1{7,}|example|placeholder|your[_-]|dummy|changeme|xxxx/i.test(text);

/** Whether a value only fills the place: nobody has to keep it secret. */
export function isPlaceholder(value: string): boolean {
  const text = value.trim().toLowerCase();
  if (text === '' || text === '￼') return text === '';
  if (
    /^(_+|<.*>|\{\{.*\}\}|%.*%|\[.*\]|x+|\*+|\.+|-+|0+|1+|123\d*|1234|abc\d*|true|false|none|null|undefined|n\/a)$/.test(
      text,
    )
  )
    return true;
  return /change[-_ ]?(me|it|this)|dummy|placeholder|example|your[-_ ]|replace[-_ ]?(me|this|with)|not[-_ ]?(a[-_ ])?(used|needed|real|secret)|fake|mock|sample|insert[-_ ]|build[-_ ]?time|^(test|tests|testing|dev|development|local|default|secret|password|passwd|pass|token|key|root|admin|user|postgres|mysql|build|ci|foo|bar|todo|tbd)([-_]?\w{0,12})?$/.test(
    text,
  );
}
