/** Commands of RUN, one by one: what they leave behind, in an image that holds nothing else. */
import { describe, expect, test } from 'vitest';
import { createContext, memoryTree, unknownContext } from '../src/context/index.ts';
import { createBuild, type FileStat } from '../src/model/index.ts';
import { parseDockerfile } from '../src/syntax/index.ts';

const files = { 'package.json': '{}', 'src/cart.js': '', 'src/cart.js.map': '', 'src/lib/tax.js': '', '.env': 'A=1' };

function statAfter(run: string, path: string, base = 'scratch'): FileStat | undefined {
  const text = `FROM ${base}\nWORKDIR /app\nCOPY . .\nRUN <<'SCRIPT'\n${run}\nSCRIPT\n`;
  const context = createContext(
    memoryTree(new Map(Object.entries(files).map(([at, body]) => [`/${at}`, body]))),
    '/',
    '/Dockerfile',
  );
  return createBuild(parseDockerfile(text), { context }).stages[0]?.result.rootfs.stat(path);
}

test.each<[string, string, FileStat['presence']]>([
  ['tar -xzf shop.tgz -C /opt --strip-components=1', '/opt/bin/shop', 'unknown'],
  ['tar -xzf shop.tgz -C /opt --strip-components=1', '/app/bin/shop', 'absent'],
  ['tar xzf shop.tgz', '/app/bin/shop', 'unknown'],
  ['tar -C /opt -xf shop.tar', '/opt/bin/shop', 'unknown'],
  ['tar czf /srv.tgz src', '/srv.tgz', 'present'],
  ['tar tf shop.tgz', '/app/bin', 'absent'],
  ['unzip -q shop.zip -d /opt/shop', '/opt/shop', 'present'],
  ['unzip -q shop.zip -d /opt/shop', '/app/shop', 'absent'],
  ['curl -fsSLo /shop.tgz https://shop.example/a.tgz', '/shop.tgz', 'present'],
  ['curl -fsSL https://shop.example/a.tgz -o shop.tgz', '/app/shop.tgz', 'present'],
  ['curl -fsSLO https://shop.example/a.tgz?x=1', '/app/a.tgz', 'present'],
  ['curl -O --output-dir /opt --create-dirs https://shop.example/a.tgz', '/opt/a.tgz', 'present'],
  ['curl -fsSL https://shop.example/a.tgz', '/app/a.tgz', 'absent'],
  ['wget -q https://shop.example/a.tgz', '/app/a.tgz', 'present'],
  ['wget -nv -P /opt https://shop.example/a.tgz', '/opt/a.tgz', 'present'],
  ['wget -qO /shop.tgz https://shop.example/a.tgz', '/shop.tgz', 'present'],
  ['wget -qO- https://shop.example/a.tgz', '/app/a.tgz', 'absent'],
  ['git clone --depth 1 https://git.example/shop.git', '/app/shop/.git', 'present'],
  ['git clone https://git.example/shop.git /opt/shop', '/opt/shop/README.md', 'unknown'],
  ['git clone git@git.example:team/shop', '/app/shop', 'present'],
  ['git clone https://git.example/shop.git && rm -rf shop/.git', '/app/shop/.git', 'absent'],
  ['git -C /opt clone https://git.example/shop.git', '/opt/shop', 'present'],
  ['git init', '/app/.git', 'present'],
  ['install -d /srv/shop /srv/data', '/srv/data', 'present'],
  ['install -Dm644 package.json /srv/shop/package.json', '/srv/shop/package.json', 'present'],
  ['install -Dm644 -t /srv/shop package.json', '/srv/shop/package.json', 'present'],
  ["find . -name '*.map' -delete", '/app/src/cart.js.map', 'absent'],
  ["find . -name '*.map' -delete", '/app/src/cart.js', 'present'],
  ["find src -type f -name '*.js' -exec rm -f {} +", '/app/src/lib/tax.js', 'absent'],
  ["find src ! -name '*.js' -type f -delete", '/app/src/cart.js.map', 'absent'],
  ["find src ! -name '*.js' -type f -delete", '/app/src/cart.js', 'present'],
  ["find . \\( -name '*.map' -o -name .env \\) -delete", '/app/.env', 'absent'],
  ["find . -maxdepth 1 -name '*.js' -delete", '/app/src/cart.js', 'present'],
  ["find . -name '*.js' -mtime +1 -delete", '/app/src/cart.js', 'unknown'],
  ["find . -name '*.map' | xargs rm -f", '/app/src/cart.js.map', 'absent'],
  ["find . -name '*.map' -print0 | xargs -0 rm -f", '/app/src/cart.js.map', 'absent'],
  ['echo package.json .env | xargs rm', '/app/.env', 'absent'],
  ['dd if=/dev/zero of=/swap bs=1M count=1', '/swap', 'present'],
  ['truncate -s 0 /app/shop.log', '/app/shop.log', 'present'],
  ['> shop.log', '/app/shop.log', 'present'],
  [': > shop.log', '/app/shop.log', 'present'],
  ['ls 2> shop.log', '/app/shop.log', 'present'],
  ['ls > /dev/null 2>&1', '/app/1', 'absent'],
  ['mkdir /srv && cp -t /srv package.json .env', '/srv/.env', 'present'],
  ['mkdir /srv && mv package.json .env /srv', '/srv/package.json', 'present'],
  ['mkdir /srv && mv package.json .env /srv', '/app/.env', 'absent'],
  ['mkdir /srv && rsync -a src/ /srv/', '/srv/cart.js', 'present'],
  ['mkdir /srv && rsync -a src /srv/', '/srv/src/cart.js', 'present'],
  ['mkdir /srv && rsync -a --exclude lib src/ /srv', '/srv/lib/tax.js', 'unknown'],
  ['ln package.json /manifest.json', '/manifest.json', 'present'],
  ['ln -s src/cart.js cart.js && rm -rf src', '/app/cart.js', 'present'],
  ["sh -c 'cd /srv && touch shop'", '/srv/shop', 'present'],
  ["su node -c 'touch /shop'", '/shop', 'present'],
  ['sudo env A=1 touch /shop', '/shop', 'present'],
  ['./configure', '/app/Makefile', 'unknown'],
  ['./configure', '/srv/Makefile', 'absent'],
  ['for name in src docs; do mkdir -p /srv/$name; done', '/srv/docs', 'present'],
  ['for name in src docs; do rm -rf $name; done', '/app/src', 'absent'],
  ['for name in src docs; do [ -d $name ] || continue; rm -rf $name; done', '/app/src', 'absent'],
  ['for name in src docs; do [ $name = src ] && continue; rm -rf $name; done', '/app/src', 'present'],
  ['for name in src docs; do [ $name = src ] && continue; touch $name; done; touch x', '/app/docs', 'present'],
  ['for name in src docs; do [ $name = src ] && continue; touch $name; done; touch x', '/app/x', 'present'],
  ['for name in a b; do touch $name || exit 1; done', '/app/b', 'present'],
  ['for name in a b; do case $name in a) touch one;; *) touch other;; esac; done', '/app/other', 'present'],
  ['if [ "$(uname -m)" = x86_64 ]; then echo 1 > arch; else echo 2 > arch; fi', '/app/arch', 'present'],
  ['if [ "$(uname -m)" = x86_64 ]; then echo 1 > arch; fi', '/app/arch', 'unknown'],
  ['if [ "$(uname)" = a ]; then touch x; elif [ "$(uname)" = b ]; then touch x; else touch x; fi', '/app/x', 'present'],
  ['if [ "$(uname)" = a ]; then touch x; elif [ "$(uname)" = b ]; then touch y; else touch x; fi', '/app/x', 'unknown'],
  ['case "$(uname -m)" in x86_64) touch x;; arm*) touch x;; *) touch x;; esac', '/app/x', 'present'],
  ['case "$(uname -m)" in x86_64) touch x;; arm*) touch x;; esac', '/app/x', 'unknown'],
  ['if [ "$(uname)" = a ]; then touch x; rm x; else touch x; fi', '/app/x', 'unknown'],
  ['cp missing.json package.json || true', '/app/package.json', 'present'],
  ['cp missing.json other.json || true', '/app/other.json', 'absent'],
  ['cp package.json other.json || touch fallback', '/app/fallback', 'absent'],
  ['set -e\n! cp missing.json a\ntouch b', '/app/b', 'present'],
])('%s: %s is %s', (run, path, presence) => {
  expect(statAfter(run, path)?.presence).toBe(presence);
});

