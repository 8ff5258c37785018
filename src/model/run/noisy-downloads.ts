/** wget that fills the log of the build with its progress. */
import { namesAddress, wgetProgress } from '../../knowledge/index.ts';
import type { Build, Command, Located, Span, Step } from '../build.ts';
import { remembered } from '../remembered.ts';
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
    if (shell.environment.some(({ name }) => name === 'WGETRC') || isConfigured(step)) continue;
    seen.add(command.span);
    const [first] = shell.effective;
    yield { command, at: shell.words.find(({ span }) => span === first?.span) ?? command, writes };
  }
}

/** A file of its settings is there, which may tell it to be quiet. */
const isConfigured: (step: Step) => boolean = remembered(
  (step) => step,
  ({ before, after }) =>
    before.env.has('WGETRC') ||
    [before.rootfs, after.rootfs].some((rootfs) =>
      ['/etc/wgetrc', '/root/.wgetrc'].some((path) => rootfs.stat(path).presence === 'present'),
    ),
);

/** A word that is not known, and neither quoted nor by its name an address: it may tell wget to be quiet. */
function mayHoldFlags({ arguments: words, shell }: Command): boolean {
  return words.some((word, at) => {
    const [first, ...others] = shell.effective[at + 1]?.parts ?? [];
    if (word !== undefined || first?.kind !== 'parameter' || others.length > 0) return false;
    return !first.quoted && !namesAddress(first.name);
  });
}

/** What it writes to standard error goes to a file. */
const isSilenced = ({ shell: { redirects } }: Command): boolean =>
  redirects.some(({ operator, fd, target }) => {
    if (operator.startsWith('&>')) return true;
    if (fd !== 2 || !operator.startsWith('>')) return false;
    return target.text !== '1' || redirects.some((other) => other.operator.startsWith('>') && (other.fd ?? 1) === 1);
  });
