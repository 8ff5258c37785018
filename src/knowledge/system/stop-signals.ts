/** The signal with which a container is told to stop. */

/** Linux numbers of the signals that are named in Dockerfiles. */
const byNumber: ReadonlyMap<string, string> = new Map([
  ['1', 'HUP'],
  ['2', 'INT'],
  ['3', 'QUIT'],
  ['9', 'KILL'],
  ['10', 'USR1'],
  ['12', 'USR2'],
  ['15', 'TERM'],
  ['19', 'STOP'],
  ['28', 'WINCH'],
  ['37', 'RTMIN+3'],
]);

/** `SIGKILL`, `kill` and `9` are one. */
export function signalName(written: string): string {
  const name = written.trim().toUpperCase().replace(/^SIG/, '');
  return `SIG${byNumber.get(name) ?? name}`;
}

const names = new Set(
  (
    'ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT SEGV STKFLT STOP SYS TERM TRAP ' +
    'TSTP TTIN TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ RTMIN RTMAX'
  ).split(' '),
);

/** Whether BuildKit takes it for STOPSIGNAL: a name that Linux has, in any case, or a number, in whatever range, but 0. */
export function isSignal(written: string): boolean {
  const name = written.trim().toUpperCase().replace(/^SIG/, '');
  if (/^[+-]?\d{1,18}$/.test(written.trim())) return Number(written) !== 0;
  const offset = /^RT(?:MIN\+|MAX-)([1-9]\d?)$/.exec(name)?.[1];
  if (offset === undefined) return names.has(name);
  return Number(offset) <= (name.startsWith('RTMIN') ? 15 : 14);
}

/** No program sees them (signal(7)). */
export const isUncatchable = (signal: string): boolean => signal === 'SIGKILL' || signal === 'SIGSTOP';

export interface StopWish {
  /** The signal that ends it in good order. */
  readonly signal: string;
  /** What it does on SIGTERM. */
  readonly otherwise: 'drops-requests' | 'goes-on';
}

/** nginx(8), php-fpm(8), httpd's "Stopping and Restarting", as their official images set it; systemd(1), "Signals". */
const wishes: ReadonlyMap<string, StopWish> = new Map([
  ['nginx', { signal: 'SIGQUIT', otherwise: 'drops-requests' }],
  ['openresty', { signal: 'SIGQUIT', otherwise: 'drops-requests' }],
  ['php-fpm', { signal: 'SIGQUIT', otherwise: 'drops-requests' }],
  ['httpd', { signal: 'SIGWINCH', otherwise: 'drops-requests' }],
  ['httpd-foreground', { signal: 'SIGWINCH', otherwise: 'drops-requests' }],
  ['apache2-foreground', { signal: 'SIGWINCH', otherwise: 'drops-requests' }],
  ['systemd', { signal: 'SIGRTMIN+3', otherwise: 'goes-on' }],
]);

/** By the path of the program that starts; `/sbin/init` is systemd except where the C library is musl. */
export function stopWish(program: string, musl: boolean): StopWish | undefined {
  const name = program.replace(/^.*\//, '').replace(/^php-fpm[\d.]+$/, 'php-fpm');
  const isInit = /^\/(?:usr\/)?s?bin\/init$/.test(program);
  return wishes.get(isInit && !musl ? 'systemd' : name);
}
