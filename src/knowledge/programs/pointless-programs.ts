/**
 * Programs that have nothing to do in a RUN: no terminal, no init system, no other processes, no privileges, and
 * nothing that runs in it is there when it has ended.
 */
export type Pointless = 'editor' | 'session' | 'machine' | 'service' | 'look' | 'kill' | 'mount' | 'network';

const kinds: readonly (readonly [Pointless, string])[] = [
  ['editor', 'vim vi nvim nano emacs pico less more'],
  ['session', 'ssh telnet ftp sftp rsh rlogin screen tmux'],
  ['machine', 'shutdown reboot halt poweroff telinit'],
  ['service', 'service systemctl rc-service'],
  ['look', 'ps top htop free uptime vmstat iostat lsof netstat dmesg'],
  ['kill', 'kill killall pkill'],
  ['mount', 'mount umount modprobe insmod'],
  ['network', 'ifconfig ifup ifdown iptables ip6tables'],
];
const programs: ReadonlyMap<string, Pointless> = new Map(
  kinds.flatMap(([kind, names]) => names.split(' ').map((name): [string, Pointless] => [name, kind])),
);

/** Those that hadolint's DL3001 names, as it was tried. */
const namedByHadolint: ReadonlySet<string> = new Set('ssh vim shutdown service ps free top kill mount'.split(' '));
export const isNamedByHadolint = (name: string): boolean => namedByHadolint.has(name);

export interface ServiceCall {
  readonly service?: string;
  /** `manages`: it asks, or changes what the next start does. */
  readonly does: 'starts' | 'stops' | 'manages';
}

const starts: ReadonlySet<string> = new Set(['start', 'restart', 'reload', 'force-reload', 'try-restart']);
/** Of systemctl: links on the disk, which need no running systemd. */
const offline: ReadonlySet<string> = new Set(
  'enable disable mask unmask preset preset-all set-default link is-enabled add-wants --version'.split(' '),
);

/** What `service nginx start`, `systemctl start nginx` or `/etc/init.d/nginx start` does. */
export function serviceCall(path: string, words: readonly (string | undefined)[]): ServiceCall | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const operands = words.filter((word) => word === undefined || !word.startsWith('-') || word === '--version');
  if (path.startsWith('/etc/init.d/')) return callOf(name, operands[0]);
  if (name === 'service' || name === 'rc-service') return callOf(operands[0], operands[1]);
  if (name !== 'systemctl' || words.some((word) => word?.startsWith('--root'))) return undefined;
  return operands[0] === undefined || offline.has(operands[0]) ? undefined : callOf(operands[1], operands[0]);
}

function callOf(service: string | undefined, verb: string | undefined): ServiceCall {
  const does = verb !== undefined && starts.has(verb) ? 'starts' : verb === 'stop' ? 'stops' : 'manages';
  return { does, ...(service === undefined ? {} : { service }) };
}

/** Why a program is pointless in a RUN; undefined where its words say that it does something of use. */
export function pointless(path: string, words: readonly (string | undefined)[]): Pointless | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const kind = path.startsWith('/etc/init.d/') ? 'service' : programs.get(name);
  switch (kind) {
    case 'service':
      return serviceCall(path, words) === undefined ? undefined : kind;
    case 'editor':
      return words.some(isBatch) || ((name === 'less' || name === 'more') && words.length > 0) ? undefined : kind;
    case 'kill':
      return words.some((word) => word === undefined || word.startsWith('%')) ? undefined : kind;
    default:
      return kind !== undefined && words.some((word) => word === '--version' || word === '-V') ? undefined : kind;
  }
}

/** vim is told its commands: `+PlugInstall`, `-c`, `-es`, `--headless`. */
const isBatch = (word: string | undefined): boolean =>
  word === undefined || /^(?:\+.|-c$|-[eEs]+$|--cmd|--headless|--batch|--script|--eval|--version)/.test(word);
