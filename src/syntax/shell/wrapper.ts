/** Commands that run the command in their arguments. */
import type { Assignment, ShellCommand, ShellWord } from './command.ts';
import { assignmentInWord } from './word.ts';

/** How a wrapper's own words are told from those of the command that it runs. */
interface Wrapper {
  /** Options that take their value from the next word when none is attached. */
  readonly valued: ReadonlySet<string>;
  /** Options that make it do something other than run a command. */
  readonly otherwise: ReadonlySet<string>;
  /** Words of its own between the options and the command. */
  readonly operands: number;
  /** It takes `NAME=value` words before the command. */
  readonly assigns: boolean;
}

const words = (list: string): ReadonlySet<string> => new Set(list.split(' ').filter((word) => word !== ''));

const wrapper = (valued = '', more: { otherwise?: string; operands?: number; assigns?: boolean } = {}): Wrapper => ({
  valued: words(valued),
  otherwise: words(more.otherwise ?? ''),
  operands: more.operands ?? 0,
  assigns: more.assigns ?? false,
});

/** Options as in the manual pages of sudo, doas, coreutils, util-linux, findutils, bash, busybox, tini and the rest. */
const wrappers: ReadonlyMap<string, Wrapper> = new Map([
  [
    'sudo',
    wrapper(
      '-u --user -g --group -h --host -p --prompt -C --close-from -D --chdir -R --chroot -T --command-timeout -r --role -t --type -U --other-user',
      { assigns: true, otherwise: '-l --list -e --edit -V --version -v --validate -K --remove-timestamp' },
    ),
  ],
  ['doas', wrapper('-u -C', { otherwise: '-L -s' })],
  ['env', wrapper('-u --unset -C --chdir -a --argv0', { assigns: true, otherwise: '-S --split-string' })],
  ['timeout', wrapper('-k --kill-after -s --signal', { operands: 1 })],
  ['nice', wrapper('-n --adjustment')],
  ['ionice', wrapper('-c --class -n --classdata', { otherwise: '-p --pid -P --pgid -u --uid' })],
  [
    'chrt',
    wrapper('-T --sched-runtime -P --sched-period -D --sched-deadline', {
      operands: 1,
      otherwise: '-p --pid -m --max',
    }),
  ],
  ['taskset', wrapper('', { operands: 1, otherwise: '-p --pid' })],
  ['nohup', wrapper()],
  ['setsid', wrapper()],
  ['time', wrapper('-f --format -o --output')],
  ['command', wrapper('', { otherwise: '-v -V' })],
  ['builtin', wrapper()],
  ['exec', wrapper('-a')],
  [
    'xargs',
    wrapper('-a --arg-file -d --delimiter -E -I -L -n --max-args -P --max-procs -s --max-chars --process-slot-var'),
  ],
  ['stdbuf', wrapper('-i --input -o --output -e --error')],
  ['unbuffer', wrapper()],
  [
    'setpriv',
    wrapper(
      '--ambient-caps --inh-caps --bounding-set --ruid --euid --reuid --rgid --egid --regid --groups --securebits --pdeathsig --ptracer --selinux-label --apparmor-profile --landlock-access --landlock-rule --seccomp-filter',
      { otherwise: '-d --dump' },
    ),
  ],
  ['gosu', wrapper('', { operands: 1 })],
  ['su-exec', wrapper('', { operands: 1 })],
  ['setuidgid', wrapper('', { operands: 1 })],
  ['chpst', wrapper('-u -U -b -/ -C -n -l -L -m -d -o -p -f -c -r -t -e')],
  ['runuser', wrapper('-u --user -g --group -G --supp-group -s --shell', { otherwise: '-c --command -l --login -' })],
  ['flock', wrapper('-w --wait --timeout -E --conflict-exit-code', { operands: 1, otherwise: '-c --command' })],
  ['tini', wrapper('-p -e')],
  ['tini-static', wrapper('-p -e')],
  ['dumb-init', wrapper('-r --rewrite')],
  ['catchsegv', wrapper()],
  ['fakeroot', wrapper('-l --lib --faked -i -s -b --unknown-is-real')],
  ['eatmydata', wrapper()],
  [
    'xvfb-run',
    wrapper('-e --error-file -f --auth-file -n --server-num -p --xauth-protocol -s --server-args -w --wait'),
  ],
  ['dbus-run-session', wrapper('--config-file --dbus-daemon')],
  ['ssh-agent', wrapper('-a -E -O -P -t', { otherwise: '-k -c -s' })],
  ['busybox', wrapper('', { otherwise: '--list --list-full --install --help' })],
]);

