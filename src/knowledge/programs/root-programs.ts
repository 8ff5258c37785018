/** Programs that are meant to start as root, and starts that run no program at all. */

/**
 * Servers whose master process starts as root to bind its port or read its keys and gives its workers another
 * user, by program (the default configurations of nginx, Apache httpd, PHP-FPM, HAProxy, OpenSSH).
 */
const masters: ReadonlyMap<string, string> = new Map([
  ['nginx', 'nginx'],
  ['openresty', 'nginx'],
  ['httpd', 'httpd'],
  ['httpd-foreground', 'httpd'],
  ['apache2', 'httpd'],
  ['apache2-foreground', 'httpd'],
  ['apache2ctl', 'httpd'],
  ['apachectl', 'httpd'],
  ['haproxy', 'haproxy'],
  ['sshd', 'sshd'],
]);

/** The server whose master a program is: `/usr/sbin/nginx`, `php-fpm8.3`. */
export function serverMaster(program: string): string | undefined {
  const name = program.slice(program.lastIndexOf('/') + 1);
  return /^php-fpm[\d.]*$/.test(name) ? 'php-fpm' : masters.get(name);
}

/**
 * The configuration file that a call of supervisord names; without one it looks in several places. Undefined for
 * other programs. Source: http://supervisord.org/running.html.
 */
export function supervisorCall([program, ...rest]: readonly (string | undefined)[]):
  | { readonly config?: string }
  | undefined {
  if (program === undefined || !/(?:^|\/)supervisord$/.test(program)) return undefined;
  const at = rest.findIndex((word) => word !== undefined && /^(?:-c$|--configuration(?:$|=))/.test(word));
  const config = rest[at]?.includes('=') ? rest[at].slice(rest[at].indexOf('=') + 1) : rest[at + 1];
  return at === -1 || config === undefined ? {} : { config };
}

/**
 * Whether a supervisord.conf gives programs accounts (`user=`), which only root may do, starts a server whose master
 * drops its rights by itself, or includes other files that may do so.
 */
export const givesAccounts = (config: string): boolean =>
  /^[ \t]*(?:user[ \t]*=[ \t]*(?!root\b)\S|\[include\])/m.test(config) ||
  [...config.matchAll(/^[ \t]*command[ \t]*=[ \t]*(\S+)/gm)].some(
    ([, program = '']) => serverMaster(program) !== undefined || /(?:^|\/)crond?$/.test(program),
  );

const promptNames = /^(?:sh|bash|ash|dash|zsh|fish|node|bun|deno|python[\d.]*|irb|jshell|iex|ghci|julia|R|psql)$/;

/** A shell or an interpreter that got nothing to run: `bash -l`, `node`, `php -a`. */
export function isPrompt(words: readonly (string | undefined)[]): boolean {
  const [program, ...rest] = words;
  if (program === undefined) return false;
  const name = program.slice(program.lastIndexOf('/') + 1);
  if (name === 'php') return rest.length === 1 && rest[0] === '-a';
  return promptNames.test(name) && rest.every((word) => word !== undefined && /^-(?:[il]+|-login)$/.test(word));
}

/** Packages of container engines and builders, which need root or a socket that only root may use. */
const engines: ReadonlySet<string> = new Set(
  (
    'docker.io docker-ce docker-ce-cli docker-cli docker moby-engine moby-cli containerd containerd.io nerdctl ' +
    'buildah podman cri-tools cri-o'
  ).split(' '),
);

export const isContainerEngine = (packageName: string): boolean => engines.has(packageName);

/**
 * Packages whose programs make, mount and check file systems or set up volumes and packet filters: for root alone
 * (mount(8), lvm(8), mkfs.xfs(8), iptables(8), nft(8), cryptsetup(8), iscsiadm(8)). An image that serves installs none.
 */
const hostTools: ReadonlySet<string> = new Set(
  (
    'lvm2 nfs-common nfs-utils nfs-kernel-server xfsprogs btrfs-progs cryptsetup cryptsetup-bin open-iscsi ' +
    'iscsi-initiator-utils multipath-tools iptables nftables ipset ipvsadm conntrack wireguard-tools'
  ).split(' '),
);

export const isHostTool = (packageName: string): boolean => hostTools.has(packageName);

/** Whether a program runs applications of its language: it is not the server of the base image that it starts in. */
export const isLanguageRuntime = (program: string): boolean =>
  /^(?:node|nodejs|bun|deno|python[\d.]*|ruby|java|dotnet|php|perl)$/.test(program.slice(program.lastIndexOf('/') + 1));

/**
 * Packages and archives that no kernel starts: an image that names one as its program is a parcel which
 * `docker cp` or a registry client opens. A `.jar` is left out, for binfmt_misc may start it.
 */
const parcel = /\.(?:apk|aab|ipa|deb|rpm|msi|dmg|whl|vsix|zip|tar|gz|tgz|xz|txz|zst|iso|img|qcow2)$/i;

export const isParcel = (program: string): boolean => parcel.test(program);
