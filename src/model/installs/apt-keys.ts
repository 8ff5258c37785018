/** Keys of package repositories that apt trusts for all of them. */
import { isDistributionRing, isTrustedRing, trustsKey, writtenAmong } from '../../knowledge/index.ts';
import type { Build, Located, Step } from '../build.ts';
import { type ReadCommand, readCommands } from '../run/fetches.ts';
import { writtenRuns } from '../run/written-runs.ts';
import { outlineAt } from '../state/word-values.ts';

export interface TrustedKey extends Located {
  /** The ring or file that holds it; absent for apt-key. */
  readonly ring?: string;
}

/** Each place that makes a key trusted for all repositories, and leaves it so. */
export function* trustedKeys(build: Build): Iterable<TrustedKey> {
  for (const { step, script, commands } of writtenRuns(build)) {
    const raw = script.text.text;
    if (!raw.includes('apt-key') && !raw.includes('trusted.gpg')) continue;
    if (commands.length > 0) yield* inRun(readCommands(step, script));
  }
  for (const stage of build.stages) for (const step of stage.steps) yield* copied(step, build);
}

function* inRun(commands: readonly ReadCommand[]): Iterable<TrustedKey> {
  for (const [at, command] of commands.entries()) {
    const { name, words, shell } = command;
    if (name === undefined) continue;
    const taken = commands.slice(at + 1).flatMap((later) => takenBy(later));
    if (trustsKey(name, words)) {
      const [first] = shell.effective;
      if (!taken.some(isTrustedRing)) yield { span: first?.span ?? shell.span };
      continue;
    }
    const ring = ringOf(command);
    if (ring !== undefined && !isDistributionRing(ring.ring) && !taken.some((path) => ring.ring.startsWith(path)))
      yield ring;
  }
}

/** What mv and rm take away. */
const takenBy = ({ name, words }: ReadCommand): readonly string[] =>
  name === 'rm' ? words.filter((word) => word.startsWith('/')) : name === 'mv' ? words.slice(0, -1) : [];

function ringOf({ name, words, shell }: ReadCommand): (Located & { readonly ring: string }) | undefined {
  for (const { operator, target } of shell.redirects)
    if (operator.includes('>') && isTrustedRing(target.text ?? target.raw))
      return { span: target.span, ring: target.text ?? target.raw };
  const at = name === undefined ? undefined : writtenAmong(name, words).find(isTrustedRing);
  const word = at === undefined ? undefined : shell.effective[words.findIndex((each) => each.endsWith(at)) + 1];
  return at === undefined || word === undefined ? undefined : { span: word.span, ring: at };
}

function* copied(step: Step, build: Build): Iterable<TrustedKey> {
  const { instruction } = step;
  if (instruction.keyword !== 'COPY' && instruction.keyword !== 'ADD') return;
  const ring = outlineAt(instruction.destination, step, build);
  const sources = instruction.sources.map(({ raw }) => raw);
  if (isTrustedRing(ring) && ![ring, ...sources].some(isDistributionRing))
    yield { span: instruction.destination.span, ring };
}
