/** Calls of the package managers of distributions in the forms that people write. */
import { describe, expect, test } from 'vitest';
import { systemPackageCall } from '../src/knowledge/index.ts';

/** `?` is a word that a variable makes unknown, `·` a blank in a word. */
const read = (line: string) =>
  systemPackageCall(line.split(' ').map((word) => (word === '?' ? undefined : word.replaceAll('·', ' '))));

const shown = (line: string): string | undefined => {
  const call = read(line);
  if (call === undefined) return undefined;
  const packages = call.packages.map(({ name, version }) => (version === undefined ? name : `${name} ${version}`));
  return [
    `${call.manager} ${call.operation}${call.virtual === undefined ? '' : ` as ${call.virtual}`}`,
    ...packages,
    ...(call.autoremove ? ['and what they brought'] : []),
    ...(call.keepsNoCache ? ['no cache'] : []),
    ...(call.open ? ['?'] : []),
  ].join(', ');
};

describe('what a call installs and removes', () => {
  test.each([
    ['apt-get install -y --no-install-recommends gcc libpq-dev', 'apt install, gcc, libpq-dev'],
    ['apt-get -y install curl=7.88.1-10+deb12u5', 'apt install, curl 7.88.1-10+deb12u5'],
    ['apt-get install g++ libstdc++6 libc6:i386', 'apt install, g++, libstdc++6, libc6'],
    ['apt-get install -t bookworm-backports cmake/bookworm-backports', 'apt install, cmake'],
    ['apt-get -o Acquire::Retries=3 install git', 'apt install, git'],
    ['apt-get -o=Acquire::Retries=3 -qq install git=1:2.39.2-1.1', 'apt install, git 1:2.39.2-1.1'],
    ['apt install ./chrome.deb /tmp/tool.deb make', 'apt install, make'],
    ['apt-get install -y ? make', 'apt install, make, ?'],
    ['apt-get purge -y --auto-remove gcc', 'apt remove, gcc, and what they brought'],
    ['apt-get autoremove -y', 'apt remove, and what they brought'],
    ['apt-get --purge remove make', 'apt remove, make'],
    ['apt-get update', 'apt update-index'],
    ['apt --yes install make', 'apt install, make'],
    ['aptitude install -y make', 'apt install, make'],
    ['/usr/bin/apt-get install make', 'apt install, make'],
    ['apk add --no-cache gcc g++ make', 'apk install, gcc, g++, make, no cache'],
    [
      'apk --no-cache add python3~3.11 gcc>=13 curl=8.5.0-r0 tini@edge',
      'apk install, python3 3.11, gcc 13, curl 8.5.0-r0, tini, no cache',
    ],
    ['apk add --virtual .build-deps gcc musl-dev', 'apk install as .build-deps, gcc, musl-dev'],
    ['apk add --no-cache --virtual=.gyp python3 make', 'apk install as .gyp, python3, make, no cache'],
    ['apk add -t .gyp -X https://example.com/edge make', 'apk install as .gyp, make'],
    ['apk add -U make', 'apk install, make'],
    ['apk del .build-deps', 'apk remove, .build-deps'],
    ['apk del --purge make', 'apk remove, make'],
    ['apk update', 'apk update-index'],
    [
      'yum install -y gcc-4.8.5 make.x86_64 gcc-c++-4.8.5-44.el7.x86_64',
      'rpm install, gcc 4.8.5, make, gcc-c++ 4.8.5-44.el7',
    ],
    ['yum groupinstall -y Development·Tools', 'rpm install, development-tools'],
    ['dnf group install development-tools', 'rpm install, development-tools'],
    [
      'dnf install -y @Development·Tools java-17-openjdk-devel',
      'rpm install, development-tools, java-17-openjdk-devel',
    ],
    ['dnf install --setopt install_weak_deps=False --nodocs git', 'rpm install, git'],
    ['microdnf erase make', 'rpm remove, make'],
    ['tdnf install -y build-essential', 'rpm install, build-essential'],
    ['zypper --non-interactive in -t pattern devel_basis', 'rpm install, devel_basis'],
    ['zypper rm make', 'rpm remove, make'],
    ['pacman -Syu --noconfirm base-devel extra/git', 'pacman install, base-devel, git'],
    ['pacman -Rns gcc', 'pacman remove, gcc, and what they brought'],
    ['pacman -Sy', 'pacman update-index'],
  ])('%s: %s', (line, wanted) => expect(shown(line)).toBe(wanted));

  test.each([
    'apt-get',
    'apt-get clean',
    'apt-get ? gcc',
    'apt-cache search gcc',
    'apk --root /rootfs add gcc',
    'apk -p /rootfs add gcc',
    'apk info gcc',
    'dnf --installroot /mnt/root install gcc',
    'dnf --installroot=/mnt/root install gcc',
    'dnf clean all',
    'pacman -Scc --noconfirm',
    'pacman -Qi gcc',
    'npm install gcc',
    '?',
  ])('%s installs and removes nothing here', (line) => expect(shown(line)).toBeUndefined());
});
