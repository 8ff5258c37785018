/** Package managers that ask a question which nothing in the build answers. */
import type { ConsentCall } from '../../knowledge/index.ts';
import type { Redirect } from '../../syntax/index.ts';
import type { Build, Command, Located } from '../build.ts';
import { type Fix, wordBehind } from '../mends/fix.ts';
import { consentCallOf } from '../run/command-calls.ts';
import { writtenCommands } from '../run/written-commands.ts';
import { settingsAt } from './manager-settings.ts';

export interface UnansweredCall {
  readonly command: Command;
  readonly program: string;
  readonly verb: string;
  readonly asks: ConsentCall['asks'];
  /** The word for the operation. */
  readonly at: Located;
  readonly fix?: Fix;
}

/** Each call that asks before it installs or removes, once. */
export function* unansweredCalls(build: Build): Iterable<UnansweredCall> {
  const seen = new Set<Command['span']>();
  for (const command of writtenCommands(build)) {
    const call = consentCallOf(command);
    if (call === undefined || seen.has(command.span)) continue;
    if (mayHoldFlags(command) || isFed(command) || isConfigured(call, command, build)) continue;
    seen.add(command.span);
    const { program, verb, asks } = call;
    const [first] = verb.split(' ');
    const at = command.shell.words.find(({ text }) => text === first);
    const flag = program === 'pacman' ? '--noconfirm' : '-y';
    const edits = at === undefined ? [] : [wordBehind(command, at, flag)];
    const fix: Fix = { says: `Answer with ${flag}`, safety: 'safe', edits };
    yield { command, program, verb, asks, at: at ?? command, ...(edits.length === 0 ? {} : { fix }) };
  }
}

/** A word that is not known and begins with a variable. */
const mayHoldFlags = ({ arguments: words, shell }: Command): boolean =>
  words.includes(undefined) &&
  shell.effective.some(({ text, parts }) => text === undefined && parts[0]?.kind !== 'literal');

/** Something else writes to it: `yes | apt-get install`, `<<< y`; xargs leaves it nothing. */
function isFed({ step, shell }: Command): boolean {
  if (shell.redirects.some(feeds)) return true;
  if (shell.words.some(({ text }) => text === 'xargs')) return false;
  return step.commands.some(
    ({ name, shell: other }) => other.index < shell.index && (other.pipeline === shell.pipeline || name === 'yes'),
  );
}

const feeds = ({ operator, fd, target }: Redirect): boolean =>
  operator.startsWith('<') && (fd ?? 0) === 0 && target.text !== '/dev/null';

/** A file of its settings answers, or may do so: it comes from elsewhere, and what is in it is not known. */
function isConfigured({ settings }: ConsentCall, command: Command, build: Build): boolean {
  if (command.step.before.env.has('APT_CONFIG') && settings.key === 'assume-yes') return true;
  return settingsAt(settings.paths, command, build).some(
    (text) => text === undefined || text.toLowerCase().replaceAll('_', '').includes(settings.key),
  );
}
