/** What pip and its kin, and gem, are told to install by name. */
import { flagsWithValue, type InstallerCall, type InstallerWords, installerCall } from './installer.ts';
import { isMovingName, type PackageRequest } from './package-request.ts';
import { pythonFlags } from './python-installers.ts';

/** Of `pip install --help` and `uv pip install --help`, with what `pythonFlags` has. */
export const pipFlags: ReadonlySet<string> = new Set([
  ...pythonFlags,
  ...flagsWithValue(
    '--global-option --install-option --build-option --src --build -b --report --progress-bar --root-user-action ' +
      '--upgrade-strategy --use-feature --use-deprecated --exists-action --cert --client-cert --python-version ' +
      '--implementation --abi --resume-retries --keyring-provider --build-constraint --exclude-newer --prerelease ' +
      '--override --overrides --constraints --excludes --default-index --find-links --spec --suffix --pip-args ' +
      '--with-editable --with-executables-from --no-binary-package --refresh-package --reinstall-package --color',
  ),
]);

export const gemFlags: ReadonlySet<string> = flagsWithValue(
  '-v --version -i --install-dir -n --bindir --build-root --platform -s --source -P --trust-policy -w --without -B ' +
    '--bulk-threshold -p --http-proxy --config-file --document --target-rbconfig --file -g -j',
);

/** Verbs by program; those of uv stand under `pip` and `tool`. */
const verbs = /^(?:install|download|wheel)$/;

/** `pip install flask`, `uv pip install flask`, `pipx install poetry`, `uv tool install ruff`. */
export function pipRequest(
  name: string,
  words: InstallerWords,
  valued: ReadonlySet<string>,
): PackageRequest | undefined {
  const at = words.findIndex((word) => word !== undefined && verbs.test(word));
  const before = words.slice(0, at === -1 ? 0 : at);
  if (at === -1 || (name === 'uv' && !/^(?:pip|tool)$/.test(before.at(-1) ?? ''))) return undefined;
  const call = installerCall(name, words.slice(at + 1), valued, { environment: () => null, setting: () => null });
  // The versions are those of a constraints file, or of the packages in a folder.
  if (call.has('--no-index') || call.values('-c', '--constraint', '--constraints').length > 0) return undefined;
  if (name === 'pipx' && call.has('--spec')) return undefined;
  // What is editable has an address, or is a folder.
  const editable = call.values('-e', '--editable').filter((word) => word?.includes(':'));
  const asked = [...call.operands, ...editable].filter((word) => word !== undefined);
  return { manager: name === 'uv' ? 'uv' : name === 'pipx' ? 'pipx' : 'pip', unpinned: asked.filter(isMoving) };
}

/** `flask`, `flask[async]`, `flask; python_version < "3.13"`, `git+https://…/flask.git`; folders and archives are not. */
function isMoving(word: string): boolean {
  const [, address = word] = /^[\w.-]+(?:\[[^\]]*\])?\s*@\s*(.+)/s.exec(word) ?? [];
  if (/^(?:git|hg|svn|bzr)\+/.test(address)) {
    const path = address.replace(/^[^:]*:\/\/[^/]*/, '').replace(/[#?].*/s, '');
    const [, reference] = /@(.+)/s.exec(path) ?? [];
    return reference === undefined || isMovingName(reference);
  }
  // Of uv: `ruff@latest`.
  if (address === 'latest') return true;
  const [requirement = ''] = word.split(/[;#]/);
  if (
    address !== word ||
    /[*?]|^[.~]|[/\\]|\.(?:whl|zip|tar(?:\.\w+)?|tgz|egg|txt|toml)(?:\[[^[\]]*\])?$/.test(requirement.trim())
  )
    return false;
  return requirement.trim() !== '' && !/[=<>!~@]/.test(requirement);
}

/** `gem install rails`, `gem install rails:8.0.1 rake`, `gem install rails -v 8.0.1`. */
export function gemRequest(call: InstallerCall): PackageRequest | undefined {
  const end = call.words.indexOf('--');
  const operands =
    end === -1 ? call.operands : installerCall(call.path, call.words.slice(0, end), gemFlags, call.situation).operands;
  const [verb, ...gems] = operands;
  if (verb !== 'install' && verb !== 'i') return undefined;
  // Build options come after `--`; a version that is said goes for the gem there is.
  if (call.values('-v', '--version').length > 0 || call.has('-l', '--local', '-g', '--file')) return undefined;
  const named = gems.filter((gem) => gem !== undefined);
  return { manager: 'gem', unpinned: named.filter((gem) => !/[:/*]|\.gem$/.test(gem)) };
}

const nothingAround = { environment: () => null, setting: () => null };

/** `pecl install redis`, `pecl install redis-6.2.0`, `pecl install xdebug-beta`: a state is no version. */
export function peclRequest(words: InstallerWords): PackageRequest | undefined {
  const [verb, ...packages] = installerCall(
    'pecl',
    words,
    flagsWithValue('-D -R --configureoptions'),
    nothingAround,
  ).operands;
  if (verb !== 'install' && verb !== 'upgrade') return undefined;
  const named = packages.filter((each) => each !== undefined);
  return { manager: 'pecl', unpinned: named.filter((each) => !/-\d|[/*]|\.tgz$/.test(each)) };
}

/** `composer global require laravel/installer`: a tool for all projects; what a project is given goes into its lockfile. */
export function composerRequest(words: InstallerWords): PackageRequest | undefined {
  const call = installerCall('composer', words, flagsWithValue('-d --working-dir'), nothingAround);
  const [group, verb, ...packages] = call.operands;
  if (group !== 'global' || (verb !== 'require' && verb !== 'r')) return undefined;
  const named = packages.filter((each) => each !== undefined);
  return { manager: 'composer', unpinned: named.filter((each) => /^[\w.-]+\/[\w.-]+$/.test(each)) };
}