/** What a command really runs, and with which variables added to its environment. */
export interface Unwrapped {
  readonly effective: readonly ShellWord[];
  readonly assignments: readonly Assignment[];
}

/** The last component of a command's path, also where a variable gives the folder; undefined when one hides it. */
export function baseName(word: ShellWord | undefined): string | undefined {
  const text = word?.text ?? belowVariable(word?.raw);
  return text?.slice(text.lastIndexOf('/') + 1);
}

/** `/bin/jlink` of `$JAVA_HOME/bin/jlink`, `"${JAVA_HOME}/bin/jlink"` and `"$JAVA_HOME"/bin/jlink`. */
const belowVariable = (raw = ''): string | undefined => /^"?\$(?:\w+|\{\w+\})"?((?:\/[\w.+-]+)+)"?$/.exec(raw)?.[1];

/** The words in front of what a command really runs: the programs that run it, and their own words. */
export const wrappersOf = ({ words: all, effective }: ShellCommand): readonly ShellWord[] =>
  all.slice(0, all.length - effective.length);

/** The program that a command really runs, without its path: `npm` for `sudo /usr/local/bin/npm ci`. */
export const commandName = (command: ShellCommand): string | undefined => baseName(command.effective[0]);

/**
 * Takes the wrappers off. A wrapper that runs no command, or of which a word that decides where the
 * command begins is not known, stays.
 */
export function unwrap(command: readonly ShellWord[]): Unwrapped {
  const assignments: Assignment[] = [];
  let start = 0;
  for (;;) {
    const name = baseName(command[start]);
    const found = name === undefined ? undefined : wrappers.get(name);
    const next = name === undefined || found === undefined ? undefined : commandAfter(name, found, command, start + 1);
    if (name === undefined || next === undefined) break;
    assignments.push(...next.assignments);
    start = next.start;
  }
  return { effective: start === 0 ? command : command.slice(start), assignments };
}

function commandAfter(
  name: string,
  own: Wrapper,
  command: readonly ShellWord[],
  from: number,
): { readonly start: number; readonly assignments: readonly Assignment[] } | undefined {
  const assignments: Assignment[] = [];
  let at = from;
  let operands = own.operands;
  let options = true;
  for (; at < command.length; at += 1) {
    const word = command[at];
    const text = word?.text;
    if (options && text === '--') options = false;
    else if (options && text?.startsWith('-') === true && (text !== '-' || name === 'env')) {
      const option = readOption(text, own);
      if (option === 'otherwise') return undefined;
      const unset = name === 'env' ? unsetBy(text, word, command[at + 1]) : undefined;
      if (unset !== undefined) assignments.push(unset);
      if (option === 'takes the next word') at += 1;
    } else {
      options = false;
      const assignment = own.assigns && word !== undefined ? assignmentInWord(word) : undefined;
      if (assignment !== undefined) assignments.push(assignment);
      else if (operands === 0) return { start: at, assignments };
      else operands -= 1;
    }
  }
  return undefined;
}

/** `env -u NODE_ENV`: for most programs a variable without text is as good as none. */
function unsetBy(option: string, word: ShellWord | undefined, next: ShellWord | undefined): Assignment | undefined {
  const [, attached] = /^(?:-u|--unset=)(\w+)$/.exec(option) ?? [];
  const name = attached ?? (/^(?:-u|--unset)$/.test(option) ? next?.text : undefined);
  if (name === undefined || word === undefined || !/^\w+$/.test(name)) return undefined;
  const { span } = (attached === undefined ? next : word) ?? word;
  return { name, value: { raw: '', text: '', parts: [], span }, append: false, span };
}

function readOption(text: string, own: Wrapper): 'otherwise' | 'takes the next word' | 'stands alone' {
  const name = text.startsWith('--') ? (text.split('=', 1)[0] ?? text) : text;
  if (own.otherwise.has(name)) return 'otherwise';
  if (text.startsWith('--')) return text === name && own.valued.has(name) ? 'takes the next word' : 'stands alone';
  for (let at = 1; at < text.length; at += 1) {
    const letter = `-${text.charAt(at)}`;
    if (own.otherwise.has(letter)) return 'otherwise';
    if (own.valued.has(letter)) return at === text.length - 1 ? 'takes the next word' : 'stands alone';
  }
  return 'stands alone';
}