describe('on a base that is not known', () => {
  test.each<[string, string, FileStat['presence']]>([
    ['cp /etc/ssl/openssl.cnf /ssl.cnf', '/ssl.cnf', 'present'],
    ['cp /etc/ssl/openssl.cnf /ssl.cnf || true', '/ssl.cnf', 'unknown'],
    ['touch /etc/profile', '/etc/profile', 'present'],
    ['mkdir -p /opt/shop/bin && rm -rf /opt/shop/bin', '/opt/shop', 'present'],
    ['[ -f /etc/alpine-release ] && touch /alpine', '/alpine', 'present'],
    ['[ -f /etc/alpine-release ] && touch /alpine; ls', '/alpine', 'unknown'],
    ['[ -d src ] && touch /built', '/built', 'present'],
    ['[ -d package.json ] || touch /plain', '/plain', 'present'],
  ])('%s: %s is %s', (run, path, presence) => {
    expect(statAfter(run, path, 'vendor.example/base')?.presence).toBe(presence);
  });
});

describe('what a test tells of a file that is not known', () => {
  /** Whether the command behind the test runs, and the one that runs when it does not hold. */
  const branches = (condition: string, copies = '') => {
    const text = `FROM vendor.example/base\nWORKDIR /app\n${copies}RUN if ${condition}; then touch /yes; else touch /no; fi\n`;
    const rootfs = createBuild(parseDockerfile(text), { context: unknownContext }).stages[0]?.result.rootfs;
    return [rootfs?.stat('/yes').presence, rootfs?.stat('/no').presence];
  };
  const holds = ['present', 'unknown'];
  const open = ['unknown', 'unknown'];

  test.each(['-e', '-f', '-d', '-s', '-x', '-L'])('[ %s /etc/shop ] in the base: nothing', (test) => {
    expect(branches(`[ ${test} /etc/shop ]`)).toEqual(open);
  });

  test.each([
    ['-e', holds],
    ['-f', open],
    ['-d', open],
    ['-s', open],
    ['-x', open],
    ['-L', open],
  ] as const)('[ %s shop ] that comes from a context that is not known', (test, told) => {
    expect(branches(`[ ${test} shop ]`, 'COPY shop ./shop\n')).toEqual(told);
  });

  test.each([
    ['mkdir /etc/shop', 'unknown'],
    ['mkdir /opt/shop', 'unknown'],
    ['mkdir -p /opt/shop', 'present'],
    ['cp /etc/shop /etc/copy', 'unknown'],
    ['mv /etc/shop /etc/copy', 'unknown'],
    ['rm /etc/shop', 'unknown'],
    ['rm -f /etc/shop', 'unknown'],
    ['rm -rf /etc/shop', 'present'],
    ['rmdir /etc/shop', 'unknown'],
    ['ln -s /etc/shop /etc/link', 'unknown'],
    ['ln /etc/shop /etc/link', 'unknown'],
    ['touch /etc/shop', 'unknown'],
    ['truncate -s 0 /etc/shop', 'unknown'],
    ['install /etc/shop /etc/copy', 'unknown'],
    ['install -d /etc/shop', 'present'],
    ['sed -i s/a/b/ /etc/shop', 'unknown'],
    ['cd /etc/shop', 'unknown'],
    ['cp $SHOP /etc/copy', 'unknown'],
    ['rm $SHOP', 'unknown'],
    ['mkdir $SHOP', 'unknown'],
    ['touch $SHOP', 'unknown'],
    ['ln -s shop $SHOP', 'unknown'],
    ['echo one > $SHOP', 'unknown'],
    ['echo one > /etc/shop', 'unknown'],
    ['echo one > /dev/null', 'present'],
  ])('%s ends well: %s', (script, told) => {
    expect(branches(script)[0]).toBe(told);
  });
});

