/**
 * Accounts that images and packages bring.
 *
 * Sources: /etc/passwd and /etc/group of base-passwd (Debian, Ubuntu), alpine-baselayout, setup (Fedora, Red Hat)
 * and distroless; the Dockerfiles of Docker's official images, oven-sh/bun, denoland/deno_docker, dotnet/dotnet-docker.
 */
import { type BaseImageFacts, isDistroless, withoutMirror } from '../images/base-images.ts';

export interface BaseAccounts {
  readonly users: ReadonlySet<string>;
  readonly groups: ReadonlySet<string>;
}

const names = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

const debian: BaseAccounts = {
  users: names(
    'root daemon bin sys sync games man lp mail news uucp proxy www-data backup list irc gnats nobody _apt ' +
      'messagebus systemd-network systemd-resolve systemd-timesync systemd-bus-proxy systemd-coredump polkitd sshd',
  ),
  groups: names(
    'root daemon bin sys adm tty disk lp mail news uucp man proxy kmem dialout fax voice cdrom floppy tape sudo audio ' +
      'dip www-data backup operator list irc src gnats shadow utmp video sasl plugdev staff games users nogroup input ' +
      'kvm render sgx crontab ssh _ssh messagebus netdev ssl-cert clock systemd-journal systemd-network',
  ),
};

const alpine: BaseAccounts = {
  users: names(
    'root bin daemon adm lp sync shutdown halt mail news uucp operator man postmaster cron ftp sshd at squid xfs games ' +
      'cyrus vpopmail ntp smmsp guest nobody',
  ),
  groups: names(
    'root bin daemon sys adm tty disk lp mem kmem wheel floppy mail news uucp man cron console audio cdrom dialout ftp ' +
      'sshd input at tape video netdev readproc squid xfs kvm games shadow cdrw www-data usb vpopmail users ntp nofiles ' +
      'smmsp locate abuild utmp ping nogroup nobody cyrus operator postmaster',
  ),
};

const redHat: BaseAccounts = {
  users: names(
    'root bin daemon adm lp sync shutdown halt mail operator games ftp nobody dbus systemd-network systemd-resolve ' +
      'systemd-coredump systemd-oom systemd-timesync tss polkitd sshd rpc unbound',
  ),
  groups: names(
    'root bin daemon sys adm tty disk lp mem kmem wheel cdrom mail man dialout floppy games tape video ftp lock audio ' +
      'users nobody utmp utempter input kvm render sgx systemd-journal dbus ssh_keys tss',
  ),
};

const distroless: BaseAccounts = {
  users: names('root nobody nonroot'),
  groups: names('root nobody nonroot tty staff'),
};

const nobodyAtAll: BaseAccounts = { users: new Set(), groups: new Set() };

const merged = (...all: readonly BaseAccounts[]): BaseAccounts => ({
  users: new Set(all.flatMap(({ users }) => [...users])),
  groups: new Set(all.flatMap(({ groups }) => [...groups])),
});

/** What is not said apart: any of the distributions, and what an Ubuntu of 23.04 on comes with. */
const anyOf = merged(debian, alpine, redHat);

/** Images whose accounts are all known: those of their distribution and the ones named here. */
const closed: ReadonlyMap<string, string> = new Map([
  ...(
    'alpine debian ubuntu python golang rust ruby maven eclipse-temurin openjdk buildpack-deps erlang elixir swift ' +
    'perl dart julia haskell clojure gcc amazoncorretto sapmachine fedora almalinux rockylinux rockylinux/rockylinux ' +
    'oraclelinux amazonlinux public.ecr.aws/amazonlinux/amazonlinux centos quay.io/fedora/fedora pypy nvidia/cuda ' +
    'bitnami/minideb bash hexpm/elixir hexpm/erlang'
  )
    .split(' ')
    .map((name): [string, string] => [name, '']),
  ['node', 'node'],
  ['oven/bun', 'bun'],
  ['denoland/deno', 'deno'],
  ['php', 'www-data'],
  ['nginx', 'nginx'],
  ...['nginxinc', 'nginx', 'ghcr.io/nginxinc', 'ghcr.io/nginx', 'public.ecr.aws/nginx'].map(
    (owner): [string, string] => [`${owner}/nginx-unprivileged`, 'nginx'],
  ),
  ['httpd', 'www-data'],
  ['redis', 'redis'],
  ['postgres', 'postgres postgresql'],
  ['gradle', 'gradle'],
  ['tomcat', ''],
  ...['aspnet', 'runtime', 'runtime-deps', 'sdk'].map((name): [string, string] => [
    `mcr.microsoft.com/dotnet/${name}`,
    '',
  ]),
]);

const redHatLike = /^(?:fedora|almalinux|rockylinux|oraclelinux|amazonlinux|centos|quay\.io\/fedora|public\.ecr)/;

/** The accounts of `scratch`. */
export const accountsOfNothing: BaseAccounts = nobodyAtAll;

