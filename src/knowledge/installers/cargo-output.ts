/**
 * Where cargo puts what it builds: https://doc.rust-lang.org/cargo/reference/build-cache.html and
 * https://doc.rust-lang.org/cargo/reference/profiles.html (the profile `dev` and `test` write to `debug`, `bench` to `release`).
 */
import { compiledFlags } from './compiled-installers.ts';
import { type InstallerCall, type InstallerWords, installerCall } from './installer.ts';

const nothingAround = { environment: () => null, setting: () => null };

const foldersOfProfiles: ReadonlyMap<string, string> = new Map([
  ['dev', 'debug'],
  ['test', 'debug'],
  ['bench', 'release'],
]);

/** The folder below `target` that a call of cargo writes programs to; undefined for calls that write none, `unknown` where words are not known. */
export function cargoOutput([name, ...words]: InstallerWords): string | undefined {
  if (name !== 'cargo') return undefined;
  const call = installerCall('cargo', words, compiledFlags, nothingAround);
  const [verb, next] = call.operands.filter((word) => !word?.startsWith('+'));
  if (verb === undefined || call.uncertain || call.has('--config', '--target-dir', '-Z')) return 'unknown';
  if (verb === 'install')
    return call.has('--path') ? folder(call, call.has('--debug') ? 'debug' : 'release') : undefined;
  if (/^(?:build|b|run|r|rustc|test|t|bench|zigbuild)$/.test(verb) || (verb === 'chef' && next === 'cook'))
    return folder(call, call.has('--release', '-r') || verb === 'bench' ? 'release' : profileOf(call));
  return /^(?:fetch|update|check|c|clippy|fmt|new|init|vendor|generate-lockfile|metadata|tree|chef|login|add|clean|doc)$/.test(
    verb,
  )
    ? undefined
    : 'unknown';
}

function profileOf(call: InstallerCall): string {
  const [profile = 'dev'] = call.values('--profile');
  return foldersOfProfiles.get(profile) ?? profile;
}

function folder(call: InstallerCall, profile: string): string {
  const [target] = call.values('--target').map((word) => word?.replace(/\.json$/, ''));
  return target === undefined ? profile : `${target}/${profile}`;
}
