/** Installs of tools that no file of the project names: packages of the distribution, and global ones of the languages. */
import type { Invocation } from '../node/invocation.ts';
import { anyPackageCall } from '../system/system-packages.ts';
import { type InstallerWords, installerCall } from './installer.ts';
import { packageRequest } from './package-requests.ts';
import { pipFlags } from './script-packages.ts';

/** The call in a few words (`apt-get install`, `npm install -g`); undefined for other commands, and where files say what is installed. */
export function toolInstall(words: InstallerWords, call: Invocation | undefined): string | undefined {
  if (call !== undefined) {
    const isGlobal = call.global && (call.operation === 'add' || call.operation === 'install');
    const named = call.packages.length > 0 && !call.packages.some(isOwn);
    if (!isGlobal || !named) return undefined;
    return call.manager === 'yarn' ? 'yarn global add' : `${call.manager} ${call.subcommand} -g`;
  }
  const system = anyPackageCall(words);
  if (system !== undefined)
    return system.operation === 'install' && !system.otherRoot && !system.open && system.packages.length > 0
      ? `${system.program} ${system.verb}`
      : undefined;
  switch (packageRequest(words)?.manager) {
    case 'pipx':
      return 'pipx install';
    case 'gem':
      return 'gem install';
    case 'pecl':
      return 'pecl install';
    case 'composer':
      return 'composer global require';
    case 'pip':
    case 'uv':
      return namesPackages(words) ? 'pip install' : undefined;
    default:
      return phpExtensionInstall(words);
  }
}

/** Programs that compile extensions into the images of PHP (docker-library/php, mlocati/docker-php-extension-installer). */
function phpExtensionInstall([path, ...words]: InstallerWords): string | undefined {
  const name = path?.slice(path.lastIndexOf('/') + 1) ?? '';
  const named = words.some((word) => word?.startsWith('-') === false);
  return named && /^(?:docker-php-ext-install|install-php-extensions)$/.test(name) ? name : undefined;
}

/** Only packages by name or address: `pip install flask gunicorn`; no file and no folder has to be there. */
function namesPackages(words: InstallerWords): boolean {
  const at = words.indexOf('install');
  const call = installerCall('pip', words.slice(at + 1), pipFlags, { environment: () => null, setting: () => null });
  const readsFiles = call.has('-r', '--requirement', '--requirements', '-e', '--editable', '-f', '--find-links');
  return (
    at !== -1 &&
    !readsFiles &&
    !call.words.some((word) => word !== undefined && /^-[ref]./.test(word)) &&
    call.operands.length > 0 &&
    call.operands.every((word) => word !== undefined && isNamed(word))
  );
}

const isNamed = (word: string): boolean =>
  /^(?:[a-z]+\+)?https?:/.test(word) ||
  (/^[A-Za-z][\w.-]*(?:\[[^\]]*\])?\s*(?:[=<>!~;@].*)?$/s.test(word) && !/\.(?:whl|zip|gz|bz2|txt)$/.test(word));

/** Folders and archives that are there already: `.`, `./shop.tgz`, `file:../tool`. */
const isOwn = (name: string): boolean => /^(?:[.~/]|(?:file|link|portal):)|\.t(?:ar\.)?gz$/.test(name);