/** The accounts of a base image; undefined where they are not all known. A tag that is not known is absent. */
export function baseAccounts(
  name: string,
  tag: string | undefined,
  facts: BaseImageFacts | undefined,
): BaseAccounts | undefined {
  const familiar = withoutMirror(name);
  if (facts === undefined || facts.os !== 'linux') return undefined;
  // Those of Deno and Bun stand on distroless, and make no account of their own.
  if (isDistroless(familiar) || (/^(?:denoland\/deno|oven\/bun)$/.test(familiar) && /distroless/.test(tag ?? '')))
    return distroless;
  const own = closed.get(familiar);
  if (own === undefined) return undefined;
  const added = names(
    [own, facts.userName ?? '', facts.suggestedUser ?? '', ubuntuUser(familiar, tag)].join(' ').trim(),
  );
  return merged(distributionOf(familiar, tag), { users: added, groups: added });
}

function distributionOf(name: string, tag: string | undefined): BaseAccounts {
  if (name === 'alpine' || tag?.includes('alpine') === true) return alpine;
  if (redHatLike.test(name)) return redHat;
  const debianByDefault =
    /^(?:debian|ubuntu|node|python|golang|rust|ruby|php|nginx|httpd|buildpack-deps|bitnami\/minideb)$/;
  return debianByDefault.test(name) && tag !== undefined ? debian : anyOf;
}

/** Ubuntu images have an account `ubuntu` since 23.04. */
const ubuntuUser = (name: string, tag = ''): string =>
  /^(?:debian|node|python|golang|rust|ruby|php|nginx|httpd|alpine)$|nginx-unprivileged$/.test(name) ||
  /1[0-9]\.04|2[0-2]\.(?:04|10)|bionic|focal|jammy|xenial|trusty/.test(tag)
    ? ''
    : 'ubuntu';

/** Accounts that packages of the distributions make for their services, or for others to use. */
const serviceAccounts = names(
  'www-data nginx apache apache2 httpd http lighttpd caddy traefik haproxy varnish vcache squid proxy uwsgi php-fpm ' +
    'redis valkey postgres mysql mariadb mongodb mongod memcache memcached rabbitmq couchdb elasticsearch opensearch ' +
    'logstash kibana grafana prometheus node_exporter zabbix nagios icinga influxdb telegraf collectd statsd carbon ' +
    'graphite bind named unbound dnsmasq postfix postdrop vmail exim Debian-exim dovecot dovenull opendkim clamav amavis ' +
    'spamd smmsp mail sshd ssh _ssh ntp chrony _chrony cron crontab at messagebus dbus avahi polkitd syslog rsyslog ' +
    'systemd-network systemd-resolve systemd-timesync systemd-journal systemd-coredump tor debian-tor privoxy ' +
    'mosquitto asterisk freeswitch icecast icecast2 mpd transmission debian-transmission docker dockremap git gitea ' +
    'gitlab-runner jenkins tomcat jetty solr zookeeper kafka cassandra hdfs yarn mapred spark ftp vsftpd proftpd pulse ' +
    'pulse-access rtkit saned cups lp lpadmin colord gdm geoclue hplip lightdm sddm openvpn rpc rpcuser statd tss uuidd ' +
    'usbmux xrdp epmd lxd libvirt libvirt-qemu qemu kvm ldap openldap slapd freerad radiusd consul vault nomad etcd ' +
    'slurm munge ceph gluster tinyproxy tcpdump wireshark stunnel stunnel4 monit munin puppet salt znc ejabberd prosody ' +
    'fetchmail pdns knot nsd ssl-cert netdev bluetooth sambashare mlocate i2c gpio spi render input sudo wheel sasl ' +
    'Debian-snmp snmp screen utempter adm games audio video plugdev dialout cdrom users nogroup abuild _apt rabbit ' +
    'dd-agent td-agent fluentd fluent newrelic nut cyrus cockpit-ws setroubleshoot unbound tomcat8 tomcat9 tomcat10',
);

/** Whether a name is one that services of the distributions run as. */
export const isServiceAccount = (name: string): boolean => serviceAccounts.has(name) || /^nixbld/.test(name);

/** Packages that make no account, whatever they are called. */
const plainPackages = names(
  'nodejs nodejs-current node npm yarn pnpm python python2 python3 python3-pip python3-venv python3-dev py3-pip py-pip ' +
    'bash curl wget git ca-certificates tzdata build-base build-essential gcc g++ make musl-dev libc6-compat libc6 tini ' +
    'dumb-init su-exec gosu openssl jq unzip zip xz-utils tar gnupg shadow libstdc++ vim nano less linux-headers libpq-dev ' +
    'openjdk17-jre openjdk21-jre openjdk-17-jre openjdk-21-jre openjdk-17-jdk default-jre gettext libpq chromium ffmpeg ' +
    'vips vips-dev sqlite sqlite3 dos2unix rsync',
);

/** Programs of the distributions that install packages. */
export const installsSystemPackages = names(
  'apk apt apt-get aptitude dpkg dnf yum microdnf tdnf rpm zypper pacman gdebi install_packages emerge xbps-install',
);

/** Whether the installation of these packages may have made an account of this name. */
export function packagesMayMake(account: string, packages: Iterable<string>): boolean {
  const stem = account.replace(/^_/, '').toLowerCase();
  for (const name of packages) {
    const own = name.replace(/[=<>~@:].*/s, '').toLowerCase();
    if (own === '' || plainPackages.has(own)) continue;
    if (serviceAccounts.has(account)) return true;
    const first = /^[a-z]{3,}/.exec(own)?.[0];
    if (own.includes(stem) || (first !== undefined && stem.includes(first))) return true;
  }
  return false;
}
