/** Programs that run as they come from the network. */
import { movingPart, namesContent, namesVersion, readsProgram, runsPrograms } from '../../knowledge/index.ts';
import type { ShellWord } from '../../syntax/index.ts';
import type { Build, Located } from '../build.ts';
import { unknownText } from '../state/unknown-text.ts';
import { type Fetch, fetchesIn, pipedInto, type ReadCommand } from './fetches.ts';
import { isFed } from './piped-arguments.ts';

export interface PipedInstaller {
  readonly fetch: Fetch;
  /** What runs it. */
  readonly runner: Located & { readonly name: string };
  /** The address names a release. */
  readonly pinned: boolean;
}

/** Fetches that a shell or interpreter reads as its program. */
export function* pipedInstallers(build: Build): Iterable<PipedInstaller> {
  for (const fetch of fetchesIn(build)) {
    const runner = fetch.by === 'git' ? undefined : runnerOf(fetch);
    const { address } = fetch;
    if (runner?.name === undefined || address.host.includes(unknownText) || namesContent(address)) continue;
    const pinned = namesVersion(address) && movingPart(address) === undefined;
    yield { fetch, runner: { span: runner.shell.span, name: runner.name }, pinned };
  }
}

export function runnerOf(fetch: Fetch): ReadCommand | undefined {
  const right = pipedInto(fetch);
  if (right !== undefined) return readsProgram(right.name, right.words) && !isFed(right) ? right : undefined;
  return fetch.output === '-' || fetch.output === '/dev/stdout' ? substituted(fetch) : undefined;
}

/** `sh -c "$(curl …)"`, `eval "$(curl …)"`, `bash <(curl …)`. */
function substituted({ command, commands }: Fetch): ReadCommand | undefined {
  const within = command?.shell.within;
  const holder = commands.find(({ shell }) => shell.index === within && command?.shell.scope.length !== 0);
  if (within === undefined || holder === undefined) return undefined;

  const words = holder.shell.effective.slice(1);
  const [first] = words;
  if (holder.name === 'eval' || holder.name === '.' || holder.name === 'source')
    return opensWithSubstitution(first) ? holder : undefined;
  if (!runsPrograms(holder.name)) return undefined;
  if (first?.raw.startsWith('<(') === true) return holder;
  const flag = words.findIndex(({ text }) => /^-[a-z]*[ce]$/.test(text ?? ''));
  return flag !== -1 && opensWithSubstitution(words[flag + 1]) ? holder : undefined;
}

const opensWithSubstitution = (word: ShellWord | undefined): boolean => word?.parts[0]?.kind === 'substitution';
