/** Files that hold credentials, by their names and by what stands in them. */

export type CredentialKind =
  | 'npmrc'
  | 'yarnrc'
  | 'yarnrc-berry'
  | 'bunfig'
  | 'netrc'
  | 'pypirc'
  | 'pip'
  | 'maven'
  | 'gradle'
  | 'docker'
  | 'ssh-key'
  | 'git'
  | 'dotenv'
  | 'composer'
  | 'nuget'
  | 'cargo'
  | 'aws'
  | 'kubernetes';

export interface CredentialFile {
  readonly kind: CredentialKind;
  /** Configuration of npm, yarn, pnpm or bun. */
  readonly npmConfig: boolean;
}

/** File names, as the tools' own documentation gives them; matched on the last part of a path. */
const byName: ReadonlyMap<string, CredentialKind> = new Map([
  ['.npmrc', 'npmrc'],
  ['npmrc', 'npmrc'],
  ['.yarnrc', 'yarnrc'],
  ['.yarnrc.yml', 'yarnrc-berry'],
  ['bunfig.toml', 'bunfig'],
  ['.bunfig.toml', 'bunfig'],
  ['.netrc', 'netrc'],
  ['_netrc', 'netrc'],
  ['.pypirc', 'pypirc'],
  ['pip.conf', 'pip'],
  ['pip.ini', 'pip'],
  ['gradle.properties', 'gradle'],
  ['.git-credentials', 'git'],
  ['id_rsa', 'ssh-key'],
  ['id_dsa', 'ssh-key'],
  ['id_ecdsa', 'ssh-key'],
  ['id_ed25519', 'ssh-key'],
  ['.dockercfg', 'docker'],
  ['auth.json', 'composer'],
  ['kubeconfig', 'kubernetes'],
  ['.env', 'dotenv'],
]);

/** Names that count only in a certain folder. */
const byFolder: readonly (readonly [RegExp, CredentialKind])[] = [
  [/(^|\/)\.m2\/settings\.xml$/, 'maven'],
  [/(^|\/)\.docker\/config\.json$/, 'docker'],
  [/(^|\/)\.cargo\/credentials(\.toml)?$/, 'cargo'],
  [/(^|\/)\.aws\/credentials$/, 'aws'],
  [/(^|\/)\.kube\/config$/, 'kubernetes'],
  [/(^|\/)nuget\.config$/i, 'nuget'],
  [/(^|\/)\.env\.(?!(?:example|sample|template|dist|defaults?|test|ci)$)[^/]+$/, 'dotenv'],
];

const npmConfigKinds: ReadonlySet<CredentialKind> = new Set(['npmrc', 'yarnrc', 'yarnrc-berry', 'bunfig']);

/** What kind of credential file a path names; undefined for other files. */
export function credentialFile(path: string): CredentialFile | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const kind = byName.get(name) ?? byFolder.find(([pattern]) => pattern.test(path))?.[1];
  return kind === undefined ? undefined : { kind, npmConfig: npmConfigKinds.has(kind) };
}

/**
 * Whether a file of this kind holds a credential: `placeholder` when a variable stands where the token
 * would (`${NPM_TOKEN}`), which the tool replaces when it runs.
 *
 * npm: https://docs.npmjs.com/cli/configuring-npm/npmrc; yarn: https://yarnpkg.com/configuration/yarnrc;
 * bun: https://bun.sh/docs/runtime/bunfig.
 */
export function credentialsIn(kind: CredentialKind | string, content: string): 'yes' | 'placeholder' | 'no' {
  let best: 'yes' | 'placeholder' | 'no' = 'no';
  for (const line of content.split('\n')) {
    const value = credentialOnLine(kind, line.trim());
    if (value === undefined || value === '') continue;
    if (!/^\$\{?[A-Za-z_][A-Za-z0-9_]*(?:[-:?][^}]*)?\}?$/.test(value)) return 'yes';
    best = 'placeholder';
  }
  return best;
}

/** The credential that a line gives, quotes removed; undefined when it gives none. */
function credentialOnLine(kind: string, line: string): string | undefined {
  if (line === '' || line.startsWith('#') || line.startsWith(';')) return undefined;
  switch (kind) {
    case 'npmrc':
      return settingOf(line, /^([^=\s]+)\s*=\s*(.*)$/, npmAuthConfigKey) ?? urlCredential(line);
    case 'yarnrc':
      return settingOf(line, /^"?([^"\s]+)"?\s+(.*)$/, npmAuthConfigKey) ?? urlCredential(line);
    case 'yarnrc-berry':
      return settingOf(line, /^["']?([A-Za-z]+)["']?\s*:\s*(.*)$/, (key) => /^npmAuth(Token|Ident)$/.test(key));
    case 'bunfig':
      return (
        settingOf(line, /(?:^|[{,]\s*)(token|password|_auth)\s*=\s*["']([^"']*)["']/, () => true) ?? urlCredential(line)
      );
    case 'netrc':
      return /\bpassword\s+(\S+)/.exec(line)?.[1];
    case 'pypirc':
      return settingOf(line, /^(password)\s*[=:]\s*(.*)$/, () => true);
    case 'ssh-key':
      return line.includes('PRIVATE KEY-----') ? line : undefined;
    case 'dotenv':
      return settingOf(line.replace(/^export\s+/, ''), /^([A-Za-z_][A-Za-z0-9_]*)=(.+)$/, (key) =>
        /TOKEN|SECRET|PASSWORD|PRIVATE_KEY|API_?KEY/.test(key),
      );
    default:
      return (
        settingOf(
          line,
          /["']?([A-Za-z_.-]*(?:token|password|secret|auth))["']?\s*[=:>]\s*["']?([^"'<\s]+)/i,
          () => true,
        ) ?? urlCredential(line)
      );
  }
}

function settingOf(line: string, form: RegExp, isCredential: (key: string) => boolean): string | undefined {
  const match = form.exec(line);
  if (match === null || !isCredential(match[1] ?? '')) return undefined;
  return (match[2] ?? '').trim().replace(/^(["'])(.*)\1$/, '$2');
}

/** `https://user:password@host`. */
const urlCredential = (line: string): string | undefined => /[a-z]+:\/\/[^\s/:@]+:([^\s/@]+)@/.exec(line)?.[1];

/** Whether a key of npm's configuration holds a credential: `_auth`, `//host/:_authToken`, `_password`. */
export function npmAuthConfigKey(key: string): boolean {
  const name = key.slice(key.lastIndexOf(':') + 1);
  return /^(_auth|_authToken|_password|npmAuthToken|npmAuthIdent)$/i.test(name) || /\.npmAuth(Token|Ident)$/.test(key);
}
