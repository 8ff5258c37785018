/**
 * Package managers that ask before they change anything, and what answers them.
 *
 * By apt-get(8), apt(8), aptitude(8), yum(8), dnf(8), zypper(8), pacman(8). DEBIAN_FRONTEND is for the questions of
 * packages, not for that of apt-get; `-n` behind zypper's command means the names of packages. apk does not ask.
 * apt-get installs without a question what is named, as long as nothing else has to be installed or removed for it.
 */
import { packageOperands } from './system-packages.ts';

type Words = readonly (string | undefined)[];

export interface ConsentCall {
  readonly program: string;
  /** The operation as written: `install`, `group install`; of pacman its flag. */
  readonly verb: string;
  /** `with-work`: only where there is something to do; `with-more`: only where packages that are not named come along. */
  readonly asks: 'always' | 'with-work' | 'with-more';
  /** Files and folders of its settings, and what in them answers. */
  readonly settings: { readonly paths: readonly string[]; readonly key: string };
}

interface Asker {
  readonly verbs: ReadonlySet<string>;
  /** Operations that ask for what there is to upgrade or to clear away. */
  readonly maintenance: ReadonlySet<string>;
  /** Operations that are two words: `group install`. */
  readonly pairs: ReadonlySet<string>;
  readonly long: ReadonlySet<string>;
  /** Letters that answer, alone or among others. */
  readonly letters: string;
  readonly settings: ConsentCall['settings'];
}

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));

const apt: Asker = {
  verbs: set('install remove purge build-dep satisfy reinstall'),
  maintenance: set('upgrade dist-upgrade full-upgrade safe-upgrade autoremove autopurge'),
  pairs: set(''),
  long: set('--yes --assume-yes --assume-no --simulate --just-print --dry-run --recon --no-act --print-uris --help'),
  letters: 'ysh',
  settings: { paths: ['/etc/apt/apt.conf', '/etc/apt/apt.conf.d'], key: 'assume-yes' },
};

const rpm: Asker = {
  verbs: set('install localinstall groupinstall in remove erase rm groupremove downgrade swap builddep'),
  maintenance: set('update upgrade up distro-sync dsync autoremove groupupdate upgrade-minimal update-minimal'),
  pairs: set('group groups module'),
  long: set('--assumeyes --assumeno --help'),
  letters: 'yh',
  settings: { paths: ['/etc/yum.conf', '/etc/dnf/dnf.conf', '/etc/dnf/libdnf5.conf.d'], key: 'assumeyes' },
};

const zypper: Asker = {
  verbs: set('install in remove rm source-install si'),
  maintenance: set('update up dist-upgrade dup patch verify ve install-new-recommends inr'),
  pairs: set(''),
  long: set('--no-confirm --non-interactive --non-interactive-include-reboot-patches --dry-run --help'),
  letters: 'yDh',
  settings: { paths: ['/etc/zypp/zypper.conf', '/root/.zypper.conf'], key: 'noninteractive' },
};

const askers: ReadonlyMap<string, Asker> = new Map([
  ...['apt-get', 'apt', 'aptitude', 'apt-fast'].map((name) => [name, apt] as const),
  ...['yum', 'dnf', 'dnf5', 'tdnf', 'microdnf'].map((name) => [name, rpm] as const),
  ['zypper', zypper],
]);

/** The call that asks and that no word of its own answers; undefined for other commands. */
export function consentCall(words: Words): ConsentCall | undefined {
  const [first, ...rest] = words;
  const program = first?.slice(first.lastIndexOf('/') + 1) ?? '';
  if (program === 'pacman') return pacmanCall(rest);
  const asker = askers.get(program);
  if (asker === undefined || isAnswered(program, rest, asker)) return undefined;
  const operands = packageOperands(words) ?? [];
  const known = operands.filter((word) => word !== undefined);
  const [verb = '', object = ''] = known;
  const { settings } = asker;
  // `apt-get install -f` sets right what is broken, if anything is.
  const idle = asker.maintenance.has(verb) || operands.length === 1;
  const asks = idle
    ? 'with-work'
    : asker === apt && (verb === 'install' || verb === 'reinstall')
      ? 'with-more'
      : 'always';
  if (asker.verbs.has(verb) || asker.maintenance.has(verb)) return { program, verb, asks, settings };
  return asker.pairs.has(verb) && /^(?:install|remove|enable|upgrade|update)$/.test(object)
    ? { program, verb: `${verb} ${object}`, asks: 'always', settings }
    : undefined;
}

const isVerb = (word: string, asker: Asker): boolean =>
  asker.verbs.has(word) || asker.maintenance.has(word) || asker.pairs.has(word);

function isAnswered(program: string, words: Words, asker: Asker): boolean {
  const verb = words.findIndex((word) => isVerb(word ?? '', asker));
  let quiet = 0;
  for (const [at, word = ''] of words.entries()) {
    const [, name = word, value] = /^(--?[^=]+)=(.*)$/s.exec(word) ?? [];
    if (asker.long.has(name)) return !/^(?:no|false|0)$/.test(value ?? '');
    if (/assume-?yes/i.test(word) && !/(?:false|no|0)$/i.test(word)) return true;
    if (/^-c(?!ache)|^--config/.test(word)) return true;
    if (!/^-[A-Za-z]+(?:=|$)/.test(word)) quiet += name === '--quiet' || name === '--silent' ? Number(value ?? 1) : 0;
    else if ([...name].some((letter) => asker.letters.includes(letter)) && !/^-[ot]/.test(name)) return true;
    else if (program === 'zypper' && at < verb && name.includes('n')) return true;
    else quiet += value === undefined ? name.split('q').length - 1 : name.endsWith('q') ? Number(value) : 0;
  }
  // aptitude(8): unlike that of apt-get its second -q does not mean -y.
  return quiet >= 2 && asker === apt && program !== 'aptitude';
}

/** `pacman -S nginx`, `pacman -Syu`, `pacman -Rns gcc`; `pacman -Sy` and queries do not ask. */
function pacmanCall(words: Words): ConsentCall | undefined {
  const flags = words.filter((word) => word !== undefined).filter((word) => word.startsWith('-'));
  if (flags.some((flag) => /^--(?:noconfirm|print|config|ask)|^-S[a-z]*[psigl]|^-h/.test(flag))) return undefined;
  const verb = flags.find((flag) => /^-[SRU]|^--(?:sync|remove|upgrade)$/.test(flag));
  if (verb === undefined) return undefined;
  const upgrades = /^-S[a-z]*[uc]/.test(verb) || flags.includes('-u') || flags.includes('--sysupgrade');
  if (!upgrades && flags.length === words.length) return undefined;
  const settings = { paths: ['/etc/pacman.conf'], key: 'noconfirm' };
  return { program: 'pacman', verb, asks: 'always', settings };
}
