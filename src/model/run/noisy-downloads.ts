/** wget that fills the log of the build with its progress. */
import { wgetProgress } from '../../knowledge/index.ts';
import type { Build, Command, Located, Rootfs, Span } from '../build.ts';
import { writtenCommands } from './written-commands.ts';

export interface NoisyDownload {
  readonly command: Command;
  /** The word `wget`. */
  readonly at: Located;
  readonly writes: 'dots' | 'bar';
}

/** Each call whose progress goes to the log, once. */
export function* noisyDownloads(build: Build): Iterable<NoisyDownload> {
  const seen = new Set<Span>();
  for (const command of writtenCommands(build)) {
    const { shell, step } = command;
    if (command.name !== 'wget' || seen.has(command.span) || mayHoldFlags(command) || isSilenced(command)) continue;
    const writes = wgetProgress(command.arguments);
    if (writes === 'quiet') continue;
    if (step.before.env.has('WGETRC') || shell.environment.some(({ name }) => name === 'WGETRC')) continue;
    if ([step.before.rootfs, step.after.rootfs].some((rootfs) => settings.some((path) => brings(path, rootfs))))
      continue;
    seen.add(command.span);
    const [first] = shell.effective;
    yield { command, at: shell.words.find(({ span }) => span === first?.span) ?? command, writes };
  }
}

const settings = ['/etc/wgetrc', '/root/.wgetrc'];

const brings = (path: string, rootfs: Rootfs): boolean => rootfs.stat(path).presence === 'present';

/** A word that is not known and begins with a variable: it may be told to be quiet. */
function mayHoldFlags({ arguments: words, shell }: Command): boolean {
  return words.some((word, at) => {
    const written = shell.effective[at + 1];
    return word === undefined && written?.parts[0]?.kind === 'parameter' && written.parts.length === 1;
  });
}

/** What it writes to standard error goes to a file. */
const isSilenced = ({ shell: { redirects } }: Command): boolean =>
  redirects.some(({ operator, fd, target }) => {
    if (operator.startsWith('&>')) return true;
    if (fd !== 2 || !operator.startsWith('>')) return false;
    return target.text !== '1' || redirects.some((other) => other.operator.startsWith('>') && (other.fd ?? 1) === 1);
  });
