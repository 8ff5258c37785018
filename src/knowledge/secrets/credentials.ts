/** Whether a file holds a credential, by what stands in it. */
import { isPlaceholder, isReference, secretName, secretValue, urlCredentials } from './secrets.ts';

type Carries = 'yes' | 'placeholder' | 'no';

/**
 * Whether a file of this kind holds a credential: `placeholder` when a variable stands where the
 * token would (`${NPM_TOKEN}`), which the tool replaces when it runs, or a dummy in a .env file. U+FFFC in the content stands for
 * text that is not known, such as an expanded variable, and counts as a credential where one would stand.
 *
 * npm: https://docs.npmjs.com/cli/configuring-npm/npmrc; yarn: https://yarnpkg.com/configuration/yarnrc;
 * bun: https://bun.sh/docs/runtime/bunfig.
 */
export function credentialsIn(kind: string, content: string): Carries {
  let best: Carries = 'no';
  for (const line of content.split('\n')) {
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#') || trimmed.startsWith(';') || trimmed.startsWith('//#')) continue;
    for (const value of credentialsOnLine(kind, trimmed)) {
      if (value === '') continue;
      if (!isFilledIn(value) && !(kind === 'dotenv' && isPlaceholder(value))) return 'yes';
      best = 'placeholder';
    }
  }
  return best;
}

/** Nothing but variables and templates. A part that is not known has been filled in. */
function isFilledIn(value: string): boolean {
  if (value.includes('\uFFFC') || !isReference(value)) return false;
  const rest = value
    .replace(/\$\{[^}]*(?:\}|$)|\$[A-Za-z_]\w*|\{\{[^{}]*\}\}|%\w+%|<[^<>]*>/g, '')
    .replace(/^(?:Bearer|Basic|Token)\b/i, '');
  return !/[A-Za-z0-9]{4}/.test(rest);
}

/** The credentials that a line gives, quotes removed. */
function* credentialsOnLine(kind: string, line: string): Iterable<string> {
  if (line.includes('PRIVATE KEY-----') && line.includes('BEGIN')) yield line;
  for (const { password } of urlCredentials(line)) yield password;
  switch (kind) {
    case 'npmrc':
      yield* setting(line, '=', npmAuthConfigKey);
      return;
    case 'yarnrc':
      yield* setting(line, ' ', npmAuthConfigKey);
      return;
    case 'yarnrc-berry':
      yield* setting(line, ':', npmAuthConfigKey);
      return;
    case 'bunfig':
      for (const match of line.matchAll(/\b(?:token|password|_auth)\s?=\s?["']([^"']*)["']/g)) yield match[1] ?? '';
      return;
    case 'netrc':
      yield /\bpassword[ \t]([^ \t]+)/.exec(line)?.[1] ?? '';
      return;
    case 'dotenv': {
      const pair = /^(?:export )?([A-Za-z_]\w*)=(.*)$/.exec(line);
      const value = unquoted(pair?.[2] ?? '');
      if (secretName(pair?.[1] ?? '') || secretValue(value) !== undefined) yield value;
      return;
    }
    case 'nuget':
      yield /password"\s?value="([^"]*)"/i.exec(line)?.[1] ?? '';
      return;
    case 'composer':
      for (const match of line.matchAll(/"(?:password|token|[\w.-]+\.[a-z]+)"\s?:\s?"([^"]*)"/g)) yield match[1] ?? '';
      return;
    case 'git':
      yield* gitCredentials(line);
      return;
    case 'ssh-key':
    case 'private-key':
    case 'file':
      if (secretValue(line) !== undefined) yield line;
      return;
    case 'npm-log':
    case 'token':
    case 'rails-key':
      yield line;
      return;
    case 'postgres':
      // host:port:database:user:password; a comment begins with #
      if (!line.startsWith('#')) yield line.split(':').at(4) ?? '';
      return;
    case 'hex':
      for (const match of line.matchAll(/(?:auth|api)_key\s?=>\s?<<"([^"]*)">>/g)) yield match[1] ?? '';
      return;
    case 'bundler':
      yield /^BUNDLE_[A-Z0-9_]+__[A-Z]+:\s?["']?([^"']*)/.exec(line)?.[1] ?? '';
      return;
    case 'service-account':
      for (const match of line.matchAll(/"(?:private_key|refresh_token|client_secret)"\s?:\s?"([^"]*)"/g))
        yield match[1] ?? '';
      return;
    default:
      for (const match of line.matchAll(secretSetting)) yield match[1] ?? '';
  }
}

/** `https://TOKEN@host` and `extraheader = AUTHORIZATION: basic TOKEN` of git's configuration. */
function* gitCredentials(line: string): Iterable<string> {
  for (const match of line.matchAll(/:\/\/([^\s/@:"']{1,500})@/g)) {
    const user = match[1] ?? '';
    if (user.includes('\uFFFC') || secretValue(user) !== undefined) yield user;
  }
  yield /authorization:\s?(?:basic|bearer|token)\s+(\S+)/i.exec(line)?.[1] ?? '';
}

/** `password=x`, `"auth": "x"`, `<password>x</password>`, `aws_secret_access_key = x`, `client-key-data: x`. */
const secretSetting =
  /(?:token|password|passphrase|secret|auth|access_key|key-data)["']?\s{0,8}[=:>]\s{0,8}["']?([^"'<\s]+)/gi;

/** The value of `key = value` when the key is a credential's. */
function* setting(line: string, separator: '=' | ':' | ' ', isCredential: (key: string) => boolean): Iterable<string> {
  const at = separator === '=' ? line.indexOf('=') : separator === ' ' ? line.search(/\s/) : line.search(/:(?:\s|$)/);
  if (at <= 0 || !isCredential(unquoted(line.slice(0, at).trim()))) return;
  yield unquoted(line.slice(at + 1).trim());
}

const unquoted = (text: string): string => (/^(["']).*\1$/s.test(text) ? text.slice(1, -1) : text);

/** Whether a key of npm's or yarn's configuration holds a credential: `_auth`, `//host/:_authToken`, `npmAuthToken`. */
export function npmAuthConfigKey(key: string): boolean {
  const name = key.slice(key.lastIndexOf(':') + 1);
  return (
    /^(?:_auth|_authToken|_password|npmAuthToken|npmAuthIdent)$/i.test(name) || /\.npmAuth(?:Token|Ident)$/.test(key)
  );
}
