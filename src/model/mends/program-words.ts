/** Programs called by another name, or with a flag more. */
import type { ShellWord, Span } from '../../syntax/index.ts';
import type { Build, Command } from '../build.ts';
import type { AptCall } from '../installs/apt-calls.ts';
import { commandsIn } from '../query.ts';
import { remembered } from '../remembered.ts';
import type { NoisyDownload } from '../run/noisy-downloads.ts';
import type { PointlessCommand } from '../run/pointless-commands.ts';
import type { UncheckedDownload } from '../run/unchecked-downloads.ts';
import { withoutCommands } from './commands-out.ts';
import { behind, type Fix } from './fix.ts';
import { isWrittenOut, writtenAt } from './written.ts';

/** What apt-get does in the same words. */
const alike: ReadonlySet<string | undefined> = new Set(
  'update install reinstall remove purge autoremove autopurge clean autoclean build-dep download source'.split(' '),
);

/** apt-get and apt-cache, where they know the verb. */
export function aptGet(build: Build, { at, verb, counterpart }: AptCall): Fix | undefined {
  if (writtenAt(build, at.span) !== 'apt') return undefined;
  if (counterpart === 'apt-get' ? !alike.has(verb) : counterpart !== 'apt-cache') return undefined;
  return { says: `Call ${counterpart}`, safety: 'safe', edits: [{ at: at.span, text: counterpart }] };
}

/** `-q`, which GNU's wget and BusyBox know alike. */
export function quietWget(build: Build, { at }: NoisyDownload): Fix | undefined {
  if (!/^(?:\/\S*\/)?wget$/.test(writtenAt(build, at.span))) return undefined;
  return { says: 'Add -q', safety: 'safe', edits: [behind(at.span, ' -q')] };
}

/** `-f` and `-L` among the short flags that are there, or as flags of their own. */
export function checkedCurl(build: Build, { command, stores, certain, noticedBy }: UncheckedDownload): Fix | undefined {
  const words = command.shell.effective;
  const [program] = words;
  if (program === undefined || command.shell.partial || !isWrittenOut(program, build)) return undefined;
  const has = (letter: string, long: string): boolean =>
    words.some(({ text }) => text === long || (/^-[a-zA-Z#0-9]+$/.test(text ?? '') && text?.includes(letter) === true));
  const added = [
    ...(stores === 'error-page' && !has('f', '--fail') ? ['f'] : []),
    ...(has('L', '--location') ? [] : ['L']),
  ].join('');
  if (added === '') return undefined;
  const cluster = words.slice(1).find((word) => isCluster(word) && isWrittenOut(word, build));
  const edit =
    cluster === undefined
      ? behind(program.span, ` -${added}`)
      : { at: cluster.span, text: clusterWith(cluster.text ?? '-', added) };
  // It stops there already, or holds nothing of what is meant.
  const stops = noticedBy !== undefined || (certain && stores === 'redirect');
  return { says: `Add -${added}`, safety: stops ? 'safe' : 'unsafe', edits: [edit] };
}

/** Letters that take no value, `-o` behind them. */
const isCluster = ({ text }: ShellWord): boolean => /^-[fsSLkgiO#]+o?$/.test(text ?? '');

/** In the order in which most write them: `-fsSL`. */
function clusterWith(cluster: string, added: string): string {
  const first = added.includes('f') ? 'f' : '';
  const file = /(?<![Oo])[Oo]*$/.exec(cluster.slice(1))?.[0] ?? '';
  return `-${first}${cluster.slice(1, cluster.length - file.length)}${added.replace('f', '')}${file}`;
}

/** The command goes; what it did was nothing. */
export function withoutPointless(build: Build, { span, kind, startsInVain }: PointlessCommand): Fix | undefined {
  if (kind !== 'look' && startsInVain === undefined) return undefined;
  const command = commandAt(build, span);
  const edits = command === undefined ? undefined : withoutCommands(build, command.step, [command]);
  return command === undefined || edits === undefined
    ? undefined
    : { says: `Take ${command.name} away`, safety: 'unsafe', edits };
}

function commandAt(build: Build, span: PointlessCommand['span']): Command | undefined {
  return commandsBySpan(build).get(span);
}

/** Commands by the place of their first word; of the rounds of a loop, the first. */
const commandsBySpan: (build: Build) => ReadonlyMap<Span | undefined, Command> = remembered(
  (build) => build.stages,
  (build) => new Map([...commandsIn(build)].map((each) => [each.shell.effective[0]?.span, each] as const).reverse()),
);
