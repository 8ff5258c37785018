/**
 * Programs that start what they start in the background and end: a container ends with them.
 *
 * By their own documentation; each was also the start of containers that were asked about as "exits immediately".
 */

type Words = readonly (string | undefined)[];

export interface BackgroundStart {
  /** What it is, for people. */
  readonly program: string;
  /** The call that stays; absent where there is none of the same program. */
  readonly stays?: string;
}

interface Daemon {
  readonly names: RegExp;
  /** Whether these arguments leave the program in the background. */
  readonly leaves: (words: readonly string[]) => boolean;
  readonly stays?: string;
}

const has =
  (pattern: RegExp) =>
  (words: readonly string[]): boolean =>
    words.some((word) => pattern.test(word));

const lacks =
  (pattern: RegExp) =>
  (words: readonly string[]): boolean =>
    !words.some((word) => pattern.test(word));

const verbs = /^(?:start|restart|reload)$/;

const daemons: readonly Daemon[] = [
  { names: /^(?:service|rc-service|invoke-rc\.d)$/, leaves: has(verbs) },
  { names: /^systemctl$/, leaves: has(verbs) },
  {
    names: /^pm2$/,
    leaves: (words) => has(/^(?:start|restart|reload|resurrect)$/)(words) && lacks(/^--(?:no-daemon|attach)$/)(words),
    stays: 'pm2-runtime',
  },
  { names: /^forever$/, leaves: ([verb]) => verb === 'start' },
  {
    names: /^(?:apachectl|apache2ctl|apache2|httpd)$/,
    leaves: (words) => (has(verbs)(words) || words.length === 0) && lacks(/FOREGROUND$|NO_DETACH$|^-X$/)(words),
    stays: '-D FOREGROUND',
  },
  { names: /^cron$/, leaves: lacks(/^-[a-zA-Z]*f/), stays: 'cron -f' },
  { names: /^crond$/, leaves: lacks(/^-[a-zA-Z]*[fnxd]/), stays: 'crond -f' },
  { names: /^sshd$/, leaves: lacks(/^-[a-zA-Z0-9]*[DdtTGVi]/), stays: 'sshd -D' },
  { names: /^php-fpm[\d.]*$/, leaves: has(/^(?:-D|--daemonize)$/), stays: 'php-fpm -F' },
  { names: /^gunicorn$/, leaves: has(/^(?:-D|--daemon)$/), stays: 'gunicorn without --daemon' },
  { names: /^mongod$/, leaves: has(/^--fork$/), stays: 'mongod without --fork' },
  { names: /^postfix$/, leaves: ([verb]) => verb === 'start', stays: 'postfix start-fg' },
  { names: /^catalina\.sh$/, leaves: ([verb]) => verb === 'start', stays: 'catalina.sh run' },
  { names: /^rabbitmq-server$/, leaves: has(/^-detached$/), stays: 'rabbitmq-server without -detached' },
  { names: /^memcached$/, leaves: has(/^(?:-d|--daemon)$/), stays: 'memcached without -d' },
  {
    names: /^(?:redis|valkey|keydb)-server$/,
    leaves: (words) => words[words.indexOf('--daemonize') + 1] === 'yes' && words.includes('--daemonize'),
    stays: '--daemonize no',
  },
  { names: /^uwsgi$/, leaves: has(/^(?:--daemonize2?(?:=.*)?|-d)$/), stays: 'uwsgi without --daemonize' },
  { names: /^unicorn(?:_rails)?$/, leaves: has(/^(?:-D|--daemonize)$/), stays: 'unicorn without -D' },
  { names: /^celery$/, leaves: (words) => has(/^--detach$/)(words) || has(/^multi$/)(words), stays: 'celery worker' },
  { names: /^mysqld$/, leaves: has(/^(?:-D|--daemonize)$/), stays: 'mysqld without --daemonize' },
  {
    names: /^dnsmasq$/,
    leaves: lacks(/^(?:-[a-zA-Z]*[kdv]|--(?:keep-in-foreground|no-daemon|test|version|help))$/),
    stays: 'dnsmasq -k',
  },
  { names: /^rsyslogd$/, leaves: lacks(/^-[a-zA-Z]*[nNv]/), stays: 'rsyslogd -n' },
  { names: /^lighttpd$/, leaves: (words) => has(/^-f$/)(words) && lacks(/^-D$/)(words), stays: 'lighttpd -D' },
];

/** The program of a call that ends once it has started a server; undefined for those that stay, and where a word is not known. */
export function backgroundStart([first, ...rest]: Words): BackgroundStart | undefined {
  const words = rest.filter((word) => word !== undefined);
  if (first === undefined || words.length < rest.length) return undefined;
  const name = first.slice(first.lastIndexOf('/') + 1);
  if (/^\/etc\/(?:rc\.d\/)?init\.d\//.test(first))
    return words.some((word) => verbs.test(word)) ? { program: name } : undefined;
  const daemon = daemons.find(({ names }) => names.test(name));
  if (daemon?.leaves(words) !== true) return undefined;
  return daemon.stays === undefined ? { program: name } : { program: name, stays: daemon.stays };
}

/** Whether nginx is called to serve, with nothing on its command line that keeps it in the foreground. */
export function isPlainNginx([first, ...rest]: Words): boolean {
  const words = rest.filter((word) => word !== undefined);
  if (first?.slice(first.lastIndexOf('/') + 1) !== 'nginx' || words.length < rest.length) return false;
  return !words.some((word) => /daemon\s+off|^-[tTvVshc?]/.test(word));
}
