/**
 * Commands that write the credential they are given into a file of their own.
 *
 * Sources: git-config and git-clone (git-scm.com/docs), `docker login` (docs.docker.com), `pip config`
 * (pip.pypa.io), `composer config` (getcomposer.org), `poetry config` (python-poetry.org), `bundle config`
 * (bundler.io), `mix hex.organization` (hexdocs.pm/hex), `cargo login` (doc.rust-lang.org), `aws configure` (docs.aws.amazon.com), `gh auth` (cli.github.com),
 * `hf auth login` (huggingface.co/docs/huggingface_hub).
 */

type Words = readonly string[];

/** A file that a command writes. U+FFFC stands in `text` for what is not known. */
export interface WrittenCredential {
  /** `~/…` below the home directory, else absolute or relative to the working directory. */
  readonly path: string;
  readonly text: string;
  /** The variable that names another folder for the file. */
  readonly folder?: string;
}

type Reader = (words: Words) => WrittenCredential | undefined;

const operandsOf = (words: Words): Words => words.filter((word) => !word.startsWith('-'));

/** The value of `--flag value`, `--flag=value` or `-f value`. */
function valueAfter(words: Words, ...names: Words): string | undefined {
  for (const [at, word] of words.entries())
    for (const name of names) {
      if (word === name) return words[at + 1];
      if (word.startsWith(`${name}=`)) return word.slice(name.length + 1);
    }
  return undefined;
}

