/** Installs of tools that no file of the project names: packages of the distribution, and global ones of the languages. */
import type { Invocation } from '../node/invocation.ts';
import { anyPackageCall } from '../system/system-packages.ts';
import type { InstallerWords } from './installer.ts';
import { packageRequest } from './package-requests.ts';

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
  const request = packageRequest(words);
  return request?.manager === 'pipx' || request?.manager === 'gem' ? `${request.manager} install` : undefined;
}

/** Folders and archives that are there already: `.`, `./shop.tgz`, `file:../tool`. */
const isOwn = (name: string): boolean => /^(?:[.~/]|(?:file|link|portal):)|\.t(?:ar\.)?gz$/.test(name);