describe('what is appended', () => {
  const textAfter = (script: string, base = 'scratch') => statAfter(script, '/app/shop.ini', base)?.change?.content;

  test.each([
    ['echo A=1 > shop.ini; echo B=2 >> shop.ini', 'A=1\nB=2\n'],
    ['echo A=1 >> shop.ini', 'A=1\n'],
    ['(echo A=1; echo B=2) > shop.ini', 'A=1\nB=2\n'],
    ['{ echo A=1; echo B=2; } >> shop.ini', 'A=1\nB=2\n'],
    ['for name in A B; do echo $name; done > shop.ini', 'A\nB\n'],
    ['for name in A B; do echo $name > shop.ini; done', 'B\n'],
    ['{ echo A; } > shop.ini; { echo B; } > shop.ini', 'B\n'],
  ])('%s: the text is known', (script, text) => expect(textAfter(script)).toEqual({ kind: 'text', text }));

  test.each([
    ['sed -i s/1/2/ package.json; cp package.json shop.ini; echo B=2 >> shop.ini', 'scratch'],
    ['cp package.json shop.ini; echo B=2 >> shop.ini', 'scratch'],
    ['echo B=2 >> shop.ini', 'vendor.example/base'],
  ])('%s on %s: the text is not known', (script, base) => expect(textAfter(script, base)).toEqual({ kind: 'text' }));
});

test('sed -i leaves a file whose text is not known', () => {
  expect(statAfter('echo A=1 > shop.ini && sed -i s/1/2/ shop.ini', '/app/shop.ini')).toMatchObject({
    presence: 'present',
    change: { content: { kind: 'text' } },
  });
  expect(
    statAfter('echo A=1 > shop.ini && sed -i s/1/2/ shop.ini', '/app/shop.ini')?.change?.content,
  ).not.toHaveProperty('text');
});
