/**
 * What package managers are told to install by name, and which of it comes in whatever version there is.
 *
 * A range holds as a version: who writes one has thought of it. A tag or a branch (`@latest`, `@main`) is none.
 * By apt-get(8), apk(8), dnf(8), zypper(8), https://pip.pypa.io/en/stable/reference/requirement-specifiers,
 * https://pip.pypa.io/en/stable/topics/vcs-support,
 * https://guides.rubygems.org/command-reference/#gem-install, https://pear.php.net/manual/en/guide.users.commandline.installing.php,
 * https://getcomposer.org/doc/03-cli.md#require-r, https://go.dev/ref/mod#version-queries.
 */
import {
  anyPackageCall,
  type NamedPackage,
  packageOperands,
  type SystemPackageCall,
} from '../system/system-packages.ts';
import { cargoRequest } from './cargo-packages.ts';
import { goRequest } from './go-packages.ts';
import { type InstallerWords, installerCall } from './installer.ts';
import type { PackageRequest } from './package-request.ts';
import { composerRequest, gemFlags, gemRequest, peclRequest, pipFlags, pipRequest } from './script-packages.ts';

/** The request that these words are; undefined for other commands, those of Node.js among them, and where packages from files are meant. */
export function packageRequest(words: InstallerWords): PackageRequest | undefined {
  const system = anyPackageCall(words);
  if (system !== undefined) return ofSystem(system);
  const [path, ...rest] = words;
  if (path === undefined) return undefined;
  const name = path.slice(path.lastIndexOf('/') + 1);
  const [group, verb, ...modules] = packageOperands(words) ?? [];
  if (group === 'module' && verb === 'install') return { manager: name, unpinned: withoutStream(modules) };
  if (/^python[\d.]*$/.test(name)) {
    const at = rest.indexOf('-m');
    return at === -1 || rest[at + 1] === undefined ? undefined : packageRequest(rest.slice(at + 1));
  }
  if (/^pip(?:x|[\d.]*)$/.test(name) || name === 'uv') return pipRequest(name, rest, pipFlags);
  if (name === 'gem') return gemRequest(installerCall(name, rest, gemFlags, nothingAround));
  if (name === 'cargo') return cargoRequest(rest);
  if (name === 'pecl') return peclRequest(rest);
  if (/^composer(?:\.phar)?$/.test(name)) return composerRequest(rest);
  return name === 'go' ? goRequest(rest) : undefined;
}

/** `nodejs:22` and `nodejs:22/common` name a stream of their module, `nodejs` takes the one that is the default. */
const withoutStream = (modules: InstallerWords): readonly string[] =>
  modules.filter((word) => word !== undefined).filter((word) => !/[:$]/.test(word));

const nothingAround = { environment: () => null, setting: () => null };

function ofSystem({ program, manager, operation, verb, packages }: SystemPackageCall): PackageRequest | undefined {
  // Arch Linux has one version of each package; what is installed again is there in its version.
  if (operation !== 'install' || manager === 'pacman' || verb === 'reinstall') return undefined;
  const unpinned = packages.filter((each) => isUnpinned(each, manager)).map(({ written }) => written);
  return { manager: program, unpinned };
}

/** `curl/trixie-backports` says where from; tasks (`lamp-server^`) have no version, nor have the packages of `apk add --virtual`. */
function isUnpinned({ version, group, written }: NamedPackage, manager: SystemPackageCall['manager']): boolean {
  if (version !== undefined || group || written.endsWith('-')) return false;
  return manager === 'apt' ? !/\/|\^$/.test(written) : !/^[.!-]/.test(written);
}
