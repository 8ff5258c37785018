/** What `cargo install` takes from elsewhere: https://doc.rust-lang.org/cargo/commands/cargo-install.html. */
import { compiledFlags } from './compiled-installers.ts';
import { type InstallerWords, installerCall } from './installer.ts';
import type { PackageRequest } from './package-request.ts';

const nothingAround = { environment: () => null, setting: () => null };

/** Crates by name; those of a folder have no version to choose, and a repository stands at a commit or moves on. */
export function cargoRequest(words: InstallerWords): PackageRequest | undefined {
  const call = installerCall('cargo', words, compiledFlags, nothingAround);
  const [verb, ...crates] = call.operands.filter((word) => !word?.startsWith('+'));
  if (verb !== 'install' && verb !== 'binstall') return undefined;
  const pinned = call.has('--version', '--vers', '--path', '--git', '--list') || call.uncertain;
  return { manager: 'cargo', unpinned: pinned ? [] : crates.filter((word) => word !== undefined).filter(isUnpinned) };
}

const isUnpinned = (crate: string): boolean => /^[A-Za-z][\w-]*$/.test(crate);