/** `git config --global url.https://TOKEN@host/.insteadOf …`, `http.extraheader`; `git clone https://TOKEN@host/repository`. */
const git: Reader = (words) => {
  const verb = words.find((word) => word === 'config' || word === 'clone' || word === 'remote');
  const rest = verb === undefined ? [] : words.slice(words.indexOf(verb) + 1);
  if (verb === 'config') {
    const values = operandsOf(rest).filter((word) => word !== 'set');
    if (values.length < 2) return undefined;
    const file = valueAfter(rest, '-f', '--file');
    const path = rest.includes('--system')
      ? '/etc/gitconfig'
      : rest.includes('--global')
        ? '~/.gitconfig'
        : '.git/config';
    return { path: file ?? path, text: `${values.join(' = ')}\n` };
  }
  if (verb === 'remote') {
    const [action, , url] = operandsOf(rest);
    return /^(?:add|set-url)$/.test(action ?? '') && url !== undefined
      ? { path: '.git/config', text: `url = ${url}\n` }
      : undefined;
  }
  if (verb !== 'clone') return undefined;
  const at = rest.findIndex((word) => /:\/\//.test(word));
  const url = rest[at];
  if (url === undefined) return undefined;
  const [directory] = operandsOf(rest.slice(at + 1));
  const name = url
    .replace(/(?<!\/)\/+$/, '')
    .replace(/^.*[/:]/, '')
    .replace(/\.git$/, '');
  const repository = directory ?? name;
  const bare = rest.includes('--bare') || rest.includes('--mirror');
  return { path: bare ? `${directory ?? `${name}.git`}/config` : `${repository}/.git/config`, text: `url = ${url}\n` };
};

const docker: Reader = (words) => {
  if (words[0] !== 'login') return undefined;
  const password = valueAfter(words, '-p', '--password') ?? (words.includes('--password-stdin') ? '\uFFFC' : undefined);
  return password === undefined ? undefined : { path: '~/.docker/config.json', text: `"auth": "${password}"\n` };
};

const pip: Reader = (words) => {
  const at = words.indexOf('set');
  if (!words.includes('config') || at === -1) return undefined;
  const [key = '', value] = words.slice(at + 1);
  if (value === undefined) return undefined;
  const path = words.includes('--global') ? '/etc/pip.conf' : '~/.config/pip/pip.conf';
  return { path, text: `${key} = ${value}\n` };
};

const composer: Reader = (words) => {
  const [verb, key = '', ...values] = operandsOf(words);
  if (verb !== 'config' || !/^(?:http-basic|github-oauth|gitlab-token|gitlab-oauth|bearer|bitbucket-oauth)\./.test(key))
    return undefined;
  const value = values.at(-1);
  if (value === undefined) return undefined;
  const global = words.includes('-g') || words.includes('--global');
  const text = `"token": "${value}"\n`;
  return global ? { path: '~/.composer/auth.json', text, folder: 'COMPOSER_HOME' } : { path: 'auth.json', text };
};

const poetry: Reader = (words) => {
  const [verb, key = '', ...values] = operandsOf(words);
  const value = values.at(-1);
  if (verb !== 'config' || !/^(?:http-basic|pypi-token)\./.test(key) || value === undefined) return undefined;
  return { path: '~/.config/pypoetry/auth.toml', text: `password = "${value}"\n` };
};

const bundle: Reader = (words) => {
  const [verb, ...rest] = operandsOf(words);
  if (verb !== 'config') return undefined;
  const [key = '', value] = rest[0] === 'set' ? rest.slice(1) : rest;
  if (value === undefined || !/\.[a-z]{2,}/i.test(key)) return undefined;
  const local = words.includes('--local') || words.includes('local');
  const name = key
    .replace(/^https?:\/\//, '')
    .replaceAll('.', '__')
    .replaceAll('-', '___')
    .toUpperCase();
  const text = `BUNDLE_${name}: "${value}"\n`;
  return local
    ? { path: '.bundle/config', text, folder: 'BUNDLE_APP_CONFIG' }
    : { path: '~/.bundle/config', text, folder: 'BUNDLE_USER_HOME' };
};

/** `mix hex.organization auth acme --key KEY`, `mix hex.repo add acme URL --auth-key KEY` */
const mix: Reader = (words) => {
  const at = words.findIndex((word) => word === 'hex.organization' || word === 'hex.repo');
  const action = words[at + 1];
  if (at === -1 || (action !== 'auth' && action !== 'add')) return undefined;
  const value = valueAfter(words, '--key', '--auth-key');
  return value === undefined
    ? undefined
    : { path: '~/.hex/hex.config', text: `auth_key => <<"${value}">>\n`, folder: 'HEX_HOME' };
};

const cargo: Reader = (words) => {
  const [verb, token] = operandsOf(words);
  return verb === 'login' && token !== undefined
    ? { path: '~/.cargo/credentials.toml', text: `token = "${token}"\n` }
    : undefined;
};

const aws: Reader = (words) => {
  const [verb, action, key = '', value] = operandsOf(words);
  if (verb !== 'configure' || action !== 'set' || value === undefined) return undefined;
  return /^aws_(?:secret_access_key|session_token)$/.test(key)
    ? { path: '~/.aws/credentials', text: `${key} = ${value}\n` }
    : undefined;
};

const gh: Reader = (words) =>
  words[0] === 'auth' && words[1] === 'login' && words.includes('--with-token')
    ? { path: '~/.config/gh/hosts.yml', text: 'oauth_token: \uFFFC\n' }
    : undefined;

/** `huggingface-cli login --token TOKEN`, `hf auth login --token TOKEN` */
const huggingFace: Reader = (words) => {
  const token = words.includes('login') ? valueAfter(words, '--token') : undefined;
  return token === undefined
    ? undefined
    : { path: '~/.cache/huggingface/token', text: `${token}\n`, folder: 'HF_HOME' };
};

const dotnet: Reader = (words) => {
  const password = valueAfter(words, '-p', '--password', '-Password');
  if (!words.includes('source') && !words.includes('sources')) return undefined;
  return password === undefined
    ? undefined
    : { path: '~/.nuget/NuGet/NuGet.Config', text: `<add key="ClearTextPassword" value="${password}" />\n` };
};

const readers: ReadonlyMap<string, Reader> = new Map([
  ['git', git],
  ['docker', docker],
  ['podman', docker],
  ['pip', pip],
  ['pip3', pip],
  ['composer', composer],
  ['poetry', poetry],
  ['bundle', bundle],
  ['bundler', bundle],
  ['mix', mix],
  ['cargo', cargo],
  ['aws', aws],
  ['gh', gh],
  ['hf', huggingFace],
  ['huggingface-cli', huggingFace],
  ['dotnet', dotnet],
  ['nuget', dotnet],
]);

/** Whether commands of this name write such files at all: most do not, and their words need not be read. */
export const mayWriteCredential = (name: string): boolean => readers.has(name) || /^python[\d.]*$/.test(name);

/** The credential file that a command writes; undefined for commands that write none. `words`: name and arguments, U+FFFC for what is not known. */
export function writtenCredential(name: string, words: Words): WrittenCredential | undefined {
  const reader = readers.get(name);
  if (reader !== undefined) return reader(words);
  const module = /^python[\d.]*$/.test(name) && words[0] === '-m' ? readers.get(words[1] ?? '') : undefined;
  return module?.(words.slice(2));
}
